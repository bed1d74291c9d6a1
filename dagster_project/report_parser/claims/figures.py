"""The counted figures of a sentence, with what stands around each.

What does not belong here: what a figure is of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from .prose import FIGURE_MARK, OWN_YEAR, YEAR, is_of_own_year

_LONGEST_OWN = 120

_MAX_WHOLE_DIGITS = 12
_MAX_DECIMALS = 6
"""The warehouse stores values as DECIMAL(18,6): a longer figure could not be kept as printed."""

FIGURE = re.compile(
    r"(?P<number>[\d一二两三四五六七八九十百千][\d,.〇零一二两三四五六七八九十百千]{0,24}+)"
    r"(?= {0,2}[余多来万条篇期则件项份宗起例个部元])"  # nothing new, but soon told
    r" ?(?P<more>余|多|来)?(?P<wan>万)?(?P<much>余|多)? ?"
    r"(?P<unit>条(?!例|件)|篇|期(?!间|限|刊|末|满)|则|件(?!事)|项(?!目)|份|宗|起(?!草|诉)|例(?!如)|个(?!月|工作日|村|部门)|部(?!门|分)|元)"
    r"(?P<after>左右|以上|以内)?"
)
_NUMBER = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?P<decimals>\.\d+)?")
_MARK = re.compile("[,;:()]")
_TAIL = re.compile(r"[^,;:()、。!?\d]{0,16}")
_CHINESE_NUMBER = re.compile(
    r"(?:(?P<thousands>[一二两三四五六七八九])千)?(?:(?P<hundreds>[一二两三四五六七八九])百)?"
    r"(?:(?P<tens>[一二三四五六七八九]?)十)?(?P<ones>[一二两三四五六七八九])?"
)
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"两": 2}
_ABOUT = ("约", "近", "超", "超过", "逾", "上")
_FILLER = "共合总累计为有达约近超过逾上数量了的是均各"
_NOT_BEFORE = frozenset("第-—~～/.每几数零〇一二两三四五六七八九十百千万亿")


class Figure(NamedTuple):
    """A counted figure of a sentence with what stands around it, spaces taken out.

    `slot` says which of the sentence's figure marks stands for it, None for a figure that the skeleton prints itself; a mark counts 1,
    so that `value` is what the real figure is multiplied by. `own` is the text between it and the mark or figure before it,
    without filling words (共计, 约) at its end; `lead` is the clause before that, "" where another figure stands there; `before` is
    all of the sentence before the figure, `tail` what follows it up to the next mark. `end` is its end in the sentence's text,
    `is_first` says that no figure stands before it.
    """

    value: Decimal
    slot: int | None
    unit: str
    is_approximate: bool
    own: str
    lead: str
    before: str
    tail: str
    end: int
    is_first: bool


def figures_of(skeleton: str, text: str) -> Iterator[Figure]:
    """The figures of a sentence but those that a year before them puts elsewhere; `text` is its skeleton without the words of titles."""
    marks = [mark.start() for mark in _MARK.finditer(text)]
    names_other_year = not is_of_own_year(text)
    last = 0
    for match in FIGURE.finditer(skeleton):
        number, more, wan, much, unit, after = match.groups()
        place, end = match.span()
        beginning, last = last, end
        before = text[:place]
        if not _stands_alone(before[-3:]):
            continue
        value = _value(number, unit, is_wan=bool(wan))
        if value is None:
            continue
        index = bisect_left(marks, place)
        own_start = max(beginning, marks[index - 1] + 1 if index else 0)
        lead_start = max(beginning, marks[index - 2] + 1 if index > 1 else 0)
        own = text[own_start:place].replace(" ", "").lstrip("、和及与")
        if len(own) > _LONGEST_OWN:
            continue
        if names_other_year and (years := YEAR.findall(before)) and years[-1] != OWN_YEAR:
            continue
        tail = _TAIL.match(text, end)
        yield Figure(
            value,
            skeleton.count(FIGURE_MARK, 0, place) if number == FIGURE_MARK else None,
            "万元" if wan and unit == "元" else unit,
            bool(more or much or after) or own.endswith(_ABOUT),
            own.rstrip(_FILLER),
            text[lead_start : max(lead_start, own_start - 1)][-_LONGEST_OWN:],
            before,
            tail[0].replace(" ", "") if tail else "",
            end,
            not beginning,
        )


def _stands_alone(before: str) -> bool:
    """Whether a figure after the characters `before` is no part of something longer: a range, a date, an article's number."""
    ahead = before.rstrip()[-2:]
    if not ahead:
        return True
    mark = ahead[-1]
    return not (mark in _NOT_BEFORE or mark.isdigit() or (mark in ",、至到或比" and ahead[:-1].isdigit()))


def _value(printed: str, unit: str, *, is_wan: bool) -> Decimal | None:
    """The value, exact, of a figure printed in Arabic or Chinese numerals; None where it is none, or no count."""
    if printed.isdecimal() and printed[0] != "0" and len(printed) <= _MAX_WHOLE_DIGITS:
        value = Decimal(printed)
    elif number := _NUMBER.fullmatch(printed):
        whole = number["whole"].replace(",", "")
        if len(whole) > _MAX_WHOLE_DIGITS or len(number["decimals"] or "") > _MAX_DECIMALS:
            return None
        value = Decimal(whole + (number["decimals"] or ""))
    elif counted := _chinese_value(printed):
        value = Decimal(counted)
    else:
        return None
    if unit == "元" or not (is_wan or "." in printed):
        return value
    value *= 10_000 if is_wan else 1
    return Decimal(int(value)) if value == value.to_integral_value() else None


def _chinese_value(text: str) -> int | None:
    match = _CHINESE_NUMBER.fullmatch(text)
    if match is None:
        return None
    if match["ones"] and (match["tens"] is None) and (match["hundreds"] or match["thousands"]):
        return None  # 一百二 may be 102 or 120
    thousands, hundreds, tens, ones = (
        _CHINESE_DIGITS.get(digit, 1) if digit is not None else 0
        for digit in (match["thousands"], match["hundreds"], match["tens"], match["ones"])
    )
    return thousands * 1000 + hundreds * 100 + tens * 10 + ones
