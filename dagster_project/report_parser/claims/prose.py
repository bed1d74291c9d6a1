"""The sections as one running text, and the sentences and figures in it.

What does not belong here: what a figure is of.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..document import fold
from ..sections import Passage

_LONGEST_SENTENCE = 1500
"""A longer one is no sentence but a table, a list without stops, or noise: it makes no claim."""
_LONGEST_OWN = 120

_MAX_WHOLE_DIGITS = 12
_MAX_DECIMALS = 6
"""The warehouse stores values as DECIMAL(18,6): a longer figure could not be kept as printed."""

_FIGURE = re.compile(
    r"(?P<number>[\d一二两三四五六七八九十百千][\d,.〇零一二两三四五六七八九十百千]{0,24}+)"
    r" ?(?P<more>余|多|来)?(?P<wan>万)?(?P<much>余|多)? ?"
    r"(?P<unit>条(?!例|件)|篇|期(?!间|限|刊|末|满)|则|件(?!事)|项(?!目)|份|宗|起(?!草|诉)|例(?!如)|个(?!月|工作日|村|部门)|部(?!门|分)|元)"
    r"(?P<after>左右|以上|以内)?"
)
_NUMBER = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?P<decimals>\.\d+)?")
_YEAR = re.compile(r"20\d\d(?= ?年)")
_TITLE = re.compile(r"《[^《》]{0,80}》")
_MARK = re.compile("[,;:()]")
_TAIL = re.compile(r"[^,;:()、。!?\d]{0,16}")
_SUB_HEADING = re.compile(r"[\(（一二三四五六七八九十\d#*]")
_LONGEST_SUB_HEADING = 24
_TOPIC = re.compile(r"\([一二三四五六七八九十\d]{1,2}\)([^\n。]{0,16})")
_TOPIC_DISTANCE = 400
_CHINESE_NUMBER = re.compile(
    r"(?:(?P<thousands>[一二两三四五六七八九])千)?(?:(?P<hundreds>[一二两三四五六七八九])百)?"
    r"(?:(?P<tens>[一二三四五六七八九]?)十)?(?P<ones>[一二两三四五六七八九])?"
)
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"两": 2}
_ABOUT = ("约", "近", "超", "超过", "逾", "上")
_FILLER = "共合总累计为有达约近超过逾上数量了的是均各"
_NOT_BEFORE = frozenset("第-—~～/.每几数零〇一二两三四五六七八九十百千万亿")
_SKIPPED_SECTION = "problems"
"""Its figures are examples, plans and targets."""


class Figure(NamedTuple):
    """A counted figure of a sentence with what stands around it, spaces taken out.

    `own` is the text between it and the mark or figure before it, without filling words (共计, 约) at its end; `lead` is the
    clause before that, "" where another figure stands there; `before` is all of the sentence before the figure, `tail` what
    follows it up to the next mark. `end` is its end in the sentence's text, `is_first` says that no figure stands before it.
    """

    value: Decimal
    unit: str
    is_approximate: bool
    own: str
    lead: str
    before: str
    tail: str
    end: int
    is_first: bool


class Sentence(NamedTuple):
    """`text` is folded; `printed` is the same as printed, with line breaks taken out; `start` is its place in the prose.

    `is_of_report_year` says that it names no other year. `figures` leaves those out that a year before them puts elsewhere.
    """

    text: str
    printed: str
    start: int
    section: str
    is_of_report_year: bool
    figures: tuple[Figure, ...]


class Prose:
    """The running text of all sections but the fifth."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        printed: list[str] = []
        self._starts: list[int] = []
        self._lines: list[int] = []
        self._sections: list[tuple[int, str]] = []
        place = 0
        for section, numbers in passages:
            if section.code == _SKIPPED_SECTION or not section.text:
                continue
            self._sections.append((place, section.code))
            self._lines += numbers
            lines = section.text.split("\n")
            for line, after in zip(lines, [*lines[1:], ""], strict=True):
                self._starts.append(place)
                join = _join(line, after)
                printed += (line, join)
                place += len(line) + len(join)
        self._printed = "".join(printed)
        self._text = fold(self._printed)
        self._topics = [(topic.start(), topic[1]) for topic in _TOPIC.finditer(self._text)]
        self._topic_places = [place for place, _ in self._topics]
        self._stops = self._text.replace("\n", "。").replace("!", "。").replace("?", "。")

    def line_at(self, place: int) -> int:
        """The number of the document's line that the character at `place` stands on."""
        return self._lines[bisect_right(self._starts, place) - 1]

    def sentences(self, denial: re.Pattern[str]) -> Iterator[Sentence]:
        """The sentences that hold a counted figure or a word of `denial`, in printed order."""
        figures = list(_FIGURE.finditer(self._text))
        places = sorted([match.start() for match in figures] + [match.start() for match in denial.finditer(self._text)])
        report_year = self._report_year()
        end = index = 0
        for place in places:
            if place < end:
                continue
            start = self._stops.rfind("。", end, place) + 1 or end
            end = self._stops.find("。", place) + 1 or len(self._text)
            while index < len(figures) and figures[index].start() < start:
                index += 1
            first = index
            while index < len(figures) and figures[index].start() < end:
                index += 1
            if end - start > _LONGEST_SENTENCE:
                continue
            text = self._text[start:end]
            if "《" in text:
                text = _TITLE.sub(lambda title: "《" + " " * (len(title[0]) - 2) + "》", text)
            section = self._sections[bisect_right(self._sections, (start, "~")) - 1][1]
            printed = self._printed[start:end]
            other_years = report_year and set(_YEAR.findall(text)) - {report_year}
            is_of_report_year = not other_years
            counted = tuple(_figures(text, printed, start, figures[first:index], report_year if other_years else None))
            yield Sentence(text, printed, start, section, is_of_report_year, counted)

    def topic_at(self, place: int) -> str:
        """The last numbered sub-heading before `place`, or "" where none stands near."""
        index = bisect_right(self._topic_places, place)
        if not index or place - self._topic_places[index - 1] > _TOPIC_DISTANCE:
            return ""
        return self._topics[index - 1][1]

    def _report_year(self) -> str | None:
        years = Counter(_YEAR.findall(self._text)).most_common(2)
        if not years or (len(years) == 2 and years[0][1] == years[1][1]):
            return None
        return str(years[0][0])


