"""The gold file's own reading of the hard rules, blanks included."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dagster_project.demo.figures import Figure
from dagster_project.demo.identities import Broken, broken_rules
from dagster_project.demo.printing import PrintedCell
from dagster_project.report_parser.form import FORMS, CellName
from dagster_project.report_parser.model import CellState


def zero_report(**changes: Figure | None) -> dict[CellName, PrintedCell]:
    """A report of zeros; `changes` are values by table__row__column, None for a blank."""
    cells = {name: PrintedCell("0", 0, CellState.NUMBER) for name in FORMS["2021"].cells()}
    for key, value in changes.items():
        table, row, column = key.split("__")
        state = CellState.BLANK if value is None else CellState.NUMBER
        cells[table, row, column] = PrintedCell(str(value), value, state)
    return cells


def test_a_report_of_zeros_breaks_nothing() -> None:
    assert broken_rules("2021", zero_report()) == []


def test_a_wrong_total_of_received_breaks_the_balance_and_the_row() -> None:
    cells = zero_report(application__new_received__total=2)
    assert broken_rules("2021", cells) == [
        Broken("H1", "application.total"),
        Broken("H2", "application.new_received"),
    ]


def test_a_wrong_outcome_breaks_its_row_and_its_column() -> None:
    cells = zero_report(application__granted__other=1)
    assert broken_rules("2021", cells) == [
        Broken("H2", "application.granted"),
        Broken("H3", "application.other"),
    ]


def test_a_wrong_dispute_breaks_its_track() -> None:
    cells = zero_report(dispute__direct_litigation__upheld=1)
    assert broken_rules("2021", cells) == [Broken("H4", "dispute.direct_litigation")]


@pytest.mark.parametrize("value", [Decimal("0.5"), -1])
def test_a_count_is_whole_and_not_negative(value: Figure) -> None:
    cells = zero_report(disclosure__penalties__decisions=value)
    assert broken_rules("2021", cells) == [Broken("H5", "disclosure.penalties.decisions")]


def test_fees_have_fractions_but_are_not_negative() -> None:
    assert broken_rules("2021", zero_report(disclosure__fees__amount=Decimal("976.81"))) == []
    assert broken_rules("2021", zero_report(disclosure__fees__amount=Decimal("-0.1"))) == [
        Broken("H5", "disclosure.fees.amount")
    ]


def test_a_blank_takes_up_a_difference_that_a_number_from_zero_up_can_fill() -> None:
    assert (
        broken_rules("2021", zero_report(dispute__reconsideration__upheld=None, dispute__reconsideration__total=3))
        == []
    )


def test_a_blank_cannot_be_less_than_nothing() -> None:
    cells = zero_report(dispute__reconsideration__upheld=None, dispute__reconsideration__other=3)
    assert broken_rules("2021", cells) == [Broken("H4", "dispute.reconsideration")]
