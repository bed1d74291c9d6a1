"""A table's text with its figures taken out: the skeleton, which many reports share.

Which figure belongs to which cell follows from the skeleton alone, never from what the figures are. So the reading of a
skeleton is worked out once and holds for every report printed the same way (`tables.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from .memo import Memo
from .numbers import TOKEN
from .template import Known, Placed, Templates, count_words, words_of_lines

FIGURE_MARK = "\0"
"""Stands in the skeleton for one figure or dash, and for the spaces around it."""
SKIPPED_MARK = "\1"
"""Begins a line of the skeleton that is no part of the table: a page number, or a rule drawn with characters."""

# Every repetition is bounded, possessive or begins where a run begins: a hostile line may be fifty megabytes of spaces or dashes.
_SKIPPED_LINE = re.compile(
    r"[ \t]{0,40}(?:[-—–][ ]{0,4}\d{1,3}[ ]{0,4}[-—–]|第[ ]{0,4}\d{1,3}[ ]{0,4}页.{0,12}|\||(?=.{0,200}---)[|:\-+= \t]++)[ \t]{0,40}"
)
_MAY_BE_SKIPPED = frozenset("-—–第|:+=")
"""How what such a line holds begins."""
_FIGURE = re.compile(rf"({TOKEN})(?![^\s|])[ ]*+")
"""A token that is a word of its own, with the spaces behind it; those before it are taken off afterwards, which is quicker."""


@dataclass(eq=False)
class Skeleton:
    """`text` has a `FIGURE_MARK` for each of `figures`; `folded` and `printed` are the block of the document. `known` is what its
    template tells of it, which is then a block of ordinary figures: numbers without a unit and no longer than a count, and dashes.
    """

    text: str
    figures: Sequence[str]
    folded: str
    printed: str
    known: Known | None = None

    @classmethod
    def of(cls, folded: str, printed: str) -> Skeleton:
        """The skeleton of a block of the document; `folded` is the half-width twin of `printed`, place by place."""
        if known := _known_block(folded):
            return cls(known.reading.skeleton, known.figures, folded, printed, known)
        texts, figures = zip(*map(_lines.__getitem__, folded.split("\n")), strict=True)
        return cls("\n".join(texts), list(chain.from_iterable(filter(None, figures))), folded, printed)

    def printed_at(self, place: int, length: int) -> str:
        """As printed: what stands at `place` of the skeleton text."""
        return self.printed[self._place_in_block(place) : self._place_in_block(place + length)].strip()

    def printed_figures(self) -> list[str]:
        """As printed: the figures, where the document has full-width ones."""
        return [self.printed[start:end] for start, end in self._places[1]]

    def _place_in_block(self, place: int) -> int:
        shifts = self._places[0]
        before = bisect_left(shifts, (place,))
        return place + (shifts[before - 1][1] if before else 0)

    @cached_property
    def _places(self) -> tuple[list[tuple[int, ...]], list[tuple[int, int]]]:
        """For each figure and each line that is skipped, in order, its place in the skeleton and how far the places after it are
        shifted in the block; and where in the block the figures stand."""
        shifts: list[tuple[int, ...]] = []
        figures: list[tuple[int, int]] = []
        shift = line_start = 0
        for line in self.folded.split("\n"):
            if _is_skipped(line):
                place = line_start - shift
                shift += len(line) - 1
                shifts.append((place, shift))
            else:
                end = 0
                for match in _FIGURE.finditer(line):
                    start = end + len(line[end : match.start()].rstrip(" "))
                    end = match.end()
                    place = line_start + start - shift
                    shift += end - start - 1
                    shifts.append((place, shift))
                    figures.append((line_start + match.start(1), line_start + match.end(1)))
            line_start += len(line) + 1
        return shifts, figures


def _read_line(line: str) -> tuple[str, tuple[str, ...]]:
    """The skeleton of one line, and its figures."""
    if _is_skipped(line):
        return SKIPPED_MARK, ()
    parts = _FIGURE.split(line)
    if len(parts) == 1:
        return line, ()
    *words, last = parts[::2]
    return FIGURE_MARK.join([*[word.rstrip(" ") for word in words], last]), tuple(parts[1::2])


def read_lines(block: str) -> tuple[str, list[Placed]]:
    """The skeleton of a block and its figures, with their places among its words, by looking at every line."""
    texts: list[str] = []
    placed: list[Placed] = []
    place = 0
    for line, words in zip(block.split("\n"), words_of_lines(block), strict=True):
        text, figures = _lines[line]
        texts.append(text)
        if list(figures) == words:
            placed += map(Placed, range(place, place + len(words)), figures)
        elif figures:
            placed += [
                Placed(place + count_words(line[: match.start(1)]), match[1]) for match in _FIGURE.finditer(line)
            ]
        place += len(words)
    return "\n".join(texts), placed


def _is_skipped(line: str) -> bool:
    return line.lstrip(" \t")[:1] in _MAY_BE_SKIPPED and _SKIPPED_LINE.fullmatch(line) is not None


_lines = Memo(_read_line, most=32_768, longest=200)
_known_block = Templates(read_lines, most=1_024, longest=5_000).read