def _join(line: str, after: str) -> str:
    """What stands between two lines of running text: nothing where a sentence was broken."""
    if line.endswith(("。", "!", "?", "！", "？")) or "\t" in line or "\t" in after:
        return "\n"
    if len(line) <= _LONGEST_SUB_HEADING and _SUB_HEADING.match(line):
        return "\n"
    # Figures on both sides of a break may be one or two: the space keeps them from being read.
    return " " if line[-1:].isdigit() and after[:1].isdigit() else ""


def _figures(
    text: str, printed: str, start: int, matches: Sequence[re.Match[str]], only_year: str | None
) -> Iterator[Figure]:
    marks = [mark.start() for mark in _MARK.finditer(text)]
    last = 0
    for match in matches:
        number, more, wan, much, unit, after = match.groups()
        place, end = match.start() - start, match.end() - start
        beginning, last = last, end
        before = text[:place]
        if not _stands_alone(before[-3:]) or "，" in printed[place:end]:
            continue  # 34，360 may be two figures
        value = _value(number, unit, is_wan=bool(wan))
        if value is None:
            continue
        index = bisect_left(marks, place)
        own_start = max(beginning, marks[index - 1] + 1 if index else 0)
        lead_start = max(beginning, marks[index - 2] + 1 if index > 1 else 0)
        own = text[own_start:place].replace(" ", "").lstrip("、和及与")
        if len(own) > _LONGEST_OWN:
            continue
        if only_year and (years := _YEAR.findall(before)) and years[-1] != only_year:
            continue
        tail = _TAIL.match(text, end)
        yield Figure(
            value,
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
