"""What a sheet shows where that is not what it stores: number formats, hidden rows and columns, zeros left blank, formulas that were never computed.

The library that reads workbooks tells what is stored; a report says what is shown. From the parts of an xlsx package (ECMA-376 part 1: 18.3
worksheets, 18.8 styles). The old xls is not looked into.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .cell_reference import Place, place_of
from .number_format import formatted
from .package import Package
from .sheet_formulas import Formula, without_result
from .signature import XLSX
from .xml import local_attribute, local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_BUILT_IN_FORMATS = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"￥"#,##0;"￥"\\-#,##0',
    6: '"￥"#,##0;[Red]"￥"\\-#,##0',
    7: '"￥"#,##0.00;"￥"\\-#,##0.00',
    8: '"￥"#,##0.00;[Red]"￥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    48: "##0.0E+0",
}
"""Codes that the standard (18.8.30) gives numbers instead of writing them down, in Chinese; without those of dates, which the library tells."""
_LAST_COLUMN = 16_384
_YES = ("1", "true")
_NO = ("0", "false")


@dataclass(frozen=True)
class SheetDisplay:
    """How one sheet shows its cells. By itself: as they are stored."""

    hides_zeros: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[Place, str] = field(default_factory=dict)
    """The number formats of cells, General left out."""
    not_computed: dict[Place, Formula] = field(default_factory=dict)
    """The formulas that are shown themselves, for nobody knows their results."""

    def number(self, place: Place, value: float, stored: str) -> str:
        """What is shown of a number, which reads `stored` without a format. A format that cannot be followed is shown beside the
        number, so that no one takes it for the figure."""
        if not value and self.hides_zeros:
            return ""
        code = self.formats.get(place)
        if code is None:
            return stored
        shown = formatted(value, code)
        return f"{stored} [{code}]" if shown is None else shown


AS_STORED = SheetDisplay()


def sheet_displays(package: Package) -> dict[str, SheetDisplay]:
    """By the names of the sheets how they show their cells.

    Raises:
        Unreadable: with code `broken_file` or `too_large`.
    """
    if _WORKBOOK not in package.names or _RELATIONS not in package.names:
        return {}  # the binary kind
    targets = {
        local_attribute(relation, "Id"): (local_attribute(relation, "Target") or "")
        for relation in parse_xml(package.read(_RELATIONS), XLSX)
    }
    codes = _codes_of_styles(package)
    sheets = {}
    workbook = parse_xml(package.read(_WORKBOOK), XLSX)
    asks = any(calculation.get("fullCalcOnLoad") in _YES for calculation in workbook.iterfind("{*}calcPr"))
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        target = targets.get(local_attribute(sheet, "id"), "")
        part = package.read(target[1:] if target.startswith("/") else f"xl/{target}")
        if part:
            sheets[local_attribute(sheet, "name") or ""] = _display(parse_xml(part, XLSX), codes, asks)
    return sheets


def _codes_of_styles(package: Package) -> dict[str, str]:
    """The number format of each style of cells, by its place in the list of styles; General left out."""
    part = package.read(_STYLES)
    if not part:
        return {}
    root = parse_xml(part, XLSX)
    codes = {str(number): code for number, code in _BUILT_IN_FORMATS.items()}
    for known in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[known.get("numFmtId", "")] = known.get("formatCode", "")
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return {
        str(place): code
        for place, style in enumerate(styles)
        if (code := codes.get(style.get("numFmtId", "0"), "General")).lower() not in ("general", "@", "")
    }


def _display(sheet: _Element, codes: dict[str, str], asks: bool) -> SheetDisplay:
    display = SheetDisplay(hides_zeros=any(view.get("showZeros") in _NO for view in sheet.iter("{*}sheetView")))
    for columns in sheet.iterfind("{*}cols/{*}col"):
        if columns.get("hidden") in _YES:
            display.hidden_columns.update(
                range(_number(columns.get("min")) - 1, min(_number(columns.get("max")), _LAST_COLUMN))
            )
    formulas: dict[Place, Formula] = {}
    filled: set[Place] = set()
    for number, row in _numbered_rows(sheet):
        if row.get("hidden") in _YES:
            display.hidden_rows.add(number)
        column = -1
        for cell in row.iterfind("{*}c"):
            told = place_of(cell.get("r", ""))
            column = told[1] if told else column + 1
            place = number, column
            code = codes.get(cell.get("s", "0"))
            if code is not None:
                display.formats[place] = code
            parts = {local_name(part): part.text or "" for part in cell}
            result = parts.get("v", "")
            if result not in ("", "0"):
                filled.add(place)
            if "f" in parts:
                is_known = result or cell.get("t") == "str"  # the result of a text may be empty
                formulas[place] = Formula(parts["f"], result if is_known else None)
    display.not_computed.update(without_result(formulas, filled, asks=asks))
    return display


def _numbered_rows(sheet: _Element) -> Iterator[tuple[int, _Element]]:
    """The rows with their numbers from 0: one that does not tell its own follows the one above."""
    number = -1
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        number = _number(row.get("r")) - 1 if row.get("r") else number + 1
        yield number, row


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
