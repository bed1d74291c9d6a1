"""Tables of a pdf page that are drawn without rules: rows whose figures stand in columns, told by nothing but their places.

A table becomes grid rows only when nothing about it is in doubt; otherwise it is lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ..document import GridCell, Line
from .pdf_chars import UNREAD
from .pdf_lines import PrintedLine, Word

_MIN_COLUMNS = 5
"""Of figures: a narrower table has too few rows to prove its columns."""
_MIN_ROWS = 5
_MAX_LINES = 300
"""No page has more in one table."""
_COLUMN_GAP = 0.5
"""Columns stand apart by this part of a figure's height."""
_LINE_GAP = 0.55
"""The lines of one wrapped label stand no further apart than this part of their height; those of two rows do."""
_OFF_CENTRE = 0.25
"""A label stands at the middle of its row, give or take this part of its height."""
_SAME_EDGE = 3.0
"""Points within which labels begin at the same place."""
_FIGURE = re.compile(r"[+\-−–]?\d{1,12}(?:,\d{3}){0,3}(?:\.\d{1,6})?|[-–—―/]{1,4}|无")

_NUMBERING = re.compile(r"[（(]?[\d０-９一二三四五六七八九十]{1,2}[）).．、]")
"""The number of a label, set apart from its words."""


class _Row(NamedTuple):
    """A printed line, as words of labels and the figures right of them."""

    labels: tuple[Word, ...]
    figures: tuple[Word, ...]


class _Label(NamedTuple):
    """The lines of one cell, one below the other. `column` numbers the places where labels begin."""

    text: str
    column: int
    top: float
    bottom: float
    height: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class _Columns(NamedTuple):
    """Where the columns of figures begin and end, from left to right."""

    lefts: list[float]
    rights: list[float]


def with_unruled_tables(lines: list[PrintedLine]) -> Iterator[tuple[float, Line]]:
    """The lines of a page from top to bottom, those of tables as grid rows; each with its top."""
    rows = [_row_of(line) for line in lines]
    done = 0
    for index, row in enumerate(rows):
        if index < done or len(row.figures) < _MIN_COLUMNS:
            continue
        start, end = _stretch(rows, index, done)
        yield from ((line.top, line.text) for line in lines[done:start])
        yield from _table(rows[start:end]) or _with_gaps_marked(lines[start:end], rows[start:end])
        done = end
    yield from ((line.top, line.text) for line in lines[done:])


def _row_of(line: PrintedLine) -> _Row:
    first = len(line.words)
    while first and _FIGURE.fullmatch(line.words[first - 1].text):
        first -= 1
    labels: list[Word] = []
    for word in line.words[:first]:
        if labels and _NUMBERING.fullmatch(labels[-1].text):
            number = labels.pop()
            word = word._replace(text=number.text + word.text, x0=number.x0)
        labels.append(word)
    return _Row(tuple(labels), line.words[first:])


def _stretch(rows: list[_Row], index: int, done: int) -> tuple[int, int]:
    """The rows around row `index` that have words only left of its figures: from the first with figures to the last, and the
    lines above and below that may be of their labels."""
    left = rows[index].figures[0].x0

    def is_inside(row: _Row) -> bool:
        return all(word.x1 <= left for word in row.labels)

    first = start = last = end = index
    while start > done and is_inside(rows[start - 1]):
        start -= 1
        first = start if rows[start].figures and not _is_lone_figure(rows[start]) else first
    while end + 1 < len(rows) and is_inside(rows[end + 1]):
        end += 1
        last = end if rows[end].figures and not _is_lone_figure(rows[end]) else last
    while first > start and _are_close(rows[first - 1], rows[first]):
        first -= 1
    while last < end and _are_close(rows[last], rows[last + 1]):
        last += 1
    return first, last + 1


def _are_close(row: _Row, below: _Row) -> bool:
    upper, lower = (row.labels + row.figures)[0], (below.labels + below.figures)[0]
    return lower.top - upper.bottom <= _LINE_GAP * (upper.bottom - upper.top)


def _is_lone_figure(row: _Row) -> bool:
    """Whether it may be a page number."""
    return not row.labels and sum(word.text[-1].isdigit() for word in row.figures) == 1


