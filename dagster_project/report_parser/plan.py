"""How a table is read, before any figure is known: for each cell, where in the skeleton its content stands.

A plan follows from the skeleton alone, so it is made once and carried out for every report printed the same way (`cells.py`).
What does not belong here: how values are assigned to rows (`rows.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import count
from operator import itemgetter
from typing import Any

from .complete import Regular, read_complete
from .form import DISPUTE_CHARACTERS, FORMS, CellName, Row, Table
from .headings import UNIT, are_applicants_in_order, are_disputes_in_order, are_items_in_order, other_units
from .items import Columns, Item, Kind, Stream, read_items
from .rows import Cut, RowReading, read_rows
from .skeleton import FIGURE_MARK
from .under_headings import read_under_headings

_ARTICLE = r"第二十条第\([一五六八九]\)项"
_HEADINGS_2021 = r"本年制发件数|本年废止件数|现行有效件数?|本年处理决定数量|本年收费金额"
_HEADINGS_2019 = (
    r"本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|本年增/?减|处理决定数量|采购项目数量|采购总金额"
)
_DISCLOSURE_FURNITURE = rf"{_ARTICLE}|信息内容|{_HEADINGS_2021}|{_HEADINGS_2019}|\(单位:?[^)]*\)|{UNIT}"
_APPLICATION_GROUPS = ("三、本年度办理结果", "(三)不予公开", "(四)无法提供", "(五)不予处理", "(六)其他处理")
_APPLICATION_FURNITURE = (
    r"三、?本年度?办理结果|\(三\)不予公开|\(四\)无法提供|\(五\)不予处理|\(六\)其他处理|\(?本列数据的勾稽关系为[^)]*\)?|申请人情况|"
    r"自然人|法人或其他组织|商业企业|科研机构|社会公益组织|法律服务机构|总计|其他"
)
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

_MAX_CACHED = 20_000
"""A longer skeleton is no table that a second report prints."""

Grid = tuple[tuple[int, Columns], ...]
"""The grid rows of a block, each with its line counted from 0."""


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words at a place of the skeleton; `is_figure` where they are a figure glued to its label."""

    place: int
    length: int
    is_figure: bool = False


Part = int | Words
"""Something printed: the number of a figure, or words."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that is not read: always, or only where its `readings`, the label standing more than once, print different figures.

    `cells` are the places of its cells in the plan.
    """

    row: Row
    line: int
    cells: range
    readings: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """How one table's skeleton is read; each is itself only, which makes it a cheap key.

    `pick` takes each cell's content from a list of the figures, a blank, an absent cell, and the `words`; it is None where the cells
    are the figures, one after the other. `lines` are counted from 0; `parted` are rows of glued digits with their lines; `missing` are
    the labels of the rows that were not found; `units` are the cells whose heading prints another money unit than the form's, with it.
    """

    pick: itemgetter[Any] | None
    lines: tuple[int | None, ...]
    words: tuple[Words, ...]
    doubts: tuple[Doubt, ...]
    parted: tuple[tuple[Row, int], ...]
    missing: tuple[str, ...]
    units: tuple[tuple[int, str], ...]
    is_plain: bool = field(init=False)
    """Nothing but figures and blanks, and nothing to say of them."""

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "is_plain", not (self.words or self.doubts or self.parted or self.missing or self.units)
        )


def plan_of(table: Table, skeleton: str, grid: Grid, cut: Cut | None) -> Plan:
    """The plan of `table` as it stands in `skeleton`."""
    plan = _cached_plan if len(skeleton) <= _MAX_CACHED else _plan
    return plan(table, skeleton, grid, cut)


@cache
def names_of(table: Table) -> tuple[CellName, ...]:
    """The names of a table's cells in printed order."""
    return tuple((table.code, row.code, column.code) for row in table.rows for column in row.columns)


def _plan(table: Table, skeleton: str, grid: Grid, cut: Cut | None) -> Plan:
    """Everything about the reading of a table but its figures."""
    if table.code == "application" and not grid and not cut:
        regular = read_complete(skeleton, table.rows, _APPLICATION_FURNITURE) or read_under_headings(
            skeleton, table.rows, _APPLICATION_FURNITURE
        )
        if regular and are_applicants_in_order(regular.headings, skeleton):
            return _regular_plan(regular, len(table.rows[0].columns))
    readings = _read_table(table, skeleton, read_items(skeleton, dict(grid)), cut)
    planner = _Planner(skeleton.count(FIGURE_MARK))
    by_row = defaultdict(list)
    for reading in readings:
        by_row[reading.row.code].append(reading)
    for row in table.rows:
        planner.add(row, by_row[row.code])
    return planner.plan(other_units(table, skeleton))


_cached_plan = lru_cache(maxsize=2048)(_plan)


def _regular_plan(regular: Regular, width: int) -> Plan:
    lines: list[int] = []
    for line in regular.lines:
        lines += [line] * width
    pick = None
    if not all(regular.filled):
        blank = sum(regular.filled)
        figures = count()
        pick = itemgetter(*[next(figures) if is_filled else blank for is_filled in regular.filled])
    return Plan(pick, tuple(lines), words=(), doubts=(), parted=(), missing=(), units=())


def _read_table(table: Table, skeleton: str, stream: Stream, cut: Cut | None) -> list[RowReading]:
    if table.code == "dispute":
        readings = read_rows(stream, (_DISPUTE_LINE,), "(?!)", cut)
        return _dispute_rows(readings if are_disputes_in_order(stream.labels) else _unread(readings))
    if table.code == "disclosure":
        readings = read_rows(stream, table.rows, _DISCLOSURE_FURNITURE, cut)
        return readings if are_items_in_order(stream.labels, table) else _unread(readings)
    readings = read_rows(stream, table.rows, _APPLICATION_FURNITURE, cut, _APPLICATION_GROUPS)
    return readings if are_applicants_in_order(stream.labels, skeleton) else _unread(readings)


def _unread(readings: list[RowReading]) -> list[RowReading]:
    return [replace(reading, cells=None) for reading in readings]


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

    def __init__(self, figures: int) -> None:
        self.blank = figures
        self.absent = figures + 1
        self.sources: list[int] = []
        self.lines: list[int | None] = []
        self.words: list[Words] = []
        self.doubts: list[Doubt] = []
        self.parted: list[tuple[Row, int]] = []
        self.missing: list[str] = []

    def plan(self, units: tuple[tuple[int, str], ...]) -> Plan:
        is_next = self.sources == list(range(self.blank))  # all figures, one after the other
        return Plan(
            None if is_next else itemgetter(*self.sources),
            tuple(self.lines),
            tuple(self.words),
            tuple(self.doubts),
            tuple(self.parted),
            tuple(self.missing),
            units,
        )

    def add(self, row: Row, readings: Sequence[RowReading]) -> None:
        start = len(self.sources)
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
            self.doubts.append(Doubt(row, filled[0].line, range(start, len(self.sources)), parts))

    def _source(self, item: Item) -> int:
        if item.kind is Kind.EMPTY:
            return self.blank
        if item.figure is not None:
            return item.figure
        self.words.append(Words(item.place, len(item.text), is_figure=item.kind is Kind.VALUE))
        return self.absent + len(self.words)


def _part(item: Item) -> Part:
    return item.figure if item.figure is not None else Words(item.place, len(item.text))


def _is_blank(reading: RowReading) -> bool:
    return reading.cells is not None and all(item.kind is Kind.EMPTY for item in reading.cells)
