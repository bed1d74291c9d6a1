"""The gold file's own reading of the rules that hold the prose against the tables, blanks included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from dagster_project.demo.figures import Figure
from dagster_project.demo.mistakes_narrative import contradictions
from dagster_project.demo.narrative import Narrative
from dagster_project.demo.printing import PrintedCell
from dagster_project.demo.stated import Stated
from dagster_project.report_parser.form import FORMS, FormVersion
from dagster_project.report_parser.model import CellState


def found(
    stated: list[Stated],
    cells: Mapping[str, Figure | None],
    version: FormVersion = "2021",
    channels: Sequence[Stated] = (Stated("channel", "website", 5), Stated("channel", "all", 5)),
    lists_all: bool = True,
) -> list[str]:
    """What is contradicted in a report of zeros with these cells, None for a blank."""
    printed = {name: PrintedCell("0", 0, CellState.NUMBER) for name in FORMS[version].cells()}
    for place, value in cells.items():
        table, row, column = place.split(".")
        state = CellState.BLANK if value is None else CellState.NUMBER
        printed[table, row, column] = PrintedCell(str(value), value, state)
    told = Narrative([], [], {}, [], None, [*channels, *stated], lists_all_channels=lists_all)
    return [f"{broken.rule_id} {broken.place}" for broken in contradictions(version, printed, told)]


NEW, OLD = "application.new_received.total", "application.carried_in.total"
REVIEWS, DIRECT, LATER = (
    f"dispute.{track}.total" for track in ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
)


def test_a_report_that_says_what_it_prints_contradicts_nothing() -> None:
    assert found([Stated("application", "received", 3)], {NEW: 3}) == []


@pytest.mark.parametrize(("value", "contradicts"), [(3, False), (5, False), (4, True), (2, True)])
def test_received_may_hold_what_was_carried_in(value: int, contradicts: bool) -> None:
    assert found([Stated("application", "received", value)], {NEW: 3, OLD: 2}) == [f"S6 {NEW}"] * contradicts


@pytest.mark.parametrize(("value", "contradicts"), [(3, False), (4, False), (2, True)])
def test_a_blank_is_any_count_from_nought(value: int, contradicts: bool) -> None:
    assert found([Stated("application", "received", value)], {NEW: 3, OLD: None}) == [f"S6 {NEW}"] * contradicts


@pytest.mark.parametrize(("value", "contradicts"), [(3, False), (2, False), (1, False), (4, True)])
def test_litigation_may_be_either_track_or_both(value: int, contradicts: bool) -> None:
    stated = [Stated("dispute", "litigation", value)]
    assert found(stated, {DIRECT: 2, LATER: 1}) == ["S7 dispute.litigation.total"] * contradicts


def test_documents_of_the_trial_form_were_made_or_disclosed() -> None:
    cells = {"disclosure.normative_documents.newly_made": 3, "disclosure.normative_documents.newly_disclosed": 4}
    for value, broken in ((3, []), (4, []), (5, ["S8 disclosure.normative_documents.newly_made"])):
        assert found([Stated("disclosure", "normative_documents_issued", value)], cells, "2019") == broken


def test_what_is_denied_is_not_counted_and_fees_of_processing_are_in_no_table() -> None:
    stated = [Stated("none", code, 0) for code in ("application_received", "dispute_litigation", "processing_fee")]
    assert found(stated, {NEW: 1, LATER: 2, "disclosure.fees.amount": 3}) == [f"S10 {NEW}", f"S10 {LATER}"]
    assert found(stated, {NEW: None}) == []


@pytest.mark.parametrize(
    ("whole", "lists_all", "contradicts"), [(5, True, False), (6, True, True), (6, False, False), (4, False, True)]
)
def test_a_list_that_leaves_parts_out_is_not_more_than_the_whole(
    whole: int, lists_all: bool, contradicts: bool
) -> None:
    channels = [Stated("channel", "website", 5), Stated("channel", "all", whole)]
    assert found([], {}, channels=channels, lists_all=lists_all) == ["S9 claim.channel.all"] * contradicts


def test_an_approximate_figure_contradicts_nothing() -> None:
    assert found([Stated("disclosure", "penalties", 40, True)], {"disclosure.penalties.decisions": 20}) == []


def test_a_place_is_named_once() -> None:
    stated = [Stated("application", "processed", 3), Stated("application", "processed", 3)]
    assert found(stated, {}) == ["S6 application.processed_total.total"]
