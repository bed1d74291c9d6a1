"""S13: figures that jump."""

from __future__ import annotations

import pytest
from made_years import MadeYears, Printed, Result

PENALTIES = "disclosure.penalties.decisions"
FEES = "disclosure.fees.amount"
RECEIVED = "application.new_received.total"


def years_of(cell: str, *values: Printed) -> MadeYears:
    made = MadeYears()
    made.add_organ("局", "621025", "county", "department")
    for year, value in enumerate(values, start=2021):
        made.add_report("局", year, {cell: value})
    return made


def said(made: MadeYears) -> list[tuple[str, str, str]]:
    return [
        (key, result.place, result.status)
        for key, results in made.ask("S13").items()
        for result in results
        if result.place != "report"
    ]


@pytest.mark.parametrize("cell", [PENALTIES, RECEIVED, "dispute.reconsideration.total"])
def test_two_digits_too_many_stand_out(cell: str) -> None:
    made = years_of(cell, 120, 131, 11_800, 125, 140)
    assert said(made) == [("局/2023", cell, "fail")]
    (result,) = made.ask("S13")["局/2023"]
    assert (result.left, result.right, result.detail) == (11_800, 128, "其他 4 个年度的中位数为 128")


@pytest.mark.parametrize(
    "values",
    [
        (0, 0, 3, 0, 0),
        (0, 0, 85, 0, 0),
        (100, 120, 700, 90, 110),
        (100, 1, 5_000, 40, 900),  # nothing is far out of a history that jumps every year
        (300, 310, 295, 4_100, 4_000, 4_300),  # taken over for good
        (300, 310, 295, 2, 3, 1),  # given up for good
        (300, 310, 295, "blank", 305),
        (300, 310, 295, -5, 305),
    ],
)
def test_no_alarm(values: tuple[Printed, ...]) -> None:
    assert said(years_of(PENALTIES, *values)) == []


def test_work_that_ceased_is_not_assessable() -> None:
    assert said(years_of(PENALTIES, 300, 310, 295, 305, 0)) == [("局/2025", PENALTIES, "not_assessable")]


def test_three_other_years_are_a_history_and_two_are_none() -> None:
    assert said(years_of(PENALTIES, 100, 100, 100, 9_000)) == [("局/2024", PENALTIES, "fail")]
    made = years_of(PENALTIES, 100, 100, 9_000)
    assert made.ask("S13")["局/2023"] == [
        Result("report", "not_assessable", "warning", None, None, "其他年度的报告不足 3 份，无从比较", None)
    ]


def test_yuan_in_place_of_wan_yuan() -> None:
    made = years_of(FEES, "976.81", "1003.2", "9912345")
    assert said(made) == [("局/2023", FEES, "fail")]
    (result,) = made.ask("S13")["局/2023"]
    assert result.detail is not None
    assert result.detail.startswith("约为其他 2 个年度中位数的 10,0")


def test_with_one_other_year_nobody_knows_which_is_in_yuan() -> None:
    assert said(years_of(FEES, "976.81", "9912345")) == [("局/2022", FEES, "not_assessable")]


@pytest.mark.parametrize("values", [(0, 0, 80, 0), ("0.03", "0.02", 400, "0.03"), (50, 60, 4_000, 70)])
def test_amounts_may_change_much(values: tuple[Printed, ...]) -> None:
    assert said(years_of(FEES, *values)) == []


def test_who_prints_yuan_every_year_is_told_by_its_peers() -> None:
    made = years_of(FEES, 26_000_000, 27_000_000, 25_500_000, 26_500_000)
    for number in range(30):
        made.add_organ(f"邻局{number}", "621026", "county", "department")
        made.add_report(f"邻局{number}", 2021, {FEES: 1_000 + 100 * number})
    assert said(made) == [("局/2021", FEES, "fail")]
    (result,) = made.ask("S13")["局/2021"]
    assert result.detail == "同级同类机关的中位数为 2500 万元，疑以元填入万元栏"


def test_a_report_without_an_outlier_passes_in_one_row() -> None:
    results = years_of(PENALTIES, 100, 110, 95, 105).ask("S13")
    assert [(r.place, r.status) for r in results["局/2024"]] == [("report", "pass")]
