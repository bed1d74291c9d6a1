"""The ruled tables of a pdf page: their cells by the rules, with the grid columns and rows that each one covers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..document import GridCell, Line
from .pdf_lines import Char, printed_lines
from .printed import LONG_CELL

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_EDGES = 20_000
"""A page with more is a drawing; a page of the form, every border drawn as a box, has some 4,000."""
MAX_RULES = 1_500
"""Edges after those of one rule are joined."""
MAX_CROSSINGS = 3_000
_SAME_RULE = 3.0
"""Points within which two edges are one rule: wider than a thick border, narrower than any column."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""


class Table:
    """One table, to be filled with the characters of its page."""

    def __init__(self, boxes: list[Box]) -> None:
        self._boxes = sorted(boxes, key=lambda box: (box[1], box[0]))
        self._lefts = sorted({x for box in boxes for x in (box[0], box[2])})
        self._columns = self._lefts
        """The left edges of the grid's columns, and the right edge of the last: its own, or of all parts of a table over pages."""
        self._tops = sorted({y for box in boxes for y in (box[1], box[3])})
        self._chars: list[list[Char]] = [[] for _ in boxes]
        self._blurred: set[int] = set()
        self._cell_at: dict[tuple[int, int], int] = {}
        """Grid row and column to the cell that covers them."""
        for number, (left, top, right, bottom) in enumerate(self._boxes):
            for row in range(self._tops.index(top), self._tops.index(bottom)):
                for column in range(self._lefts.index(left), self._lefts.index(right)):
                    self._cell_at[row, column] = number

    @property
    def top(self) -> float:
        return self._tops[0]

    def cell_of(self, char: Char) -> int | None:
        """The number of the cell that the middle of the character stands in."""
        row = bisect_right(self._tops, (char.top + char.bottom) / 2) - 1
        column = bisect_right(self._lefts, (char.x0 + char.x1) / 2) - 1
        return self._cell_at.get((row, column))

    def put(self, cell: int, char: Char) -> None:
        self._chars[cell].append(char)

    def blur(self, cell: int) -> None:
        """Mark the cell as one whose figure runs over its edge: its text ends in U+FFFD, for its last digits may not be its own."""
        self._blurred.add(cell)

    def rows(self) -> Iterator[Line]:
        """The grid rows, each with the cells that begin in it; a row with running text as the lines of its cells."""
        row: list[GridCell] = []
        last_top = self.top
        for number, (left, top, right, _) in enumerate(self._boxes):
            if top > last_top:
                yield from _row_lines(row)
                row, last_top = [], top
            text = "\n".join(line.text for line in printed_lines(self._chars[number]))
            text += "\ufffd" * (number in self._blurred)
            column = self._column(left)
            row.append(GridCell(text, column, self._column(right) - column))
        yield from _row_lines(row)

    def is_as_wide_as(self, other: Table) -> bool:
        """Whether both begin and end at the same places of the page's width."""
        ends = zip((self._lefts[0], self._lefts[-1]), (other._lefts[0], other._lefts[-1]), strict=True)
        return all(abs(own - others) <= _SAME_RULE for own, others in ends)

    def _column(self, edge: float) -> int:
        return min(range(len(self._columns)), key=lambda column: abs(self._columns[column] - edge))


def share_columns(parts: list[Table]) -> None:
    """Give the parts of one table the columns of all of them: a page may show no row that is divided into its finest columns."""
    columns: list[float] = []
    for edge in sorted(edge for part in parts for edge in part._lefts):
        if not columns or edge - columns[-1] > _SAME_RULE:
            columns.append(edge)
    for part in parts:
        part._columns = columns


def _row_lines(row: list[GridCell]) -> Iterator[Line]:
    if any(len(cell.text) > LONG_CELL for cell in row):
        for cell in row:
            yield from cell.text.split("\n")
    else:
        yield tuple(row)


def tables_of(page: Page) -> list[Table]:
    """The tables of `page` with more than one cell; none where its drawing is too dense to be a table."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    if len(page.edges) > MAX_EDGES:
        return []
    rules = merge_edges(page.edges, _SAME_RULE, _SAME_RULE, _SAME_RULE, _SAME_RULE)
    if len(rules) > MAX_RULES:
        return []
    crossings = edges_to_intersections(rules, _SAME_RULE, _SAME_RULE)
    if len(crossings) > MAX_CROSSINGS:
        return []
    return [Table(cells) for cells in cells_to_tables(intersections_to_cells(crossings))]
