"""The short way through table 3 where cells are left empty, but every line has as many cells and the headings stand above theirs.

Then a cell is that of the heading above it, and nothing has to be weighed. Whatever does not fit is left to the general way (`rows.py`),
which gives the same reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

from .complete import LONGEST_LINE, Regular, label
from .form import Column, Row
from .items import cells_of, is_single_cell
from .memo import Memo
from .skeleton import FIGURE_MARK, SKIPPED_MARK


class _Line(NamedTuple):
    """A line of `cells` cells: a label (`row` is its place among the rows) or other words of the form, and behind these its figures, each
    the only thing in its cell. `words` and `figures` are by their cells, counted from 0."""

    row: int | None
    words: tuple[tuple[int, str], ...]
    figures: frozenset[int]
    cells: int


def read_under_headings(skeleton: str, rows: tuple[Row, ...], furniture: str) -> Regular | None:
    """The reading, or None where a line is not so simple. `furniture` is an expression for the labels that have no cells."""
    lines_of = _lines_of(rows, furniture)
    labelled: list[_Line] = []
    head: list[_Line] = []
    lines: list[int] = []
    headings: list[str] = []
    for number, line in enumerate(skeleton.split("\n")):
        if not line or line == SKIPPED_MARK:
            continue
        content = lines_of[line] if len(line) <= LONGEST_LINE else None
        if content is None:
            return None
        if content.row is None:
            headings += [word for _, word in content.words]
            if not labelled:
                head.append(content)
        elif content.row != len(labelled):
            return None  # a label twice or out of order
        else:
            labelled.append(content)
            lines.append(number)
    first = (
        _first_cell(head, rows[0].columns, {line.cells for line in labelled}) if len(labelled) == len(rows) else None
    )
    if first is None:
        return None
    under = range(first, first + len(rows[0].columns))
    if any(line.words[-1][0] >= first or not line.figures.issubset(under) for line in labelled):
        return None
    return Regular(
        tuple(lines), tuple([cell in line.figures for line in labelled for cell in under]), "".join(headings)
    )


def _first_cell(head: Sequence[_Line], columns: Sequence[Column], widths: set[int]) -> int | None:
    """The cell of the first column, where each heading stands once, in the column's own cell, in lines of as many cells as the labels' lines,
    which `widths` says."""
    cells: list[int] = []
    for column in columns:
        places = [(cell, line.cells) for line in head for cell, word in line.words if word == column.zh]
        if len(places) != 1:
            return None
        cells.append(places[0][0])
        widths = widths | {places[0][1]}
    return cells[0] if len(widths) == 1 and cells == list(range(cells[0], cells[0] + len(cells))) else None


def _read_line(line: str, rows: tuple[Row, ...], furniture: str) -> _Line | None:
    """One line by itself, or None where it is not so simple."""
    if is_single_cell(line) or not ("\t" in line or "|" in line):
        return None
    words: list[tuple[int, str]] = []
    figures: list[int] = []
    cells = ["".join(cell.split()) for cell, _ in cells_of(line)]
    for index, cell in enumerate(cells):
        if cell == FIGURE_MARK:
            figures.append(index)
        elif cell and (figures or FIGURE_MARK in cell):
            return None
        elif cell:
            words.append((index, cell))
    match = label(rows, furniture).fullmatch("".join([word for _, word in words]))
    if not words or not match:
        return None
    row = next((place for place, row in enumerate(rows) if row.code == match.lastgroup), None)
    return None if row is None and figures else _Line(row, tuple(words), frozenset(figures), len(cells))


@cache
def _lines_of(rows: tuple[Row, ...], furniture: str) -> Memo[str, _Line | None]:
    """What the lines of such a table hold."""
    return Memo(partial(_read_line, rows=rows, furniture=furniture), most=4_096, longest=LONGEST_LINE)
