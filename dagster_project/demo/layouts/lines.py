"""Flat text without columns: a cell a line behind bars or between empty lines, values below their label or glued to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from dagster_project.report_parser.form import FormVersion

from ..blocks import PrintedTable, Slot
from ..structure import statutory_tables
from . import parts


def _tables(
    version: FormVersion, texts: parts.Texts, lines_of: Callable[[PrintedTable], Iterator[str]]
) -> parts.Tables:
    tables = statutory_tables(version, texts)
    return parts.Tables(*(list(lines_of(tables[code])) for code in ("disclosure", "application", "dispute")))


def lone_bars(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """A line with a lone bar before every place of a row, a covered or empty one too, and one more at the row's end."""

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.unmerged().rows:
            for cell in row:
                yield "|"
                yield cell.text
            yield "|"
            yield ""

    return _tables(version, texts, lines)


def cells_apart(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """A cell a line with an empty line after each. Never with blanks: they would leave no trace."""
    assert not has_blanks
    gap = [""] * rng.choice((1, 1, 2))

    def lines(table: PrintedTable) -> Iterator[str]:
        for row in table.rows:
            for cell in row:
                yield cell.text
                yield from gap

    return _tables(version, texts, lines)


def next_line(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """A row's labels on one line and its values, all of them, on the next."""
    assert not has_blanks
    indent = rng.choice(("", "\t", "  "))
    between = rng.choice(("\t", " ", "  "))

    def lines(table: PrintedTable) -> Iterator[str]:
        for labels, values in _rows(table):
            if labels:
                yield "\t".join(labels)
            if values:
                yield indent + between.join(values)

    return _tables(version, texts, lines)


def glued(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """规章000: a row of single digits runs on from its label; rows with longer numbers keep spaces, or nobody could read them."""
    assert not has_blanks

    def lines(table: PrintedTable) -> Iterator[str]:
        for labels, values in _rows(table):
            is_plain = all(len(value) == 1 and value.isdigit() for value in values)
            # Before a number of several digits a space stays as well: 规章 12 0 3.
            yield "".join(labels) + ("".join(values) if is_plain else " " + " ".join(values))

    return _tables(version, texts, lines)


def _rows(table: PrintedTable) -> Iterator[tuple[list[str], list[str]]]:
    """(labels or headings, values) of each row, nothing for what a merged cell covers."""
    for index, slots in enumerate(table.slots()):
        begun: list[Slot] = [slot for slot in slots if slot.origin == index]
        yield (
            [slot.cell.text for slot in begun if slot.cell.name is None],
            [slot.cell.text for slot in begun if slot.cell.name is not None],
        )
