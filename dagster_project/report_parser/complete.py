"""The short way through table 3 where every row is complete on its line: a label and a figure for each column.

Most reports are printed so, and then nothing has to be weighed: no cell can be missing, and none can be another's. Whatever does
not fit is left to the general way (`rows.py`), which gives the same reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

from .form import Row
from .memo import Memo
from .skeleton import FIGURE_MARK, SKIPPED_MARK

_LONGEST_LINE = 200
_NUMBERING = r"[一二三四]、|\([一二三四五六七]\)"
_CELLS = re.compile(rf"{FIGURE_MARK}(?: ?[\t|] ?{FIGURE_MARK})*+[ \t|]*+")
_WORDS = re.compile(rf"{FIGURE_MARK}(?: ?{FIGURE_MARK})*+ *+")
"""Figures with no empty cell between them, each in a cell of its own or none in any."""
_SEPARATORS = str.maketrans("", "", " \t|")


class Complete(NamedTuple):
    """All rows in the form's order, each with its figures in order: `lines` are those of the figures of each row, counted from 0.
    `headings` are the words beside the labels."""

    lines: tuple[int, ...]
    headings: str


class _Line(NamedTuple):
    """What a line holds: a label (`row` is its place among the rows) or none, other words of the form, and how many figures."""

    row: int | None
    words: str
    figures: int


def read_complete(skeleton: str, rows: tuple[Row, ...], furniture: str) -> Complete | None:
    """The reading, or None where not every row is complete. `furniture` is an expression for the labels that have no cells."""
    width = len(rows[0].columns)
    lines_of = _lines_of(rows, furniture)
    lines: list[int] = []
    headings: list[str] = []
    pending: int | None = None
    for number, line in enumerate(skeleton.split("\n")):
        if not line or line == SKIPPED_MARK:
            continue
        content = lines_of[line] if len(line) <= _LONGEST_LINE else None
        if content is None or content.figures not in (0, width):
            return None
        row = content.row
        if pending is not None:
            if row is not None or not content.figures:
                return None  # a label whose figures do not follow
            row = pending
        elif row is None and not content.figures:
            headings.append(content.words)
            continue
        if row != len(lines):
            return None  # figures without a label, a label twice or out of order
        if content.figures:
            lines.append(number)
        pending = None if content.figures else row
    return Complete(tuple(lines), "".join(headings)) if len(lines) == len(rows) else None


def _read_line(line: str, rows: tuple[Row, ...], furniture: str) -> _Line | None:
    """One line by itself, or None where it is not so simple."""
    before, mark, _ = line.partition(FIGURE_MARK)
    rest = line[len(before) :]
    figures = rest.count(FIGURE_MARK)
    is_row_of_cells = "\t" in line or "|" in line
    if mark and not (_CELLS if is_row_of_cells else _WORDS).fullmatch(rest):
        return None
    words = before.translate(_SEPARATORS)
    if not words:
        return _Line(None, "", figures)
    if not (match := _label(rows, furniture).fullmatch(words)):
        return None
    code = match.lastgroup
    row = next((place for place, row in enumerate(rows) if row.code == code), None)
    return None if row is None and figures else _Line(row, words, figures)


@cache
def _lines_of(rows: tuple[Row, ...], furniture: str) -> Memo[str, _Line | None]:
    """What the lines of such a table hold."""
    return Memo(partial(_read_line, rows=rows, furniture=furniture), most=8_192, longest=_LONGEST_LINE)


@cache
def _label(rows: Sequence[Row], furniture: str) -> re.Pattern[str]:
    labels = "|".join(f"(?P<{row.code}>{row.pattern})" for row in rows)
    return re.compile(rf"(?:{furniture}|{_NUMBERING})*?(?:{labels})?")
