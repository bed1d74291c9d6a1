"""The overview's figures: facts of current versions, null kept apart from zero."""

from __future__ import annotations

from decimal import Decimal

import pytest
from known_release import CITY_2022, TOWN_2021

from dashboard.data import overview
from dashboard.data.overview import Change
from dashboard.data.release import Release


def test_counts_sum_current_versions_without_totals(release: Release) -> None:
    counts = overview.counts(release, "64", None)
    assert (counts.reports, counts.organs) == (4, 2)
    assert counts.received == 71  # not 571 (an older version), not 142 (total column)
    assert (counts.disclosed, counts.processed) == (31, 41)
    assert (counts.reconsiderations, counts.lawsuits) == (3, 2)
    assert (counts.broken_reports, counts.unassessed_reports) == (1, 1)


def test_counts_say_how_many_cells_are_no_number(release: Release) -> None:
    counts = overview.counts(release, "640181", 2021)
    assert counts.received_unknown == 0
    assert counts.processed_unknown == 2
    assert counts.disputes_unknown == 4
    assert counts.reconsiderations is None, "four blank cells are no zero"
    assert counts.lawsuits == 0, "eight printed zeros are"


def test_a_form_that_nobody_filled_in_has_no_figures(release: Release) -> None:
    counts = overview.counts(release, "640181", 2024)
    assert counts.reports == 1
    assert (counts.received, counts.processed, counts.disclosed, counts.carried_forward) == (None,) * 4


def test_counts_of_an_unknown_region_or_year_are_empty(release: Release) -> None:
    for region, year in (("99", None), (None, 2023)):
        counts = overview.counts(release, region, year)
        assert (counts.reports, counts.received) == (0, None)


@pytest.mark.parametrize(("region", "reports"), [("64", 4), ("6401", 4), ("640181", 2), ("11", 1), (None, 5)])
def test_a_region_holds_everything_below_it(release: Release, region: str | None, reports: int) -> None:
    assert overview.counts(release, region, None).reports == reports


def test_change_compares_only_organs_with_both_years(release: Release) -> None:
    assert overview.change(release, None, 2022) == Change(organs=1, received=Decimal(40), previous=Decimal(30))
    assert overview.change(release, None, 2021) is None


def test_every_year_has_a_row_and_a_gap_stays_a_gap(release: Release) -> None:
    by_year = {row.year: row for row in overview.applications_by_year(release, None)}
    assert sorted(by_year) == list(range(2019, 2026))
    assert (by_year[2023].reports, by_year[2023].received) == (0, None)
    assert (by_year[2024].reports, by_year[2024].received) == (1, None)
    assert (by_year[2022].reports, by_year[2022].received, by_year[2022].carried_in) == (2, 40, 1)


def test_outcomes_by_group(release: Release) -> None:
    groups = {row.group_code: row.value for row in overview.outcomes_by_year(release, "64") if row.year == 2022}
    assert groups["granted"] == 20
    assert groups["partially_granted"] == 10
    assert groups["unavailable"] == 10
    assert groups["denied"] == 0


def test_organs_with_broken_rules_come_first(release: Release) -> None:
    organs = overview.organs(release, "64", None, limit=10)
    assert organs.found == 4
    first, second, *_ = organs.rows
    assert (first.report_key, first.broken, first.unassessed) == (TOWN_2021.key, 1, 1)
    assert first.places == ("宁夏回族自治区", "银川市", "灵武市", "临河镇")
    assert (second.report_key, second.broken, second.received) == (CITY_2022.key, 0, 40)


def test_the_list_of_organs_says_how_many_it_leaves_out(release: Release) -> None:
    organs = overview.organs(release, None, None, limit=2)
    assert (len(organs.rows), organs.found) == (2, 5)


def test_years_latest_first(release: Release) -> None:
    assert overview.years(release) == (2024, 2022, 2021)
