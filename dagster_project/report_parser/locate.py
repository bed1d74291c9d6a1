"""Where the statutory tables of a report stand, and where one report of a document ends and the next begins.

Prose may name the tables' words too, so each table is sought from what only the form prints, backwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from .document import Document
from .form import DISPUTE_CHARACTERS

_GAP = r"[\s|]{0,40}"
"""What may stand between two characters of a label that is wrapped, spread out or written downwards."""


def _spread(label: str) -> str:
    return _GAP.join(label)


_ONE_OF_HEADINGS_2021 = ("本年制发件数", "本年废止件数", "本年处理决定数量", "本年收费金额")
_ONE_OF_HEADINGS_2019 = ("本年新制作数量", "本年新公开数量", "对外公开总数量", "上一年项目数量", "采购项目数量")
_DISCLOSURE_LABEL = "第二十条第(一)项"
_DISCLOSURE_START = re.compile(_GAP.join(map(re.escape, _DISCLOSURE_LABEL)))
_DISCLOSURE_HEADING = re.compile("|".join(map(_spread, (*_ONE_OF_HEADINGS_2021, *_ONE_OF_HEADINGS_2019))))
_APPLICATION_LABELS = ("勾稽关系", "申请人情况")
_APPLICATION_HEADS = tuple(re.compile(_spread(label)) for label in _APPLICATION_LABELS)
"""Each by itself: what begins with one certain character is found several times as quickly as what may begin with two."""
_FIRST_ROW_LABEL = "新收"
_APPLICATION_FIRST_ROW = re.compile(_spread(_FIRST_ROW_LABEL))
_APPLICATION_BODY = re.compile(
    rf"{_spread('上年')}{_GAP}度?{_GAP}{_spread('结转')}(?=[^。]{{0,800}}?{_spread('予以公开')})"
)
_RESULTS = "|".join(map(_spread, ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")))
_TRACKS = "|".join(map(_spread, ("未经复议直接起诉", "复议后起诉", "行政复议", "行政诉讼")))
_DISPUTE_HEADINGS = re.compile(rf"[结其尚总未复行](?<=(?=(?:(?:{_RESULTS}|{_TRACKS}){_GAP}){{8}}).)")
"""The place where eight headings of table 4 begin; one character stands first, for that makes the search quick."""
_DISPUTE_WORD = re.compile(_spread("尚未审结"))
_IN_DISPUTE_HEADINGS = f"{DISPUTE_CHARACTERS}|{''.join(filter(str.isspace, map(chr, range(0x10000))))}"
"""What may stand between the first of these headings and another: their characters, white space, the lines of a table."""
_DISPUTE_TRACK = re.compile(_spread("未经复议直接起诉"))
_DISPUTE_BROKEN = re.compile(rf"(?:[{DISPUTE_CHARACTERS}]{_GAP}){{70}}")
"""The headings of table 4 broken into pieces by narrow columns: all that stands there are their characters."""
_TRACK_DISTANCE = 60
"""They begin at most so many characters above the names of the tracks."""
_HEADINGS_DISTANCE = 300
"""The headings of table 4 begin at most so many characters above this word."""
_HEADING = re.compile(
    r"[\s#*|]{0,20}(?:[一二三四五六七八]\s?[、.,]?\s?)?(?:行政机关|政府信息公开工作|因)?"
    r"(?:收到和处理政府信息公开申请|政府信息公开(?:工作)?(?:被申请)?行政复议|存在的?(?:主要)?问题|其他(?:需要)?报告的?事项)"
)
"""How the line of a heading of sections 三 to 六 begins."""
_ENDS_OF_HEADINGS = (("收", "到和处理政府信息公开申请"), ("开作请", "行政复议"), ("在的要", "问题"), ("告的", "事项"))
"""With the characters one of which stands before: most of these words stand in prose and in the tables."""
_LONGEST_HEADING = 60
_OVERVIEW = re.compile(r"^[\s#*|]{0,20}[一1]\s?[、.,]\s?(?:总体情况|概述)", re.MULTILINE)
_TITLE = re.compile(
    r"^(?:[\u4e00-\u9fff ]{4,30}\n)?[^\n。;]{0,60}20\d\d\s?年[^\n。;]{0,40}(?:\n[^\n。;]{0,12})?公开[^\n。;]{0,12}报告[^\n。;]{0,4}$",
    re.MULTILINE,
)
"""A report's title, perhaps broken, and the organ's name where it stands on the line above."""
_HEAD_DISTANCE = 1500
"""The head of table 3 stands at most so many characters above its second row."""
_LABEL_DISTANCE = 60
"""A table starts with its line, unless more than this stands before it there: then that is prose, and the line a long one."""


class Span(NamedTuple):
    """From place `start` of a document's text to place `end`."""

    start: int
    end: int


class Places(NamedTuple):
    """Where the tables stand; None where a table is missing."""

    disclosure: Span | None
    application: Span | None
    dispute: Span | None


