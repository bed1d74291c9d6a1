"""Writing down what a document with tables prints: lines of flat text, and table rows with the places of their cells.

html, docx and spreadsheets are written through this one desk, so that spans, nested tables and layout tables mean the same.
What does not belong here: the tags of any format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..document import GridCell, Line
from .reading import too_large
from .text import INVISIBLE

MAX_CELLS = 100_000
"""The columns of all cells of a document, merged ones counted by their spans."""
MAX_COLUMNS = 256
"""Rows that reach further right are written as flat text."""
LONG_CELL = 200
"""A cell with more characters holds running text, not a label or figure: the longest label of the form has 40."""

_TO_THE_END = 1 << 30
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\u201c\u201d\u3000"
_SOURCE_BREAK = re.compile(f"(?<=[{_WIDE}])\n(?=[{_WIDE}])")


@dataclass(slots=True)
class _Cell:
    """The writing desk inside one cell, or of the whole document: lines that are finished, and the parts of the next one."""

    span: int = 1
    height: int = 1
    is_covered: bool = False
    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def end_line(self) -> None:
        if not self.parts:
            return
        line = "".join(self.parts)
        self.parts.clear()
        if "\n" in line:
            line = _SOURCE_BREAK.sub("", line).replace("\n", " ")
        if not line.isascii():
            line = INVISIBLE.sub("", line.replace("\xa0", " "))
        line = line.rstrip().lstrip(" ")
        if line:
            self.lines.append(line)

    def text(self) -> str | None:
        """What the cell prints, its lines parted by \\n; None where it holds a table or running text."""
        lines = [line.strip() for line in self.lines if isinstance(line, str)]
        text = "\n".join(lines)
        return text if len(lines) == len(self.lines) and len(text) <= LONG_CELL else None


@dataclass(slots=True)
class _Table:
    groups: list[list[list[_Cell]]] = field(default_factory=lambda: [[]])
    """Row groups, rows, cells. No cell reaches out of its row group."""
    row: list[_Cell] | None = None


class Printed:
    """The lines of a document, written in reading order. Whatever is opened must be closed, innermost first."""

    def __init__(self) -> None:
        self._cells = [_Cell()]
        self._tables: list[_Table | None] = [None]
        self._cell_count = 0

    def write(self, text: str) -> None:
        """Go on with the line. A \\n in `text` is a break of the source, not of the print: a space, but nothing in Chinese."""
        self._cells[-1].parts.append(text)

    def end_line(self) -> None:
        self._cells[-1].end_line()

    def open_table(self) -> None:
        self.end_line()
        self._tables.append(_Table())

    def open_row_group(self) -> None:
        if table := self._tables[-1]:
            table.groups.append([])

    def open_row(self) -> None:
        if table := self._tables[-1]:
            table.row = []
            table.groups[-1].append(table.row)

    def open_cell(self, span: int = 1, height: int = 1, is_covered: bool = False) -> bool:
        """Begin a cell of `span` columns and `height` rows (0: to the end of the row group); False where no table is open.

        A covered cell counts its columns only: what is written into it is not printed.

        Raises:
            Unreadable: with code `too_large`, when the document has more than `MAX_CELLS`.
        """
        table = self._tables[-1]
        if table is None:
            return False
        if table.row is None:
            self.open_row()
        assert table.row is not None
        cell = _Cell(min(max(span, 1), MAX_COLUMNS), height if height > 0 else _TO_THE_END, is_covered)
        self._cell_count += cell.span
        if self._cell_count > MAX_CELLS:
            raise too_large(f"{MAX_CELLS:,} 个单元格", "application/octet-stream")
        table.row.append(cell)
        self._cells.append(cell)
        self._tables.append(None)
        return True

    def close_cell(self) -> None:
        self.end_line()
        self._cells.pop()
        self._tables.pop()

    def close_row(self) -> None:
        if table := self._tables[-1]:
            table.row = None

    def close_table(self) -> None:
        table = self._tables.pop()
        if table is not None:
            self.end_line()
            self._cells[-1].lines.extend(_table_lines(table))

    def lines(self) -> list[Line]:
        """Everything that was printed."""
        self.end_line()
        return self._cells[0].lines


def _table_lines(table: _Table) -> Iterator[Line]:
    """A table as grid rows; the rows that hold running text or a table, and tables of one column, as the lines of their cells."""
    rows = [(cells, placed) for group in table.groups for cells, placed in _placed(group)]
    is_column = all(len(placed) <= 1 and all(end == 1 for _, _, end in placed) for _, placed in rows)
    for cells, placed in rows:
        printed = [
            None if (text := cell.text()) is None else GridCell(text, start, end - start) for cell, start, end in placed
        ]
        grid = tuple(cell for cell in printed if cell is not None)
        if is_column or len(grid) < len(printed) or any(cell.column + cell.span > MAX_COLUMNS for cell in grid):
            for cell in cells:
                if not cell.is_covered:
                    yield from cell.lines
        elif grid:
            yield grid


def _placed(rows: list[list[_Cell]]) -> Iterator[tuple[list[_Cell], list[tuple[_Cell, int, int]]]]:
    """Each row with the first column of every printed cell and the one after its last.

    The cells of a row take the free columns from the left, as browsers do it.
    """
    taken_until: list[int] = []
    for number, cells in enumerate(rows):
        placed = []
        column = 0
        for cell in cells:
            while column < len(taken_until) and taken_until[column] > number:
                column += 1
            end = column + cell.span
            if end <= MAX_COLUMNS:
                taken_until.extend([0] * (end - len(taken_until)))
                taken_until[column:end] = [number + cell.height] * cell.span
            if not cell.is_covered:
                placed.append((cell, column, end))
            column = end
        yield cells, placed
