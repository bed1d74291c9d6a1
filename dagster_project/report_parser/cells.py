"""Carrying out the plans: the figures of one report put back into its cells, and what there is to say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from .document import fold
from .form import CellName, Row, Table
from .model import Cells, CellState, Finding
from .numbers import MOST_COUNT_DIGITS, Token, read_token
from .plan import Doubt, Grid, Part, Plan, names_of, plan_of
from .rows import Cut
from .skeleton import FIGURE_MARK, Skeleton
from .template import Reading, counts_of

_BLANK = Token(CellState.BLANK)
_ABSENT = Token(CellState.ABSENT)
_WORDS = Token(CellState.TEXT)
_state_of = itemgetter(0)
_value_of = itemgetter(1)
_NO_COUNT = Decimal(10) ** MOST_COUNT_DIGITS
_WIDE_DIGIT = re.compile(r"[０-９－／＋．]")
_WIDE_SEPARATOR = re.compile(r"，(?=\d)(?<=\d，)")


class Block(NamedTuple):
    """The part of a document that holds one table, its first line having the number `first`. `is_cut` says that the document ends in
    its last line, `is_plain` that it holds no full-width digits."""

    skeleton: Skeleton
    grid: Grid
    first: int
    is_cut: bool
    is_plain: bool


class FilledTable(NamedTuple):
    """The cells of one table in printed order, by column."""

    table: Table
    values: tuple[Decimal | None, ...]
    states: tuple[CellState, ...]
    raws: tuple[str | None, ...]
    lines: tuple[int | None, ...]
    findings: tuple[Finding, ...]


def absent(table: Table) -> FilledTable:
    """A table that the document does not have."""
    count = len(names_of(table))
    nothing = (None,) * count
    missing = Finding("table_missing", "error", f"没有找到“{table.zh}”表。")
    return FilledTable(table, nothing, (CellState.ABSENT,) * count, nothing, nothing, (missing,))


def cells_of(tables: Sequence[FilledTable]) -> Cells:
    """The cells of all tables in printed order."""
    first, *others = tables
    values, raws, states, lines = first.values, first.raws, first.states, first.lines
    for table in others:
        values, raws = values + table.values, raws + table.raws
        states, lines = states + table.states, lines + table.lines
    return Cells(_names_of_all(tuple([table.table for table in tables])), values, raws, states, lines)


@cache
def _names_of_all(tables: tuple[Table, ...]) -> tuple[CellName, ...]:
    return tuple(chain.from_iterable(map(names_of, tables)))


def fill(table: Table, block: Block) -> FilledTable:
    """`table` as `block` prints it."""
    skeleton = block.skeleton
    known = skeleton.known
    if (
        known
        and not block.is_cut
        and block.is_plain
        and (alike := _alike(table, known.reading, block.grid, block.first))
    ):
        pick, states, lines = alike
        if pick is None:
            return FilledTable(table, known.values, states, known.figures, lines, ())
        return FilledTable(table, pick([*known.values, None]), states, pick([*known.figures, ""]), lines, ())
    plan = plan_of(table, skeleton.text, block.grid, _cut(block))
    figures = skeleton.figures
    lines = _lines_from(block.first, plan)
    if plan.is_plain and block.is_plain and (values := counts_of(figures)):
        numbers = (CellState.NUMBER,) * len(values)
        if plan.pick is None:
            return FilledTable(table, values, numbers, tuple(figures), lines, ())
        states = plan.pick([*numbers, CellState.BLANK])
        return FilledTable(table, plan.pick([*values, None]), states, plan.pick([*figures, ""]), lines, ())
    pick = plan.pick or itemgetter(*range(len(lines)))
    is_wide = _WIDE_SEPARATOR.search(skeleton.printed) or not (
        block.is_plain or not _WIDE_DIGIT.search(skeleton.printed)
    )
    words_printed = [skeleton.printed_at(words.place, words.length) for words in plan.words]
    raws = [*(skeleton.printed_figures() if is_wide else skeleton.figures), "", None, *words_printed]
    tokens = [*map(read_token, skeleton.figures), _BLANK, _ABSENT]
    tokens += [
        read_token(fold(raw)) if words.is_figure else _WORDS
        for words, raw in zip(plan.words, words_printed, strict=True)
    ]
    contents = pick(tokens)
    states, values = tuple(map(_state_of, contents)), tuple(map(_value_of, contents))
    filled = FilledTable(table, values, states, pick(raws), lines, ())
    is_short = max(map(len, skeleton.figures), default=0) <= MOST_COUNT_DIGITS
    if plan.is_plain and is_short and not ("元" in skeleton.printed and "元" in "".join(skeleton.figures)):
        return filled
    filling = _Filling(filled)
    for row, line in plan.parted:
        what = "数字之间没有间隔，按每栏一位读取，与行内总计相符"
        filling.say("digits_parted", "info", block.first + line, row, what)
    for doubt in plan.doubts:
        filling.doubt(doubt, block.first, [_printed(parts, skeleton, raws) for parts in doubt.readings])
    of_headings = dict(plan.units)
    filling.refuse_other_units([token.unit or of_headings.get(cell) for cell, token in enumerate(contents)])
    filling.refuse_long_counts()
    if plan.missing:
        message = f"“{table.zh}”表缺少：{'；'.join(plan.missing)}"
        filling.findings.append(Finding("row_missing", "warning", message))
    return filling.done()


def _cut(block: Block) -> Cut | None:
    if not block.is_cut:
        return None
    ends_with_figure = block.skeleton.text.rstrip(" \t|").endswith(FIGURE_MARK)
    return Cut(is_certain=ends_with_figure and block.skeleton.figures[-1] == "0")


class _Alike(NamedTuple):
    """What tables share that are printed alike from the same line on: `pick` takes a thing for each cell from those of the figures and
    that of a blank; it is None where the cells are the figures, one after the other."""

    pick: itemgetter[Any] | None
    states: tuple[CellState, ...]
    lines: tuple[int | None, ...]


@lru_cache(maxsize=4096)
def _alike(table: Table, reading: Reading, grid: Grid, first: int) -> _Alike | None:
    """None where there is more to a table than its figures and blanks."""
    plan = plan_of(table, reading.skeleton, grid, cut=None)
    if not plan.is_plain:
        return None
    states = plan.pick([*reading.states, CellState.BLANK]) if plan.pick else reading.states
    return _Alike(plan.pick, states, _lines_from(first, plan))


@lru_cache(maxsize=4096)
def _lines_from(first: int, plan: Plan) -> tuple[int | None, ...]:
    """The lines of a plan, counted from 0, as those of a block whose first line has the number `first`."""
    return tuple([None if line is None else line + first for line in plan.lines])


class _Filling:
    """The cells of one table while they are filled, and what there is to say of them."""

    def __init__(self, filled: FilledTable) -> None:
        self.table = filled.table
        self.values = list(filled.values)
        self.states = list(filled.states)
        self.raws = list(filled.raws)
        self.lines = list(filled.lines)
        self.findings: list[Finding] = []

    def done(self) -> FilledTable:
        return FilledTable(
            self.table,
            tuple(self.values),
            tuple(self.states),
            tuple(self.raws),
            tuple(self.lines),
            tuple(self.findings),
        )

    def say(self, code: str, severity: Literal["warning", "info"], line: int, row: Row, what: str) -> None:
        place = f"第 {line} 行 {self.table.code}.{row.code}（{row.zh}）"
        self.findings.append(Finding(code, severity, f"{place}：{what}"))

    def doubt(self, doubt: Doubt, first: int, printed: Sequence[str]) -> None:
        """Leave a row unread, and say why."""
        if len(set(printed)) > 1:
            # The label stands more than once with different figures: which is the report's cannot be told.
            why, text = "同一行出现多次且数值不同", " / ".join(printed)
        elif self.states[doubt.cells[0]] is CellState.ABSENT:
            why, text = f"印有的内容与 {len(doubt.row.columns)} 列对不上，无法确定各列", printed[0]
        else:
            return
        line = first + doubt.line
        for index in doubt.cells:
            self._unread(index)
            self.raws[index], self.lines[index] = text, line
        self.say("row_unread", "warning", line, doubt.row, f"{why}：{text[:80]}")

    def refuse_other_units(self, units: Sequence[str | None]) -> None:
        """A figure printed with another money unit than its column's is no value of that column, unless it is 0; `units` are those of the
        cells, printed with the figure or in its heading."""
        cells = [(row, column) for row in self.table.rows for column in row.columns]
        for index, (row, column) in enumerate(cells):
            unit = units[index]
            if unit and unit != column.unit and self.values[index]:
                what = f"{column.zh}栏单位应为{column.unit}，印作“{self.raws[index]}”（{unit}），未取数值"
                self.say("unit_mismatch", "warning", self.lines[index] or 0, row, what)
                self._unread(index)

    def refuse_long_counts(self) -> None:
        """A figure of more digits than a count has is none; a sum of money may be as long."""
        cells = [(row, column) for row in self.table.rows for column in row.columns]
        for index, (row, column) in enumerate(cells):
            value = self.values[index]
            if value is not None and not column.is_money and abs(value) >= _NO_COUNT:
                what = f"{column.zh}栏印作“{self.raws[index]}”，超过 {MOST_COUNT_DIGITS} 位，不是数量，未取数值"
                self.say("count_too_long", "warning", self.lines[index] or 0, row, what)
                self._unread(index)

    def _unread(self, index: int) -> None:
        self.states[index], self.values[index] = CellState.TEXT, None


def _printed(parts: Sequence[Part], skeleton: Skeleton, raws: Sequence[str | None]) -> str:
    words = [raws[part] if isinstance(part, int) else skeleton.printed_at(part.place, part.length) for part in parts]
    return " ".join(word for word in words if word)
