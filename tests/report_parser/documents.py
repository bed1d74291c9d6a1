"""The text reports under fixtures/, and variants of them whose every figure can be told from every other."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import count
from pathlib import Path

from dagster_project.report_parser import CellState, Report, parse
from dagster_project.report_parser.form import CellName

FIXTURES = Path(__file__).parent / "fixtures"
CELLS = "cell_a_line_after_covering_letter"
TABS = "tabs_with_lost_tab_and_blanks"
PDF = "pdf_text_with_wrapped_labels"
SHIFTED = "tabs_with_page_breaks_in_tables"
BELOW = "values_on_the_line_below"
TRIAL = "trial_form_of_2019"
LAYOUTS_2021 = (CELLS, TABS, PDF, SHIFTED, BELOW)

_FIGURE = re.compile(r"(?<!\S)\d{1,2}(?!\S)")
_FIRST_FIGURE = 101


def text_of(name: str) -> str:
    return (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")


def distinct_text_of(name: str) -> str:
    """The fixture with 101, 102, … in printed order where its tables print figures: a value one cell off is a wrong value."""
    text = text_of(name)
    start, end = text.index("第二十条"), text.index("五、存在")
    numbers = count(_FIRST_FIGURE)
    return text[:start] + _FIGURE.sub(lambda _: str(next(numbers)), text[start:end]) + text[end:]


def read(text: str) -> Report:
    return parse(text.encode(), "made.txt")


def figures(report: Report) -> dict[CellName, Decimal]:
    """The cells that hold a number."""
    return {
        (cell.table, cell.row, cell.column): cell.value
        for cell in report.cells
        if cell.state is CellState.NUMBER and cell.value is not None
    }


def states(report: Report, table: str, row: str) -> list[CellState]:
    """The states of one row, in printed order."""
    return [cell.state for cell in report.cells if (cell.table, cell.row) == (table, row)]


def values(report: Report, table: str, row: str) -> list[Decimal | None]:
    """The values of one row, in printed order."""
    return [cell.value for cell in report.cells if (cell.table, cell.row) == (table, row)]


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}
