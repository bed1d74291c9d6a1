"""Carrying out the plans: the figures of one report put back into its cells, and what there is to say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import TypeVar

from .document import fold
from .form import FORMS, CellName, Column, FormVersion, Table
from .model import Cells, CellState, Finding
from .numbers import Token, read_token
from .plan import Doubt, Grid, Part, plan_of
from .rows import Cut
from .skeleton import Skeleton

T = TypeVar("T")

_BLANK = Token(CellState.BLANK)
_ABSENT = Token(CellState.ABSENT)
_WORDS = Token(CellState.TEXT)
_WIDE_DIGIT = re.compile(r"[０-９－／＋．]")
_WIDE_SEPARATOR = re.compile(r"，(?=\d{3})(?<=\d，)")


@dataclass(frozen=True, slots=True)
class Block:
    """The part of a document that holds one table. `line` is the number of its first line."""

    skeleton: Skeleton
    grid: Grid
    cut: Cut | None
    line: int


@dataclass(slots=True)
class FilledTable:
    """The cells of one table, by column."""

    names: tuple[CellName, ...]
    contents: Sequence[Token]
    raws: Sequence[str | None]
    lines: Sequence[int | None]
    findings: list[Finding]


def fill(version: FormVersion, code: str, block: Block) -> FilledTable:
    """Table `code` of the form as `block` prints it."""
    skeleton = block.skeleton
    plan = plan_of(version, code, skeleton.text, block.grid, block.cut)
    is_wide = _WIDE_DIGIT.search(skeleton.printed) or _WIDE_SEPARATOR.search(skeleton.printed)
    raws: list[str | None] = [*(skeleton.printed_figures() if is_wide else skeleton.figures), "", None]
    contents: list[Token | None] = [*map(read_token, skeleton.figures), _BLANK, _ABSENT]
    for words in plan.words:
        raw = skeleton.printed_at(words.place, words.length)
        raws.append(raw)
        contents.append(read_token(fold(raw)) if words.is_figure else _WORDS)
    first = block.line
    lines = [None if line is None else line + first for line in plan.lines]
    table = FilledTable(plan.names, plan.pick(contents), plan.pick(raws), lines, [])
    for row, line in plan.parted:
        what = f"第 {first + line} 行 {code}.{row.code}（{row.zh}）"
        why = "数字之间没有间隔，按每栏一位读取，与行内总计相符"
        table.findings.append(Finding("digits_parted", "info", f"{what}：{why}"))
    for doubt in plan.doubts:
        _doubt(table, doubt, block, raws)
    if "元" in skeleton.printed:
        _refuse_other_units(table, plan.columns)
    if plan.missing:
        label = FORMS[version].by_code[code].zh
        table.findings.append(Finding("row_missing", "warning", f"“{label}”表缺少：{'；'.join(plan.missing)}"))
    return table


def absent(table: Table) -> FilledTable:
    """A table that the document does not have."""
    names = tuple((table.code, row.code, column.code) for row in table.rows for column in row.columns)
    nothing = [None] * len(names)
    missing = Finding("table_missing", "error", f"没有找到“{table.zh}”表。")
    return FilledTable(names, [_ABSENT] * len(names), nothing, nothing, [missing])


def cells_of(tables: Sequence[FilledTable]) -> Cells:
    """The cells of all tables in printed order."""
    values: list[Decimal | None] = []
    states: list[CellState] = []
    raws: list[str | None] = []
    lines: list[int | None] = []
    for table in tables:
        table_states, table_values, _ = zip(*table.contents, strict=True)
        states += table_states
        values += table_values
        raws += table.raws
        lines += table.lines
    names = _joined(tuple([table.names for table in tables]))
    return Cells(names, tuple(values), tuple(raws), tuple(states), tuple(lines))


@cache  # the tables of the forms have few different sequences of names
def _joined(names: tuple[tuple[CellName, ...], ...]) -> tuple[CellName, ...]:
    return tuple(chain.from_iterable(names))


def _doubt(table: FilledTable, doubt: Doubt, block: Block, raws: Sequence[str | None]) -> None:
    """Leave a row unread, and say why."""
    printed = [_printed(parts, block.skeleton, raws) for parts in doubt.readings]
    if len(set(printed)) > 1:
        # The label stands more than once with different figures: which is the report's cannot be told.
        why, text = "同一行出现多次且数值不同", " / ".join(printed)
    elif table.contents[doubt.cells[0]] is _ABSENT:
        why, text = f"印有的内容与 {len(doubt.row.columns)} 列对不上，无法确定各列", printed[0]
    else:
        return
    line, count = block.line + doubt.line, len(doubt.cells)
    cells = slice(doubt.cells.start, doubt.cells.stop)
    table.contents = _with(table.contents, cells, [_WORDS] * count)
    table.raws = _with(table.raws, cells, [text] * count)
    table.lines = _with(table.lines, cells, [line] * count)
    what = f"第 {line} 行 {table.names[cells.start][0]}.{doubt.row.code}（{doubt.row.zh}）"
    table.findings.append(Finding("row_unread", "warning", f"{what}：{why}：{text[:80]}"))


def _with(values: Sequence[T], places: slice, others: Sequence[T]) -> list[T]:
    changed = list(values)
    changed[places] = others
    return changed


def _refuse_other_units(table: FilledTable, columns: Sequence[Column]) -> None:
    """A figure printed with another money unit than its column's is no value of that column."""
    for index, column in enumerate(columns):
        unit = table.contents[index].unit
        if unit and unit != column.unit:
            what = f"第 {table.lines[index]} 行 {'.'.join(table.names[index])}"
            why = f"本栏单位为{column.unit}，印作“{table.raws[index]}”，未取数值"
            table.findings.append(Finding("unit_mismatch", "warning", f"{what}：{why}"))
            table.contents = _with(table.contents, slice(index, index + 1), [_WORDS])


def _printed(parts: Sequence[Part], skeleton: Skeleton, raws: Sequence[str | None]) -> str:
    words = [raws[part] if isinstance(part, int) else skeleton.printed_at(part.place, part.length) for part in parts]
    return " ".join(word for word in words if word)
