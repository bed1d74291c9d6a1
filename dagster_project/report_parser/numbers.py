"""Reading one printed token: is it a figure, a dash, or words?"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from .memo import Memo
from .model import CellState

_MAX_WHOLE_DIGITS = 12
_MAX_DECIMALS = 6
"""The warehouse stores values as DECIMAL(18,6): a longer number could not be kept as printed, so it stays text."""
MOST_COUNT_DIGITS = 9
"""A longer figure is a telephone number, a code or two cells run together, but no count of cases or documents. Sums of counts stay
within DECIMAL(18,6) so, however many a report has."""

_COUNT_UNITS = "件|条|项|宗|个|次|份|例|起|部|户"
_WHOLE = rf"\d{{1,3}}(?:,\d{{3}}){{1,3}}|0|[1-9]\d{{0,{_MAX_WHOLE_DIGITS - 1}}}"
_DECIMALS = rf"\.\d{{1,{_MAX_DECIMALS}}}"
_UNITS = rf"(?:{_DECIMALS})?(?:[ ]?(?:万元|元|{_COUNT_UNITS}))?"
"""What may follow the whole number: decimals, a unit."""
_DASHES = r"/\\\-−–—―_"
_INCREASE_ONLY = r"\+[ ]?\([ ]?\d{0,9}[ ]?\)[ ]?[-−][ ]?\([ ]?0?[ ]?\)"
_DECREASE_ONLY = r"\+[ ]?\([ ]?0?[ ]?\)[ ]?[-−][ ]?\([ ]?\d{0,9}[ ]?\)"

TOKEN = (
    rf"[0-9+\-−{_DASHES}无](?<![^\s|].)(?:"
    rf"(?<=0){_UNITS}|(?<=[1-9])\d{{0,{_MAX_WHOLE_DIGITS - 1}}}{_UNITS}|(?<=[0-9])\d{{0,2}}(?:,\d{{3}}){{1,3}}{_UNITS}|"
    rf"(?<=[+\-−])(?:{_WHOLE}){_UNITS}|(?<=[{_DASHES}])[{_DASHES}]{{0,19}}|(?<=无)|"
    rf"(?<=\+){_INCREASE_ONLY[2:]}|(?<=\+){_DECREASE_ONLY[2:]})"
)
"""A half-width expression for what stands for a cell's content, at the beginning of a word.

Its first character stands first, and what it means for the rest after it: so the search looks for characters, which is several times as
quick as trying an expression at each. Thousand separators and count units are part of the figure. "+(0) -(0)", the trial form's way to
print a change, is a figure when at most one side is not zero. A run of zeros is no figure here: it may be several glued cells.
"""

_FIGURE_PARTS = re.compile(
    rf"(?P<sign>[+\-−])?(?P<whole>{_WHOLE})(?P<decimals>{_DECIMALS})?(?:[ ]?(?:(?P<unit>万元|元)|{_COUNT_UNITS}))?"
)
_DASH_ONLY = re.compile(rf"[{_DASHES}]{{1,20}}|无")
_CHANGE = re.compile(rf"{_INCREASE_ONLY}|{_DECREASE_ONLY}")
_DIGITS = re.compile(r"\d+")


class Token(NamedTuple):
    """What a token prints. `unit` is the money unit printed with it, 元 or 万元."""

    state: CellState
    value: Decimal | None = None
    unit: str | None = None


_DASHED = Token(CellState.DASH)


def token_of(text: str) -> Token | None:
    """The token that a text (half-width, stripped) prints, or None where it is words."""
    if match := _FIGURE_PARTS.fullmatch(text):
        sign = "-" if match["sign"] in ("-", "−") else ""
        value = Decimal(f"{sign}{match['whole'].replace(',', '')}{match['decimals'] or ''}")
        return Token(CellState.NUMBER, value, match["unit"])
    if _DASH_ONLY.fullmatch(text):
        return _DASHED
    if _CHANGE.fullmatch(text):
        increase, _, decrease = text.partition(")")
        up, down = (int(digits[0]) if (digits := _DIGITS.findall(side)) else 0 for side in (increase, decrease))
        return Token(CellState.NUMBER, Decimal(up - down))
    return None


read_token = Memo(token_of, most=8192, longest=40).__getitem__
"""`token_of`, remembered: most cells of most reports print the same few figures."""
