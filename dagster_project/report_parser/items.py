"""From lines to items: the one stream of labels, values and empty cells that the tables are read from.

Every layout ends up here. A line with tabs or pipes is a row of cells; lines that each begin with a single tab are the cells
of one row, up to the next line without one; any other line is words and figures parted by spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from .document import Document
from .numbers import Token, is_glued_zeros, read_token


class Kind(Enum):
    VALUE = "value"
    """A figure or a dash."""
    ZEROS = "zeros"
    """Glued zeros: as many cells as digits."""
    TEXT = "text"
    EMPTY = "empty"
    """An explicit cell with nothing in it."""


class Item(NamedTuple):
    """One thing printed. `row` numbers physical table rows, `cell` the cells within one; `alone` says that a line of words and
    figures holds nothing else. `offset` is the length of all label text before it (see `Stream.labels`).

    A named tuple, since a report has hundreds of items and these are the cheapest records to make.
    """

    kind: Kind
    text: str
    raw: str
    line: int
    row: int
    cell: int
    offset: int
    token: Token | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """`labels` is the text of all TEXT items run together without white space: labels are found in it however they wrap.

    `cut_line` is the last line where no line break ends it: the document may have been cut off inside it.
    """

    items: tuple[Item, ...]
    labels: str
    cut_line: int | None


_PAGE_MARK = re.compile(r"\s*(?:[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页.{0,12})\s*")
_RULE_LINE = re.compile(r"\s*(?:\||[|:\-+=\s]*-{3}[|:\-+=\s]*)\s*")
_WORD = re.compile(r"\+\s?\(\d*\)\s?[-−]\s?\(\d*\)|\S+")
_WORD_THEN_FIGURE = re.compile(r"(?P<word>.*[^\d.,+\-−/])(?P<figure>\d+(?:\.\d+)?)")
_WORD_THEN_ZEROS = re.compile(r"(?P<word>.*\D)(?P<zeros>0{2,})")


def read_items(document: Document, first: int) -> Stream:
    """The items from line `first` (1-based) to the document's end."""
    reader = _Reader()
    for number in range(first, len(document.lines) + 1):
        reader.read(document.folded[number - 1], document.lines[number - 1], number)
    cut_line = len(document.lines) if document.lines[-1] else None
    return Stream(tuple(reader.items), "".join(reader.labels), cut_line)


class _Reader:
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.labels: list[str] = []
        self.offset = 0
        self.row = 0
        self.in_cell_block = False
        self.next_cell = 0

    def read(self, line: str, original: str, number: int) -> None:
        if _PAGE_MARK.fullmatch(line) or _RULE_LINE.fullmatch(line):
            return
        if line.startswith("\t") and line.count("\t") == 1 and "|" not in line:
            self._cell_line(line, original, number)
        elif "\t" in line or "|" in line:
            self._row_line(line, original, number)
        else:
            self._plain_line(line, original, number)

    def _new_row(self) -> None:
        self.row += 1
        self.next_cell = 0

    def _cell_line(self, line: str, original: str, number: int) -> None:
        if not self.in_cell_block:
            self._new_row()
            self.in_cell_block = True
        self._cell(line[1:], original[1:], number, self.next_cell)
        self.next_cell += 1

    def _row_line(self, line: str, original: str, number: int) -> None:
        self.in_cell_block = False
        self._new_row()
        mark = "\t" if "\t" in line else "|"
        if mark == "|":
            stripped = line.strip()
            start = len(line) - len(line.lstrip()) + stripped.startswith("|")
            end = len(line.rstrip()) - (stripped.endswith("|") and len(stripped) > 1)
            line, original = line[start:end], original[start:end]
        position = 0
        for index, cell in enumerate(line.split(mark)):
            self._cell(cell, original[position : position + len(cell)], number, index)
            position += len(cell) + 1

    def _plain_line(self, line: str, original: str, number: int) -> None:
        if not line.strip():
            # A blank line ends a block of one-cell lines; between words and figures it means nothing.
            self.in_cell_block = False
            return
        if self.in_cell_block:
            # A cell's text wrapped on to a line of its own.
            self._words(line, original, number, self.next_cell - 1)
            return
        self._new_row()
        self._words(line, original, number, 0)

    def _cell(self, cell: str, original: str, number: int, index: int) -> None:
        text = cell.strip()
        if not text:
            self._add(Kind.EMPTY, "", "", number, index)
        elif token := read_token(text):
            self._add(Kind.VALUE, text, original.strip(), number, index, token)
        else:
            self._words(cell, original, number, index)

    def _words(self, line: str, original: str, number: int, index: int) -> None:
        spans = [match.span() for match in _WORD.finditer(line)]
        words = [line[start:end] for start, end in spans]
        tokens = [read_token(word) for word in words]
        if len(words) > 1 and tokens[0] and not tokens[1] and not is_glued_zeros(words[1]):
            tokens[0] = None  # "1 属于国家秘密 0 0 …": the first figure numbers the label
        for word, token, (start, end) in zip(words, tokens, spans, strict=True):
            raw = original[start:end]
            if token:
                self._add(Kind.VALUE, word, raw, number, index, token, alone=len(words) == 1)
            elif is_glued_zeros(word):
                self._add(Kind.ZEROS, word, raw, number, index)
            elif (glued := _WORD_THEN_FIGURE.fullmatch(word)) and (token := read_token(glued["figure"])):
                self._add(Kind.TEXT, glued["word"], raw[: glued.end("word")], number, index)
                self._add(Kind.VALUE, glued["figure"], raw[glued.start("figure") :], number, index, token)
            elif glued := _WORD_THEN_ZEROS.fullmatch(word):
                self._add(Kind.TEXT, glued["word"], raw[: glued.end("word")], number, index)
                self._add(Kind.ZEROS, glued["zeros"], raw[glued.start("zeros") :], number, index)
            else:
                self._add(Kind.TEXT, word, raw, number, index)

    def _add(
        self, kind: Kind, text: str, raw: str, line: int, cell: int, token: Token | None = None, *, alone: bool = False
    ) -> None:
        self.items.append(Item(kind, text, raw, line, self.row, cell, self.offset, token, alone))
        if kind is Kind.TEXT:
            self.labels.append(text)
            self.offset += len(text)
