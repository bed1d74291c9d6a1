"""A block of text with every run of its digits made one 0: the template, which all blocks printed alike share.

It is got by bytes, the whole block at once, in a fraction of the time that its lines take one by one. Which words of a block are its
figures follows from the template and from the words that are none, as the numbers of labels: so it is worked out once for these. A block
that is another to the last figure, as a third of tables 2 and 3 are and most of table 4, is known by itself. What does not belong here:
what a figure is, and the skeleton of a line (`skeleton.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from .memo import Memo, Repeated
from .model import CellState
from .numbers import MOST_COUNT_DIGITS, read_token

_ALIKE = bytes.maketrans(b"123456789", b"0" * 9)
_OTHERS_AS_SPACES = bytes(code if code in b"0123456789.,+-/\n" else 32 for code in range(256))
_REST_OF_CHARACTER = bytes(range(0x80, 0xC0))
"""What follows the first byte of a character that is not ASCII: one space is left of it."""
_MOST_READINGS = 8
"""A template whose labels bear so many different numbers is none that reports share."""

_Picker = Callable[[Sequence[Any]], tuple[Any, ...]]


class Placed(NamedTuple):
    """A figure of a block, and how many words stand before it."""

    place: int
    figure: str


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """What blocks of one template share that have the same fixed words; each is itself only, which makes it a cheap key.

    `skeleton` has a mark for each figure; `states` are those of the cells that the figures stand for. `pick` takes the figures from
    a block's words and the `constants`: figures that are no single word (无, 5 件), and so the same in all these blocks.
    """

    skeleton: str
    states: tuple[CellState, ...]
    constants: tuple[str, ...]
    pick: _Picker


class Known(NamedTuple):
    """A block as its template tells it: its figures, in printed order, and their values."""

    reading: Reading
    figures: tuple[str, ...]
    values: tuple[Decimal | None, ...]


_UNREAD: Any = object()
"""Stands for a reading that nobody asked for yet: None is one."""


class _NotOrdinary(Exception):
    """What stands in the place of a figure is none (007), or must be looked at for other reasons: only its line tells what it is."""


@dataclass(slots=True)
class _Layout:
    """What is known of a template: the places of its figures, and what takes from a block's words those that are no figures."""

    is_shared: bool = False
    places: tuple[int, ...] = ()
    fixed: _Picker | None = None
    readings: dict[tuple[str, ...], Reading | None] = field(default_factory=dict)


class Templates:
    """How blocks are read, remembered by their templates: `most` of them, none for a block of more than `longest` characters.

    `read_lines` gives a block's skeleton and its figures by looking at every line.
    """

    def __init__(self, read_lines: Callable[[str], tuple[str, Sequence[Placed]]], most: int, longest: int) -> None:
        self._read_lines = read_lines
        self._longest = longest
        self._repeated = Repeated[Known](most)
        self._layouts = Memo[bytes, _Layout](lambda _: _Layout(), most, longest * 4)

    def read(self, block: str) -> Known | None:
        """The block as its template tells it, or None where its lines must be looked at."""
        if len(block) > self._longest:
            return None
        if known := self._repeated.get(block):
            return known
        if known := self._read(block):
            self._repeated.keep(block, known)
        return known

    def _read(self, block: str) -> Known | None:
        printed = block.encode("utf-8", "surrogatepass")
        template = printed.translate(_ALIKE)
        while b"00" in template:
            template = template.replace(b"00", b"0")
        template = template.replace(b"\t 0\n", b"\t0\n")  # no skeleton has the spaces before a figure
        layout = self._layouts[template]
        if not layout.is_shared:
            layout.is_shared = True  # for the next: most that are seen once never come again
            return None
        words = _of_words(printed).split()
        pick_fixed = layout.fixed or self._read_template(layout, template)
        fixed = pick_fixed(words)
        reading = layout.readings.get(fixed, _UNREAD)
        if reading is _UNREAD and len(layout.readings) < _MOST_READINGS:
            reading = layout.readings[fixed] = self._reading(layout, block, words)
        if reading is None or reading is _UNREAD:
            return None
        figures = reading.pick([*words, *reading.constants] if reading.constants else words)
        try:
            return Known(reading, figures, tuple(map(_value_of, figures)))
        except _NotOrdinary:
            return None

    def _read_template(self, layout: _Layout, template: bytes) -> _Picker:
        _, figures = self._read_lines(template.decode("utf-8", "surrogatepass"))
        words = _of_words(template).split()
        free = {place for place, figure in figures if words[place : place + 1] == [figure]}
        layout.places = tuple([place for place, _ in figures])
        layout.fixed = _picker([place for place in range(len(words)) if place not in free])
        return layout.fixed

    def _reading(self, layout: _Layout, block: str, words: Sequence[str]) -> Reading | None:
        """What blocks share with this one; None where other words are figures in it than in its template: then one of them is no
        ordinary figure (007), or a number makes its line the foot of a page."""
        skeleton, figures = self._read_lines(block)
        if layout.places != tuple([place for place, _ in figures]):
            return None
        tokens = [read_token(figure) for _, figure in figures]
        if any(token is None or token.unit for token in tokens):
            return None
        places: list[int] = []
        constants: list[str] = []
        for place, figure in figures:
            if words[place : place + 1] == [figure]:
                places.append(place)
            else:
                places.append(len(words) + len(constants))
                constants.append(figure)
        return Reading(skeleton, tuple([token.state for token in tokens if token]), tuple(constants), _picker(places))


def count_words(text: str) -> int:
    """How many words a text has: runs of digits and of the marks that a figure may have."""
    return len(_of_words(text.encode("utf-8", "surrogatepass")).split())


def words_of_lines(text: str) -> list[list[str]]:
    """The words of each line."""
    return [line.split() for line in _of_words(text.encode("utf-8", "surrogatepass")).split("\n")]


def _of_words(printed: bytes) -> str:
    """The characters of words, and spaces for all others but line breaks."""
    return printed.translate(_OTHERS_AS_SPACES, _REST_OF_CHARACTER).decode("ascii")


def _picker(places: Sequence[int]) -> _Picker:
    """What takes the things at these places: a tuple, however few they are."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda things: tuple([things[place] for place in places])


def _value(figure: str) -> Decimal | None:
    if figure.isdecimal() and figure[0] != "0" and len(figure) <= MOST_COUNT_DIGITS:
        return Decimal(figure)
    token = read_token(figure)
    if token is None or "," in figure or len(figure.partition(".")[0].lstrip("+-")) > MOST_COUNT_DIGITS:
        raise _NotOrdinary
    return token.value


_value_of = Memo(_value, most=8_192, longest=40).__getitem__


def counts_of(figures: Sequence[str]) -> tuple[Decimal | None, ...] | None:
    """The values of figures that are digits and nothing else, or None where one is not."""
    if not "".join(figures).isdecimal():
        return None
    try:
        return tuple(map(_value_of, figures))
    except _NotOrdinary:
        return None
