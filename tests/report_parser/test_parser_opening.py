"""Reports without a title: whose they are and on which year, the prose tells, or nothing does."""

from __future__ import annotations

import pytest
from documents import codes, read

from dagster_project.report_parser import Report

TABLE = "二、主动公开政府信息情况\n第二十条第（一）项\n规章 0 0 0\n六、其他需要报告的事项\n无。\n"


def read_after(opening: str, overview: str = "我们按要求开展工作。") -> Report:
    return read(f"{opening}\n一、总体情况\n{overview}\n{TABLE}")


@pytest.mark.parametrize(
    ("opening", "overview"),
    [
        ("本报告由正宁县教育局编制。", ""),
        ("本报告由正宁县教育局办公室负责编写。", ""),
        ("对报告有疑问的，请与正宁县教育局联系（电话：0934-6121000）。", ""),
        ("如有疑问请联系：正宁县教育局办公室，电话0934-6121000。", ""),
        ("本报告结合正宁县教育局（以下简称“县教育局”）统计数据编写。", "2022年，县教育局围绕招生公开信息。"),
        ("", "2022年，正宁县教育局围绕招生公开信息。"),
        ("", "在县政府的领导下，正宁县教育局扎实开展工作。"),
        ("", "正宁县教育局2022年度政府信息公开工作情况如下。"),
        ("本报告由县教育局编写，咨询：正宁县教育局（教育大楼）。", ""),
    ],
)
def test_organ_in_the_prose(opening: str, overview: str) -> None:
    report = read_after(opening, overview)
    assert (report.organ, report.region.county) == ("正宁县教育局", "正宁县")
    assert "organ_unknown" not in codes(report)


def test_organ_from_the_prose_is_said() -> None:
    assert "organ_from_prose" in codes(read_after("", "2022年，正宁县教育局围绕招生公开信息。"))
    assert "organ_from_prose" not in codes(read_after("正宁县教育局2022年政府信息公开工作年度报告"))


@pytest.mark.parametrize("desk", ["党政办公室", "党政综合办公室", "党政办"])
def test_desk_of_a_township_answers_for_its_government(desk: str) -> None:
    report = read_after(f"请与西坡镇人民政府{desk}联系。正宁县人民政府网站同步发布。")
    assert (report.organ, report.region.township) == ("西坡镇人民政府", "西坡镇")


@pytest.mark.parametrize(
    "opening",
    [
        "请与正宁县人民政府办公室联系。",
        "本报告由本机关办公室编制。",
        "请与正宁县教育局联系。本报告由庆阳市水务局编写。",
        "请与办公室联系。",
    ],
    ids=["may_answer_for_all", "no_name", "two_organs", "nobody"],
)
def test_prose_that_names_no_organ_for_certain(opening: str) -> None:
    report = read_after(opening)
    assert report.organ is None
    assert "organ_unknown" in codes(report)


@pytest.mark.parametrize(
    "sentence",
    [
        "现向社会公布2022年正宁县教育局政府信息公开工作年度报告。",
        "现公开正宁县教育局政府信息公开2022年度工作报告，欢迎监督。",
        "现将正宁县教育局2022政府信息公开工作年度报告予以发布。",
        "特编制正宁县教育局2022年度政府信息公开工作年度报告（以下简称年报）。",
    ],
)
def test_sentence_that_publishes_the_report_is_its_title(sentence: str) -> None:
    report = read_after(f"根据条例规定，{sentence}")
    assert (report.organ, report.year) == ("正宁县教育局", 2022)
    assert not {"organ_from_prose", "year_from_prose"} & codes(report)


@pytest.mark.parametrize(
    ("opening", "overview"),
    [
        ("2022年度政府信息公开工作情况如下：", ""),
        ("按照《2021年政府信息公开要点》，对2022年的政府信息公开工作作了总结。", ""),
        ("", "2022年，我局公开信息12条。2021年为10条，2022年，全年无申请。"),
        ("", "2022年以来，我局公开信息12条。"),
        ("", "（一）主动公开情况\n2022年度通过网站公开信息12条，较2021年多2条。"),
        ("2022年，在县政府的领导下，我局的公开工作有所进步。", ""),
        ("", "截至2022年12月31日，公开信息12条。2023年我局将继续努力。2022年我局无收费。"),
    ],
)
def test_year_in_the_prose(opening: str, overview: str) -> None:
    report = read_after(opening, overview)
    assert report.year == 2022
    assert "year_from_prose" in codes(report)


@pytest.mark.parametrize(
    ("opening", "overview"),
    [
        ("2022年政府信息公开工作与2021年政府信息公开工作相比有进步。", "2022年，我局公开信息12条。"),
        ("", "2022年，我局公开信息12条。2021年，我局公开信息10条。"),
        ("", "自2022年起试行新办法。"),
    ],
    ids=["two_years", "as_often", "in_passing"],
)
def test_prose_that_tells_no_year_for_certain(opening: str, overview: str) -> None:
    report = read_after(opening, overview)
    assert report.year is None
    assert "year_unknown" in codes(report)


def test_place_of_an_organ_that_the_text_names_in_full_elsewhere() -> None:
    report = read_after("住建局2022年政府信息公开工作年度报告", "2022年，安阳县住建局办理申请69件。")
    assert (report.organ, report.region.county) == ("住建局", "安阳县")


def test_page_of_a_service_portal_tells_its_county() -> None:
    title = "兴国镇人民政府2022年政府信息公开工作年度报告"
    assert read_after(title).region.code is None
    assert read_after(f"甘肃政务服务网-秦安\n\n{title}").region.county == "秦安县"
