"""References to the cells of a sheet, as workbooks write them: A1, $B$2, C3:D4."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

Place = tuple[int, int]
"""Row and column in the sheet, both from 0."""

AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?(?![0-9A-Za-z(!])")
"""One cell or the area between two, inside a formula."""
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Area(NamedTuple):
    """A rectangle of cells, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    def has_any(self, places: Collection[Place]) -> bool:
        return any(self.top <= row <= self.bottom and self.left <= column <= self.right for row, column in places)


def column_of(letters: str) -> int:
    """The column that is named so, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place_of(reference: str) -> Place | None:
    """The place of one cell, without $; None where it is not told like that."""
    match = _CELL.fullmatch(reference)
    return (int(match[2]) - 1, column_of(match[1])) if match else None


def areas_of(formula: str) -> list[Area]:
    """The cells that a formula refers to in its own sheet."""
    found = []
    for first_column, first_row, last_column, last_row in AREA.findall(formula):
        rows = sorted((int(first_row), int(last_row or first_row)))
        columns = sorted((column_of(first_column), column_of(last_column or first_column)))
        found.append(Area(rows[0] - 1, columns[0], rows[1] - 1, columns[1]))
    return found
