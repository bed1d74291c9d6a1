"""The sign-off: the organ and the day at the end of the report, under its title, or under a covering letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .dates import DATE, date_of, first_date
from .gazetteer import Gazetteer
from .metadata import PUBLISHED
from .organ import clean_organ

_LAST_HEADING = "报告的事项"
_TAIL_WITHOUT_HEADING = 3_000
_MAX_TAIL = 20_000
_MAX_LINE = 110
_LINES_UNDER_TITLE = 3
_SIGNED = re.compile(rf"(?P<before>[^\d]{{0,60}}?)\(?(?P<day>{DATE})\)?。?")
_PAGE_DATE = re.compile(
    r"(?P<label>[^\d:\s]{2,6})[ ]{0,3}:.{0,40}|(?P<bare>20\d\d[-/]\d\d?[-/]\d\d?)(?:[ ]{1,4}\d\d?:\d\d(?::\d\d)?)?"
)
"""A date of the page, not of the report: labelled, or in digits alone under the title, perhaps with a clock time."""
_LABELLED_DATE = re.compile(r"([^\d:\s]{2,6})[ ]{0,3}:[ ]{0,3}(?=20\d\d)")
_DATE_AND_SOURCE = re.compile(r"20\d\d-\d\d?-\d\d?[ \t]{1,8}[^\d\s。,;]{2,20}")
"""How a page's system prints the day of publication and who published, under the title."""
_REMEMBERED = 4_096
_MAY_END_A_DATE = frozenset("日)。0123456789")


class Signature(NamedTuple):
    organ: str | None = None
    day: date | None = None
    published_on: date | None = None


class _DatedLine(NamedTuple):
    """A line that ends as a date does. `is_of_page`: its date is that of the page, `published_on`; `is_bare`: nothing else stands
    there. Otherwise `day` is that of the signature, if it is one, and `name` what stands before it."""

    is_of_page: bool = False
    is_bare: bool = False
    published_on: date | None = None
    day: date | None = None
    name: str = ""


def read_signature(head: str, text: str, end: int, gazetteer: Gazetteer) -> Signature:
    """The sign-off of the report `text`, whose title ends `head` and whose sections begin at `end`, all folded."""
    heading = text.rfind(_LAST_HEADING, end)
    start = heading if heading >= 0 else max(end, len(text) - _TAIL_WITHOUT_HEADING)
    at_end = _read(text[max(start, len(text) - _MAX_TAIL) :].split("\n"), gazetteer)
    if at_end.day:
        return at_end
    lines = [line for line in head.split("\n") if line and not line.isspace()]
    titles = [index for index, line in enumerate(lines) if line.rstrip(" #*》】)").endswith(("告", "年报"))]
    title = titles[-1] if titles else len(lines) - 1
    found = _read(lines[title + 1 : title + 1 + _LINES_UNDER_TITLE], gazetteer, is_above=True)
    if not found.day:
        letter = _read(lines[:title], gazetteer, is_above=True)
        found = Signature(letter.organ, letter.day if letter.organ else None, found.published_on or letter.published_on)
    return Signature(found.organ, found.day, at_end.published_on or found.published_on)


def _read(lines: Sequence[str], gazetteer: Gazetteer, is_above: bool = False) -> Signature:
    """The last date that has an organ's name beside it, else the first that stands alone; `is_above` the sections, a date in
    digits alone is the page's."""
    alone: date | None = None
    published_on: date | None = None
    filled = [line.strip() for line in lines if line and not line.isspace()]
    for index in range(len(filled) - 1, -1, -1):
        line = filled[index]
        if is_above and _DATE_AND_SOURCE.fullmatch(line):
            published_on = first_date(line) or published_on
            continue
        if line[-1] not in _MAY_END_A_DATE or ("2" not in line and "年" not in line):
            continue
        dated = _dated_line(line[-_MAX_LINE:], is_above)
        if dated.is_of_page and not (dated.is_bare and _neighbour(filled, index, gazetteer)):
            published_on = dated.published_on or published_on
            continue
        if dated.day is None:
            continue
        organ = clean_organ(dated.name, gazetteer) if dated.name else None
        if organ is None and dated.name.strip("()·.-_—"):
            continue  # the end of a sentence
        if organ := organ or _neighbour(filled, index, gazetteer):
            return Signature(organ, dated.day, published_on)
        alone = dated.day
    return Signature(None, alone, published_on)


@lru_cache(_REMEMBERED)
def _dated_line(raw: str, is_above: bool) -> _DatedLine:
    """What a line says by itself. Many reports are signed on the same day: most such lines are known."""
    line = "".join(raw.split())
    if "20" not in line and "年" not in line:
        return _DatedLine()
    page = _PAGE_DATE.fullmatch(raw) if ":" in raw or "-" in raw or "/" in raw else None
    labelled = _LABELLED_DATE.search(raw) if ":" in raw else None
    is_bare = bool(page and page["bare"])
    is_of_page = bool(
        (labelled and labelled[1] in PUBLISHED)
        or (page and page["label"] in PUBLISHED)
        or (is_bare and (is_above or ":" in raw))
    )
    match = _SIGNED.fullmatch(line if line.endswith("。") else line.rpartition("。")[2])
    return _DatedLine(
        is_of_page=is_of_page,
        is_bare=is_bare,
        published_on=first_date(raw) if is_of_page else None,
        day=date_of(match["day"]) if match else None,
        name=match["before"].rpartition(":")[2] if match else "",
    )


def _neighbour(lines: Sequence[str], index: int, gazetteer: Gazetteer) -> str | None:
    """The organ that the line above names, or the one below."""
    for neighbour in (index - 1, index + 1):
        if 0 <= neighbour < len(lines):
            name = "".join(lines[neighbour][-_MAX_LINE:].split()).rpartition(":")[2]
            if organ := clean_organ(name, gazetteer):
                return organ
    return None
