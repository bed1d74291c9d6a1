"""A report before any format: its lines and its tables, with the rows and columns that a merged cell covers.

What does not belong here: how a file format prints it (`formats/`), or which words it uses (`layouts/`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from dagster_project.report_parser.form import CellName

Role = Literal["navigation", "title", "heading", "paragraph", "closing", "notice"]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a title, a heading, a paragraph: `text` has no line breaks."""

    role: Role
    text: str


class TableCell(NamedTuple):
    """A printed cell and how many rows and columns it covers; `name` is that of the form's cell whose value it prints."""

    text: str
    rows: int = 1
    columns: int = 1
    name: CellName | None = None


_EMPTY = TableCell("")


class Slot(NamedTuple):
    """A cell where a row shows it: `column` and `origin` (its first row) are 0-based."""

    column: int
    origin: int
    cell: TableCell


@dataclass(frozen=True)
class PrintedTable:
    """A table as rows of the cells that begin in them. The first `heading_rows` are repeated on a new page."""

    code: str
    rows: tuple[tuple[TableCell, ...], ...]
    heading_rows: int = 0

    def slots(self) -> list[list[Slot]]:
        """For each row every cell that stands in it, also one that goes on from a row above, in column order."""
        table: list[list[Slot]] = []
        going_on: list[dict[int, Slot]] = [{} for _ in self.rows]
        for index, row in enumerate(self.rows):
            cells = iter(row)
            column = 0
            slots = []
            while True:
                slot = going_on[index].get(column)
                if slot is None:
                    cell = next(cells, None)
                    if cell is None:
                        break
                    slot = Slot(column, index, cell)
                    for below in range(index + 1, min(index + cell.rows, len(self.rows))):
                        going_on[below][column] = slot
                slots.append(slot)
                column += slot.cell.columns
            # What goes on from above at the right edge stands behind the row's own cells.
            slots += [going for place, going in sorted(going_on[index].items()) if place >= column]
            table.append(slots)
        return table

    def unmerged(self) -> PrintedTable:
        """The table with no cell covering more than its own place: the text stands in the first, the others are empty."""
        rows = []
        for index, slots in enumerate(self.slots()):
            cells: list[TableCell] = []
            for slot in slots:
                is_here = slot.origin == index
                cells.append(slot.cell._replace(rows=1, columns=1) if is_here else _EMPTY)
                cells += [_EMPTY] * (slot.cell.columns - 1)
            rows.append(cells)
        width = max(map(len, rows))
        return replace(self, rows=tuple((*cells, *[_EMPTY] * (width - len(cells))) for cells in rows))


Block = Text | PrintedTable


@dataclass(frozen=True)
class PrintedDocument:
    """The blocks of a document in printed order."""

    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The lines of the title as one, empty where none is printed."""
        return "".join(block.text for block in self.blocks if isinstance(block, Text) and block.role == "title")

    def with_cells(self, change: Callable[[TableCell], TableCell]) -> PrintedDocument:
        """The document with every cell of its tables changed."""
        return self.with_tables(lambda table: (replace(table, rows=tuple(tuple(map(change, r)) for r in table.rows)),))

    def with_tables(self, change: Callable[[PrintedTable], tuple[Block, ...]]) -> PrintedDocument:
        """The document with every table changed into some blocks."""
        return PrintedDocument(
            tuple(
                changed for block in self.blocks for changed in ((block,) if isinstance(block, Text) else change(block))
            )
        )

    def with_texts(self, change: Callable[[Text], tuple[Block, ...]]) -> PrintedDocument:
        """The document with every line outside its tables changed into none, one or more."""
        return PrintedDocument(
            tuple(
                changed for block in self.blocks for changed in (change(block) if isinstance(block, Text) else (block,))
            )
        )
