"""Reading the three statutory tables, and which version of the form they are.

The version is told by the labels, table by table; a report whose tables disagree is "mixed". What does not belong here: where the
tables stand (`locate.py`), and how values are assigned to rows (`rows.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import Any, Literal

from .complete import Complete, read_complete
from .document import Document, fold
from .form import APPLICANTS, DISPUTE_CHARACTERS, FORMS, CellName, Column, FormVersion, Row, Table
from .items import Columns, Item, Kind, Stream, read_items
from .locate import Span, find_tables
from .model import Cells, CellState, Finding
from .numbers import Token, read_token
from .rows import Cut, RowReading, read_rows
from .skeleton import FIGURE_MARK, Skeleton

_ARTICLE = r"第二十条第\([一五六八九]\)项"
_HEADINGS_2021 = r"本年制发件数|本年废止件数|现行有效件数?|本年处理决定数量|本年收费金额"
_HEADINGS_2019 = (
    r"本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|本年增/?减|处理决定数量|采购项目数量|采购总金额"
)
_DISCLOSURE_FURNITURE = rf"{_ARTICLE}|信息内容|{_HEADINGS_2021}|{_HEADINGS_2019}|\(单位:?[^)]*\)"
_APPLICATION_GROUPS = ("三、本年度办理结果", "(三)不予公开", "(四)无法提供", "(五)不予处理", "(六)其他处理")
_APPLICATION_FURNITURE = (
    r"三、?本年度?办理结果|\(三\)不予公开|\(四\)无法提供|\(五\)不予处理|\(六\)其他处理|\(?本列数据的勾稽关系为[^)]*\)?|申请人情况|"
    r"自然人|法人或其他组织|商业企业|科研机构|社会公益组织|法律服务机构|总计|其他"
)
_APPLICATION_HEADINGS = APPLICANTS[1:5]
"""自然人, 其他 and 总计 stand in other lines of the head."""
_DISPUTE_HEADING = r"(?:结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉|行政复议|行政诉讼){8,}"
_DISPUTE_BROKEN_HEADING = rf"[{DISPUTE_CHARACTERS}]{{70,80}}"

_DISPUTE = FORMS["2021"].by_code["dispute"]
_DISPUTE_LINE = Row(
    "dispute",
    _DISPUTE.zh,
    _DISPUTE.en,
    f"{_DISPUTE_HEADING}|{_DISPUTE_BROKEN_HEADING}",
    tuple(column for row in _DISPUTE.rows for column in row.columns),
)
"""Table 4 is printed as one row of 15 numbers under its headings."""

_DISCLOSURE_2019 = re.compile(r"本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|采购项目数量")
_DISCLOSURE_2021 = re.compile(r"本年制发件数|本年废止件数|现行有效件|本年处理决定数量")
_APPLICATION_2019 = re.compile(r"\(六\)其他处理")
_APPLICATION_2021 = re.compile(r"逾期不补正|逾期未按收费通知")


_BLANK = Token(CellState.BLANK)
_ABSENT = Token(CellState.ABSENT)
_WORDS = Token(CellState.TEXT)
_WIDE_DIGIT = re.compile(r"[０-９－／＋．]")
_WIDE_SEPARATOR = re.compile(r"，(?=\d{3})(?<=\d，)")
_MAX_CACHED = 20_000
"""A longer skeleton is no table that a second report prints."""

Grid = tuple[tuple[int, Columns], ...]
"""The grid rows of a block, each with its line counted from 0."""


@dataclass(frozen=True, slots=True)
class Tables:
    """`cells` lists every cell of the detected form in printed order; `places` says where the tables stand in the text."""

    form: FormVersion | Literal["mixed"] | None
    cells: Cells
    findings: tuple[Finding, ...]
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """The part of a document that holds one table. `line` is the number of its first line."""

    skeleton: Skeleton
    grid: Grid
    cut: Cut | None
    line: int


@dataclass(frozen=True, slots=True)
class _Words:
    """Printed words at a place of the skeleton; `is_figure` where they are a figure glued to its label."""

    place: int
    length: int
    is_figure: bool = False


Part = int | _Words
"""Something printed: the number of a figure, or words."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A row that is not read: always, or only where its `readings`, the label standing more than once, print different figures.

    `cells` are the places of its cells in the plan.
    """

    row: Row
    line: int
    cells: range
    readings: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one table's skeleton is read.

    `pick` takes each cell's content from a list of the figures, a blank, an absent cell, and the `words`; `lines` are counted
    from 0; `parted` are rows of glued digits with their lines; `missing` are the labels of the rows that were not found.
    """

    names: tuple[CellName, ...]
    columns: tuple[Column, ...]
    pick: itemgetter[Any]
    lines: tuple[int | None, ...]
    words: tuple[_Words, ...]
    doubts: tuple[_Doubt, ...]
    parted: tuple[tuple[Row, int], ...]
    missing: tuple[str, ...]


