"""What holds for every document, however damaged."""

from __future__ import annotations

import json
from random import Random
from time import process_time

import pytest
from documents import CELLS, LAYOUTS_2021, PDF, TABS, TRIAL, distinct_text_of, figures, read, text_of

from dagster_project.report_parser import CellState

_CUTS = 60
_MUTATIONS = 300
_MAX_CPU_SECONDS = 1.0


def _text(name: str) -> str:
    return text_of(name) if name == TRIAL else distinct_text_of(name)


@pytest.mark.parametrize("name", [*LAYOUTS_2021, TRIAL])
def test_cut_document_has_no_other_figure_than_the_whole(name: str) -> None:
    text = _text(name)
    start, end = text.index("第二十条"), text.index("五、存在")
    true = figures(read(text))
    for cut in range(start, end, max(1, (end - start) // _CUTS)):
        wrong = {cell: value for cell, value in figures(read(text[:cut])).items() if true.get(cell) != value}
        assert wrong == {}, f"cut at character {cut}"


@pytest.mark.parametrize("name", [CELLS, TABS, PDF])
@pytest.mark.parametrize("digits_kept", [1, 2])
def test_figure_cut_inside_its_digits_is_not_read(name: str, digits_kept: int) -> None:
    text = _text(name)
    cut = text.index("145") + digits_kept
    assert ("application", "denied_state_secret", "total") not in figures(read(text[:cut]))


@pytest.mark.parametrize("name", [TABS, PDF])
def test_document_that_ends_with_its_last_table_is_read_whole(name: str) -> None:
    text = text_of(name)
    assert figures(read(text[: text.index("五、存在")].rstrip())) == figures(read(text))


def test_damaged_documents_are_read_without_error_and_in_time() -> None:
    random = Random(20)
    for number in range(_MUTATIONS):
        text = _mutated(_text(random.choice([*LAYOUTS_2021, TRIAL])), random)
        started = process_time()
        report = read(text)
        assert process_time() - started < _MAX_CPU_SECONDS, f"mutation {number}"
        json.dumps(report.as_dict())


@pytest.mark.parametrize("name", [*LAYOUTS_2021, TRIAL])
def test_reports_are_plain_json(name: str) -> None:
    report = read(_text(name)).as_dict()
    assert json.loads(json.dumps(report, ensure_ascii=False)) == report


@pytest.mark.parametrize("name", [*LAYOUTS_2021, TRIAL])
def test_a_number_has_a_value_and_nothing_else_has(name: str) -> None:
    text = _text(name)
    for damaged in (text, _mutated(text, Random(1)), _mutated(text, Random(2))):
        lines = damaged.split("\n")
        for cell in read(damaged).cells:
            assert (cell.value is not None) == (cell.state is CellState.NUMBER)
            if cell.state is CellState.ABSENT:
                assert (cell.raw, cell.line) == (None, None)
            elif cell.state is CellState.NUMBER:
                assert cell.raw
                assert cell.line
                assert cell.raw in lines[cell.line - 1]


def _mutated(text: str, random: Random) -> str:
    """Up to eight lines deleted, doubled, swapped with the next, stripped of tabs or cut short."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 8)):
        index = random.randrange(len(lines) - 1)
        match random.randrange(5):
            case 0:
                del lines[index]
            case 1:
                lines.insert(index, lines[index])
            case 2:
                lines[index], lines[index + 1] = lines[index + 1], lines[index]
            case 3:
                lines[index] = lines[index].replace("\t", "", random.randint(1, 3))
            case _:
                lines[index] = lines[index][: random.randint(0, len(lines[index]))]
    return "\n".join(lines)