def _table(rows: list[_Row]) -> list[tuple[float, Line]] | None:
    """The lines and grid rows of a table by their tops; None where anything is uncertain."""
    filled = [row.figures for row in rows if row.figures]
    columns = _columns(filled) if _MIN_ROWS <= len(rows) <= _MAX_LINES else None
    if (
        columns is None
        or len(filled) < _MIN_ROWS
        or any(word.x1 > columns.lefts[0] for row in rows for word in row.labels)
    ):
        return None
    labels = _labels([word for row in rows for word in row.labels])
    label_columns = max((label.column for label in labels), default=-1) + 1
    middles = [(figures[0].top + figures[0].bottom) / 2 for figures in filled]
    placed: list[tuple[float, Line]] = []
    own: list[list[_Label]] = [[] for _ in filled]
    for label in labels:
        number = _row_at(label, middles)
        if number is None:
            placed.append((label.middle, label.text))
        else:
            own[number].append(label)
    for figures, beside, middle in zip(filled, own, middles, strict=True):
        across = [label.column for label in labels if label.top < middle < label.bottom]
        if not beside or max(across) != beside[-1].column:
            return None
        cells = [GridCell(label.text, label.column) for label in beside]
        cells[-1] = cells[-1]._replace(span=label_columns - beside[-1].column)
        texts = [""] * len(columns.lefts)
        for figure in figures:
            texts[bisect_right(columns.lefts, figure.x0) - 1] = figure.text
        cells.extend(GridCell(text, label_columns + number) for number, text in enumerate(texts))
        placed.append((middle, tuple(cells)))
    return sorted(placed, key=lambda pair: pair[0])


def _with_gaps_marked(lines: list[PrintedLine], rows: list[_Row]) -> Iterator[tuple[float, Line]]:
    """The lines of what may be a table. One with fewer figures than others ends in U+FFFD: nobody can tell which are missing,
    and its figures must not be counted together with those of the next line."""
    counts = [len(row.figures) for row in rows]
    is_table = len(rows) - counts.count(0) >= _MIN_ROWS
    for line, count in zip(lines, counts, strict=True):
        yield line.top, line.text + UNREAD * (is_table and 0 < count < max(counts))


def _columns(filled: list[tuple[Word, ...]]) -> _Columns | None:
    """The columns of the figures, when these stand clearly apart and each row has at most one figure in each."""
    columns = _Columns([], [])
    for figure in sorted((figure for figures in filled for figure in figures), key=lambda figure: figure.x0):
        gap = _COLUMN_GAP * (figure.bottom - figure.top)
        if columns.rights and figure.x0 < columns.rights[-1]:
            columns.rights[-1] = max(columns.rights[-1], figure.x1)
        elif columns.rights and figure.x0 < columns.rights[-1] + gap:
            return None
        else:
            columns.lefts.append(figure.x0)
            columns.rights.append(figure.x1)
    if len(columns.lefts) < _MIN_COLUMNS:
        return None
    for figures in filled:
        places = [bisect_right(columns.lefts, figure.x0) for figure in figures]
        if len(set(places)) < len(places):
            return None
    return columns


def _labels(words: list[Word]) -> list[_Label]:
    """The words that stand below one another, as labels, column by column and from top to bottom."""
    labels: list[_Label] = []
    column, edge = -1, 0.0
    below: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.x0):
        if column < 0 or word.x0 - edge > _SAME_EDGE:
            column, edge = column + 1, word.x0
            below.append([])
        below[-1].append(word)
    for column, stack in enumerate(below):
        stack.sort(key=lambda word: word.top)
        lines = [stack[0]]
        for word in stack[1:]:
            if word.top - lines[-1].bottom > _LINE_GAP * (word.bottom - word.top):
                labels.append(_label(lines, column))
                lines = []
            lines.append(word)
        labels.append(_label(lines, column))
    return labels


def _label(lines: list[Word], column: int) -> _Label:
    text = "".join(word.text for word in lines)
    return _Label(text, column, lines[0].top, lines[-1].bottom, lines[0].bottom - lines[0].top)


def _row_at(label: _Label, middles: list[float]) -> int | None:
    """The number of the row that the label stands in the middle of."""
    number = bisect_right(middles, label.middle)
    for near in (number - 1, number):
        if 0 <= near < len(middles) and abs(middles[near] - label.middle) <= _OFF_CENTRE * label.height:
            return near
    return None
