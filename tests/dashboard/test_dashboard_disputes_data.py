"""Results and correction rates: facts added up, rates as mart_indicator has them, chance told apart."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.data import disputes, wilson
from dashboard.data.release import Parameter, Release, Warehouse
from dashboard.data.selection import Selection
from dashboard.figures import disputes as figures
from dashboard.figures import theme
from dashboard.i18n import Language, Translator

_YEAR = 2023


@pytest.fixture(scope="module")
def built(warehouse: Path) -> Release:
    return Warehouse(warehouse).current()


def _given(
    region: str | None = None, year: int | None = _YEAR, filters: dict[str, str] | None = None, **options: Parameter
) -> dict[str, Parameter]:
    return Selection(region, year, filters or {}, options).parameters()


def test_results_are_the_facts_added_up(built: Release) -> None:
    stated = {
        (row["track_code"], row["result_code"]): row["value"]
        for row in built.rows(
            "select track_code, result_code, sum(value) as value from fct_dispute where year = $year group by all",
            year=_YEAR,
        )
    }
    shown = {(row["track_code"], row["result_code"]): row["value"] for row in disputes.RESULTS.rows(built, _given())}
    assert shown == stated
    by_year = disputes.RESULTS_BY_YEAR.rows(built, _given())
    assert {(r["track_code"], r["result_code"]): r["value"] for r in by_year if r["year"] == _YEAR} == stated


@pytest.mark.parametrize("scope", ["own", "consolidated"])
def test_rates_are_those_of_the_mart(built: Release, scope: str) -> None:
    rates = {
        row["track"]: (row["corrected"], row["decided"])
        for row in disputes.RATES.rows(built, _given(filters={"scope": scope}))
    }
    stated = built.rows(
        """
        select replace(indicator_code, '_correction_rate', '') as track, numerator, denominator from mart_indicator
        where level = 'nation' and scope = $scope and year = $year and denominator > 0
            and indicator_code in ('reconsideration_correction_rate', 'litigation_correction_rate')
        """,
        scope=scope,
        year=_YEAR,
    )
    assert rates == {row["track"]: (row["numerator"], row["denominator"]) for row in stated}
    assert rates


def test_places_of_the_plot_are_those_of_the_mart(built: Release) -> None:
    points = {
        row["code"]: (row["corrected"], row["decided"], round(row["low_percent"], 3), round(row["high_percent"], 3))
        for row in disputes.CORRECTIONS.rows(built, _given(track="litigation"))
    }
    stated = built.rows(
        """
        select * from mart_indicator
        where level = 'province' and scope = 'consolidated' and year = $year and denominator > 0
            and indicator_code = 'litigation_correction_rate'
        """,
        year=_YEAR,
    )
    assert points == {
        row["region_code"]: (
            row["numerator"],
            row["denominator"],
            round(float(100 * row["low"]), 3),
            round(float(100 * row["high"]), 3),
        )
        for row in stated
    }


def test_the_interval_is_the_marts(built: Release) -> None:
    low, high = wilson.bound("numerator", "denominator", "low"), wilson.bound("numerator", "denominator", "high")
    (row,) = built.rows(
        f"""
        select count(*) as checked, max(abs(low - {low})) as low, max(abs(high - {high})) as high from mart_indicator where low is not null
        """
    )
    assert row["checked"] > 1000
    assert row["low"] < 1e-6
    assert row["high"] < 1e-6


def test_few_cases_are_neither_above_nor_below(built: Release) -> None:
    rows = disputes.FUNNEL.rows(built, _given(year=None, by="organ"))
    points = [disputes.Point(**row) for row in rows]
    assert {point.kind for point in points} == {"organ"}
    assert all((point.standing == "too_few") == (point.decided < 30) for point in points)
    assert all((point.correction_percent is None) == (point.decided < 30) for point in points)
    limits = [
        disputes.Limit(**row)
        for row in disputes.LIMITS.rows(
            built,
            {"corrected": points[0].all_corrected, "decided": points[0].all_decided, "most": points[0].decided},
        )
    ]
    assert limits[-1].decided == pytest.approx(points[0].decided)
    for point in points:
        if point.standing == "above":
            nearest = min(limits, key=lambda limit, cases=point.decided: abs(limit.decided - cases))
            assert point.corrected / point.decided > nearest.correction_percent / 100


@pytest.mark.parametrize("language", ["zh", "en"])
def test_figures_are_valid_and_grey_what_is_too_few(built: Release, language: Language) -> None:
    t = Translator(language)
    points = [disputes.Point(**row) for row in disputes.FUNNEL.rows(built, _given(by="organ"))]
    whole = {"corrected": points[0].all_corrected, "decided": points[0].all_decided, "most": points[0].decided}
    funnel = figures.funnel(t, points, [disputes.Limit(**row) for row in disputes.LIMITS.rows(built, whole)])
    go.Figure(funnel)
    few = next(trace for trace in funnel["data"] if trace.get("name") == t("disputes.standing.too_few"))
    assert few["marker"]["color"] == theme.STANDING["too_few"]
    assert max(few["x"]) < 30
    # An organ has no place to go to.
    assert set(few["customdata"]) == {None}

    results = [disputes.Result(**row) for row in disputes.RESULTS_BY_YEAR.rows(built, _given())]
    go.Figure(figures.by_year(t, results, sorted({each.year for each in results if each.year}), _YEAR))
    town = disputes.RESULTS.rows(built, _given(filters={"level": "township"}))
    mix = figures.in_year(t, [disputes.Result(**row) for row in town])
    go.Figure(mix)
    assert mix["data"][0]["marker"]["color"][0] == theme.pale(theme.RESULTS["upheld"])


def test_no_case_draws_no_point(built: Release) -> None:
    assert disputes.FUNNEL.rows(built, _given("99")) == ()
    assert disputes.RATES.rows(built, _given("99")) == ()
    assert all(row["value"] is None for row in disputes.RESULTS.rows(built, _given("99")))
