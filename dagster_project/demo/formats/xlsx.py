"""Excel files by xlsxwriter: prose in merged rows, tables below it, whole numbers and amounts as numbers."""

from __future__ import annotations

import io
import re
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..blocks import PrintedDocument, PrintedTable, Slot

STYLES = ("plain", "sheets")
"""All on one sheet, or a sheet for every section."""

_WRITTEN = datetime(2024, 1, 1)  # noqa: DTZ001 - the library takes it as UTC and wants no zone
_LAST_COLUMN = 14
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?")
_CHARACTERS_IN_A_ROW = 62
_LINE_HEIGHT = 15


def write(document: PrintedDocument, style: str, encoding: str) -> bytes:
    """The workbook; `encoding` has no meaning here."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    book.set_properties({"created": _WRITTEN})
    prose = book.add_format({"text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    boxed = book.add_format({"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "font_size": 9})
    sheet, row = book.add_worksheet("年度报告"), 0
    for block in document.blocks:
        if isinstance(block, PrintedTable):
            row = _write_table(sheet, block, row, boxed)
            continue
        if style == "sheets" and block.role == "heading":
            sheet, row = book.add_worksheet(f"第{len(book.worksheets())}部分"), 0
        sheet.merge_range(row, 0, row, _LAST_COLUMN, block.text, title if block.role == "title" else prose)
        sheet.set_row(row, _LINE_HEIGHT * (2 if block.role == "title" else 1 + len(block.text) // _CHARACTERS_IN_A_ROW))
        row += 1
    for worksheet in book.worksheets():
        worksheet.set_paper(9)
    book.close()
    return saved.getvalue()


def _write_table(sheet: Worksheet, table: PrintedTable, top: int, boxed: Format) -> int:
    """Writes the table from row `top` on and returns the row after it."""
    rows = table.slots()
    for index, slots in enumerate(rows):
        for slot in slots:
            if slot.origin == index:
                _write_cell(sheet, slot, top + index, boxed)
    return top + len(rows)


def _write_cell(sheet: Worksheet, slot: Slot, row: int, boxed: Format) -> None:
    cell = slot.cell
    # Only what prints the same again may become a number: not 1,234, +5 or 0.50.
    is_number = _NUMBER.fullmatch(cell.text) and not ("." in cell.text and cell.text.endswith("0"))
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_range(row, slot.column, row + cell.rows - 1, slot.column + cell.columns - 1, "", boxed)
    if is_number:
        sheet.write_number(row, slot.column, float(cell.text), boxed)
    else:
        sheet.write_string(row, slot.column, cell.text, boxed)
