"""Reading one printed token: is it a figure, a dash, or words?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .model import CellState

MAX_WHOLE_DIGITS = 12
MAX_DECIMALS = 6
"""The warehouse stores values as DECIMAL(18,6): a longer number could not be kept as printed, so it stays text."""

_COUNT_UNITS = "件|条|项|宗|个|次|份|例|起|部|户"
_FIGURE = re.compile(
    r"(?P<sign>[+\-−])?(?P<whole>\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.(?P<decimals>\d+))?"
    rf"(?P<unit>万元|元|{_COUNT_UNITS})?"
)
_ZEROS = re.compile(r"0{2,}")
_DASH = re.compile(r"[/\\\\\-−–—―_]+|无")
_INCREASE_DECREASE = re.compile(r"\+\s*\(?\s*(\d*)\s*\)?\s*[-−]\s*\(?\s*(\d*)\s*\)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A printed token that stands for a cell's content. `unit` is the money unit printed with it, 元 or 万元."""

    state: CellState
    value: Decimal | None = None
    unit: str | None = None


DASH = Token(CellState.DASH)


@lru_cache(maxsize=4096)  # most cells of most reports print the same few figures
def read_token(text: str) -> Token | None:
    """The token that `text` (half-width, stripped) prints, or None where it is words.

    Thousand separators and count units are part of the figure. "+(0) -(0)", the trial form's way to print a change, is a
    figure when at most one side is not zero. A run of zeros is not a figure here: it may be several glued cells.
    """
    if match := _FIGURE.fullmatch(text):
        whole = match["whole"].replace(",", "")
        decimals = match["decimals"] or ""
        if len(whole) > MAX_WHOLE_DIGITS or len(decimals) > MAX_DECIMALS:
            return None
        sign = "-" if match["sign"] in ("-", "−") else ""
        unit = match["unit"] if match["unit"] in ("元", "万元") else None
        return Token(CellState.NUMBER, Decimal(f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"), unit)
    if _DASH.fullmatch(text):
        return DASH
    if match := _INCREASE_DECREASE.fullmatch(text):
        up, down = (int(side or 0) for side in match.groups())
        return Token(CellState.NUMBER, Decimal(up - down)) if up == 0 or down == 0 else None
    return None


def is_glued_zeros(text: str) -> bool:
    """Several cells that each print 0, run together (规章000)."""
    return bool(_ZEROS.fullmatch(text))
