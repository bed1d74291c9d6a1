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

LONGEST_LINE = 200
"""A longer line is no row of the form."""
_NUMBERING = r"[一二三四]、|\([一二三四五六七]\)"
_CELLS = re.compile(rf"{FIGURE_MARK}(?: ?[\t|] ?{FIGURE_MARK})*+[ \t|]*+")
_WORDS = re.compile(rf"{FIGURE_MARK}(?: ?{FIGURE_MARK})*+ *+")
"""Figures with no empty cell between them, each in a cell of its own or none in any."""
_SEPARATORS = str.maketrans("", "", " \t|")


class Regular(NamedTuple):
    """All rows in the form's order: `lines` are those of the cells of each row, counted from 0, and `filled` says of each cell, row by
    row, whether the next of the figures stands in it or nothing. `headings` are the words beside the labels."""

    lines: tuple[int, ...]
    filled: tuple[bool, ...]
    headings: str


class _Line(NamedTuple):
    """What a line holds: a label (`row` is its place among the rows) or none, other words of the form, and how many figures."""

    row: int | None
    words: str
    figures: int


_NOTHING = _Line(None, "", 0)


def read_complete(skeleton: str, rows: tuple[Row, ...], furniture: str) -> Regular | None:
    """The reading, or None where not every row is complete. `furniture` is an expression for the labels that have no cells."""
    width = len(rows[0].columns)
    lines_of = _lines_of(rows, furniture)
    lines: list[int] = []
    headings: list[str] = []
    pending: int | None = None
    for number, content in enumerate(map(lines_of.__getitem__, skeleton.split("\n"))):
        if content is _NOTHING:
            continue
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
    return Regular(tuple(lines), (True,) * (width * len(rows)), "".join(headings)) if len(lines) == len(rows) else None


def _read_line(line: str, rows: tuple[Row, ...], furniture: str) -> _Line | None:
    """One line by itself, or None where it is not so simple."""
    if not line or line == SKIPPED_MARK:
        return _NOTHING
    if len(line) > LONGEST_LINE:
        return None
    before, mark, _ = line.partition(FIGURE_MARK)
    rest = line[len(before) :]
    figures = rest.count(FIGURE_MARK)
    is_row_of_cells = "\t" in line or "|" in line
    if mark and not (_CELLS if is_row_of_cells else _WORDS).fullmatch(rest):
        return None
    words = before.translate(_SEPARATORS)
    if not words:
        return _Line(None, "", figures)
    if not (match := label(rows, furniture).fullmatch(words)):
        return None
    code = match.lastgroup
    row = next((place for place, row in enumerate(rows) if row.code == code), None)
    return None if row is None and figures else _Line(row, words, figures)


@cache
def _lines_of(rows: tuple[Row, ...], furniture: str) -> Memo[str, _Line | None]:
    """What the lines of such a table hold."""
    return Memo(partial(_read_line, rows=rows, furniture=furniture), most=8_192, longest=LONGEST_LINE)


@cache
def label(rows: Sequence[Row], furniture: str) -> re.Pattern[str]:
    """What the words of a line are, all of them: labels that have no cells, and then perhaps the label of a row, the last group."""
    labels = "|".join(f"(?P<{row.code}>{row.pattern})" for row in rows)
    return re.compile(rf"(?:{furniture}|{_NUMBERING})*?(?:{labels})?")
