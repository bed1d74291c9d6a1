"""Shapes of a table: merged cells taken apart, vertical headers, a page break inside table 3."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ..blocks import Block, PrintedDocument, PrintedTable, TableCell, Text


def unmerged(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """Empty cells where merged ones would reach."""
    return document.with_tables(lambda table: (table.unmerged(),))


def vertical_headers(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """The column headings of tables 3 and 4, and what stands left of the outcomes, a character a line."""

    def upright(table: PrintedTable) -> tuple[Block, ...]:
        rows = []
        for index, row in enumerate(table.rows):
            is_heading = index < table.heading_rows
            rows.append(
                tuple(
                    cell._replace(text="\n".join(cell.text))
                    if (is_heading and cell.columns == 1) or (cell.name is None and cell.rows > 10)
                    else cell
                    for cell in row
                )
            )
        return (replace(table, rows=tuple(rows)),)

    return document.with_tables(upright)


def page_break(document: PrintedDocument, rng: Random) -> PrintedDocument:
    """Table 3 goes on after a page number, under its heading once more."""
    page = Text("paragraph", rng.choice(("- {} -", "第 {} 页", "{}", "— {} —")).format(rng.randint(2, 5)))

    def broken(table: PrintedTable) -> tuple[Block, ...]:
        if table.code != "application":
            return (table,)
        at = rng.randrange(table.heading_rows + 4, len(table.rows) - 2)
        return _upper(table, at), page, _lower(table, at)

    return document.with_tables(broken)


def _upper(table: PrintedTable, at: int) -> PrintedTable:
    rows = tuple(
        tuple(cell._replace(rows=min(cell.rows, at - index)) for cell in row)
        for index, row in enumerate(table.rows[:at])
    )
    return replace(table, rows=rows)


def _lower(table: PrintedTable, at: int) -> PrintedTable:
    """The rows from `at` on; a cell that began above goes on without its text."""
    first = tuple(
        slot.cell if slot.origin == at else TableCell("", slot.cell.rows - (at - slot.origin), slot.cell.columns)
        for slot in table.slots()[at]
    )
    return replace(table, rows=(*table.rows[: table.heading_rows], first, *table.rows[at + 1 :]))
