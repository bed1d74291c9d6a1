"""Who reports and on which year, where the document makes it hard."""

from __future__ import annotations

import pytest
from documents import BELOW, CELLS, PDF, SHIFTED, TABS, codes, read, text_of

from dagster_project.report_parser import Region, Status


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
