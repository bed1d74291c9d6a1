"""The characters of a pdf page, each at its place, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LINE_OVERLAP = 0.5
"""Characters stand on one line when they share this part of the smaller one's height."""
_GAP = 0.25
"""A space is read where characters stand further apart than this part of their height."""
_DOUBLE = 0.5
"""A character drawn again so close to itself (part of its width) is one that was made bold that way."""
_TOUCHES = 0.1
"""Characters no further apart than this part of their height are printed as one: the cells of a table have a margin."""
_OF_NUMBERS = frozenset("0123456789.,")
_CLOSING = frozenset("，。、；：！？）》」』”’")
_SMALLER = 0.75
"""A character so much smaller than its neighbour is the mark of a note, not a digit of the same number."""


class Char(NamedTuple):
    """One printed character; places in points from the left and from the top of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    is_upright: bool


class Word(NamedTuple):
    """Characters without a space between them; places as in `Char`."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


class PrintedLine(NamedTuple):
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)


def printed_lines(chars: Iterable[Char]) -> list[PrintedLine]:
    """The lines from top to bottom, each from left to right."""
    rows: list[list[Char]] = []
    top = bottom = 0.0
    for char in sorted(chars, key=lambda char: (char.top + char.bottom, char.x0)):
        height = min(bottom - top, char.bottom - char.top)
        if rows and min(bottom, char.bottom) - max(top, char.top) > _LINE_OVERLAP * height:
            rows[-1].append(char)
        else:
            rows.append([char])
            top, bottom = char.top, char.bottom
    lines = (PrintedLine(tuple(_words(sorted(row, key=lambda char: char.x0)))) for row in rows)
    return [line for line in lines if line.words]


def runs_on(char: Char, following: Char) -> bool:
    """Whether both are of one printed number."""
    return char.text in _OF_NUMBERS and following.text in _OF_NUMBERS and _touch(char, following)


def hangs_on(char: Char, following: Char) -> bool:
    """Whether `following` closes what `char` ends, wherever the line's or cell's edge is: such a mark never begins a line."""
    return following.text in _CLOSING and _touch(char, following)


def _touch(char: Char, following: Char) -> bool:
    height = min(char.bottom - char.top, following.bottom - following.top)
    is_one_line = min(char.bottom, following.bottom) - max(char.top, following.top) > _LINE_OVERLAP * height
    return is_one_line and abs(following.x0 - char.x1) < _TOUCHES * height


def _words(row: list[Char]) -> Iterator[Word]:
    word: list[Char] = []
    is_parted = False
    for char in row:
        if char.text.isspace():
            is_parted = True
            continue
        if word:
            last = word[-1]
            if char.text == last.text and char.x0 - last.x0 < _DOUBLE * (char.x1 - char.x0):
                continue
            height, last_height = char.bottom - char.top, last.bottom - last.top
            is_note = min(height, last_height) < _SMALLER * max(height, last_height)
            if is_parted or is_note or char.x0 - last.x1 > _GAP * height:
                yield _word(word)
                word = []
        word.append(char)
        is_parted = False
    if word:
        yield _word(word)


def _word(chars: list[Char]) -> Word:
    return Word(
        "".join(char.text for char in chars),
        chars[0].x0,
        max(char.x1 for char in chars),
        min(char.top for char in chars),
        max(char.bottom for char in chars),
    )
