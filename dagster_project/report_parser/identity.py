"""Who reports, on which year, signed when.

Year: the statistics period, then the title, then the sign-off date less one. Organ: the title, then the sentence that publishes
the report (现公布《…》), then the signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .document import Document
from .gazetteer import Gazetteer
from .model import Finding

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = r"(?:20\d\d|二[〇○零0][一二三四五六七八九〇○零]{2})"
_REPORT = r"(?:政府)?(?:信息|政务)公开(?:工作)?(?:年度|年)?(?:工作)?(?:年度)?报告"
_TITLE = re.compile(
    rf"(?P<organ>[^,。;:!?《》\d]{{0,40}}?)(?:关于)?(?P<year>{_YEAR})年?度?(?P<organ_after>[^,。;:!?《》\d]{{0,30}}?){_REPORT}"
)
_HEADING = re.compile(r"[一二三四五六]、.*")
_NAMED_TITLE = re.compile(rf"《([^《》]{{4,80}}{_REPORT})》")
_PERIOD = re.compile(r"(20\d\d)年1月1日起?(?:至|到|-|—|~)(?:(20\d\d)年)?12月31日")
_DATE = re.compile(r"(20\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?")
_DATE_IN_WORDS = re.compile(
    r"(二[〇○零][一二三四五六七八九〇○零]{2})年(十[一二]|[一二三四五六七八九十])月([一二三]?十?[一二三四五六七八九十])日"
)
_HEAD_LINES = 60
"""The title stands within the first lines; a covering letter or a site's navigation may come before it."""
_MAX_TITLE_LINES = 3
_ORGAN_ENDINGS = (
    "人民政府",
    "办事处",
    "委员会",
    "管委会",
    "办公室",
    "局",
    "厅",
    "委",
    "中心",
    "院",
    "署",
    "行",
    "处",
    "所",
    "队",
    "馆",
    "会",
    "部",
    "校",
)


@dataclass(frozen=True, slots=True)
class Identity:
    title: str | None
    organ: str | None
    year: int | None
    period_start: date | None
    period_end: date | None
    signed_on: date | None
    findings: tuple[Finding, ...]


def read_identity(document: Document, gazetteer: Gazetteer) -> Identity:
    """Organ, year and dates of the report; what the document does not tell is None and has a finding."""
    text = "".join(document.squeezed)
    filled = [line for line in document.squeezed if line]
    title, title_organ, title_year = _title(filled[:_HEAD_LINES], text)
    signature, signed_on = _signature(filled)
    period = _PERIOD.search(text)
    period_start = date(int(period[1]), 1, 1) if period else None
    period_end = date(int(period[2] or period[1]), 12, 31) if period else None

    findings = []
    year = period_end.year if period_end else title_year or (signed_on.year - 1 if signed_on else None)
    if year is None:
        findings.append(Finding("year_unknown", "error", "统计期限、标题和落款都没有写明年度。"))
    elif title_year and title_year != year:
        findings.append(
            Finding("year_conflict", "warning", f"统计期限为 {year} 年，标题为 {title_year} 年；以统计期限为准。")
        )
    organ = _complete(title_organ or signature, text, gazetteer)
    if organ is None:
        findings.append(Finding("organ_unknown", "error", "标题、发布语和落款都没有写明行政机关。"))
    return Identity(title, organ, year, period_start, period_end, signed_on, tuple(findings))


def _title(head: Sequence[str], text: str) -> tuple[str | None, str | None, int | None]:
    """The title, and the organ and year in it.

    The last title among the head lines is the report's own: one before it belongs to a covering letter or to navigation.
    """
    titles = [match for end in range(1, len(head) + 1) if (match := _title_ending(head[:end]))]
    best = titles[-1] if titles else _named_title(text)
    if best is None:
        return None, None, None
    return best[0], best["organ"] or best["organ_after"] or None, int(best["year"].translate(_DIGITS))


def _title_ending(head: Sequence[str]) -> re.Match[str] | None:
    """The title that ends with the last line of `head`, over as few lines as it takes to name an organ."""
    without_organ = None
    for count in range(1, min(_MAX_TITLE_LINES, len(head)) + 1):
        lines = head[-count:]
        if _only_date(lines[0]) or _HEADING.fullmatch(lines[0]):
            break
        if match := _TITLE.fullmatch("".join(lines)):
            if match["organ"] or match["organ_after"]:
                is_named_above = without_organ and not lines[0].endswith(_ORGAN_ENDINGS)
                return without_organ if is_named_above else match
            without_organ = without_organ or match
    return without_organ


def _named_title(text: str) -> re.Match[str] | None:
    """The title as the prose names it: 现公布《…年度报告》."""
    named = _NAMED_TITLE.search(text)
    return _TITLE.fullmatch(named[1]) if named else None


def _signature(filled: Sequence[str]) -> tuple[str | None, date | None]:
    """The last line that is only a date, and the organ's name in the line above it."""
    for index in range(len(filled) - 1, -1, -1):
        if signed_on := _only_date(filled[index]):
            above = filled[index - 1] if index else ""
            return (above if len(above) <= 40 and above.endswith(_ORGAN_ENDINGS) else None), signed_on
    return None, None


def _only_date(text: str) -> date | None:
    try:
        if match := _DATE.fullmatch(text):
            year, month, day = (int(part) for part in match.groups())
        elif match := _DATE_IN_WORDS.fullmatch(text):
            year = int(match[1].translate(_DIGITS))
            month, day = (_number_in_words(part) for part in match.groups()[1:])
        else:
            return None
        return date(year, month, day)
    except ValueError:
        return None  # 2月30日, 十十日


def _number_in_words(words: str) -> int:
    """Numbers up to 39: 三, 十七, 二十, 二十三."""
    tens, mark, ones = words.rpartition("十")
    if not mark:
        return int(words.translate(_DIGITS))
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)


def _complete(organ: str | None, text: str, gazetteer: Gazetteer) -> str | None:
    """A title that names only a place means its government or its sub-district office, where the document says so."""
    if organ is None:
        return None
    organ = organ.removesuffix("关于")
    places = gazetteer.leading_places(organ)
    if places and "".join(places) == organ:
        for ending in ("人民政府", "办事处"):
            if f"{places[-1]}{ending}" in text:
                return organ + ending
    return organ
