"""Dates and years as reports print them: 2023年1月17日, 2023-01-17, 2023.1.17, 二〇二三年一月十七日.

All functions take folded text (half-width digits and punctuation).
"""

from __future__ import annotations

import re
from datetime import date

_ZERO = "〇○零OoΟ0"
_DIGITS = str.maketrans("〇○零OoΟ一二三四五六七八九", "000000123456789")
YEAR = rf"(?:20\d\d|二[{_ZERO}][{_ZERO}一二三四五六七八九]{{2}})"
"""A year in digits or Chinese numerals, without its 年."""
YEAR_ALONE = rf"(?:2(?<!\d2)0\d\d|二(?<!\d二)[{_ZERO}][{_ZERO}一二三四五六七八九]{{2}})"
"""A year that no digit precedes. What it begins with stands first, for that makes the search quick."""
DATE = (
    rf"(?:20\d\d[年.\-/]\d{{1,2}}[月.\-/]\d{{1,2}}(?:日|(?!\d))"
    rf"|二[{_ZERO}][{_ZERO}一二三四五六七八九]{{2}}年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日)"
)
"""A date in text without white space."""

_IN_DIGITS = re.compile(r"(20\d\d)\D(\d{1,2})\D(\d{1,2})日?")
_IN_WORDS = re.compile(r"(二.{3})年(十[一二]?|[一二三四五六七八九])月([一二三]?十?[一二三四五六七八九十])日")
_STATED = re.compile(r"(20\d\d)\s?[年.\-/]\s?(\d{1,2})\s?[月.\-/]\s?(\d{1,2})(?!\d)")

_GAP = r"\s{0,6}"
_PERIOD = re.compile(
    rf"20\d\d{_GAP}[年.\-/]{_GAP}0?1{_GAP}[月.\-/]{_GAP}(?:0?1{_GAP}日?)?{_GAP}(?:零时)?(?:起{_GAP})?(?:,{_GAP})?"
    rf"(?:至|到|截至|-+|—+|–+|~+|－+){_GAP}"
    rf"(?:(?P<end>20\d\d){_GAP}[年.\-/]{_GAP}|(?:同|当|本)年)?{_GAP}(?P<month>\d\d?){_GAP}(?:[月.\-/]{_GAP}(?P<day>\d\d?){_GAP}日?|月)"
)
_PERIOD_IN_WORDS = re.compile(
    rf"(?P<start>二[{_ZERO}][{_ZERO}一二三四五六七八九]{{2}})年一月一日起?(?:至|到|-|—)(?:(?P<end>二.{{3}})年)?十二月三十一日"
)
_PERIOD_YEAR = re.compile(
    rf"统计{_GAP}(?:期限|时间|区间|范围|周期|年度)[^\d\n。;]{{0,8}}(20\d\d){_GAP}年度?(?!{_GAP}\d)"
)
_CUE = re.compile("统计|数据|本报告|报告期|年报期")
_COUNTER_CUE = re.compile("显示|表明|政策|施行|有效期|执行期")
_CUE_REACH = 60
"""The words that make a period that of the report stand so near before it, within its sentence."""


def year_of(printed: str) -> int:
    """The year that a match of `YEAR` prints."""
    return int(printed if printed.isdecimal() else printed.translate(_DIGITS))


def date_of(printed: str) -> date | None:
    """The date that a match of `DATE` prints; None where there is no such day."""
    try:
        if match := _IN_DIGITS.fullmatch(printed):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _IN_WORDS.fullmatch(printed):
            return date(year_of(match[1]), _number_in_words(match[2]), _number_in_words(match[3]))
    except ValueError:
        pass  # 2月30日, 十十日
    return None


def first_date(text: str) -> date | None:
    """The first date that the text states in digits, as in 2023-01-20 10:30."""
    match = _STATED.search(text)
    return date_of("-".join(match.groups())) if match else None


def _number_in_words(words: str) -> int:
    """Numbers up to 39: 三, 十七, 二十, 二十三."""
    tens, mark, ones = words.rpartition("十")
    if not mark:
        return int(words.translate(_DIGITS))
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)


def report_period(text: str) -> tuple[int | None, bool]:
    """(the year that the report states its figures for, whether it states an odd period instead).

    Only a whole calendar year counts, and only where the sentence speaks of statistics, figures or the report: other periods
    are those of a policy or a project.
    """
    is_odd = False
    for match in _PERIOD.finditer(text):
        if not _is_of_report(text, match.start()):
            continue
        year = match[0][:4]
        end, month, day = match.group("end", "month", "day")
        if end in (None, year) and int(month) == 12 and day in (None, "31"):
            return int(year), False
        is_odd = True
    if "统计" in text:
        if stated := _PERIOD_YEAR.search(text):
            return int(stated[1]), False
        if "十二月" in text and (words := _PERIOD_IN_WORDS.search("".join(text.split()))):
            start = year_of(words["start"])
            return (start, False) if year_of(words["end"] or words["start"]) == start else (None, True)
    return None, is_odd


def _is_of_report(text: str, place: int) -> bool:
    sentence = text[max(0, place - _CUE_REACH) : place].rpartition("。")[2]
    if not sentence.isprintable():
        sentence = "".join(sentence.split())
    return _CUE.search(sentence) is not None and not _COUNTER_CUE.search(sentence)
