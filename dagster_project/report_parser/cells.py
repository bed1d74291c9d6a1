"""Carrying out the plans: the figures of one report put back into its cells, and what there is to say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Literal, NamedTuple

from .document import fold
from .form import CellName, Row, Table
from .model import Cells, CellState, Finding
from .numbers import Token, read_token
from .plan import Doubt, Grid, Part, names_of, plan_of
from .rows import Cut
from .skeleton import FIGURE_MARK, Skeleton

_MAX_CACHED = 20_000
"""A longer block is no table that a second report prints."""

_BLANK = Token(CellState.BLANK)
_ABSENT = Token(CellState.ABSENT)
_WORDS = Token(CellState.TEXT)
_state_of = itemgetter(0)
_value_of = itemgetter(1)
_WIDE_DIGIT = re.compile(r"[０-９－／＋．]")
_WIDE_SEPARATOR = re.compile(r"，(?=\d{3})(?<=\d，)")


class Block(NamedTuple):
    """The part of a document that holds one table, wherever it stands. `folded` is the half-width twin of `printed`; `is_cut` says
    that the document ends in its last line."""

    folded: str
    printed: str
    grid: Grid
    is_cut: bool

    @property
    def skeleton(self) -> Skeleton:
        skeleton = _cached_skeleton if len(self.folded) <= _MAX_CACHED else Skeleton.of
        return skeleton(self.folded, self.printed)


_cached_skeleton = lru_cache(maxsize=1024)(Skeleton.of)


@dataclass(frozen=True, slots=True)
class FilledTable:
    """The cells of one table in printed order, by column."""

    table: Table
    values: tuple[Decimal | None, ...]
    states: tuple[CellState, ...]
    raws: tuple[str | None, ...]
    lines: tuple[int | None, ...]
    findings: tuple[Finding, ...]


def fill(table: Table, block: Block, first: int) -> FilledTable:
    """`table` as `block` prints it; `first` is the number of the block's first line."""
    if len(block.folded) > _MAX_CACHED:
        return _fill(table, block, first)
    filled = _cached_fill(table, block)
    if filled.findings:
        return _fill(table, block, first)  # they name lines
    return FilledTable(table, filled.values, filled.states, filled.raws, _lines_from(first, filled.lines), ())


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


@lru_cache(maxsize=4096)
def _lines_from(first: int, lines: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """Lines counted from 0 as those of a block whose first line has the number `first`."""
    return tuple([None if line is None else line + first for line in lines]) if first else lines


def _fill(table: Table, block: Block, first: int = 0) -> FilledTable:
    skeleton = block.skeleton
    cut = None
    if block.is_cut:
        ends_with_figure = skeleton.text.rstrip(" \t|").endswith(FIGURE_MARK)
        cut = Cut(is_certain=ends_with_figure and skeleton.figures[-1] == "0")
    plan = plan_of(table, skeleton.text, block.grid, cut)
    is_wide = _WIDE_DIGIT.search(skeleton.printed) or _WIDE_SEPARATOR.search(skeleton.printed)
    pool: list[str | None] = [*(skeleton.printed_figures() if is_wide else skeleton.figures), "", None]
    tokens: list[Token | None] = [*map(read_token, skeleton.figures), _BLANK, _ABSENT]
    for words in plan.words:
        raw = skeleton.printed_at(words.place, words.length)
        pool.append(raw)
        tokens.append(read_token(fold(raw)) if words.is_figure else _WORDS)
    filling = _Filling(
        table,
        list(plan.pick(tokens)),
        list(plan.pick(pool)),
        list(_lines_from(first, plan.lines)),
    )
    for row, line in plan.parted:
        filling.say("digits_parted", "info", first + line, row, "数字之间没有间隔，按每栏一位读取，与行内总计相符")
    for doubt in plan.doubts:
        filling.doubt(doubt, first, [_printed(parts, skeleton, pool) for parts in doubt.readings])
    if "元" in skeleton.printed:
        filling.refuse_other_units()
    if plan.missing:
        message = f"“{table.zh}”表缺少：{'；'.join(plan.missing)}"
        filling.findings.append(Finding("row_missing", "warning", message))
    return filling.done()


_cached_fill = lru_cache(maxsize=1024)(_fill)  # most townships print the same table of noughts


class _Filling:
    """The cells of one table while they are filled, and what there is to say of them."""

    def __init__(self, table: Table, contents: list[Token], raws: list[str | None], lines: list[int | None]) -> None:
        self.table = table
        self.contents = contents
        self.raws = raws
        self.lines = lines
        self.findings: list[Finding] = []

    def done(self) -> FilledTable:
        states = tuple(map(_state_of, self.contents))
        values = tuple(map(_value_of, self.contents))
        return FilledTable(self.table, values, states, tuple(self.raws), tuple(self.lines), tuple(self.findings))

    def say(self, code: str, severity: Literal["warning", "info"], line: int, row: Row, what: str) -> None:
        place = f"第 {line} 行 {self.table.code}.{row.code}（{row.zh}）"
        self.findings.append(Finding(code, severity, f"{place}：{what}"))

    def doubt(self, doubt: Doubt, first: int, printed: Sequence[str]) -> None:
        """Leave a row unread, and say why."""
        if len(set(printed)) > 1:
            # The label stands more than once with different figures: which is the report's cannot be told.
            why, text = "同一行出现多次且数值不同", " / ".join(printed)
        elif self.contents[doubt.cells[0]] is _ABSENT:
            why, text = f"印有的内容与 {len(doubt.row.columns)} 列对不上，无法确定各列", printed[0]
        else:
            return
        line = first + doubt.line
        for index in doubt.cells:
            self.contents[index], self.raws[index], self.lines[index] = _WORDS, text, line
        self.say("row_unread", "warning", line, doubt.row, f"{why}：{text[:80]}")

    def refuse_other_units(self) -> None:
        """A figure printed with another money unit than its column's is no value of that column."""
        cells = [(row, column) for row in self.table.rows for column in row.columns]
        for index, (row, column) in enumerate(cells):
            unit = self.contents[index].unit
            if unit and unit != column.unit:
                what = f"{column.zh}栏单位为{column.unit}，印作“{self.raws[index]}”，未取数值"
                self.say("unit_mismatch", "warning", self.lines[index] or 0, row, what)
                self.contents[index] = _WORDS


def _printed(parts: Sequence[Part], skeleton: Skeleton, raws: Sequence[str | None]) -> str:
    words = [raws[part] if isinstance(part, int) else skeleton.printed_at(part.place, part.length) for part in parts]
    return " ".join(word for word in words if word)
