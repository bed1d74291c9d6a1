"""What single sentences claim, and what they do not. `~` marks an approximate figure."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.report_parser.claims import CLAIM_KINDS, denials, figures, prose, read_claims, reading
from dagster_project.report_parser.document import Document, fold_marks
from dagster_project.report_parser.form import SECTIONS
from dagster_project.report_parser.model import Claim, Region
from dagster_project.report_parser.sections import read_sections

WIDE = str.maketrans(",;:()", "，；：（）")
HEADINGS = {code: f"{numeral}、{heading}" for numeral, (code, heading) in zip("一二三四五六", SECTIONS, strict=True)}


def claims_of(text: str, section: str = "overview") -> tuple[Claim, ...]:
    document = Document.of([HEADINGS[section], *text.split("\n")])
    return read_claims(read_sections(document, []))


def told(text: str, section: str = "overview") -> list[str]:
    return [
        f"{claim.kind}.{claim.code} {'~' if claim.is_approximate else ''}{claim.value}"
        for claim in claims_of(text, section)
    ]


CHANNELS = [
    ("本镇全年在县政府门户网站发布信息58条。", ["website 58"]),
    ("2023年，通过“清河之声”微信公众号推送工作动态91篇。", ["wechat 91"]),
    ("政务微博更新消息120余条，抖音号发布短视频16个。", ["weibo ~120", "short_video 16"]),
    ("全年官网公布信息近800条，公开栏张贴公告12期。", ["website ~800", "notice_board 12"]),
    ("全年通过区政府网站发布各类信息1.3万条。", ["website 13000"]),
    ("全年主动公开政府信息约1.3万余条。", ["all ~13000"]),
    ("网站发布信息2,406条，公众号发布信息三百一十条。", ["website 2406", "wechat 310"]),
    ("网站公开信息７１条，公众号公开信息８８条。", ["website 71", "wechat 88"]),
    ("通过政府网站、微信公众号分别公开信息71条、88条。", ["website 71", "wechat 88"]),
    ("政府网站、微博和微信公众号公开政府信息分别为71条、9条和88条。", ["website 71", "weibo 9", "wechat 88"]),
    ("政府网站、微信公众号公开政府信息分别为71条、9条、88条。", []),
    ("累计发布信息159条（政府网站71条，微信公众号88条）。", ["all 159", "website 71", "wechat 88"]),
    ("通过政府网站公开信息71条（其中网站首页30条，网站专栏41条）。", ["website 71"]),
    ("政府网站公开信息71条，其中政策文件类30条。", ["website 71"]),
    (
        "全年公开信息193条，其中网站发布动态102条，村务公开11条；云上孟津发布信息80期。",
        ["all 193", "website 102", "app 80", "website 11"],
    ),
    ("网站发布动态102条，村务公开11条；云上孟津发布信息80期。", ["website 102", "app 80"]),
    ("依托县政府门户网站和政务新媒体，我县全年发布信息共950条。", ["all 950"]),
    ("依托县政府门户网站，全年公开政府信息950条。", ["website 950"]),
    ("通过公示栏、政府网站、客户端等平台发布惠民政策、财务收支等各类信息304条。", ["all 304"]),
    ("通过微信公众号等新媒体发布信息66条。", ["new_media 66"]),
    ("政府公报编发12期，广播播放信息40条。", ["gazette 12", "broadcast 40"]),
    ("通过微信、抖音等平台发布信息66条。", []),
    ("通过公告栏和政务网站同步公开信息854条。", []),
    ("通过政府网站公开财政预决算信息12条。", []),
    ("按照《2022年政务公开要点》，2023年通过政府网站发布《政务动态》12期，2023年有序推进。", ["website 12"]),
    ("通过今日头条发布信息30条。", []),
    ("微信群发布信息30条。", ["chat_group 30"]),
    ("网站浏览量3万次，网站回复留言30条，公众号粉丝5000个。", []),
    ("全年向县政府网站报送信息120条，采用88条。", []),
    ("清理网站过期信息45条，整改网站错别字6个。", []),
    ("上半年通过政府网站公开信息12条。", []),
    ("1至6月，通过政府网站公开信息12条。", []),
    ("1月至6月，通过政府网站公开信息12条。", []),
    ("2023年1月1日至12月31日，通过政府网站公开信息12条。", ["website 12"]),
    ("2023年起草报告。2022年通过政府网站公开信息30条。2023年通过政府网站公开信息45条。", ["website 45"]),
    ("去年，通过政府网站公开信息30条。", []),
    ("政府网站公开信息比上年增加30条。", []),
    ("政府网站公开信息45条，同比增长12%。", ["website 45"]),
    ("平均每月通过政府网站公开信息5条。", []),
    ("要求各村通过政府网站公开信息不少于5条。", []),
    ("下一步，力争通过政府网站公开信息100条。", []),
    ("自网站开通以来发布信息3000条。", []),
    ("通过政府网站公开信息3-5条。", []),
    ("通过政府网站公开信息34，360条。", []),
    ("通过政府网站公开信息几十条，公众号发布信息数百条。", []),
    ("通过政府网站公开信息一百二条。", []),
    ("依照《条例》第5条，在政府网站公开信息。", []),
    ("“12345”热线接到群众反映34条，全部办结。", []),
    ("召开专题会议6次，培训4期，印发宣传单500份。", []),
    ("公开行政处罚信息6条。", []),
]

OTHERS = [
    ("全年新收政府信息公开申请21件，上年结转2件。", ["application.received 21", "application.carried_in 2"]),
    (
        "本年新收政府信息公开申请21件（上年结转2件），按程序办理完毕20件，结转下年度继续办理3件。",
        [
            "application.received 21",
            "application.carried_in 2",
            "application.processed 20",
            "application.carried_forward 3",
        ],
    ),
    (
        "新收申请21件，连同上年结转的2件，共办理答复20件，另有3件结转下一年度。",
        [
            "application.received 21",
            "application.carried_in 2",
            "application.processed 20",
            "application.carried_forward 3",
        ],
    ),
    ("我局收到政府信息依申请公开事项1项。", ["application.received 1"]),
    ("全年收到三件政府信息公开申请。", ["application.received 3"]),
    (
        "收到政府信息公开申请两件，均已按期答复。",
        ["application.received 2", "none.application_carried_forward 0"],
    ),
    (
        "受理政府信息公开申请十二件，其中予以公开9件，部分公开1件，不予公开2件。",
        [
            "application.received 12",
            "application.granted 9",
            "application.partially_granted 1",
            "application.denied 2",
        ],
    ),
    (
        "受理政府信息公开申请5件，2件予以公开，1件无法提供，1件不予处理。",
        [
            "application.received 5",
            "application.granted 2",
            "application.unavailable 1",
            "application.rejected 1",
        ],
    ),
    (
        "收到政府信息公开申请7件。因本机关不掌握相关信息而无法提供的4件。",
        ["application.received 7", "application.not_held 4"],
    ),
    (
        "受理政府信息公开申请4件，其中当面申请1件，传真申请0件，网络申请2件，信函申请1件。",
        [
            "application.received 4",
            "application.in_person 1",
            "application.fax 0",
            "application.online 2",
            "application.letter 1",
        ],
    ),
    ("通过网络收到政府信息公开申请3件。", ["application.online 3"]),
    ("通过网络和信函收到政府信息公开申请3件。", []),
    ("共答复政府信息公开申请20件，均书面告知。", ["application.processed 20"]),
    (
        "本年新收政府信息公开申请21件，按程序办理完毕20件，1件尚在办理期限内。",
        ["application.received 21", "application.processed 20", "application.carried_forward 1"],
    ),
    (
        "收到政府信息公开申请9件，已答复7件，另有2件正在办理中。",
        ["application.received 9", "application.processed 7", "application.carried_forward 2"],
    ),
    ("收到政府信息公开申请9件，2件在办理期限内予以公开。", ["application.received 9"]),
    (
        "收到政府信息公开申请9件，其中自然人8件，商业企业1件。",
        [
            "application.received 9",
            "application.received_natural_person 8",
            "application.received_commercial 1",
        ],
    ),
    (
        "收到政府信息公开申请9件。从申请人看，自然人提出8件，法人和其他组织提出1件。",
        ["application.received 9", "application.received_natural_person 8"],
    ),
    (
        "办结政府信息公开申请9件，其中不予公开4件，自然人3件。",
        ["application.processed 9", "application.denied 4"],
    ),
    ("收到政府信息公开申请9件，自然人8件予以公开。", ["application.received 9"]),
    ("上半年，我局加强管理，收到政府信息公开申请5件。", []),
    ("每季度检查一次，及时通报，全年收到政府信息公开申请5件。", ["application.received 5"]),
    ("上半年召开会议，部署工作，全年收到政府信息公开申请5件。", ["application.received 5"]),
    ("延期答复政府信息公开申请2件。", []),
    ("收到并办结政府信息公开申请5件。", []),
    ("予以公开和部分公开政府信息公开申请共20件。", []),
    ("收到政府信息公开申请咨询8件。", []),
    ("受理低保申请12件，及时公开审批结果。", []),
    ("政务服务事项全部公开，受理申请120件。", []),
    ("受理信访件34件，办结34件。", []),
    ("我市教育局收到政府信息公开申请3件。", []),
    ("收到政府信息公开申请较上年增加3件。", []),
    (
        "因政府信息公开引发行政复议3件、行政诉讼2件。",
        ["dispute.reconsideration 3", "dispute.litigation 2"],
    ),
    (
        "本年度涉及我县政府信息公开的行政复议案件3件，行政诉讼案件2件，均按要求应诉。",
        ["dispute.reconsideration 3", "dispute.litigation 2"],
    ),
    (
        "因政府信息公开工作被申请行政复议3件，其中维持2件，纠正1件。",
        [
            "dispute.reconsideration 3",
            "dispute.reconsideration_upheld 2",
            "dispute.reconsideration_corrected 1",
        ],
    ),
    ("政府信息公开行政复议、行政诉讼案件0件。", ["dispute.reconsideration 0", "dispute.litigation 0"]),
    ("政府信息公开行政复议、行政诉讼案件共5件。", []),
    ("我局全年审理行政复议案件120件。", []),
    (
        "制发规范性文件6件，废止2件，年末现行有效70件。",
        [
            "disclosure.normative_documents_issued 6",
            "disclosure.normative_documents_repealed 2",
            "disclosure.normative_documents_in_force 70",
        ],
    ),
    (
        "截至年末现行有效的规范性文件70件，其中本年新制发6件。",
        ["disclosure.normative_documents_in_force 70", "disclosure.normative_documents_issued 6"],
    ),
    ("全年出台5件规范性文件。", ["disclosure.normative_documents_issued 5"]),
    ("制定规章1件，公布施行。", ["disclosure.rules_issued 1"]),
    ("制发文件30件，其中新制发2件。", []),
    ("解读规范性文件5件，备案审查规范性文件3件。", []),
    (
        "作出行政许可决定310件、行政处罚决定约42件，实施行政强制0件。",
        ["disclosure.licences 310", "disclosure.penalties ~42", "disclosure.coercive_measures 0"],
    ),
    (
        "行政许可、行政处罚和行政强制决定均为0件。",
        ["disclosure.licences 0", "disclosure.penalties 0", "disclosure.coercive_measures 0"],
    ),
    ("行政许可、行政处罚决定分别为12件、30件。", ["disclosure.licences 12", "disclosure.penalties 30"]),
    ("行政许可120项、行政处罚80项列入权责清单。", []),
    ("全年行政事业性收费976.81万元。", ["disclosure.fee_wan 976.81"]),
    ("行政事业性收费共计3,200元。", ["disclosure.fee_yuan 3200"]),
    ("全年财政收入976.81万元。", []),
]

DENIALS = [
    ("2023年，我镇未收到政府信息公开申请，也没有上年结转的申请。", ["application_received", "application_carried_in"]),
    ("本年度我镇没有收到公开政府信息申请。", ["application_received"]),
    ("全年没有公民、法人或者其他组织向我镇提出政府信息公开申请。", ["application_received"]),
    ("未收到有关依申请公开内容。", ["application_received"]),
    ("无政府信息公开申请情况。", ["application_received"]),
    ("我镇公布了申请的受理地点和方式，2023年度未收到申请。", ["application_received"]),
    ("我镇公布了低保申请的受理地点和方式，2023年度未收到申请。", []),
    ("上半年未收到政府信息公开申请。", []),
    ("上半年，我镇加强管理，未收到政府信息公开申请。", []),
    ("上半年召开会议，全年未收到政府信息公开申请。", ["application_received"]),
    ("1至6月，我镇未收到政府信息公开申请。", []),
    ("截至六月底，未收到政府信息公开申请。", []),
    ("2023年1月1日至12月31日，未收到政府信息公开申请。", ["application_received"]),
    ("各乡镇均未收到政府信息公开申请。", []),
    ("县政府各部门未收到政府信息公开申请。", []),
    (
        "收到政府信息公开申请5件，上年结转2件，均已按期办结。",
        ["application.received 5", "application.carried_in 2", "application_carried_forward"],
    ),
    (
        "全年收到政府信息公开申请5件。所有政府信息公开申请均已按时办结。",
        ["application.received 5", "application_carried_forward"],
    ),
    ("通过网络收到政府信息公开申请3件，均已办结。", ["application.online 3"]),
    ("我市教育局收到政府信息公开申请3件，均已办结。", []),
    ("一季度收到政府信息公开申请3件，均已办结。", []),
    ("其中收到政府信息公开申请3件，均已办结。", []),
    ("未收到重复申请。", []),
    ("未收到涉及个人隐私的政府信息公开申请。", []),
    ("未按规定答复政府信息公开申请的情况没有出现。", []),
    ("如未收到政府信息公开申请，应书面说明。", []),
    ("2022年未收到政府信息公开申请。2023年收到政府信息公开申请1件。2023年办结。", ["application.received 1"]),
    ("依申请公开方面，无结转下年度继续办理的申请。", ["application_carried_forward"]),
    ("收到政府信息公开投诉3件，均已办结。", []),
    ("办结政府信息公开申请5件，均书面答复申请人。", ["application.processed 5"]),
    (
        "没有因政府信息公开被申请行政复议或者被提起行政诉讼。",
        ["dispute_reconsideration", "dispute_litigation"],
    ),
    (
        "未收到有关依申请公开内容，无因政府信息公开申请工作被申请行政复议和行政诉讼的情况。",
        ["application_received", "dispute_reconsideration", "dispute_litigation"],
    ),
    ("未发生因政府信息公开引起的行政复议。", ["dispute_reconsideration"]),
    ("未发生政府信息公开行政诉讼败诉案件。", []),
    ("确保未发生政府信息公开行政诉讼。", []),
    ("2023年，我镇未发布规章、行政规范性文件。", ["rules_issued", "normative_documents_issued"]),
    ("就信息公开未制发规范性文件。", []),
    ("也没有作出行政许可、行政处罚和行政强制决定。", ["licences", "penalties", "coercive_measures"]),
    ("本年度未收取信息处理费。", ["processing_fee"]),
    ("依申请提供政府信息未收取任何费用。", ["processing_fee"]),
    ("我镇没有收取信息处理费的情况。", ["processing_fee"]),
    ("信息处理费收取情况：我镇收取信息处理费0元。", ["processing_fee"]),
    ("收取信息处理费情况：无。", ["processing_fee"]),
    ("全年未收取行政事业性收费。", ["fees"]),
    ("未按规定收费的情况已纠正。", []),
    ("未发生责任追究和泄密情况，无其他需要报告的事项。", []),
]


@pytest.mark.parametrize(("sentence", "expected"), CHANNELS)
def test_channel_sentence(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == [f"channel.{claim}" for claim in expected]


@pytest.mark.parametrize(("sentence", "expected"), OTHERS)
def test_application_dispute_and_disclosure_sentence(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), DENIALS)
def test_denial(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == [claim if "." in claim else f"none.{claim} 0" for claim in expected]


def test_words_of_the_section_and_of_the_sub_heading_tell_what_a_figure_is_of() -> None:
    assert told("办结12件，结转下年度3件。") == []
    expected = ["application.processed 12", "application.carried_forward 3"]
    assert told("办结12件，结转下年度3件。", "application") == expected
    assert told("（二）依申请公开\n办结12件，结转下年度3件。") == expected
    assert told("未发生行政复议。") == []
    assert told("未发生行政复议。", "dispute") == ["none.dispute_reconsideration 0"]


def test_figures_of_the_fifth_section_are_no_claims() -> None:
    assert told("存在的问题：全年通过政府网站仅发布信息12条。", "problems") == []


def test_a_sentence_broken_over_lines_is_read_whole_and_claims_its_first_line() -> None:
    text = "2023年工作有序。\n\n全年通过政府网\n站发布信息58条，通过微信公众\n号发布信息91条。\n另通过微博发布信息7条。"
    claims = claims_of(text)
    assert [(claim.code, claim.value, claim.line) for claim in claims] == [
        ("website", 58, 4),
        ("wechat", 91, 4),
        ("weibo", 7, 7),
    ]
    assert claims[0].sentence == "全年通过政府网站发布信息58条，通过微信公众号发布信息91条。"


def test_figures_on_both_sides_of_a_line_break_are_not_joined() -> None:
    assert told("全年通过政府网站发布信息5\n8条。") == []


def test_lines_of_a_table_in_the_prose_are_no_sentences() -> None:
    assert told("通过以下渠道发布\n网站\t58条\n公众号\t91条") == []


def test_what_is_stated_twice_is_one_claim() -> None:
    assert told("政府网站发布信息58条。内容丰富。政府网站发布信息58条。") == ["channel.website 58"]


def test_a_sentence_ends_with_its_section() -> None:
    lines = [HEADINGS["overview"], "全年通过政府网站发布信息58条", HEADINGS["other"], "本年度未收取信息处理费。"]
    claims = read_claims(read_sections(Document.of(lines), []))
    assert [(claim.code, claim.sentence, claim.line) for claim in claims] == [
        ("website", lines[1], 2),
        ("processing_fee", lines[3], 4),
    ]


def test_a_plain_document_needs_no_other_folding() -> None:
    plain = 0
    for printed, _ in (*CHANNELS, *OTHERS, *DENIALS):
        document = Document.of([HEADINGS["overview"], "（一）依申请公开", *printed.translate(WIDE).split("\n")])
        if document.is_plain:
            passages = read_sections(document, [])
            assert read_claims(passages, is_plain=True) == read_claims(passages), printed
            plain += 1
    assert plain > 100


def test_the_own_place_is_no_figure_and_every_place_says_the_same() -> None:
    """三元 is no sum of money; and what a sentence says does not depend on whose it is."""

    def told_in(county: str) -> list[tuple[str, int]]:
        line = f"依托{county}人民政府门户网站和政务新媒体，我区全年发布信息共12906条，分渠道看：政府网站5895条、政务微博7011条。"
        passages = read_sections(Document.of([HEADINGS["overview"], line]), [])
        claims = read_claims(passages, region=Region("福建省", "三明市", county))
        assert {claim.sentence for claim in claims} == {line}
        return [(claim.code, int(claim.value)) for claim in claims]

    expected = [("all", 12906), ("website", 5895), ("weibo", 7011)]
    assert [told_in(county) for county in ("三元区", "正宁县", "吴中区", "杞县", "工业园区")] == [expected] * 5


def test_a_remembered_sentence_is_read_like_a_new_one() -> None:
    sentences = [sentence for sentence, _ in (*CHANNELS, *OTHERS, *DENIALS)]
    remembered: list[tuple[Claim, ...]] = []
    for sentence in sentences:
        told(re.sub("[1-9]", lambda digit: str(int(digit[0]) % 9 + 1), sentence))
        remembered.append(claims_of(sentence))
    new = []
    for sentence in sentences:
        for readings in reading._readings.values():
            readings.clear()
            readings._before.clear()
        new.append(claims_of(sentence))
    assert remembered == new


@given(st.text("未没无均全部 ，\u3000,.〇0１2٣三两百余多来万件条例个月元字每第", max_size=12))
def test_no_sentence_with_a_figure_or_a_denial_is_passed_over(sentence: str) -> None:
    if figures.FIGURE.search(fold_marks(sentence)) or denials.TRIGGER.search(sentence):
        assert prose._telling_sentences(f"。{sentence}。") == [(1, len(sentence) + 1)]


@given(
    st.sampled_from(["2019", "2023", "2024"]),
    st.lists(st.integers(0, 10**12 - 1), min_size=4, max_size=4),
)
def test_what_is_claimed_follows_from_the_words_and_its_value_from_the_figures(year: str, values: list[int]) -> None:
    website, penalties, received, carried = values
    text = (
        f"{year}年，通过政府网站发布信息{website}条；作出行政处罚决定{penalties}件。"
        f"收到政府信息公开申请{received}件，结转下年度{carried}余件。"
    )
    claims = (
        (f"channel.website {website}", website),
        (f"disclosure.penalties {penalties}", penalties),
        (f"application.received {received}", received),
        (f"application.carried_forward ~{carried}", carried),
    )
    # Ten digits are a telephone number, and no count.
    assert told(text) == [claim for claim, value in claims if value < 10**9]


@pytest.mark.parametrize("printed", ["12345678901", "13912345678", "100000万", "999999999999万"])
def test_a_figure_too_long_for_a_count_is_no_claim(printed: str) -> None:
    assert told(f"2023年，收到政府信息公开申请{printed}件。") == []


def test_the_sum_of_the_parts_is_tested_anew_for_the_same_words() -> None:
    for whole, parts in ((193, ["website 11"]), (194, []), (193, ["website 11"])):
        text = f"全年公开信息{whole}条，其中网站发布动态102条，村务公开11条；云上孟津发布信息80期。"
        expected = [f"all {whole}", "website 102", "app 80", *parts]
        assert told(text) == [f"channel.{claim}" for claim in expected]


def test_traditional_characters_are_read_and_kept_as_printed() -> None:
    [claim] = claims_of("全年通過政府網站發布信息58條。政府信息公開報告")
    assert (claim.code, claim.value, claim.sentence) == ("website", 58, "全年通過政府網站發布信息58條。")


def test_every_claim_is_of_a_known_kind() -> None:
    known = {(kind.kind, kind.code) for kind in CLAIM_KINDS}
    assert len(known) == len(CLAIM_KINDS)
    for sentence, _ in (*CHANNELS, *OTHERS, *DENIALS):
        assert {(claim.kind, claim.code) for claim in claims_of(sentence)} <= known


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        " ",
        "(",
        "（一）",
        "未",
        "无申请",
        "均已",
        "网站",
        "行政复议",
        "通过网站公开34条，",
        "公开信息34条",
        "《",
        "，",
        "12，",
        "费",
    ],
)
def test_a_hundred_thousand_characters_of_one_word_are_read_in_time(unit: str) -> None:
    started = process_time()
    claims_of("通过网站公开信息" + unit * (100_000 // len(unit)))
    claims_of("\n".join(["未收到" + unit * 20] * 10_000))
    assert process_time() - started < 1
