"""Who reports and on which year, where the document makes it hard."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from documents import BELOW, CELLS, PDF, SHIFTED, TABS, codes, read, text_of

from dagster_project.report_parser import Region, Status
from dagster_project.report_parser.document import Document
from dagster_project.report_parser.gazetteer import default_gazetteer
from dagster_project.report_parser.identity import Identity, identify
from dagster_project.report_parser.model import Hints


def test_period_goes_before_title() -> None:
    report = read(text_of(SHIFTED).replace("富源乡 2021年政府", "富源乡 2020年政府", 1))
    assert report.year == 2021
    assert "year_conflict" in codes(report)


def test_year_from_title() -> None:
    assert read(text_of(BELOW)).year == 2022


@pytest.mark.parametrize(
    "title_year", ["2022年", "2022年度", "二〇二二年", "二零二二年度"], ids=["digits", "digits_du", "words", "words_du"]
)
def test_year_in_title_as_printed(title_year: str) -> None:
    assert read(text_of(BELOW).replace("人民政府2022年政府", f"人民政府{title_year}政府", 1)).year == 2022


@pytest.mark.parametrize("signed", ["2023年1月9日", "2023-01-09", "２０２３年１月９日", "二〇二三年一月九日"])
def test_year_and_organ_from_signature(signed: str) -> None:
    body = text_of(BELOW).split("\n", 3)[3]
    report = read(f"{body}\n\n兴国县南坑乡人民政府\n{signed}\n")
    assert (report.organ, report.year, report.region.code) == ("兴国县南坑乡人民政府", 2022, "360732213")
    assert report.signed_on is not None
    assert report.signed_on.isoformat() == "2023-01-09"


@pytest.mark.parametrize("signed", ["2023年2月30日", "2023年13月1日", "二〇二三年一月十十日", "二〇二三年一月三二日"])
def test_impossible_date_is_no_date(signed: str) -> None:
    assert read(f"{text_of(BELOW)}\n兴国县南坑乡人民政府\n{signed}\n").signed_on is None


def test_unknown_organ_and_year_are_not_guessed() -> None:
    body = text_of(PDF).split("\n", 3)[3].replace("2022年", "全年").replace("2022", "")
    report = read(body)
    assert (report.organ, report.year, report.region) == (None, None, Region())
    assert {"organ_unknown", "year_unknown"} <= codes(report)
    assert report.status is Status.PARTIAL
    assert len(report.cells) == 200


def test_place_in_title_is_completed_to_its_government() -> None:
    assert read(text_of(SHIFTED)).organ == "密山市富源乡人民政府"


def test_ambiguous_place_stays_open_with_its_candidates() -> None:
    report = read(text_of(CELLS).replace("民权县", "本县"))
    assert report.region == Region()
    message = next(finding.message for finding in report.findings if finding.code == "place_ambiguous")
    assert all(county in message for county in ("鸡泽县", "民权县", "瓜州县"))


def test_parent_in_the_organ_decides() -> None:
    report = read(text_of(CELLS).replace("民权县", "本县").replace("双塔镇2022年度", "瓜州县双塔镇2022年度"))
    assert report.region == Region("甘肃省", "酒泉市", "瓜州县", "双塔镇", "620922108")


def test_title_over_two_lines_after_a_covering_letter() -> None:
    report = read(text_of(CELLS))
    assert report.title == "双塔镇2022年度政府信息公开工作报告"
    assert report.signed_on is not None


def test_sections_are_found_in_order() -> None:
    sections = read(text_of(TABS)).sections
    assert [section.code for section in sections] == [
        "overview",
        "disclosure",
        "application",
        "dispute",
        "problems",
        "other",
    ]
    assert "行政处罚\t" not in sections[1].text


BODY = "一、总体情况\n我们按要求开展工作。\n二、主动公开政府信息情况\n第二十条第（一）项\n规章 0 0 0\n六、其他需要报告的事项\n无。\n"
TITLE = "正宁县教育局2022年政府信息公开工作年度报告"


def identified(head: str, tail: str = "", body: str = BODY) -> Identity:
    return identify(Document(f"{head}\n{body}{tail}"), Hints(), "a.txt", "", default_gazetteer())


def finding_codes(identity: Identity) -> set[str]:
    return {finding.code for finding in identity.findings}


PERIODS = {
    "whole": "统计期限为2021年1月1日至2021年12月31日。",
    "from_to": "所列数据的统计期限自2021年1月1日起至2021年12月31日止。",
    "second_year_left_out": "本报告统计数据从2021年1月1日到12月31日。",
    "full_width": "统计期限为２０２１年１月１日至１２月３１日。",
    "spaces": "统计期限为 2021 年 1 月 1 日 至 2021 年 12 月 31 日。",
    "wrapped": "统计期限为2021年1月\n1日至12月\n31日。",
    "wrapped_cue": "文中数据的统\n计时间为2021年1月1日至12月31日。",
    "dots": "统计期限：2021.1.1-2021.12.31",
    "hyphens": "统计期限：2021-01-01至2021-12-31",
    "months": "统计数据为2021年1月至12月。",
    "comma": "数据统计从2021年1月1日起，至2021年12月31日止。",
    "tilde": "统计期限为2021年1月1日～12月31日。",
    "words": "统计期限为二〇二一年一月一日至十二月三十一日。",
    "words_twice": "统计期限自二○二一年一月一日起至二○二一年十二月三十一日止。",
    "year_only": "本报告统计期限为2021年度。",
}


@pytest.mark.parametrize("sentence", PERIODS.values(), ids=PERIODS)
def test_statistics_period(sentence: str) -> None:
    identity = identified(f"政府信息公开工作年度报告\n{sentence}")
    assert (identity.year, identity.period_start, identity.period_end) == (2021, date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    "sentence",
    [
        "优惠政策自2020年1月1日起至2020年12月31日止执行。",
        "统计数据显示，2020年1月1日至2020年12月31日止项目全部完工。",
        "三年行动从2021年1月1日至2023年12月31日。",
        "现将数据报告如下。政策有效期为2019年1月1日至2019年12月31日。",
    ],
    ids=["policy", "shown_by_statistics", "several_years", "another_sentence"],
)
def test_period_of_something_else_is_no_statistics_period(sentence: str) -> None:
    identity = identified(f"{TITLE}\n{sentence}")
    assert (identity.year, identity.period_start) == (2022, None)


def test_statistics_period_that_is_no_calendar_year_is_said() -> None:
    identity = identified(f"{TITLE}\n统计期限为2021年1月1日至2022年12月31日。")
    assert (identity.year, identity.period_end) == (2022, None)
    assert "period_odd" in finding_codes(identity)


def test_statistics_period_after_a_policy_period() -> None:
    identity = identified(f"{TITLE}\n政策自2020年1月1日起至2020年12月31日止。统计期限为2022年1月1日至12月31日。")
    assert identity.period_end == date(2022, 12, 31)


TITLES = {
    "plain": TITLE,
    "year_first": "2022年正宁县教育局政府信息公开工作年度报告",
    "year_inside": "正宁县教育局政府信息公开工作2022年度报告",
    "year_in_brackets_behind": "正宁县教育局政府信息公开工作年度报告（2022年度）",
    "about": "正宁县教育局关于2022年政府信息公开工作的报告",
    "about_with_du": "正宁县教育局关于2022年度政府信息公开工作情况的报告",
    "words": "正宁县教育局二〇二二年政府信息公开工作年度报告",
    "letter_o": "正宁县教育局二O二二年政府信息公开工作年度报告",
    "spaces": "正 宁 县 教 育 局 2022 年 政 府 信 息 公 开 工 作 年 度 报 告",
    "markdown": "# **正宁县教育局2022年政府信息公开工作年度报告**",
    "lenticular": "【正宁县教育局】2022年政府信息公开工作年度报告",
    "book_marks": "《正宁县教育局2022年政府信息公开工作年度报告》",
    "breadcrumbs": "首页 > 政府信息公开 > 政府信息公开年报 > 正宁县教育局2022年政府信息公开工作年度报告",
    "current_place": "您当前的位置：首页 >> 年报 >> 正宁县教育局2022年政府信息公开工作年度报告",
    "site_behind": "正宁县教育局2022年政府信息公开工作年度报告-正宁县人民政府",
    "site_behind_underscore": "正宁县教育局2022年政府信息公开工作年度报告_部门年报_正宁县人民政府",
    "doubled_on_a_line": TITLE + TITLE,
    "doubled_over_lines": f"{TITLE}\n{TITLE}",
    "organ_above": "正宁县教育局\n2022年政府信息公开工作年度报告",
    "place_and_organ_above": "正宁县\n教育局\n2022年政府信息公开工作年度报告",
    "broken_inside": "正宁县教育局2022年度政府信息\n公开工作报告",
    "broken_in_a_word": "正宁县教育局2022年政府信息公开工作年度报\n告",
    "broken_twice": "正宁县教育局\n2022年政府信息公开\n工作年度报告",
    "broken_in_the_organ": "正宁县教\n育局2022年政府信息公开工作年度报告",
    "broken_in_the_place": "正宁\n县教育局2022年政府信息公开工作年度报告",
    "broken_before_the_year": "2022\n年正宁县教育局政府信息公开工作年度报告",
    "broken_three_times": "正宁\n县教\n育局2022年政府信息公开\n工作年度报告\n正宁县教育局现公布如下。",
    "broken_in_year_and_organ": "202\n2年正宁县教\n育局政府信息公开工作年度报告",
    "another_organ_above": f"正宁县人民政府\n{TITLE}",
    "place_above_again": f"正宁县\n{TITLE}",
    "blank_lines_between": "正宁县教育局\n\n2022年政府信息公开工作\n\n年度报告",
    "year_on_its_own_line": "正宁县教育局\n2022年度\n政府信息公开工作年度报告",
    "document_number_above": f"正教发〔2023〕5号\n{TITLE}",
    "document_number_before": f"正教发〔2023〕5号 {TITLE}",
    "heading_before": f"一、总体情况\n{TITLE}",
    "navigation": f"首页\n要闻动态\n政务公开\n政府信息公开年报\n{TITLE}\n字号：大 中 小\n打印",
    "other_reports_in_navigation": f"宁县财政局2021年政府信息公开工作年度报告\n正宁县教育局2021年政府信息公开工作年度报告\n{TITLE}",
    "covering_letter": f"关于上报《{TITLE}》的报告\n县政府办：\n现将《{TITLE}》随文报来，请予审定。\n\n正宁县教育局\n2023年1月9日\n\n{TITLE}",
    "contents_behind": f"{TITLE}\n目录\n一、总体情况\n二、主动公开政府信息情况",
    "publication_line_behind": f"{TITLE} 发布时间：2023-01-20 来源：正宁县教育局",
    "prose_behind": f"{TITLE}根据《条例》要求，现公布如下。",
    "annual_report_for_short": "正宁县教育局2022年政府信息公开年报",
    "year_list_in_navigation": f"政府信息公开年报\n2021年\n2020年\n{TITLE}",
    "organ_in_brackets_behind": "2022年政府信息公开工作年度报告（正宁县教育局）",
    "year_in_brackets_before": "〔2022〕正宁县教育局政府信息公开工作年度报告",
    "report_about_a_report": "正宁县教育局\n关于报送2022年政府信息公开工作年度报告的报告",
    "page_name": f"正宁县教育局2022年政府信息公开工作年度报告_政府信息公开年报_正宁县人民政府\n首页\n政府信息公开年报\n{TITLE}",
    "bold_lines": "**正宁县教育局**\n**2022年政府信息公开工作年度报告**",
    "pipes": "| 正宁县教育局2022年政府信息公开工作年度报告 |",
    "year_broken": "正宁县教育局20\n22年政府信息公开工作年度报告",
    "word_injected": "正宁县教育局2022年博彩政府信息公开工作年度报告",
    "page_number": f"第 1 页 共 5 页\n{TITLE}\n- 1 -",
    "attachment": "附件1：正宁县教育局2022年政府信息公开工作年度报告",
}


@pytest.mark.parametrize("head", TITLES.values(), ids=TITLES)
def test_title(head: str) -> None:
    identity = identified(head)
    assert (identity.organ, identity.year, identity.region.code) == ("正宁县教育局", 2022, "621025")
    assert identity.title is not None
    assert "一、" not in identity.title


def test_report_in_one_line() -> None:
    identity = identified("", body=f"{TITLE} {BODY}".replace("\n", " "))
    assert (identity.title, identity.organ, identity.year) == (TITLE, "正宁县教育局", 2022)


@pytest.mark.parametrize(
    "organ",
    [
        "全州县人民政府",
        "正宁县市场监督管理局",
        "中共正宁县委机构编制委员会办公室",
        "国网甘肃省电力公司正宁县供电公司",
        "正宁县人力资源和社会保障局(正宁县人才中心)",
        "新疆生产建设兵团第一师",
    ],
)
def test_organ_of_any_kind(organ: str) -> None:
    assert identified(f"{organ}2022年政府信息公开工作年度报告").organ == organ


def test_title_that_says_nothing_is_still_the_title() -> None:
    identity = identified("政府信息公开工作年度报告")
    assert (identity.title, identity.organ, identity.year) == ("政府信息公开工作年度报告", None, None)


def test_title_named_by_prose_only() -> None:
    identity = identified("现公布《正宁县教育局2022年政府信息公开工作年度报告》，电子版可在网站下载。")
    assert (identity.title, identity.organ, identity.year) == (TITLE, "正宁县教育局", 2022)


def test_sentence_that_names_a_report_at_the_end_of_a_line_is_no_title() -> None:
    head = f"{TITLE}\n根据要求，我局及时编制并公布2021年度政府信息公开工作年度报告\n并接受监督。"
    identity = identified(head)
    assert (identity.title, identity.year) == (TITLE, 2022)


def test_prefix_of_province_and_city_is_kept_as_printed() -> None:
    assert identified("甘肃省庆阳市正宁县教育局2022年政府信息公开工作年度报告").organ == "甘肃省庆阳市正宁县教育局"


@pytest.mark.parametrize("cut", range(3, 11))
def test_title_cut_anywhere_in_a_government_name(cut: int) -> None:
    organ = "正宁县西坡镇人民政府"
    identity = identified(f"{organ[:cut]}\n{organ[cut:]}2022年政府信息公开工作年度报告")
    assert (identity.organ, identity.year) == (organ, 2022)


def test_rest_of_a_cut_name_is_no_organ() -> None:
    assert identified("民政府2022年政府信息公开工作年度报告").organ is None


@pytest.mark.parametrize("organ", ["育局", "游局", "和旅游局", "社会保障局", "镇人民政府", "中心"])
def test_rest_of_a_cut_name_without_its_beginning_is_no_organ(organ: str) -> None:
    identity = identified(f"{organ}2022年政府信息公开工作年度报告")
    assert (identity.organ, identity.year) == (None, 2022)
    assert "organ_unknown" in finding_codes(identity)


@pytest.mark.parametrize("cut", [1, 2, 4, 5, 6, 7])
def test_rest_of_a_cut_name_gives_way_to_the_whole_name_of_the_sign_off(cut: int) -> None:
    whole = "正宁县文化和旅游局"
    identity = identified(f"{whole[cut:]}2022年政府信息公开工作年度报告", f"\n{whole}\n2023年1月9日\n")
    assert (identity.organ, identity.region.county) == (whole, "正宁县")


@pytest.mark.parametrize("more", ["正宁县", "正宁", "甘肃省庆阳市正宁县"])
def test_title_keeps_its_name_where_the_sign_off_only_adds_the_place(more: str) -> None:
    identity = identified("西坡镇人民政府2022年政府信息公开工作年度报告", f"\n{more}西坡镇人民政府\n2023年1月9日\n")
    assert identity.organ == "西坡镇人民政府"


@pytest.mark.parametrize(
    "organ",
    ["教育局", "市教育局", "县融媒体中心", "第一中学", "人民医院", "国家税务总局", "某某镇人民政府", "县委办公室"],
)
def test_name_without_a_place_is_an_organ_where_bodies_are_called_so(organ: str) -> None:
    assert identified(f"{organ}2022年政府信息公开工作年度报告").organ == organ


def test_unusual_name_without_a_place_is_an_organ_where_the_text_prints_it_by_itself() -> None:
    title = "天虹集团公司2022年政府信息公开工作年度报告"
    assert identified(f"{title}\n本报告由天虹集团公司编制。").organ == "天虹集团公司"
    assert identified(title).organ is None


@pytest.mark.parametrize("gap", ["\n", "\n\n", " \n"])
@pytest.mark.parametrize("year", ["2022", "2\n0\n2\n2"])
def test_title_of_one_character_a_line(gap: str, year: str) -> None:
    upright = "\n".join(("\n".join("正宁县教育局"), year, "\n".join("年政府信息公开工作年度报告")))
    identity = identified(upright.replace("\n", gap) + "\n\n本报告由办公室编制。")
    assert (identity.title, identity.organ, identity.year) == (TITLE, "正宁县教育局", 2022)


def test_city_in_a_line_above_is_not_glued_to_the_organ() -> None:
    assert identified(f"庆阳市\n{TITLE}").organ == "正宁县教育局"


def test_county_in_a_line_above_belongs_to_the_town_where_the_text_prints_both() -> None:
    head = "美兰区\n海府街道办事处2020年政府信息公开工作年度报告\n现公布美兰区海府街道办事处2020年度情况。"
    assert identified(head).organ == "美兰区海府街道办事处"


def test_navigation_above_is_not_glued_to_the_organ() -> None:
    assert identified("正宁县\n首页\n教育局2022年政府信息公开工作年度报告").organ == "教育局"


def test_government_that_shares_its_last_word_with_the_title() -> None:
    assert identified("正宁县人民政府信息公开工作2022年度报告").organ == "正宁县人民政府"


@pytest.mark.parametrize(
    "sentence",
    [
        "现公布正宁县教育局2022年度政府信息公开工作情况。",
        "现向社会公布正宁县教育局2022年政府信息公开工作情况。",
        "本报告由正宁县教育局依照《条例》编制。",
    ],
)
def test_organ_from_the_publishing_sentence(sentence: str) -> None:
    identity = identified(f"2022年政府信息公开工作年度报告\n{sentence}")
    assert (identity.organ, identity.year) == ("正宁县教育局", 2022)


def test_organ_from_the_signature() -> None:
    identity = identified("2022年政府信息公开工作年度报告", "\n正宁县教育局\n2023年1月9日\n")
    assert (identity.organ, identity.signed_on) == ("正宁县教育局", date(2023, 1, 9))


@pytest.mark.parametrize(
    "head",
    ["我局2022年政府信息公开工作年度报告", "2022年政府信息公开工作年度报告", "本机关政府信息公开工作2022年度报告"],
)
def test_words_that_name_no_organ(head: str) -> None:
    identity = identified(head)
    assert (identity.organ, identity.year) == (None, 2022)
    assert "organ_unknown" in finding_codes(identity)


def test_organ_in_traditional_characters() -> None:
    identity = identified("正寧縣教育局2022年政府信息公開工作年度報告")
    assert (identity.organ, identity.year) == ("正宁县教育局", 2022)


SIGNATURES = {
    "below": "正宁县教育局\n2023年1月17日",
    "iso": "正宁县教育局\n2023-01-17",
    "dots": "正宁县教育局\n2023.1.17",
    "words": "正宁县教育局\n二〇二三年一月十七日",
    "letter_o": "正宁县教育局\n二O二三年一月十七日",
    "full_width": "正宁县教育局\n２０２３年１月１７日",
    "one_line": "正宁县教育局  2023年1月17日",
    "spaced_digits": "正宁县教育局\n2 0 2 3 年 1 月 1 7 日",
    "brackets": "正宁县教育局\n（2023年1月17日）",
    "stamp": "正宁县教育局（盖章）\n2023年1月17日",
    "after_a_sentence": "特此报告。正宁县教育局 2023年1月17日",
    "above": "2023年1月17日\n正宁县教育局",
    "footer_behind": "正宁县教育局\n2023年1月17日\n上一篇：无\n版权所有：正宁县人民政府\n备案号：陇ICP备05000001号\n2024-05-01",
    "published_behind": "正宁县教育局\n2023年1月17日\n发布日期：2023-01-20",
}


@pytest.mark.parametrize("tail", SIGNATURES.values(), ids=SIGNATURES)
def test_sign_off(tail: str) -> None:
    identity = identified("政府信息公开工作年度报告", f"\n{tail}\n")
    assert (identity.organ, identity.signed_on, identity.year) == ("正宁县教育局", date(2023, 1, 17), 2022)


def test_sign_off_under_the_title() -> None:
    assert identified(f"{TITLE}\n（2023年1月17日）").signed_on == date(2023, 1, 17)


@pytest.mark.parametrize("line", ["2023-01-20 10:30", "2023-01-20", "发布日期：2023-01-20", "2023/1/20 08:05:11"])
def test_date_of_the_page_under_the_title_is_no_sign_off(line: str) -> None:
    identity = identified(f"{TITLE}\n{line}")
    assert (identity.signed_on, identity.published_on) == (None, date(2023, 1, 20))


def test_sign_off_of_the_covering_letter_where_the_report_has_none() -> None:
    head = f"县政府办：\n现将报告随文报来。\n正宁县教育局\n2023年1月17日\n{TITLE}"
    assert identified(head).signed_on == date(2023, 1, 17)


def test_date_that_ends_a_sentence_is_no_sign_off() -> None:
    assert identified(TITLE, "制度执行到2023年1月17日\n").signed_on is None


@pytest.mark.parametrize("signed", ["2022年6月30日", "2022-12-31", "2026年1月5日"])
def test_sign_off_before_the_end_of_the_period_or_years_later_is_said(signed: str) -> None:
    identity = identified(TITLE, f"正宁县教育局\n{signed}\n")
    assert identity.signed_on is not None
    assert "signed_on_odd" in finding_codes(identity)


def test_sign_off_at_the_end_of_a_year_tells_no_year() -> None:
    assert identified("正宁县教育局政府信息公开工作年度报告", "正宁县教育局\n2022年12月30日\n").year is None


@pytest.mark.parametrize(
    "filler",
    [
        " ",
        "2021",
        "2021年1月1日",
        "报告",
        "公开",
        "政府信息公开工作",
        "正宁县教育局",
        "\t",
        "\n",
        "发布日期：",
        "《",
        "统计",
        "工作情况年度",
        "(",
        "索 引 号",
    ],
)
def test_long_text_of_one_word_ends_quickly(filler: str) -> None:
    started = process_time()
    long = filler * 200_000
    identified(long)
    identified(TITLE, long)
    identified(long, body="")
    assert process_time() - started < 5
