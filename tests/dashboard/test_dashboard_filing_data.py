"""Filing: counts and rates of mart_filing, by place and organ."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.data import filing
from dashboard.data.release import Parameter, Release, Warehouse
from dashboard.data.selection import Selection
from dashboard.figures import filing as figures
from dashboard.i18n import Translator

_YEAR = 2023


@pytest.fixture(scope="module")
def built(warehouse: Path) -> Release:
    return Warehouse(warehouse).current()


def _given(
    region: str | None = None, year: int | None = _YEAR, filters: dict[str, str] | None = None
) -> dict[str, Parameter]:
    return Selection(region, year, filters or {}).parameters()


def _counts(built: Release, given: dict[str, Parameter]) -> filing.Filed:
    (row,) = filing.COUNTS.rows(built, given)
    return filing.Filed(**row)


def test_rates_are_those_of_the_mart(built: Release) -> None:
    counts = _counts(built, _given())
    stated = {
        row["indicator_code"]: (row["numerator"], row["denominator"])
        for row in built.rows(
            "select * from mart_indicator where level = 'nation' and scope = 'all' and year = $year", year=_YEAR
        )
    }
    assert (counts.filed + counts.late, counts.due) == stated["filing_rate"]
    assert (counts.punctual, counts.dated) == stated["punctuality_rate"]
    assert counts.expected == counts.due + counts.not_due


def test_every_report_is_in_one_place_and_one_status(built: Release) -> None:
    whole = _counts(built, _given())
    for region in (None, built.rows("select max(region_code[:2]) as code from mart_filing")[0]["code"]):
        counts = _counts(built, _given(region))
        places = filing.PLACES.rows(built, _given(region))
        for name in ("expected", "filed", "late", "missing", "not_due", "day_unknown"):
            assert sum(row[name] for row in places) == getattr(counts, name), (region, name)
        assert counts.expected <= whole.expected
    by_year = {row["year"]: filing.Filed(**row) for row in filing.BY_YEAR.rows(built, _given())}
    assert by_year[_YEAR].missing == whole.missing
    assert whole.missing > 0


def test_the_list_to_ring_is_who_is_missing(built: Release) -> None:
    rows = filing.MISSING.rows(built, _given(filters={"level": "township"}))
    (stated,) = built.rows(
        """
        select count(*) as missing from mart_filing
        where year = $year and filing_status = 'missing' and is_expected and organ_level = 'township'
        """,
        year=_YEAR,
    )
    assert len(rows) == stated["missing"] > 0
    assert {row["organ_level"] for row in rows} == {"township"}
    assert all(row["days_overdue"] > 0 for row in rows)
    bound = [row["is_binding"] for row in filing.MISSING.rows(built, _given())]
    assert bound == sorted(bound, reverse=True), "those bound by law come first"


def test_bands_hold_every_late_report(built: Release) -> None:
    bands = [filing.Band(**row) for row in filing.DAYS_LATE.rows(built, _given(year=None))]
    assert sum(band.reports for band in bands) == _counts(built, _given(year=None)).late > 0
    assert [band.first_day for band in bands][1:] == [band.last_day + 1 for band in bands if band.last_day is not None]
    go.Figure(figures.days_late(Translator("zh"), bands))


def test_the_calendar_says_what_the_mart_says(built: Release) -> None:
    rows = {row["organ_key"]: row for row in filing.CALENDAR.rows(built, _given())}
    years = filing.years_shown(filing.SPAN.rows(built, {}))
    assert list(years) == sorted(years, reverse=True)
    stated = built.rows("select organ_key, year, filing_status from mart_filing")
    assert rows.keys() == {row["organ_key"] for row in stated}
    for row in stated:
        assert rows[row["organ_key"]][f"status_{years.index(row['year'])}"] == row["filing_status"]
    # Where nothing was expected there is nothing.
    (gap,) = built.rows("select count(*) as pairs from mart_filing")
    shown = sum(row[f"status_{back}"] is not None for row in rows.values() for back in range(filing.YEARS_SHOWN))
    assert shown == gap["pairs"]


def test_years_shown_are_eight_at_most() -> None:
    assert filing.years_shown(({"first_year": 2010, "latest_year": 2025},)) == tuple(range(2025, 2017, -1))
    assert filing.years_shown(({"first_year": 2024, "latest_year": 2025},)) == (2025, 2024)
    assert filing.years_shown(({"first_year": None, "latest_year": None},)) == ()


def test_a_year_of_few_states_its_numbers(built: Release) -> None:
    few = filing.Filed(5, 2, 1, 2, 0, 0, 0, 2024)
    many = filing.Filed(100, 60, 10, 30, 0, 0, 0, 2025)
    figure = figures.by_year(Translator("zh"), [few, many], 2025)
    go.Figure(figure)
    assert figure["layout"]["xaxis"]["ticktext"] == ["2024<br>3/5", "2025<br>70%"]
    assert {trace["name"] for trace in figure["data"]} == {"● 已报", "▲ 迟报", "✕ 未报"}
