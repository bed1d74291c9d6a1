"""From the lines of a skeleton to items: the one stream of labels, values and empty cells that the tables are read from.

Every layout ends up here. A grid row, or a line with tabs or pipes, is a row of cells; lines that each begin with a single tab
are the cells of one row, up to the next line without one; any other line is words and figures parted by spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from .numbers import read_token
from .skeleton import FIGURE_MARK, SKIPPED_MARK


class Kind(Enum):
    VALUE = "value"
    """A figure or a dash."""
    DIGITS = "digits"
    """Digits that are no figure (规章000): as many cells as digits, perhaps."""
    TEXT = "text"
    EMPTY = "empty"
    """An explicit cell with nothing in it."""


class Item(NamedTuple):
    """One thing printed. `row` numbers physical table rows, `cell` the cells within one; `alone` says that a line of words and
    figures holds nothing else, `is_grid` that the cell's column is known for certain. `figure` is the number of a figure of the
    skeleton; a value without one is glued to words and stands in `text`. `place` is where the text begins in the skeleton,
    `offset` the length of all label text before it (see `Stream.labels`); `line` is counted from 0.

    A named tuple, since a report has hundreds of items and these are the cheapest records to make.
    """

    kind: Kind
    text: str
    line: int
    row: int
    cell: int
    offset: int
    place: int
    figure: int | None = None
    alone: bool = False
    is_grid: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """`labels` is the text of all TEXT items run together without white space: labels are found in it however they wrap.

    `last_line` is the number of the block's last line; `worded` are the rows that hold words.
    """

    items: tuple[Item, ...]
    labels: str
    last_line: int
    worded: frozenset[int]


Columns = tuple[tuple[int, int], ...]
"""The (column, span) of each cell of a grid row."""


class _Line(NamedTuple):
    """The items of one line, with line, row, offset, place and figures counted from its beginning; `labels` as in `Stream`."""

    items: tuple[Item, ...]
    labels: str


_WORD = re.compile(rf"{FIGURE_MARK}|[^\s{FIGURE_MARK}]+")
_WORD_THEN_FIGURE = re.compile(r"(?P<word>.*[^\d.,+\-−/])(?P<figure>\d{1,12}(?:\.\d{1,6})?)")
_WORD_THEN_DIGITS = re.compile(r"(?P<word>.*\D)(?P<digits>0\d{1,19})")
_DIGITS = re.compile(r"0\d{1,19}")
_UNREADABLE = "\ufffd"
"""A character that the document's reader could not read: figures beside it may be more than they seem."""
_MAX_WORD = 200
"""A longer run of characters is no label with a figure glued to it."""
_MAX_CACHED = 200
"""A longer line is none that many reports print."""
_PADDED = re.compile(r" \|{2,}+ *+$", re.MULTILINE)
"""How a row ends that was taken from a web page with a pipe for every column that its merged cells cover beyond the first. Blank cells
have a space between their pipes like all others, or no cell of the table has."""


def read_items(skeleton: str, grid: Mapping[int, Columns]) -> Stream:
    """The items of a table's skeleton, in printed order. `grid` holds the columns of the lines that are grid rows."""
    reader = _Reader()
    is_padded = _PADDED.search(skeleton) is not None
    for number, line in enumerate(skeleton.split("\n")):
        reader.read(_without_padding(line) if is_padded else line, number, grid.get(number))
    worded = frozenset(item.row for item in reader.items if item.kind is Kind.TEXT)
    return Stream(tuple(reader.items), "".join(reader.labels), skeleton.count("\n"), worded)


def _without_padding(line: str) -> str:
    """The line without the empty cells at its end, but as long: in a padded table none of them is known to be a cell."""
    filled = line.rstrip(" |")
    return line if not filled or filled == line else f"{filled}|".ljust(len(line))


