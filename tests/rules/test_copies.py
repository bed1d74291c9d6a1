"""S12: prose that was there before."""

from __future__ import annotations

import pytest
from made_years import MadeYears

PLACES = ("西坡镇", "正宁县", "庆阳市", "甘肃省")
TEXT = (
    "{year}年，我镇围绕乡村振兴主动公开信息{count}条，重点公布了{place}的水渠修缮资金和验收结果。"
    "村务公开栏由包村干部每月更换一次，过期的通知当场收走；集市日在派出所门口设咨询台，解答补贴发放的疑问。"
    "档案室新添了两台查询电脑，老人可以请值班员代为打印。秋收以后召开院坝会，听取群众对公开内容的意见，"
    "把问得最多的危房改造和医保缴费做成一页纸的说明，贴到每个村民小组。"
)
OTHER = (
    "今年的工作重心放在土地确权档案的补录上，先后核对了七百多户的材料。网站栏目由四个并为两个，检索比过去快。"
    "聘请的监督员每季度抽查一次，发现的错字和失效链接都在当周改好。镇里的广播站开办了十分钟的政策问答节目，"
    "由各站所轮流主讲，听众来电由党政办统一登记，三天之内回复。"
)
STATUTORY = "根据《中华人民共和国政府信息公开条例》第五十条编制，统计期限自1月1日起，电子版可在网站下载。" * 4


def told(year: int, place: str = "西坡", count: int = 30) -> str:
    return TEXT.format(year=year, place=place, count=count)


def two_years(before: str, now: str) -> MadeYears:
    made = MadeYears()
    made.add_organ("西坡镇人民政府", places=PLACES)
    made.add_report("西坡镇人民政府", 2021, sections={"overview": before})
    made.add_report("西坡镇人民政府", 2022, sections={"overview": now})
    return made


def test_last_years_text_with_new_figures_is_copied() -> None:
    said = two_years(told(2021), told(2022, count=412)).ask("S12")
    (result,) = said["西坡镇人民政府/2022"]
    assert (result.place, result.status, result.left, result.other) == (
        "section.overview",
        "fail",
        1,
        "西坡镇人民政府/2021",
    )
    assert result.detail == "去除数字和名称后，100% 的文字与本机关上一年度的报告相同"
    # The year before has nothing to be held against.
    assert [r.status for r in said["西坡镇人民政府/2021"]] == ["not_assessable"]


def test_a_sentence_more_is_still_a_copy_and_half_of_the_text_is_none() -> None:
    added = told(2022) + "本年新设意见箱。"
    assert two_years(told(2021), added).ask("S12")["西坡镇人民政府/2022"][0].status == "fail"
    half = told(2022) + OTHER
    (result,) = two_years(told(2021), half).ask("S12")["西坡镇人民政府/2022"]
    assert (result.status, result.other) == ("pass", None)


def test_words_and_order_are_what_counts_not_line_breaks() -> None:
    wrapped = "\n".join(told(2022)[start : start + 37] for start in range(0, 300, 37))
    assert two_years(told(2021), wrapped).ask("S12")["西坡镇人民政府/2022"][0].left == 1


@pytest.mark.parametrize("text", [STATUTORY, "无其他需要报告的事项。", "全年未收到申请。" * 2])
def test_what_everybody_says_is_not_compared(text: str) -> None:
    assert two_years(text, text).ask("S12") == {}


def family(*members: tuple[str, str, str, str]) -> MadeYears:
    """(organ, its place's name and code, text) of one year."""
    made = MadeYears()
    for organ, place, code, text in members:
        made.add_organ(organ, code, places=(place, "正宁县", "庆阳市", "甘肃省"))
        made.add_report(organ, 2022, sections={"problems": text})
    return made


def test_a_siblings_text_under_another_name_is_copied_by_both() -> None:
    said = family(
        ("西坡镇人民政府", "西坡镇", "621025107", told(2022, "西坡")),
        ("永和镇人民政府", "永和镇", "621025103", told(2022, "永和镇", count=7)),
        ("湫头镇人民政府", "湫头镇", "621025104", OTHER),
    ).ask("S12")
    assert [(r.status, r.other) for r in said["西坡镇人民政府/2022"]] == [("fail", "永和镇人民政府/2022")]
    assert [(r.status, r.other) for r in said["永和镇人民政府/2022"]] == [("fail", "西坡镇人民政府/2022")]
    assert said["西坡镇人民政府/2022"][0].detail == "去除数字和名称后，100% 的文字与永和镇人民政府相同"
    assert [r.status for r in said["湫头镇人民政府/2022"]] == ["pass"]


def test_a_town_of_another_county_is_no_sibling() -> None:
    said = family(
        ("西坡镇人民政府", "西坡镇", "621025107", told(2022)),
        ("白阳镇人民政府", "白阳镇", "640425100", told(2022)),
    ).ask("S12")
    assert {r.status for results in said.values() for r in results} == {"not_assessable"}


def test_an_organ_of_unknown_place_has_no_siblings() -> None:
    made = MadeYears()
    for organ in ("某镇人民政府", "另镇人民政府"):
        made.add_organ(organ, None)
        made.add_report(organ, 2022, sections={"overview": told(2022)})
    assert {r.status for results in made.ask("S12").values() for r in results} == {"not_assessable"}