def read_tables(document: Document) -> Tables:
    """The cells of the statutory tables in `document`, which holds one report."""
    places = find_tables(document)
    blocks = {
        "disclosure": _block(document, places.disclosure),
        "application": _block(document, places.application),
        "dispute": _block(document, places.dispute),
    }
    disclosure = _version(_disclosure_version, blocks["disclosure"])
    application = _version(_application_version, blocks["application"])
    versions = {version for version in (disclosure, application) if version}
    if not versions:
        return Tables(None, Cells(), (), ())
    form: FormVersion | Literal["mixed"] = versions.pop() if len(versions) == 1 else "mixed"
    printed_in: dict[str, FormVersion] = {
        "disclosure": disclosure or application or "2021",
        "application": application or disclosure or "2021",
        "dispute": "2021",
    }
    collector = _Collector()
    for code, block in blocks.items():
        collector.add(printed_in[code], code, block)
    spans = tuple(span for span in (places.disclosure, places.application, places.dispute) if span)
    return Tables(form, collector.cells(), tuple(collector.findings), spans)


def _block(document: Document, span: Span | None) -> _Block | None:
    if span is None:
        return None
    skeleton = Skeleton.of(document.folded[span.start : span.end], document.text[span.start : span.end])
    first = document.line_at(span.start)
    last = document.line_at(max(span.start, span.end - 1))
    grid = tuple(
        (line - first, tuple((cell.column, cell.span) for cell in document.grid[line]))
        for line in range(first, last + 1)
        if line in document.grid
    )
    cut = None
    if span.end == len(document.text) and not document.text.endswith("\n"):
        ends_with_figure = skeleton.text.rstrip(" \t|").endswith(FIGURE_MARK)
        cut = Cut(is_certain=ends_with_figure and skeleton.figures[-1] == "0")
    return _Block(skeleton, grid, cut, first)


def _version(read: Callable[[str], FormVersion | None], block: _Block | None) -> FormVersion | None:
    if block is None:
        return None
    text = block.skeleton.text
    return _cached_version(read, text) if len(text) <= _MAX_CACHED else read(_squeezed(text))


@lru_cache(maxsize=2048)
def _cached_version(read: Callable[[str], FormVersion | None], skeleton: str) -> FormVersion | None:
    return read(_squeezed(skeleton))


def _squeezed(skeleton: str) -> str:
    """The labels of a skeleton, however they are wrapped."""
    return "".join(skeleton.replace("|", " ").replace(FIGURE_MARK, " ").split())


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


def _plan_of(version: FormVersion, code: str, block: _Block) -> _Plan:
    text = block.skeleton.text
    plan = _cached_plan if len(text) <= _MAX_CACHED else _plan
    return plan(version, code, text, block.grid, block.cut)


def _plan(version: FormVersion, code: str, skeleton: str, grid: Grid, cut: Cut | None) -> _Plan:
    """Everything about the reading of a table but its figures."""
    table = FORMS[version].by_code[code]
    if code == "application" and not grid and not cut:
        complete = read_complete(skeleton, table.rows, _APPLICATION_FURNITURE)
        if complete and _are_in_order(complete.headings, _APPLICATION_HEADINGS):
            return _complete_plan(table, complete)
    readings = _read_table(table, read_items(skeleton, dict(grid)), cut)
    planner = _Planner(table, skeleton.count(FIGURE_MARK))
    by_row = defaultdict(list)
    for reading in readings:
        by_row[reading.row.code].append(reading)
    for row in table.rows:
        planner.add(row, by_row[row.code])
    return planner.plan()


_cached_plan = lru_cache(maxsize=2048)(_plan)


def _complete_plan(table: Table, complete: Complete) -> _Plan:
    names, columns, pick = _all_cells(table)
    lines = tuple(chain.from_iterable(repeat(line, len(table.rows[0].columns)) for line in complete.lines))
    return _Plan(names, columns, pick, lines, words=(), doubts=(), parted=(), missing=())