class _Reader:
    """Joins lines to one stream: which row and cell a line belongs to, only the lines around it tell."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.labels: list[str] = []
        self.offset = 0
        self.row = 0
        self.in_cell_block = False
        self.next_cell = 0
        self.place = 0
        self.figures = 0

    def read(self, line: str, number: int, columns: Columns | None) -> None:
        if not line.startswith(SKIPPED_MARK):
            is_cell = columns is None and is_single_cell(line)
            if is_cell and self.in_cell_block:
                self.next_cell += 1
                self._take(line, number, self.next_cell, None)
            elif is_cell or columns is not None or "\t" in line or "|" in line:
                self._new_row(in_cell_block=is_cell)
                self._take(line, number, 0, columns)
            elif not line.strip():
                # A blank line ends a block of one-cell lines; between words and figures it means nothing.
                self.in_cell_block = False
            elif self.in_cell_block and self.labels[-1]:
                # A cell's words wrapped on to a line of their own.
                self._take(line, number, self.next_cell, None)
            else:
                self._new_row(in_cell_block=False)
                self._take(line, number, 0, None)
        self.place += len(line) + 1
        self.figures += line.count(FIGURE_MARK)

    def _new_row(self, *, in_cell_block: bool) -> None:
        self.row += 1
        self.next_cell = 0
        self.in_cell_block = in_cell_block

    def _take(self, line: str, number: int, cell: int, columns: Columns | None) -> None:
        items, labels = (_cached_line if len(line) <= _MAX_CACHED else _read_line)(line, columns)
        row, offset, place, figures = self.row, self.offset, self.place, self.figures
        self.items += [
            Item(
                item.kind,
                item.text,
                number,
                row,
                item.cell + cell,
                item.offset + offset,
                item.place + place,
                None if item.figure is None else item.figure + figures,
                item.alone,
                item.is_grid,
            )
            for item in items
        ]
        self.labels.append(labels)
        self.offset += len(labels)


def _read_line(line: str, columns: Columns | None) -> _Line:
    """One line by itself: a row of cells, or words and figures."""
    reader = _LineReader(is_grid=columns is not None)
    if columns is not None:
        place = 0
        for cell, (column, _) in zip(line.split("\t"), columns, strict=True):
            reader.cell(cell, column, place)
            place += len(cell) + 1
    elif is_single_cell(line):
        reader.cell(line[1:], 0, 1)
    elif "\t" in line or "|" in line:
        for index, (cell, place) in enumerate(cells_of(line)):
            reader.cell(cell, index, place)
    else:
        reader.words(line, 0, 0)
    return _Line(tuple(reader.items), "".join(item.text for item in reader.items if item.kind is Kind.TEXT))


_cached_line = lru_cache(maxsize=16_384)(_read_line)


def is_single_cell(line: str) -> bool:
    """Whether the line is one cell of a row that is printed over several lines."""
    return line.startswith("\t") and line.count("\t") == 1 and "|" not in line


def cells_of(line: str) -> Iterator[tuple[str, int]]:
    """The cells of a row with tabs or pipes, and where each begins. Pipes may also stand before the first cell and after the last."""
    mark, place = "\t", 0
    if "\t" not in line:
        mark = "|"
        stripped = line.strip()
        place = len(line) - len(line.lstrip()) + stripped.startswith("|")
        line = line[place : len(line.rstrip()) - (stripped.endswith("|") and len(stripped) > 1)]
    for cell in line.split(mark):
        yield cell, place
        place += len(cell) + 1


class _LineReader:
    def __init__(self, *, is_grid: bool) -> None:
        self.items: list[Item] = []
        self.is_grid = is_grid
        self.offset = 0
        self.figures = 0

    def cell(self, cell: str, index: int, place: int) -> None:
        text = cell.strip()
        if not text:
            self._add(Kind.EMPTY, "", index, place)
        elif text == FIGURE_MARK:
            self._add(Kind.VALUE, text, index, place + cell.index(FIGURE_MARK))
        elif self.is_grid and not text.strip(FIGURE_MARK + " "):
            # Several figures in one cell of a grid: a number that is broken over lines, or two. Nobody can tell.
            self._add(Kind.TEXT, cell, index, place)
        else:
            self.words(cell, index, place)

    def words(self, text: str, index: int, place: int) -> None:
        words = [(match.group(), match.start() + place) for match in _WORD.finditer(text)]
        # "1 属于国家秘密 0 0 …": the first figure numbers the label.
        if len(words) > 1 and words[0][0] == FIGURE_MARK and not _is_value(words[1][0]):
            self._add(Kind.TEXT, FIGURE_MARK, index, words.pop(0)[1])
        for word, start in words:
            if word == FIGURE_MARK:
                self._add(Kind.VALUE, word, index, start, alone=len(words) == 1)
            elif _DIGITS.fullmatch(word):
                self._add(Kind.DIGITS, word, index, start)
            else:
                self._glued(word, index, start)

    def _glued(self, word: str, index: int, place: int) -> None:
        """A word, and the figure or digits at its end where they can be told from it."""
        if not word[-1].isdigit() or len(word) > _MAX_WORD or _UNREADABLE in word:
            self._add(Kind.TEXT, word, index, place)
        elif (glued := _WORD_THEN_FIGURE.fullmatch(word)) and read_token(glued["figure"]):
            self._add(Kind.TEXT, glued["word"], index, place)
            self._add(Kind.VALUE, glued["figure"], index, place + glued.start("figure"))
        elif glued := _WORD_THEN_DIGITS.fullmatch(word):
            self._add(Kind.TEXT, glued["word"], index, place)
            self._add(Kind.DIGITS, glued["digits"], index, place + glued.start("digits"))
        else:
            self._add(Kind.TEXT, word, index, place)

    def _add(self, kind: Kind, text: str, cell: int, place: int, *, alone: bool = False) -> None:
        figure = self.figures if kind is Kind.VALUE and text == FIGURE_MARK else None
        self.figures += text.count(FIGURE_MARK)
        self.items.append(Item(kind, text, 0, 0, cell, self.offset, place, figure, alone, self.is_grid))
        if kind is Kind.TEXT:
            self.offset += len(text)


def _is_value(word: str) -> bool:
    return word == FIGURE_MARK or bool(_DIGITS.fullmatch(word))
