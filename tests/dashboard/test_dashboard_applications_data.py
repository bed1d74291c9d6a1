"""The page on applications: its questions on a release known by heart, and what its figures make of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest
from known_release import CITY_2021, TOWN_2021

from dashboard.data import applications as data
from dashboard.data import overview
from dashboard.data.query import Query
from dashboard.data.release import Release, Row
from dashboard.data.selection import Selection
from dashboard.figures import applicants, children, flow, refusals, single_outcomes
from dashboard.i18n import Language, Translator

ZH = Translator("zh")
NAMES = {
    "new_received": "本年新收",
    "carried_in": "上年结转",
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "unavailable": "无法提供",
    "carried_forward": "结转下年",
    "missing": "去向不明",
    "surplus": "来路不明",
}


def asked(release: Release, query: Query, region: str | None, year: int | None) -> tuple[Row, ...]:
    return query.rows(release, Selection(region, year).parameters())


def years(release: Release) -> list[overview.ApplicationYear]:
    return [overview.ApplicationYear(**row) for row in asked(release, overview.APPLICATIONS, None, None)]


def test_the_flow_has_every_part_of_both_sides(release: Release) -> None:
    found = {(row["side"], row["code"]): row["value"] for row in asked(release, data.FLOW, "6401", 2022)}
    assert found == {
        ("in", "new_received"): 40,
        ("in", "carried_in"): 1,
        ("out", "granted"): 20,
        ("out", "partially_granted"): 10,
        ("out", "denied"): 0,
        ("out", "unavailable"): 10,
        ("out", "rejected"): 0,
        ("out", "other_handling"): 0,
        ("out", "carried_forward"): 1,
    }


def test_a_flow_without_numbers_is_null(release: Release) -> None:
    assert {row["value"] for row in asked(release, data.FLOW, None, 2024)} == {None}


def test_the_sides_are_compared_report_by_report(release: Release) -> None:
    (row,) = asked(release, data.BALANCE, "64", 2021)
    # 银川市 received 30 and says nothing became of them; of 临河镇 two cells are unknown.
    assert (row["comparable"], row["unequal"], row["missing"], row["surplus"], row["incomparable"]) == (
        1,
        1,
        30,
        None,
        1,
    )
    (unbalanced,) = asked(release, data.UNBALANCED, "64", 2021)
    assert (unbalanced["report_key"], unbalanced["missing"]) == (CITY_2021.key, 30)
    (row,) = asked(release, data.BALANCE, "64", 2022)
    assert (row["comparable"], row["unequal"]) == (1, 0)


def test_refusals_are_ranked_beside_the_year_before(release: Release) -> None:
    first = asked(release, data.REFUSALS, "6401", 2022)[0]
    assert (first["outcome_code"], first["value"], first["processed"], first["percent"]) == (
        "unavailable_not_held",
        10,
        40,
        25,
    )
    assert first["value_before"] == 0
    assert first["processed_before"] == 1
    all_years = asked(release, data.REFUSALS, "6401", None)[0]
    assert (all_years["value"], all_years["value_before"], all_years["percent_before"]) == (10, None, None)


@pytest.mark.parametrize(
    ("region", "names"),
    [
        (None, {"宁夏回族自治区", "北京市"}),
        ("11", {"东城区"}),  # it reports to its province directly
        ("64", {"银川市"}),
        ("6401", {None, "灵武市"}),  # the city itself is no county
        ("640181", {"灵武市临河镇人民政府"}),
    ],
)
def test_a_place_falls_into_its_parts(release: Release, region: str | None, names: set[str | None]) -> None:
    assert {row["child_name"] for row in asked(release, data.CHILDREN, region, None)} == names


def test_the_parts_of_a_place_add_up_to_it_and_few_cases_have_no_rate(release: Release) -> None:
    by_name = {row["child_name"]: row for row in asked(release, data.CHILDREN, "6401", None)}
    city, county = by_name[None], by_name["灵武市"]
    assert (city["received"], county["received"]) == (70, 1)
    assert city["disclosed_percent"] == 75
    assert county["disclosed_percent"] is None
    assert county["broken_reports"] == 1
    assert county["unknown_cells"] > 0
    assert county["last_report_key"] != TOWN_2021.key, "2024 is later than 2021"


def test_the_largest_parts_have_all_years(release: Release) -> None:
    rows = asked(release, data.LARGEST_CHILDREN, None, 2022)
    assert [(row["child_name"], row["year"], row["received"]) for row in rows] == [
        ("宁夏回族自治区", 2021, 31),
        ("宁夏回族自治区", 2022, 40),
        ("宁夏回族自治区", 2024, None),
        ("北京市", 2022, 0),
    ]
    assert [row["disclosed_percent"] for row in rows] == [None, 75, None, None]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_figures_are_valid(release: Release, language: Language) -> None:
    t, axis = Translator(language), years(release)
    for figure in (
        flow.figure(t, asked(release, data.FLOW, "6401", 2022), NAMES),
        applicants.figure(t, axis, asked(release, data.APPLICANTS, None, None), 2022),
        refusals.figure(t, asked(release, data.REFUSALS, None, 2022), 2022),
        refusals.figure(t, asked(release, data.REFUSALS, None, None), None),
        single_outcomes.figure(t, axis, asked(release, data.SINGLE_OUTCOMES, None, None)),
        children.figure(t, [each.year for each in axis], asked(release, data.LARGEST_CHILDREN, None, 2022), 2022),
    ):
        go.Figure(figure)  # raises on a property that plotly does not know


def _bands(figure: dict[str, Any]) -> dict[str, Any]:
    (sankey,) = figure["data"]
    return dict(
        zip((label.partition(" ")[0] for label in sankey["node"]["label"][1:]), sankey["link"]["value"], strict=True)
    )


def test_a_flow_that_adds_up_has_no_band_of_its_own_for_a_difference(release: Release) -> None:
    bands = _bands(flow.figure(ZH, asked(release, data.FLOW, "6401", 2022), NAMES))
    assert bands == {"本年新收": 40, "上年结转": 1, "予以公开": 20, "部分公开": 10, "无法提供": 10, "结转下年": 1}


@pytest.mark.parametrize(("received", "band"), [(45, {"去向不明": 5}), (37, {"来路不明": 3})])
def test_a_difference_is_a_band_on_the_side_where_it_lacks(received: int, band: dict[str, int]) -> None:
    rows = [
        {"side": "in", "code": "new_received", "value": Decimal(received)},
        {"side": "in", "code": "carried_in", "value": None},
        {"side": "out", "code": "granted", "value": Decimal(40)},
    ]
    assert _bands(flow.figure(ZH, rows, NAMES)) == {"本年新收": received, "予以公开": 40, **band}


def test_single_outcomes_of_few_cases_are_cases_on_grey(release: Release) -> None:
    rated, few = single_outcomes.figure(ZH, years(release), asked(release, data.SINGLE_OUTCOMES, None, None))["data"]
    granted, at_2021, at_2022, at_2023 = rated["y"].index("granted"), 2, 3, 4
    assert (rated["z"][granted][at_2022], rated["text"][granted][at_2022]) == (50, "50")
    assert (rated["z"][granted][at_2021], few["z"][granted][at_2021], few["text"][granted][at_2021]) == (None, 0, "1")
    assert rated["z"][granted][at_2023] is few["z"][granted][at_2023] is None


def test_small_charts_have_gaps_and_lead_to_their_place(release: Release) -> None:
    figure = children.figure(ZH, [2021, 2022, 2023, 2024], asked(release, data.LARGEST_CHILDREN, None, 2022), 2022)
    bars, line = figure["data"][:2]
    assert (bars["y"], line["y"]) == ([31, 40, None, None], [None, 75.0, None, None])
    assert set(bars["customdata"]) == {"64"}
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert "<b>宁夏回族自治区</b>  40" in words
    assert "75.0%" in words
