"""The overview's figures: sums over current reports, null kept apart from zero."""

from __future__ import annotations

import pytest
from known_release import CITY_2022, TOWN_2021

from dashboard.data import overview
from dashboard.data.overview import Counts
from dashboard.data.paging import part
from dashboard.data.release import Release
from dashboard.data.selection import Selection
from dashboard.data.years import years


def counts(release: Release, region: str | None, year: int | None, **filters: str) -> Counts:
    return overview.counts(overview.COUNTS.rows(release, Selection(region, year, filters).parameters()))


def test_counts_sum_current_versions_without_totals(release: Release) -> None:
    found = counts(release, "64", None)
    assert (found.reports, found.organs, found.consolidated) == (4, 2, 2)
    assert found.received == 71  # not 571 (an older version), not 142 (total column)
    assert (found.disclosed, found.processed) == (31, 41)
    assert (found.reconsiderations, found.lawsuits) == (3, 2)
    assert (found.broken_reports, found.unassessed_reports) == (1, 1)


def test_counts_say_how_many_cells_are_no_number(release: Release) -> None:
    found = counts(release, "640181", 2021)
    assert found.received_unknown == 0
    assert found.processed_unknown == 2
    assert found.disputes_unknown == 4
    assert found.reconsiderations is None, "four blank cells are no zero"
    assert found.lawsuits == 0, "eight printed zeros are"


def test_a_form_that_nobody_filled_in_has_no_figures(release: Release) -> None:
    found = counts(release, "640181", 2024)
    assert found.reports == 1
    assert (found.received, found.processed, found.disclosed, found.carried_forward) == (None,) * 4


def test_counts_of_an_unknown_region_or_year_are_empty(release: Release) -> None:
    for region, year in (("99", None), (None, 2023)):
        found = counts(release, region, year)
        assert (found.reports, found.received) == (0, None)


@pytest.mark.parametrize(("region", "reports"), [("64", 4), ("6401", 4), ("640181", 2), ("11", 1), (None, 5)])
def test_a_region_holds_everything_below_it(release: Release, region: str | None, reports: int) -> None:
    assert counts(release, region, None).reports == reports


@pytest.mark.parametrize(
    ("filters", "reports"),
    [
        ({"level": "township"}, 2),
        ({"level": "city", "type": "government"}, 2),
        ({"type": "department"}, 0),
        ({"scope": "own"}, 2),
        ({"scope": "consolidated"}, 2),
        ({"consistent": "yes"}, 1),
    ],
)
def test_filters_leave_what_they_name(release: Release, filters: dict[str, str], reports: int) -> None:
    """A report of which no rule was asked is not known to be consistent."""
    assert counts(release, "64", None, **filters).reports == reports


def test_change_compares_only_organs_with_both_years(release: Release) -> None:
    found = overview.change(overview.CHANGE.rows(release, {"year": 2022}))
    assert found is not None
    assert (found.organs, found.received, found.previous) == (1, 40, 30)
    assert (found.processed, found.disclosed) == (40, 30)
    assert overview.change(overview.CHANGE.rows(release, {"year": 2021})) is None


def test_every_year_has_a_row_and_a_gap_stays_a_gap(release: Release) -> None:
    by_year = {row["year"]: row for row in overview.APPLICATIONS.rows(release, {})}
    assert sorted(by_year) == list(range(2019, 2026))
    assert (by_year[2023]["reports"], by_year[2023]["received"]) == (0, None)
    assert (by_year[2024]["reports"], by_year[2024]["received"]) == (1, None)
    assert (by_year[2022]["reports"], by_year[2022]["received"], by_year[2022]["carried_in"]) == (2, 40, 1)


def test_outcomes_by_group(release: Release) -> None:
    rows = overview.OUTCOMES.rows(release, {"region": "64"})
    groups = {row["group_code"]: row["value"] for row in rows if row["year"] == 2022}
    assert groups["granted"] == 20
    assert groups["partially_granted"] == 10
    assert groups["unavailable"] == 10
    assert groups["denied"] == 0


def test_reports_with_broken_rules_come_first(release: Release) -> None:
    first, second, *others = overview.REPORTS.rows(release, {"region": "64"})
    assert len(others) == 2
    assert (first["report_key"], first["broken_rules"], first["unassessed_rules"]) == (TOWN_2021.key, 1, 1)
    assert first["place"] == "宁夏回族自治区 · 银川市 · 灵武市 · 临河镇"
    assert (second["report_key"], second["broken_rules"], second["received"]) == (CITY_2022.key, 0, 40)


def test_a_long_answer_comes_in_parts_sorted_and_filtered(release: Release) -> None:
    def ask(**request: object) -> tuple[list[str], int]:
        found = part(release, overview.REPORTS, {}, {"startRow": 0, "endRow": 2, **request})
        return [row["report_key"] for row in found.rows], found.found

    keys, found = ask()
    assert (len(keys), found) == (2, 5)
    assert keys[0] == TOWN_2021.key
    rest, _ = ask(startRow=2, endRow=10)
    assert len({*keys, *rest}) == 5
    most, _ = ask(sortModel=[{"colId": "received", "sort": "desc"}])
    assert most[0] == CITY_2022.key
    _, found = ask(filterModel={"place": {"filterType": "text", "type": "contains", "filter": "灵武市"}})
    assert found == 2
    above, found = ask(filterModel={"received": {"filterType": "number", "type": "greaterThan", "filter": 35}})
    assert (above, found) == ([CITY_2022.key], 1)
    unknown, found = ask(filterModel={"received": {"filterType": "number", "type": "blank"}})
    assert found == len(unknown) == 1


def test_a_forged_part_asks_for_nothing_else(release: Release) -> None:
    """Names that are no columns and tests that nobody knows are left out; values are never SQL."""
    quote = 'x" or 1=1 --'
    forged = {
        "startRow": -5,
        "endRow": 10**9,
        "sortModel": [{"colId": quote, "sort": "asc; drop table dim_report"}],
        "filterModel": {
            quote: {"filterType": "text", "type": "contains", "filter": "x"},
            "organ_name": {"filterType": "text", "type": "contains", "filter": "') or true --"},
            "received": {"filterType": "number", "type": "no such test", "filter": 1},
        },
    }
    found = part(release, overview.REPORTS, {}, forged)
    assert (found.rows, found.found) == ((), 0)


def test_years_latest_first(release: Release) -> None:
    assert years(release) == (2024, 2022, 2021)
