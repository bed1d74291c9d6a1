"""A table as an Excel workbook: codes stay text, numbers are numbers, an unknown is an empty cell, and nothing is a formula."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
"""Rows of a sheet, without its heading."""
MOST_CHARACTERS = 32_767
"""Characters of a cell."""
_CUT = "……（已截断）"
_MOST_DIGITS = 15
"""Digits that a number of Excel keeps; one with more is written as text, so that none is lost."""
_WIDTHS = (8, 40)
"""Characters of the narrowest column and the widest."""


def write_workbook(path: Path, title: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a sheet with a heading and at most `MOST_ROWS` rows; returns how many texts were too long for a cell, and cut.

    In little memory: rows go to disk, into the folder of `path`, as they come.
    """
    options = {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": "yyyy-mm-dd"}
    cut = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        book.use_zip64()
        heading = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        # Excel would mark every code that looks like a number.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, heading)
        for number, row in enumerate(rows, start=1):
            if number == 1:
                _set_widths(sheet, names, row)
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, moment)
                elif value is not None:
                    cut += _write(sheet, number, column, value)
    return cut


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> bool:
    """Write a value; returns whether it had to be cut."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal) and _is_kept(value):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    else:
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
        if len(text) > MOST_CHARACTERS:
            sheet.write_string(row, column, text[: MOST_CHARACTERS - len(_CUT)] + _CUT)
            return True
        sheet.write_string(row, column, text)
    return False


def _is_kept(value: float | Decimal) -> bool:
    """Whether Excel keeps every digit. (What a float has beyond that was never exact.)"""
    number = Decimal(value)
    return number.is_finite() and (
        isinstance(value, float) or len(number.normalize().as_tuple().digits) <= _MOST_DIGITS
    )


def _set_widths(sheet: Worksheet, names: Sequence[str], row: Sequence[Any]) -> None:
    """As wide as the heading and the first row."""
    narrowest, widest = _WIDTHS
    for column, (name, value) in enumerate(zip(names, row, strict=True)):
        sheet.set_column(column, column, min(widest, max(narrowest, _width(name), _width(value))))


def _width(value: Any) -> int:
    """About how many characters wide a value is: Chinese ones count twice."""
    text = "" if value is None else str(value)
    return sum(2 if character > "\u2e7f" else 1 for character in text[: _WIDTHS[1]]) + 2
