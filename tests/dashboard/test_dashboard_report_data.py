"""A report as printed, its neighbours, and finding it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from known_release import BROKEN_CELLS, CITY_2021, CITY_2022, DISTRICT_2022, TOWN_2021, TOWN_2021_OLD, TOWN_2024

from dashboard.data import finder, regions
from dashboard.data.release import Release
from dashboard.data.report import Text, report


def test_cells_keep_print_state_and_place(release: Release) -> None:
    found = report(release, TOWN_2021.key)
    assert found is not None
    cells = {cell.name: cell for cell in found.cells}
    assert len(cells) == len(found.cells) == 200
    fee = cells["disclosure.fees.amount"]
    assert (fee.value, fee.raw, fee.state, fee.line) == (Decimal("976.81"), "976.81万元", "number", 10)
    assert (cells["dispute.reconsideration.total"].value, cells["dispute.reconsideration.total"].state) == (
        None,
        "blank",
    )
    assert cells["application.granted.research"].raw == "—"
    assert cells["application.granted.commercial"].state == "absent"


def test_cells_come_in_printed_order(release: Release) -> None:
    found = report(release, CITY_2022.key)
    assert found is not None
    rows = list(dict.fromkeys(cell.row_code for cell in found.cells if cell.table_code == "application"))
    assert rows[:3] == ["new_received", "carried_in", "granted"]
    assert rows[-2:] == ["processed_total", "carried_forward"]


def test_results_give_both_sides_and_the_cells(release: Release) -> None:
    found = report(release, TOWN_2021.key)
    assert found is not None
    broken, undecided = found.results
    assert (broken.rule_id, broken.left_value, broken.right_value, broken.difference) == ("H1", 2, 1, 1)
    assert broken.cells == tuple(BROKEN_CELLS)
    assert (undecided.rule_id, undecided.status, undecided.left_value) == ("H4", "not_assessable", None)
    assert (broken.severity, found.passed) == ("error", 1)
    assert [finding.code for finding in found.findings] == ["blank_cells"]


def test_suggestions_name_the_cell_and_both_values(release: Release) -> None:
    found = report(release, TOWN_2021.key)
    assert found is not None
    assert [(one.cell, one.printed_value, one.suggested_value, one.count, one.rules) for one in found.suggestions] == [
        ("application.new_received.total", 2, 1, 1, ("H1",)),
    ]
    assert found.suggestions[0].other_cell is None


def test_the_prose_comes_in_printed_order(release: Release) -> None:
    found = report(release, TOWN_2021.key)
    assert found is not None
    assert [(claim.line, claim.claim_zh, claim.value, claim.is_approximate) for claim in found.claims] == [
        (12, "政府网站", 32, False),
        (12, "微信公众号", 200, True),
        (40, "未收取行政事业性收费", 0, False),
    ]
    assert (found.text.problems, found.text.processing_fee) == ("公开不够及时。", None)
    header = found.header
    assert (header.published_on, header.url) == (date(2022, 1, 25), "https://www.nxlw.gov.cn/xxgk/1.html")
    assert (header.part, header.parts) == (2, 2)


def test_a_report_may_say_nothing_in_words(release: Release) -> None:
    found = report(release, CITY_2022.key)
    assert found is not None
    assert (found.claims, found.text, found.header.url) == ((), Text(), None)
    assert (found.header.part, found.header.parts) == (1, 1)


def test_versions_and_neighbours(release: Release) -> None:
    found = report(release, TOWN_2021_OLD.key)
    assert found is not None
    assert not found.header.is_current
    assert [(version.report_key, version.is_current) for version in found.versions] == [
        (TOWN_2021.key, True),
        (TOWN_2021_OLD.key, False),
    ]
    assert found.previous is None
    assert found.following is not None
    assert found.following.report_key == TOWN_2024.key


def test_an_unknown_key_is_no_report(release: Release) -> None:
    assert report(release, "' or true --") is None


def test_search_needs_every_word(release: Release) -> None:
    assert [hit.report_key for hit in finder.search(release, "灵武市 2021", 10).rows] == [TOWN_2021.key]
    assert {hit.report_key for hit in finder.search(release, " 银川市人民政府 ", 10).rows} == {
        CITY_2021.key,
        CITY_2022.key,
    }
    assert finder.search(release, "灵武% 2021", 10).found == 0
    everything = finder.search(release, "", 2)
    assert (len(everything.rows), everything.found) == (2, 5)


def test_the_region_cascade(release: Release) -> None:
    town = regions.region(release, "640181")
    assert town is not None
    assert [place.name for place in town.path] == ["宁夏回族自治区", "银川市", "灵武市"]
    choices = regions.choices(release, town)
    assert [place.code for place in choices.provinces] == ["11", "64"]
    assert [place.code for place in choices.cities] == ["6401"]
    assert [place.code for place in choices.counties] == ["640181"]


def test_a_county_directly_under_its_province_needs_no_city(release: Release) -> None:
    beijing = regions.region(release, "11")
    assert beijing is not None
    choices = regions.choices(release, beijing)
    assert choices.cities == ()
    assert [place.code for place in choices.counties] == [DISTRICT_2022.organ.region_code]
    district = regions.region(release, "110101")
    assert district is not None
    assert district.city is None


def test_an_unknown_region_is_none(release: Release) -> None:
    assert regions.region(release, "99") is None
    assert regions.region(release, None) is None
