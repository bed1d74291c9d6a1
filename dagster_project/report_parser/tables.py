"""Finding the three statutory tables in a document, and which version of the form they are.

The version is told by the labels, table by table; a document whose tables disagree is "mixed". What does not belong here: how
values are assigned to rows (`rows.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from .document import Document
from .form import APPLICANTS, FORMS, Column, FormVersion, Row, Table
from .items import Item, Kind, read_items
from .model import Cell, CellState, Finding
from .rows import RowReading, read_rows

_ARTICLE = r"第二十条第\([一五六八九]\)项"
_HEADINGS_2021 = r"本年制发件数|本年废止件数|现行有效件数?|本年处理决定数量|本年收费金额"
_HEADINGS_2019 = (
    r"本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|本年增/?减|处理决定数量|采购项目数量|采购总金额"
)
_DISCLOSURE_FURNITURE = rf"{_ARTICLE}|信息内容|{_HEADINGS_2021}|{_HEADINGS_2019}|\(单位:?[^)]*\)"
_APPLICATION_FURNITURE = (
    r"三、?本年度?办理结果|\(三\)不予公开|\(四\)无法提供|\(五\)不予处理|\(六\)其他处理|\(?本列数据的勾稽关系为[^)]*\)?|申请人情况|"
    r"自然人|法人或其他组织|商业企业|科研机构|社会公益组织|法律服务机构|总计|其他"
)
_DISPUTE_HEADING = r"(?:结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉|行政复议|行政诉讼){8,}"

_DISPUTE = FORMS["2021"].by_code["dispute"]
_DISPUTE_LINE = Row(
    "dispute",
    _DISPUTE.zh,
    _DISPUTE.en,
    _DISPUTE_HEADING,
    tuple(column for row in _DISPUTE.rows for column in row.columns),
)
"""Table 4 is printed as one row of 15 numbers under its headings."""

_DISCLOSURE_START = re.compile(r"第二十条第\(一\)项")
_DISCLOSURE_HEADING = re.compile(rf"信息内容|{_HEADINGS_2021}|{_HEADINGS_2019}")
_APPLICATION_HEAD = re.compile(r"勾稽关系|申请人情况")
_APPLICATION_BODY = re.compile(r"上年(?:度)?结转政府信息公开申请")
_DISPUTE_START = re.compile(_DISPUTE_HEADING)
_DISCLOSURE_2019 = re.compile(r"本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|采购项目数量")
_DISCLOSURE_2021 = re.compile(r"本年制发件数|本年废止件数|现行有效件|本年处理决定数量")
_APPLICATION_2019 = re.compile(r"\(六\)其他处理")
_APPLICATION_2021 = re.compile(r"逾期不补正|逾期未按收费通知")


@dataclass(frozen=True, slots=True)
class Tables:
    """`cells` lists every cell of the detected form in printed order; `lines` are the 1-based lines the tables stand on."""

    form: FormVersion | Literal["mixed"] | None
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]
    lines: frozenset[int]


NO_TABLES = Tables(None, (), (), frozenset())


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the tables begin in the label text; None where a table is missing."""

    disclosure: int | None
    application: int | None
    dispute: int | None

    @property
    def first(self) -> int | None:
        return min(
            (place for place in (self.disclosure, self.application, self.dispute) if place is not None), default=None
        )


def read_tables(document: Document) -> Tables:
    """The cells of the statutory tables in `document`."""
    first = _find("".join(document.squeezed)).first
    if first is None:
        return NO_TABLES
    starts = [0, *accumulate(map(len, document.squeezed))]
    stream = read_items(document, bisect_right(starts, first))
    places = _find(stream.labels)
    end = len(stream.labels)
    disclosure_end, application_end = places.application or places.dispute or end, places.dispute or end

    disclosure_text = stream.labels[places.disclosure : disclosure_end] if places.disclosure is not None else ""
    application_text = stream.labels[places.application : application_end] if places.application is not None else ""
    disclosure_version = _disclosure_version(disclosure_text)
    application_version = _application_version(application_text)
    versions = {version for version in (disclosure_version, application_version) if version}
    if not versions:
        return NO_TABLES

    form: FormVersion | Literal["mixed"] = versions.pop() if len(versions) == 1 else "mixed"
    disclosure = FORMS[disclosure_version or application_version or "2021"].by_code["disclosure"]
    application = FORMS[application_version or disclosure_version or "2021"].by_code["application"]
    readings = {}
    if places.disclosure is not None:
        readings["disclosure"] = _in_form_order(
            read_rows(stream, disclosure.rows, _DISCLOSURE_FURNITURE, places.disclosure, disclosure_end),
            disclosure_text,
            disclosure.rows[0].columns,
        )
    if places.application is not None:
        readings["application"] = _in_form_order(
            read_rows(stream, application.rows, _APPLICATION_FURNITURE, places.application, application_end),
            application_text,
            APPLICANTS[1:5],  # 自然人, 其他 and 总计 stand in other lines of the head
        )
    if places.dispute is not None:
        readings["dispute"] = _dispute_rows(read_rows(stream, (_DISPUTE_LINE,), "(?!)", places.dispute, end))
    collector = _Collector()
    for table in (disclosure, application, _DISPUTE):
        collector.add(table, readings.get(table.code))
    return Tables(form, tuple(collector.cells), tuple(collector.findings), frozenset(collector.lines))


