"""A document as the readers share it: its text, line by line, and the grid rows whose cells have known places.

Every format ends up here. What does not belong here: how a format is read (`formats/`), or what the text means.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import NamedTuple


class GridCell(NamedTuple):
    """One printed cell of a table row. `column` is its 0-based place in the grid, `span` the columns it covers.

    A cell that a merged one covers is not printed and not listed; an empty cell is listed, with empty text.
    """

    text: str
    column: int
    span: int = 1


Line = str | tuple[GridCell, ...]
"""A line of flat text, or a row of a table whose cells have known places."""


_WIDE_MARKS = (*((wide, chr(ord(wide) - 0xFEE0)) for wide in "（），：；"), ("\u3000", " "), ("\xa0", " "))
"""What nearly every report prints."""
_RARER_MARKS = tuple((wide, chr(ord(wide) - 0xFEE0)) for wide in "！？")
"""What else of punctuation there may be; in a whole document they are looked for only where a wide character is left."""
_MARKS = (*_WIDE_MARKS, *_RARER_MARKS)
_WIDE = re.compile("[！-～]")
_HIGH_BYTE_OF_WIDE = b"\xff"
"""In UTF-16 it is the high byte of every wide character, and of hardly another one. Bytes are sought much quicker than a range of characters."""
_TRADITIONAL_WORDS = {"资讯": "信息", "政府资料": "政府信息", "属於": "属于", "对於": "对于", "关於": "关于"}
"""What characters by themselves do not decide: 於 is also a family name, and so in places' names."""


def fold(text: str) -> str:
    """Full-width digits, letters, punctuation and spaces made half-width, traditional characters simplified, character by
    character: places stay the same."""
    return _folded(text)[0]


def fold_marks(text: str) -> str:
    """`fold` for something that a plain document prints (see `Document.is_plain`), which is quicker."""
    for wide, narrow in _MARKS:
        text = text.replace(wide, narrow)
    return text


def _folded(text: str) -> tuple[str, bool]:
    """`text` folded, and whether it holds nothing to fold but punctuation and spaces."""
    is_plain = True
    for wide, narrow in _WIDE_MARKS:
        text = text.replace(wide, narrow)
    printed = text.encode("utf-16-le", "surrogatepass")
    if _HIGH_BYTE_OF_WIDE in printed and _HIGH_BYTE_OF_WIDE in printed[1::2]:
        for wide, narrow in _RARER_MARKS:
            text = text.replace(wide, narrow)
        for wide in set(_WIDE.findall(text)):
            text = text.replace(wide, chr(ord(wide) - 0xFEE0))
            is_plain = False
    if (
        "開" in text or "報" in text or "總" in text
    ):  # 公開, 報告, 總計: a report in traditional characters has one of these
        text = text.translate(_simplified())
        for word, ours in _TRADITIONAL_WORDS.items():
            text = text.replace(word, ours)
        is_plain = False
    return text, is_plain


@cache
def _simplified() -> dict[int, str]:
    """The traditional characters of place names and of the form. Data: `data/traditional.csv`."""
    rows = csv.reader(files(__package__).joinpath("data/traditional.csv").read_text(encoding="utf-8").splitlines())
    next(rows)
    return {ord(traditional): simplified for traditional, simplified in rows}


_SHORT_TEXT = 20_000
"""Counting the lines of a shorter text is quicker than listing them."""


@dataclass(frozen=True)
class Document:
    """`text` has line ends \\n; `grid` maps a 1-based line to the cells of the table row that stands on it.

    The text of a grid row is that of its cells with a tab between them. A text without a final line break may have been cut off.
    `first_line` is the number of its first line: a part of a document counts its lines as the whole does.
    """

    text: str
    grid: Mapping[int, tuple[GridCell, ...]] = field(default_factory=lambda: MappingProxyType({}))
    first_line: int = 1
    folded: str = field(init=False, repr=False, compare=False)
    """`text` with half-width characters only; places and lines are the same."""
    is_plain: bool = field(init=False, repr=False, compare=False)
    """Whether the text holds no full-width digits, letters or signs; False where that is not certain."""

    def __post_init__(self) -> None:
        """Fold the text at once: every reader asks for that, and a plain attribute is got several times as quickly as a cached one."""
        folded, is_plain = _folded(self.text)
        object.__setattr__(self, "folded", folded)
        object.__setattr__(self, "is_plain", is_plain)

    @classmethod
    def of(cls, lines: Iterable[Line], *, is_cut: bool = False) -> Document:
        """The document that prints `lines`. A line break inside a line or cell counts as a space.

        `is_cut` says that the last line may not be whole.
        """
        texts: list[str] = []
        grid: dict[int, tuple[GridCell, ...]] = {}
        for number, line in enumerate(lines, start=1):
            if isinstance(line, str):
                texts.append(_one_line(line))
            else:
                cells = tuple(cell._replace(text=_one_line(cell.text).replace("\t", " ")) for cell in line)
                grid[number] = cells
                texts.append("\t".join(cell.text for cell in cells))
        return cls("\n".join(texts) + ("" if is_cut or not texts else "\n"), grid)

    @cached_property
    def lines(self) -> list[str]:
        """The lines as printed; `lines[i]` has the number `first_line + i`."""
        return self.text.split("\n")

    def fold(self, part: str) -> str:
        """Something that the document prints, folded; quicker than `fold` where the document is plain."""
        return fold_marks(part) if self.is_plain else fold(part)

    def line_at(self, place: int) -> int:
        """The number of the line that the character at `place` of the text stands on."""
        if len(self.text) <= _SHORT_TEXT:
            return self.text.count("\n", 0, place) + self.first_line
        return bisect_left(self._line_ends, place) + self.first_line

    def lines_at(self, places: Sequence[int]) -> Sequence[int]:
        """The numbers of the lines that the characters at `places` of the text stand on; each place is behind the one before."""
        if len(self.text) > _SHORT_TEXT:
            return [*map(self.line_at, places)]
        return [
            number + self.first_line
            for number in accumulate([self.text.count("\n", *between) for between in pairwise((0, *places))])
        ]

    @cached_property
    def _line_ends(self) -> Sequence[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def line_start(self, place: int) -> int:
        """The place where the line begins that the character at `place` stands on."""
        return self.text.rfind("\n", 0, place) + 1

    def part(self, start: int, end: int) -> Document:
        """The lines from place `start`, where a line begins, to place `end`."""
        first = self.line_at(start)
        last = self.line_at(end)
        grid = {line: cells for line, cells in self.grid.items() if first <= line <= last} if self.grid else self.grid
        return Document(self.text[start:end], grid, first)


_CONTROLS = re.compile("[\0-\x08\x0e-\x1f]")


def _one_line(text: str) -> str:
    """Without line breaks and control characters, which no reader expects inside a line."""
    return _CONTROLS.sub("", text).replace("\r", " ").replace("\n", " ").replace("\f", " ").replace("\v", " ")
