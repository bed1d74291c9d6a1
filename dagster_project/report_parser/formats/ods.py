"""OpenDocument spreadsheets (ods): every sheet in order, each cell as it is displayed, with its spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .package import Package
from .printed import MAX_COLUMNS, Printed
from .reading import Reading, reading_of
from .signature import ODS
from .xml import local_attribute, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_REPEATED_ROWS = 1_000
"""A row with text that repeats itself more often is no row of a report."""

_GAPS = frozenset(("s", "tab", "line-break"))


def read_ods(package: Package) -> Reading:
    """The sheets in `package`; blank rows are left out.

    Raises:
        Unreadable: with code `broken_file`, `too_large`, `empty` or `tables_are_images`.
    """
    root = parse_xml(package.read("content.xml"), ODS)
    printed = Printed()
    for table in root.iter("{*}table"):
        printed.open_table()
        for row in table.iter("{*}table-row"):
            if local_attribute(row, "visibility") is None and text_of(row).strip():
                for _ in range(_times(row, "number-rows-repeated", MAX_REPEATED_ROWS)):
                    _print_row(printed, row)
        printed.close_table()
    has_images = any(True for _ in root.iter("{*}image"))
    return reading_of(printed.lines(), ODS, has_images=has_images)


def _print_row(printed: Printed, row: _Element) -> None:
    printed.open_row()
    cells = [cell for cell in row if local_name(cell) in ("table-cell", "covered-table-cell")]
    while cells and not text_of(cells[-1]).strip() and _times(cells[-1], "number-columns-repeated", 2) > 1:
        cells.pop()  # the rest of the sheet's width
    inside = 0  # the columns to come that the last merged cell covers in this row: they follow as cells of their own
    for cell in cells:
        span = _times(cell, "number-columns-spanned", MAX_COLUMNS)
        is_covered = local_name(cell) == "covered-table-cell"
        for _ in range(_times(cell, "number-columns-repeated", MAX_COLUMNS)):
            if is_covered and inside:
                inside -= 1
                continue
            printed.open_cell(span, is_covered=is_covered)
            for paragraph in cell.iterfind("{*}p"):
                printed.write("".join(_pieces(paragraph)))
                printed.end_line()
            printed.close_cell()
            inside = span - 1
    printed.close_row()


def _pieces(paragraph: _Element) -> Iterator[str]:
    for element in paragraph.iter():
        yield (" " if local_name(element) in _GAPS else element.text) or ""
        if element is not paragraph:
            yield element.tail or ""


def _times(element: _Element, attribute: str, limit: int) -> int:
    value = local_attribute(element, attribute) or "1"
    return max(1, min(int(value), limit)) if value.isascii() and value.isdigit() and len(value) < 9 else 1