def _find(labels: str) -> _Places:
    """The table starts in text without white space.

    Prose may name the tables' words too, so each table is sought from the row that only the form prints, backwards.
    """
    body = _APPLICATION_BODY.search(labels)
    application = _last(_APPLICATION_HEAD, labels, body.start()) if body else None
    if application is None and body:
        application = body.start()
    limit = application if application is not None else len(labels)
    disclosure = _last(_DISCLOSURE_START, labels, limit)
    if disclosure is None and (heading := _DISCLOSURE_HEADING.search(labels, 0, limit)):
        disclosure = heading.start()
    dispute = _DISPUTE_START.search(labels, application or disclosure or 0)
    return _Places(disclosure, application, dispute.start() if dispute else None)


def _last(pattern: re.Pattern[str], text: str, end: int) -> int | None:
    starts = [match.start() for match in pattern.finditer(text, 0, end)]
    return starts[-1] if starts else None


def _disclosure_version(text: str) -> FormVersion | None:
    """The version that most headings of table 2 belong to."""
    old, new = len(_DISCLOSURE_2019.findall(text)), len(_DISCLOSURE_2021.findall(text))
    if old == new == 0:
        return None
    return "2021" if new >= old else "2019"


def _application_version(text: str) -> FormVersion | None:
    """（六）其他处理 is a row of its own in 2019; in 2021 it heads three rows, whose labels tell."""
    if _APPLICATION_2021.search(text):
        return "2021"
    return "2019" if _APPLICATION_2019.search(text) else None


def _in_form_order(readings: list[RowReading], text: str, columns: Sequence[Column]) -> list[RowReading]:
    """The readings, all unread where the headings in `text` stand in another order than the form's `columns`.

    A heading that is not found, for it is wrapped or left out, says nothing.
    """
    places = [place for column in columns if (place := text.find(column.zh.removesuffix("件数"))) >= 0]
    return readings if places == sorted(places) else [replace(reading, cells=None) for reading in readings]


def _dispute_rows(readings: list[RowReading]) -> list[RowReading]:
    """The one printed row of 15 cells as the three rows of the form."""
    rows = []
    for reading in readings:
        for index, row in enumerate(_DISPUTE.rows):
            width = len(row.columns)
            cells = reading.cells[index * width : (index + 1) * width] if reading.cells else None
            rows.append(RowReading(row, reading.line, cells, reading.printed))
    return rows


class _Collector:
    """Turns row readings into cells, a table at a time."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.findings: list[Finding] = []
        self.lines: set[int] = set()

    def add(self, table: Table, readings: list[RowReading] | None) -> None:
        if not readings:
            self.findings.append(Finding("table_missing", "error", f"没有找到“{table.zh}”表。"))
        found = defaultdict(list)
        for reading in readings or ():
            found[reading.row.code].append(reading)
            self.lines.add(reading.line)
        missing = [row.zh for row in table.rows if not found[row.code]]
        if readings and missing:
            self.findings.append(Finding("row_missing", "warning", f"“{table.zh}”表缺少：{'；'.join(missing)}"))
        for row in table.rows:
            self._add_row(table, row, found[row.code])
        table_lines = [cell.line for cell in self.cells if cell.table == table.code and cell.line]
        if table_lines:
            self.lines.update(range(min(table_lines), max(table_lines) + 1))

    def _add_row(self, table: Table, row: Row, readings: list[RowReading]) -> None:
        filled = [reading for reading in readings if not _is_blank(reading)]
        if len({reading.printed for reading in filled}) > 1:
            # The label stands twice with different figures: which is the report's cannot be told.
            printed = " / ".join(reading.printed for reading in filled)
            self._add_unread(table, row, filled[0].line, printed, "同一行出现多次且数值不同")
        elif filled and filled[0].cells is None:
            self._add_unread(
                table, row, filled[0].line, filled[0].printed, f"印有的内容与 {len(row.columns)} 列对不上，无法确定各列"
            )
        elif readings:
            reading = (filled or readings)[0]
            for column, item in zip(row.columns, reading.cells or (), strict=True):
                self.cells.append(self._cell(table, row, column, item))
        else:
            self.cells.extend(
                Cell(table.code, row.code, column.code, None, None, CellState.ABSENT, None) for column in row.columns
            )

    def _add_unread(self, table: Table, row: Row, line: int, printed: str, why: str) -> None:
        self.findings.append(
            Finding("row_unread", "warning", f"第 {line} 行 {table.code}.{row.code}（{row.zh}）：{why}：{printed[:80]}")
        )
        self.cells.extend(
            Cell(table.code, row.code, column.code, None, printed, CellState.TEXT, line) for column in row.columns
        )

    def _cell(self, table: Table, row: Row, column: Column, item: Item) -> Cell:
        if item.kind is Kind.EMPTY:
            return Cell(table.code, row.code, column.code, None, "", CellState.BLANK, item.line)
        token = item.token
        if token and token.unit and token.unit != column.unit:
            self.findings.append(
                Finding(
                    "unit_mismatch",
                    "warning",
                    f"第 {item.line} 行 {table.code}.{row.code}.{column.code}：本栏单位为{column.unit}，印作“{item.raw}”，未取数值",
                )
            )
            token = None
        if token is None:
            return Cell(table.code, row.code, column.code, None, item.raw, CellState.TEXT, item.line)
        return Cell(table.code, row.code, column.code, token.value, item.raw, token.state, item.line)


def _is_blank(reading: RowReading) -> bool:
    return reading.cells is not None and all(item.kind is Kind.EMPTY for item in reading.cells)
