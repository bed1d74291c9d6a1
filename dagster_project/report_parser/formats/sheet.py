"""Excel workbooks (xlsx, xls): every visible sheet in order, numbers as they read on the sheet, merged cells by their ranges.

What an xlsx shows otherwise than it is stored is looked up (`sheet_display.py`); of an xls the library tells what is stored only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from .cell_reference import Place, column_of
from .package import Package
from .printed import MAX_CELLS, Printed
from .reading import Reading, broken, encrypted, not_computed, reading_of, too_large
from .sheet_display import AS_STORED, SheetDisplay, sheet_displays
from .signature import XLS, XLSX
from .xml import parse_xml

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,4})([0-9]{1,9})"[^<>]*(?<!/)>')
_READ_BY_LIBRARY = (".xml", ".rels", ".bin")


def read_xlsx(data: bytes, package: Package) -> Reading:
    """The workbook in `data`, which `package` has open.

    Raises:
        Unreadable: with code `broken_file`, `encrypted`, `too_large`, `empty` or `tables_are_images`.
    """
    for name in package.names:
        if name.endswith(_READ_BY_LIBRARY):
            # The library holds a sheet as a full rectangle, trusts the sizes in the directory and reads on after broken XML.
            part = package.read(name)
            _check_extent(part)
            if name.startswith("xl/") and name.endswith(".xml"):
                parse_xml(part, XLSX)
    return _read_workbook(data, XLSX, any("/media/" in name for name in package.names), sheet_displays(package))


def read_xls(data: bytes) -> Reading:
    """The workbook of the old binary format. Raises as `read_xlsx`."""
    return _read_workbook(data, XLS, False, {})


def _check_extent(part: bytes) -> None:
    last_row, last_column = 0, 0
    for column, row in _FILLED_CELL.findall(part):
        last_row = max(last_row, int(row))
        last_column = max(last_column, column_of(column.decode()) + 1)
    if last_row * last_column > MAX_CELLS:
        raise too_large(f"每个工作表 {MAX_CELLS:,} 个单元格", XLSX)


def _read_workbook(data: bytes, media_type: str, has_images: bool, displays: Mapping[str, SheetDisplay]) -> Reading:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    printed = Printed()
    formulas = 0
    try:
        with CalamineWorkbook.from_object(BytesIO(data)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
                    display = displays.get(sheet.name, AS_STORED)
                    formulas += len(display.not_computed)
                    _print_sheet(printed, workbook.get_sheet_by_name(sheet.name), display, media_type)
    except PasswordError as error:
        raise encrypted(media_type) from error
    except (CalamineError, OSError, ValueError) as error:
        raise broken(media_type) from error
    except BaseException as error:
        # The library is written in Rust, whose panics are deliberately no `Exception`.
        if type(error).__name__ == "PanicException":
            raise broken(media_type) from error
        raise
    findings = (not_computed(formulas),) if formulas else ()
    return reading_of(printed.lines(), media_type, has_images=has_images, findings=findings)


def _print_sheet(printed: Printed, sheet: CalamineSheet, display: SheetDisplay, media_type: str) -> None:
    if sheet.start is None:
        return
    if sheet.height * sheet.width > MAX_CELLS:
        raise too_large(f"每个工作表 {MAX_CELLS:,} 个单元格", media_type)
    first_row, first_column = sheet.start
    spans: dict[tuple[int, int], int] = {}
    covered: set[tuple[int, int]] = set()
    area = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        top, left = max(top - first_row, 0), max(left - first_column, 0)
        bottom, right = min(bottom - first_row, sheet.height - 1), min(right - first_column, sheet.width - 1)
        spans[top, left] = right - left + 1
        area += (bottom - top + 1) * (right - left + 1)
        if area > MAX_CELLS:  # ranges that lie over one another: the format forbids them
            raise broken(media_type)
        covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    covered -= spans.keys()
    hidden = [column - first_column for column in display.hidden_columns]
    covered.update(
        (row, column)
        for column in hidden
        if 0 <= column < sheet.width
        for row in range(sheet.height)
        if spans.get((row, column), 1) == 1  # one that reaches further is shown where it does
    )
    printed.open_table()
    for row, values in enumerate(sheet.to_python()):
        texts = [
            _shown(value, (first_row + row, first_column + column), display) for column, value in enumerate(values)
        ]
        # A blank row parts two tables; it must not be taken for a row of the table above.
        if any(texts) and first_row + row not in display.hidden_rows:
            _print_row(printed, row, texts, spans, covered)
    printed.close_table()


def _print_row(
    printed: Printed,
    row: int,
    texts: Sequence[str],
    spans: dict[tuple[int, int], int],
    covered: set[tuple[int, int]],
) -> None:
    printed.open_row()
    column = 0
    while column < len(texts):
        place = row, column
        span = spans.get(place, 1)
        printed.open_cell(span, is_covered=place in covered)
        for line in texts[column].split("\n"):
            printed.write(line)
            printed.end_line()
        printed.close_cell()
        column += span
    printed.close_row()


def _shown(value: object, place: Place, display: SheetDisplay) -> str:
    """A cell's value as a sheet shows it: without a format, numbers to 15 digits, as they are stored, and no .0."""
    if formula := display.not_computed.get(place):
        return f"={formula.text}"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return display.number(place, value, f"{Decimal(f'{value:.15g}'):f}")
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)
