"""Number formats of spreadsheets (ECMA-376 part 1, 18.8.31), as far as reports use them: digits, decimals, thousands, words, and what is shown of nothing.

No library that is kept up does this. What is not understood here (percent, scientific, fractions, conditions) is not guessed at.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<escaped>.)|_(?:.)|\*(?:.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|'
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]|"
    r"(?P<digits>general|g/\w+|[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]*)?)|(?P<end>;)|(?P<plain>[-+()¥￥$ :]|[^\x00-\x7f])",
    re.IGNORECASE | re.DOTALL,
)
_MOST_PLACES = 20


class _Section(NamedTuple):
    """What stands before and after the digits. `digits` is None where nothing but words is shown."""

    before: str
    digits: str | None
    after: str


def formatted(value: float, code: str) -> str | None:
    """What a number reads under the format `code`; None where the format holds what is not understood here."""
    sections = _sections(code)
    if sections is None or not isfinite(value):
        return None
    exact = Decimal(f"{value:.15g}")
    is_negative = exact < 0
    if is_negative and len(sections) > 1:
        section, is_negative = sections[1], False  # such a section writes its own sign
    elif not exact and len(sections) > 2:
        section = sections[2]
    else:
        section = sections[0]
    if section.digits is None:
        return f"{section.before}{section.after}".strip()
    try:
        digits = _digits(abs(exact), section.digits)
    except InvalidOperation:  # more digits than anything has that is counted
        return None
    sign = "-" if is_negative and digits.strip("0.,") else ""
    return f"{sign}{section.before}{digits}{section.after}".strip()


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...] | None:
    """The sections: of positive numbers, negative ones, nothing, text. None for what is not understood."""
    sections = []
    before, digits, after = "", None, ""
    end = 0
    while end < len(code):
        match = _TOKEN.match(code, end)
        if match is None:
            return None
        end = match.end()
        if match["end"]:
            sections.append(_Section(before, digits, after))
            before, digits, after = "", None, ""
        elif match["digits"]:
            if digits is not None or len(match["digits"]) > _MOST_PLACES:
                return None
            digits = match["digits"]
        else:
            words = match["words"] or match["escaped"] or match["currency"] or match["plain"] or ""
            if digits is None:
                before += words
            else:
                after += words
        if len(sections) == 3:
            break  # what is left is for texts
    else:
        sections.append(_Section(before, digits, after))
    return tuple(sections)


def _digits(value: Decimal, pattern: str) -> str:
    """A number that is not negative, by a pattern of digits: 0 is always shown, # and ? only where the number has such a digit."""
    if pattern[0] in "gG":  # General, in Chinese G/通用格式
        return f"{value:f}"
    whole, _, decimals = pattern.partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    shown_whole, _, shown_decimals = f"{rounded:f}".partition(".")
    least = len(decimals.rstrip("#?"))
    while len(shown_decimals) > least and shown_decimals.endswith("0"):
        shown_decimals = shown_decimals[:-1]
    shown_whole = shown_whole.lstrip("0").zfill(whole.count("0"))
    if "," in whole and shown_whole:
        shown_whole = f"{int(shown_whole):,}".zfill(len(shown_whole))
    return shown_whole + ("." if "." in pattern else "") + shown_decimals