@cache
def _all_cells(table: Table) -> tuple[tuple[CellName, ...], tuple[Column, ...], itemgetter[Any]]:
    """The names and columns of all cells, and what picks a figure for each when they are printed in order."""
    cells = [((table.code, row.code, column.code), column) for row in table.rows for column in row.columns]
    return tuple(name for name, _ in cells), tuple(column for _, column in cells), itemgetter(*range(len(cells)))


def _read_table(table: Table, stream: Stream, cut: Cut | None) -> list[RowReading]:
    if table.code == "dispute":
        return _dispute_rows(read_rows(stream, (_DISPUTE_LINE,), "(?!)", cut))
    if table.code == "disclosure":
        readings = read_rows(stream, table.rows, _DISCLOSURE_FURNITURE, cut)
        return _in_form_order(readings, stream.labels, table.rows[0].columns)
    readings = read_rows(stream, table.rows, _APPLICATION_FURNITURE, cut, _APPLICATION_GROUPS)
    return _in_form_order(readings, stream.labels, _APPLICATION_HEADINGS)


def _in_form_order(readings: list[RowReading], text: str, columns: Sequence[Column]) -> list[RowReading]:
    """The readings, all unread where the headings stand in another order than the form's."""
    return readings if _are_in_order(text, columns) else [replace(reading, cells=None) for reading in readings]


def _are_in_order(text: str, columns: Sequence[Column]) -> bool:
    """Whether the headings in `text` stand in the order of the form's `columns`.

    A heading that is not found, for it is wrapped or left out, says nothing.
    """
    places = [place for column in columns if (place := text.find(column.zh.removesuffix("件数"))) >= 0]
    return places == sorted(places)


def _dispute_rows(readings: list[RowReading]) -> list[RowReading]:
    """The one printed row of 15 cells as the three rows of the form."""
    rows = []
    for reading in readings:
        for index, row in enumerate(_DISPUTE.rows):
            width = len(row.columns)
            cells = reading.cells[index * width : (index + 1) * width] if reading.cells else None
            rows.append(RowReading(row, reading.line, cells, cells or reading.body, reading.is_parted))
    return rows


class _Planner:
    """Turns the row readings of one table into a plan, a row at a time."""

    def __init__(self, table: Table, figures: int) -> None:
        self.table = table
        self.blank = figures
        self.absent = figures + 1
        self.names: list[CellName] = []
        self.columns: list[Column] = []
        self.sources: list[int] = []
        self.lines: list[int | None] = []
        self.words: list[_Words] = []
        self.doubts: list[_Doubt] = []
        self.parted: list[tuple[Row, int]] = []
        self.missing: list[str] = []

    def plan(self) -> _Plan:
        return _Plan(
            tuple(self.names),
            tuple(self.columns),
            itemgetter(*self.sources),
            tuple(self.lines),
            tuple(self.words),
            tuple(self.doubts),
            tuple(self.parted),
            tuple(self.missing),
        )

    def add(self, row: Row, readings: Sequence[RowReading]) -> None:
        start = len(self.names)
        self.names += [(self.table.code, row.code, column.code) for column in row.columns]
        self.columns += row.columns
        filled = [reading for reading in readings if not _is_blank(reading)]
        if not readings:
            self.missing.append(row.zh)
        if readings and (cells := (filled or readings)[0].cells):
            self.sources += map(self._source, cells)
            self.lines += [item.line for item in cells]
            self.parted += [(row, reading.line) for reading in (filled or readings)[:1] if reading.is_parted]
        else:
            self.sources += [self.absent] * len(row.columns)
            self.lines += [None] * len(row.columns)
        if len(filled) > 1 or (filled and not filled[0].cells):
            parts = tuple(tuple(map(_part, reading.body)) for reading in filled)
            self.doubts.append(_Doubt(row, filled[0].line, range(start, len(self.names)), parts))

    def _source(self, item: Item) -> int:
        if item.kind is Kind.EMPTY:
            return self.blank
        if item.figure is not None:
            return item.figure
        self.words.append(_Words(item.place, len(item.text), is_figure=item.kind is Kind.VALUE))
        return self.absent + len(self.words)


def _part(item: Item) -> Part:
    return item.figure if item.figure is not None else _Words(item.place, len(item.text))


