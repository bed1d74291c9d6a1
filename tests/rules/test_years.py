"""H6 and S1: what a year hands over to the next."""

from __future__ import annotations

import pytest
from made_years import MadeYears, Printed

TOTAL = "application.carried_in.total"
FORWARD = "application.carried_forward.total"
IN_FORCE = "disclosure.normative_documents.in_force"


def two_years(before: dict[str, Printed], now: dict[str, Printed]) -> MadeYears:
    made = MadeYears()
    made.add_organ("镇")
    made.add_report("镇", 2021, before)
    made.add_report("镇", 2022, now)
    return made


@pytest.mark.parametrize(
    ("forward", "carried", "status"),
    [
        (3, 3, "pass"),
        (3, 2, "fail"),
        (0, 1, "fail"),
        ("blank", 0, "pass"),
        (0, "dash", "pass"),
        ("blank", 2, "not_assessable"),
        (2, "blank", "not_assessable"),
        ("blank", -1, "fail"),
        ("blank", "blank", "not_assessable"),
        (2, "text", "not_assessable"),
        ("absent", 2, "not_assessable"),
    ],
)
def test_carried_in_is_what_last_year_carried_forward(forward: Printed, carried: Printed, status: str) -> None:
    result = two_years({FORWARD: forward}, {TOTAL: carried}).ask("H6")["镇/2022"]
    other = None if status == "pass" else "镇/2021"
    assert [(r.place, r.status, r.severity, r.other) for r in result] == [(TOTAL, status, "error", other)]


def test_an_applicants_column_only_warns() -> None:
    made = two_years(
        {FORWARD: 2, "application.carried_forward.commercial": 2}, {TOTAL: 2, "application.carried_in.other": 2}
    )
    assert [(r.place, r.status, r.severity, r.left, r.right) for r in made.ask("H6")["镇/2022"]] == [
        ("application.carried_in.commercial", "fail", "warning", 0, 2),
        ("application.carried_in.other", "fail", "warning", 2, 0),
        (TOTAL, "pass", "error", None, None),
    ]


def test_the_first_report_has_no_row_and_one_after_a_gap_is_not_assessable() -> None:
    made = MadeYears()
    made.add_organ("镇")
    made.add_report("镇", 2021, {FORWARD: 3})
    made.add_report("镇", 2023, {TOTAL: 5})
    said = made.ask("H6")
    assert list(said) == ["镇/2023"]
    assert [(r.status, r.other, r.detail) for r in said["镇/2023"]] == [
        ("not_assessable", None, "没有收到上一年度的报告，无从核对")
    ]


def test_only_current_versions_count() -> None:
    made = two_years({FORWARD: 3}, {TOTAL: 3})
    made.add_report("镇", 2021, {FORWARD: 7}, version="旧")
    made.add_report("镇", 2022, {TOTAL: 9}, version="旧")
    said = made.ask("H6")
    assert list(said) == ["镇/2022"]
    assert [(r.place, r.status) for r in said["镇/2022"]] == [(TOTAL, "pass")]


def test_the_pending_applications_of_a_merged_organ_are_no_error() -> None:
    made = two_years({FORWARD: 1}, {TOTAL: 4})
    made.add_organ("并入的乡", "621025108", merged_into="镇")
    made.add_report("并入的乡", 2021, {FORWARD: 3})
    assert [(r.status, r.detail) for r in made.ask("H6")["镇/2022"]] == [
        ("not_assessable", "本机关新近并入了其他机关，其结转不在上年报告中")
    ]


def test_the_forms_differ_and_the_rule_holds_for_both() -> None:
    made = MadeYears()
    made.add_organ("镇")
    made.add_report("镇", 2020, {FORWARD: 2}, form="2019")
    made.add_report("镇", 2021, {TOTAL: 1})
    assert [r.status for r in made.ask("H6")["镇/2021"]] == ["fail"]


@pytest.mark.parametrize(
    ("before", "issued", "repealed", "in_force", "status"),
    [
        (10, 2, 1, 11, "pass"),
        (10, 2, 1, 12, "fail"),
        (10, 2, 1, 10, "fail"),
        (10, "blank", 0, 10, "pass"),
        (10, "blank", 0, 13, "not_assessable"),
        (10, "blank", 0, 9, "fail"),
        (10, 0, "dash", 8, "not_assessable"),
        ("blank", 0, 0, 8, "not_assessable"),
        (10, 0, 0, "blank", "not_assessable"),
        ("text", 0, 0, 0, "not_assessable"),
        ("blank", "blank", "blank", "blank", "not_assessable"),
    ],
)
def test_the_stock_follows_from_last_years(
    before: Printed, issued: Printed, repealed: Printed, in_force: Printed, status: str
) -> None:
    made = two_years(
        {IN_FORCE: before},
        {
            "disclosure.normative_documents.issued": issued,
            "disclosure.normative_documents.repealed": repealed,
            IN_FORCE: in_force,
        },
    )
    said = {r.place: r for r in made.ask("S1")["镇/2022"]}
    if status == "pass":  # as the stock of rules does: both share a row
        assert {place: result.status for place, result in said.items()} == {"disclosure": "pass"}
        return
    assert said[IN_FORCE].status == status
    assert said[IN_FORCE].other == "镇/2021"
    assert said["disclosure.rules.in_force"].status == "pass"


def test_a_stock_that_does_not_follow_shows_what_it_should_be() -> None:
    made = two_years({IN_FORCE: 10}, {IN_FORCE: 15, "disclosure.normative_documents.issued": 2})
    (result,) = (r for r in made.ask("S1")["镇/2022"] if r.place == IN_FORCE)
    assert (result.left, result.right, result.detail) == (15, 12, "上年现行有效 10 件")


def test_the_trial_form_has_no_stock_in_force() -> None:
    made = MadeYears()
    made.add_organ("镇")
    made.add_report("镇", 2020, {"disclosure.rules.total_disclosed": 5}, form="2019")
    made.add_report("镇", 2021, {"disclosure.rules.in_force": 9})
    assert made.ask("S1") == {}