def find_tables(document: Document) -> Places:
    """The tables of `document`, which holds one report."""
    text = document.folded
    application = _application_start(text)
    limit = len(text) if application is None else application
    disclosure = _last(_DISCLOSURE_START, text, limit, max(0, text.rfind(_DISCLOSURE_LABEL, 0, limit)))
    if disclosure is None and (heading := _DISCLOSURE_HEADING.search(text, 0, limit)):
        disclosure = heading.start()
    dispute = _dispute_start(text, application or disclosure or 0)
    end = len(text)
    spans: list[Span | None] = []
    for place in (dispute, application, disclosure):
        if place is None:
            spans.append(None)
            continue
        start = _line_start(document, place)
        spans.append(Span(start, _first_heading(text, start, end)))
        if start < end:
            end = start
    return Places(*reversed(spans))


def _first_heading(text: str, start: int, end: int) -> int:
    """Where the first line begins that is a heading of sections 三 to 六, between two places of the text; `end` where there is none."""
    first, end_of_first = end, end
    for before, word in _ENDS_OF_HEADINGS:
        place = text.find(word, start, end_of_first)
        while place >= 0:
            end_of_heading = place + len(word)
            if text[place - 1] in before and (line := _line_of_heading(text, end_of_heading)) >= start:
                first, end_of_first = line, end_of_heading
                break
            place = text.find(word, end_of_heading, end_of_first)
    return first


def _line_of_heading(text: str, end: int) -> int:
    """Where the line begins that is a heading up to `end`; -1 where it is none."""
    line = text.rfind("\n", max(0, end - _LONGEST_HEADING), end) + 1
    return line if _HEADING.fullmatch(text, line, end) else -1


def _headings(text: str, start: int, end: int) -> Iterator[int]:
    """Where the lines begin that are headings of sections 三 to 六, between two places of the text."""
    for _, word in _ENDS_OF_HEADINGS:
        place = text.find(word, start, end)
        while place >= 0:
            place += len(word)
            if (line := _line_of_heading(text, place)) >= start:
                yield line
            place = text.find(word, place, end)


def split_reports(document: Document) -> list[Document]:
    """The reports that one document holds, each with its own tables: usually one."""
    text = document.folded
    bodies = [match.start() for match in _APPLICATION_BODY.finditer(text)]
    cuts = []
    for before, after in pairwise(bodies):
        overview = _last(_OVERVIEW, text, after, before)
        if overview is None:
            place = _last(_DISCLOSURE_START, text, after, before)
        else:
            heading = max(_headings(text, before, overview), default=before)
            title = _TITLE.search(text, heading, overview)
            place = title.start() if title else overview
        if place is not None:
            cuts.append(document.line_start(place))
    if not cuts:
        return [document]
    return [document.part(start, end) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _application_start(text: str) -> int | None:
    body = _APPLICATION_BODY.search(text)
    if body is None:
        return None
    start, end = max(0, body.start() - _HEAD_DISTANCE), body.start()
    # What is printed unbroken tells from where on it is to be sought, broken or not.
    first_row = _last(_APPLICATION_FIRST_ROW, text, end, max(start, text.rfind(_FIRST_ROW_LABEL, start, end)))
    # A page that breaks between the first two rows repeats the head below the first.
    below = end if first_row is None else first_row
    nearest = max(start, min([text.rfind(label, start, below) for label in _APPLICATION_LABELS]))
    heads = sorted([match.start() for head in _APPLICATION_HEADS for match in head.finditer(text, nearest, below)])
    if heads:
        # The head has two of these words, the first of them in the table's first line.
        return heads[-2] if len(heads) > 1 and heads[-1] - heads[-2] < 200 else heads[-1]
    return below


def _dispute_start(text: str, after: int) -> int | None:
    for word in _DISPUTE_WORD.finditer(text, after):
        nearest = max(after, word.start() - _HEADINGS_DISTANCE)
        # Nothing but headings stands between the first of them and this one.
        nearest += len(text[nearest : word.start()].rstrip(_IN_DISPUTE_HEADINGS))
        if headings := _DISPUTE_HEADINGS.search(text, nearest, word.end() + _HEADINGS_DISTANCE):
            return headings.start()
    for track in _DISPUTE_TRACK.finditer(text, after):
        nearest = max(after, track.start() - _TRACK_DISTANCE)
        if headings := _DISPUTE_BROKEN.search(text, nearest, track.end() + 2 * _HEADINGS_DISTANCE):
            return headings.start()
    return None


def _last(pattern: re.Pattern[str], text: str, end: int, start: int = 0) -> int | None:
    places = [match.start() for match in pattern.finditer(text, start, end)]
    return places[-1] if places else None


def _line_start(document: Document, place: int) -> int:
    start = document.line_start(place)
    is_whole = place - start <= _LABEL_DISTANCE or (document.grid and document.line_at(place) in document.grid)
    return start if is_whole else place