def _is_blank(reading: RowReading) -> bool:
    return reading.cells is not None and all(item.kind is Kind.EMPTY for item in reading.cells)


class _Collector:
    """Carries out the plans: the cells of all tables, by column, and what there is to say of them."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._names: list[CellName] = []
        self._contents: list[Token] = []
        self._raws: list[str | None] = []
        self._lines: list[int | None] = []

    def cells(self) -> Cells:
        return Cells(
            tuple(self._names),
            tuple([content.value for content in self._contents]),
            tuple(self._raws),
            tuple([content.state for content in self._contents]),
            tuple(self._lines),
        )

    def add(self, version: FormVersion, code: str, block: _Block | None) -> None:
        if block is None:
            self._add_absent(FORMS[version].by_code[code])
            return
        plan = _plan_of(version, code, block)
        skeleton = block.skeleton
        is_wide = _WIDE_DIGIT.search(skeleton.printed) or _WIDE_SEPARATOR.search(skeleton.printed)
        raws: list[str | None] = [*(skeleton.printed_figures() if is_wide else skeleton.figures), "", None]
        contents: list[Token | None] = [*map(read_token, skeleton.figures), _BLANK, _ABSENT]
        for words in plan.words:
            raw = skeleton.printed_at(words.place, words.length)
            raws.append(raw)
            contents.append(read_token(fold(raw)) if words.is_figure else _WORDS)
        start = len(self._names)
        self._names += plan.names
        self._contents += plan.pick(contents)
        self._raws += plan.pick(raws)
        self._lines += [None if line is None else line + block.line for line in plan.lines]
        self.findings += [
            Finding(
                "digits_parted",
                "info",
                f"第 {block.line + line} 行 {code}.{row.code}（{row.zh}）：数字之间没有间隔，按每栏一位读取，与行内总计相符",
            )
            for row, line in plan.parted
        ]
        for doubt in plan.doubts:
            self._add_doubt(code, doubt, block, raws, start)
        if "元" in skeleton.printed:
            self._refuse_other_units(plan.columns, start)
        if plan.missing:
            table = FORMS[version].by_code[code].zh
            self.findings.append(Finding("row_missing", "warning", f"“{table}”表缺少：{'；'.join(plan.missing)}"))

    def _add_absent(self, table: Table) -> None:
        names = [(table.code, row.code, column.code) for row in table.rows for column in row.columns]
        self._names += names
        self._contents += [_ABSENT] * len(names)
        self._raws += [None] * len(names)
        self._lines += [None] * len(names)
        self.findings.append(Finding("table_missing", "error", f"没有找到“{table.zh}”表。"))

    def _add_doubt(self, code: str, doubt: _Doubt, block: _Block, raws: Sequence[str | None], start: int) -> None:
        printed = [_printed(parts, block.skeleton, raws) for parts in doubt.readings]
        if len(set(printed)) > 1:
            # The label stands more than once with different figures: which is the report's cannot be told.
            why, text = "同一行出现多次且数值不同", " / ".join(printed)
        elif self._contents[start + doubt.cells[0]] is _ABSENT:
            why, text = f"印有的内容与 {len(doubt.row.columns)} 列对不上，无法确定各列", printed[0]
        else:
            return
        line = block.line + doubt.line
        for index in doubt.cells:
            self._contents[start + index] = _WORDS
            self._raws[start + index] = text
            self._lines[start + index] = line
        self.findings.append(
            Finding(
                "row_unread", "warning", f"第 {line} 行 {code}.{doubt.row.code}（{doubt.row.zh}）：{why}：{text[:80]}"
            )
        )

    def _refuse_other_units(self, columns: Sequence[Column], start: int) -> None:
        """A figure printed with another money unit than its column's is no value of that column."""
        for index, column in enumerate(columns, start=start):
            unit = self._contents[index].unit
            if unit and unit != column.unit:
                self.findings.append(
                    Finding(
                        "unit_mismatch",
                        "warning",
                        f"第 {self._lines[index]} 行 {'.'.join(self._names[index])}："
                        f"本栏单位为{column.unit}，印作“{self._raws[index]}”，未取数值",
                    )
                )
                self._contents[index] = _WORDS


def _printed(parts: Sequence[Part], skeleton: Skeleton, raws: Sequence[str | None]) -> str:
    words = [raws[part] if isinstance(part, int) else skeleton.printed_at(part.place, part.length) for part in parts]
    return " ".join(word for word in words if word)
