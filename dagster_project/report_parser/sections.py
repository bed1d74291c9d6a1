"""The six sections of a report: where each heading stands, and the prose under it.

A heading is known by its words at the beginning of a line, in any of its spellings and numberings. What does not belong here:
what the prose says (`claims/`, `problems.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from .document import Document
from .form import SECTIONS
from .memo import Memo
from .model import Section


class Passages(NamedTuple):
    """The sections of a report in printed order; `lines` has for each line of each section's text the number of the document's line that
    it stands on."""

    sections: tuple[Section, ...]
    lines: tuple[Sequence[int], ...]


class _Heading(NamedTuple):
    """What one place that may be a heading says. A higher rank is a likelier heading."""

    code: str
    rank: int
    is_alone: bool


_Place = tuple[int, int, _Heading]
"""The characters start to end, which may be a heading."""
_Cut = tuple[int, int, _Heading | None]
"""The characters start to end that are no prose: a heading's, or a table's."""
_start = itemgetter(0)
_END = _Heading("", 0, False)
"""Stands behind the last section."""


_CODES = tuple(code for code, _ in SECTIONS)
_ALL_CODES = frozenset(_CODES)
_NUMERALS = "一二三四五六"

_GAP = r"\s{0,4}"


def _spaced(expression: str) -> str:
    """`expression` with room for white space after each Chinese character; it must have no character class."""
    return re.sub("[\u4e00-\u9fff、]", lambda match: f"(?:{match[0]}{_GAP})", expression)


_STATUTORY = {
    "overview": "总体(?:工作)?情况|概述",
    "disclosure": "(?:行政机关)?主动公开政府信息的?(?:情况)?",
    "application": "(?:行政机关)?收到和处理政府信息公开申请的?(?:情况)?",
    "dispute": (
        "因?(?:政府)?(?:信息公开)?(?:工作|申请)?(?:引起|引发)?的?被?(?:申请|提起)?行政复议(?:案件)?(?:、|,|和|及|与)"
        "被?(?:提起|申请)?行政诉讼(?:案件)?的?(?:情况)?"
    ),
    "problems": (
        "(?:政府信息公开)?(?:工作)?中?存在的?(?:主要)?(?:困难|不足)?(?:和|与|、)?(?:问题|不足)(?:(?:和|与|、)(?:不足|困难))?"
        "(?:以及|及|和|与|、|,)(?:下一?步)?(?:改进|整改)(?:工作)?(?:情况|措施|打算|计划|意见)?"
    ),
    "other": "(?:其他|其它)需?要?(?:报告|说明)的?(?:事项|情况)",
}
"""The heading's words with the variants that no other line of a report has, whatever its number."""

_VARIANTS = {
    "overview": "(?:政府信息公开)?(?:工作)?的?(?:基本情况|总体概况|总体工作|概况)",
    "disclosure": "(?:政府信息)?主动公开(?:政府信息)?的?(?:工作)?情况",
    "application": "(?:政府信息)?依?申请公开(?:政府信息)?(?:办理|处理)?的?(?:工作)?情况|收到和办理政府信息公开申请",
    "dispute": "行政复议情况|因?政府信息公开(?:工作)?(?:被)?(?:申请)?行政复议",
    "problems": "(?:政府信息公开)?(?:工作)?中?(?:存在的?)?(?:主要)?(?:问题|不足)",
    "other": "需要(?:报告|说明)的其他(?:事项|情况)|其他事项",
}
"""Looser words, read as a heading only with a section's number before them and where the statutory words are missing."""

_NUMBER = (
    r"(?:第?[一二三四五六七八九十]{1,2}(?:部分|章)? ?[、.,:\s]|第[一二三四五六七八九十\d]{1,2}(?:部分|章)[、.,:\s]?"
    r"|[1-9] ?[、.,]|\([一二三四五六七八九十\d]{1,2}\)[、.]?|[①-⑩])"
)
_LEAD = rf"[ \t>#*|]{{0,12}}+(?P<number>(?:{_NUMBER}[ \t*|]{{0,8}}+){{0,3}})"
"""What follows begins with none of these marks: with fewer of them (+) it need not be tried."""


def _headings(words: dict[str, str]) -> str:
    """The words behind a lead; no word is tried where a character stands that none of them has."""
    characters = "".join(sorted(set(re.findall("[\u4e00-\u9fff]", "".join(words.values())))))
    return _LEAD + f"(?=[{characters}])(?:" + "|".join(f"(?P<{code}>{_spaced(words[code])})" for code in _CODES) + ")"


_HEADING = re.compile(_headings(_STATUTORY))
_LINE_HEADING = re.compile("^" + _headings(_STATUTORY), re.MULTILINE)
_LOOSE_HEADING = re.compile("^" + _headings(_VARIANTS), re.MULTILINE)
_INLINE_NUMBER = re.compile(r"[\s。;](?:第[一二三四五六]部分|[一二三四五六])[、.,:\s]{1,3}[^\s、。,;]{0,16}$")

_WORDS = frozenset(re.findall("[\u4e00-\u9fff、,]", "".join(_STATUTORY.values())))
"""The characters that a heading may go on with on the next line."""
_LONGEST_HEADING = 40
"""A longer line is more than a heading."""
_LONGEST_REMEMBERED = 120
"""A heading with the lines under it that it may go on with, nearly always the head of a table; what is longer is read each time."""

_ANCHORS = (
    ("总体情况", "overview"),
    ("主动公开政府信息", "disclosure"),
    ("收到和处理", "application"),
    ("行政复议", "dispute"),
    ("存在", "problems"),
    ("其他需", "other"),
)
"""Words that nearly every spelling of a heading has: they are found before any expression is tried."""
_BEHIND_NUMBER = ">#*|、.,:)分章①②③④⑤⑥⑦⑧⑨⑩"
_MAY_STAND_BEFORE = {
    anchor: frozenset(_BEHIND_NUMBER + _STATUTORY[code].partition(anchor[0])[0]) for anchor, code in _ANCHORS
}
"""What the character before an anchor may be, white space aside, where it belongs to a heading: the last of its number, or of a word."""

_SECTION_NUMBER = re.compile(
    r"(?:[1-9][.、,]\s*)?(?:第?[一二三四五六七八九十]{1,2}|第[\d一二三四五六七八九十]{1,2}(?:部分|章))"
)
_REST_OF_HEADING = re.compile(r"[^\s。;,:\d]{0,24}[ \t]*$|[ \t]*[*#|.…·。:;]*[ \t]*\d{0,3}[ \t|]*$", re.MULTILINE)
_RUNS_ON = re.compile(r"[ \t]*[。:;,.*|]|[ \t]|(?=\d)")
_LOOKS_BACK = 60
_LONGEST_FURNITURE = 40
_CONTENTS_ENTRIES = 3


def read_sections(document: Document, table_places: Sequence[tuple[int, int]]) -> Passages:
    """The sections found, each with its prose.

    `table_places` are the ranges (start, end) of characters of the document's text that the statutory tables take; the lines
    they stand on are left out of the prose. A heading printed more than once, in a table of contents, in a mirror's
    navigation or by mistake, counts once: at its last place that is no contents entry.
    """
    text = document.text
    candidates = _candidates(document.folded)
    headings = _chosen(text, candidates)
    cuts: list[_Cut] = [_whole_lines(text, start, end) for start, end in table_places]
    if len(headings) < len(candidates):
        cuts += [
            (start, end, None)
            for start, end, heading in candidates
            if heading.is_alone and heading.rank >= _NUMBERED and (start, end, heading) not in headings
        ]
    cuts += headings
    cuts.sort(key=_start)
    return _passages(document, cuts)


def _passages(document: Document, cuts: Iterable[_Cut]) -> Passages:
    """The sections whose headings are among `cuts`, each with the prose that stands between the cuts after it."""
    text = document.text
    sections: list[Section] = []
    lines: list[Sequence[int]] = []
    current: _Heading | None = None
    printed = ""
    heading_line = place = counted = 0
    number = document.first_line
    numbers: list[int] = []
    kept: list[str] = []
    for start, end, heading in (*cuts, (len(text), len(text), _END)):
        if current and place < start and not (between := text[place:start]).isspace():
            number += text.count("\n", counted, place)
            lines_between = [line.strip() for line in between.split("\n")]
            numbers += [at for at, line in enumerate(lines_between, number) if line]
            kept += filter(None, lines_between)
            number, counted = number + len(lines_between) - 1, start
        if heading:
            if current:
                sections.append(Section(current.code, printed, "\n".join(kept), heading_line))
                lines.append(numbers)
            number += text.count("\n", counted, start)
            counted = start
            current, heading_line, numbers, kept = heading, number, [], []
            printed = _printed_headings[text[start:end]]
        place = max(place, end)
    return Passages(tuple(sections), tuple(lines))


def missing_sections(found: Collection[str]) -> list[str]:
    """Headings of the statutory sections whose codes are not `found`."""
    return [heading for code, heading in SECTIONS if code not in found] if len(found) < len(SECTIONS) else []


_LOOSE, _WEAK, _NUMBERED, _RIGHTLY_NUMBERED = range(4)


def _candidates(folded: str) -> list[_Place]:
    """Every place that may be a heading, in printed order."""
    found = _anchored(folded)
    for expression in (_LINE_HEADING, _LOOSE_HEADING):
        missing = _ALL_CODES.difference([heading.code for _, _, heading in found.values()])
        if not missing:
            break
        for match in expression.finditer(folded):
            if match.lastgroup in missing and (
                heading := _heading(folded, match, is_statutory=expression is _LINE_HEADING)
            ):
                found.setdefault(heading[0], heading)
    return [found[start] for start in sorted(found)]


def _anchored(folded: str) -> dict[int, _Place]:
    """The headings whose words are printed without a break, by their places: all of them, in nearly every report."""
    found: dict[int, _Place] = {}
    for anchor, code in _ANCHORS:
        may_stand_before = _MAY_STAND_BEFORE[anchor]
        place = folded.rfind(anchor)  # twice as quick as find
        while place >= 0:
            before = folded[place - 1]
            if before in may_stand_before or before.isspace() or not place:
                around = _heading_around(folded, place)
                if around and around[2].code == code:
                    found[around[0]] = around
            place = folded.rfind(anchor, 0, place)
    return found


def _heading_around(folded: str, place: int) -> _Place | None:
    """The heading that the anchor at `place` belongs to."""
    line = folded.rfind("\n", place - _LOOKS_BACK if place > _LOOKS_BACK else 0, place) + 1
    is_begun = False
    if line or place <= _LOOKS_BACK:
        end = folded.find("\n", place, line + _LONGEST_HEADING + 1)
        # A heading that ends with its line is known by the line, and by those below that may go on with it.
        while end > 0 and folded[end : end + 5].lstrip()[:1] in _WORDS:
            end = folded.find("\n", end + 1, line + _LONGEST_REMEMBERED + 1)
        if end > 0:
            is_begun, known = _headings_of[folded[line:end]]
            if known:
                return line, line + known[1], known[2]
        elif match := _HEADING.match(folded, line):
            return _heading(folded, match, is_statutory=True)
    if not is_begun and (number := _INLINE_NUMBER.search(folded, max(0, place - 30), place)):
        # A whole report in one table cell, or in one paragraph, has its headings inside the line.
        match = _HEADING.match(folded, number.start() + 1)
        return _heading(folded, match, is_statutory=True) if match else None
    return None


def _heading_of(line: str) -> tuple[bool, _Place | None]:
    """Whether the line begins as a heading does, and the heading that it is."""
    match = _HEADING.match(line)
    return bool(match), _heading(line, match, is_statutory=True) if match else None


_headings_of = Memo(_heading_of, most=2_048, longest=_LONGEST_REMEMBERED)


def _heading(folded: str, match: re.Match[str], *, is_statutory: bool) -> _Place | None:
    """The heading that `match` begins, or None where the line goes on as prose."""
    code = match.lastgroup or ""
    number = match["number"]
    is_numbered = bool(_SECTION_NUMBER.match(number))
    end = match.end()
    while folded[end - 1].isspace():
        end -= 1
    rest = _REST_OF_HEADING.match(folded, end)
    if rest and (is_numbered or not rest[0].strip(" \t*#|.…·。:;0123456789")):
        end = rest.end()
        is_alone = True
    elif number and (runs_on := _RUNS_ON.match(folded, end)):
        end = runs_on.end()
        is_alone = False
    else:
        return None
    if not is_statutory:
        rank = _LOOSE
        if not is_numbered:
            return None
    elif not is_numbered:
        rank = _WEAK
    elif _NUMERALS[_CODES.index(code)] in number:
        rank = _RIGHTLY_NUMBERED
    else:
        rank = _NUMBERED
    return match.start(), end, _Heading(code, rank, is_alone)


def _chosen(text: str, candidates: Sequence[_Place]) -> Sequence[_Place]:
    """One heading for each code, in printed order."""
    chosen = candidates
    if len({heading.code for _, _, heading in candidates}) < len(candidates):
        contents = _contents_entries(text, candidates)
        best: dict[str, tuple[bool, int, _Place]] = {}
        for candidate in candidates:
            code, rank, _ = candidate[2]
            key = (candidate not in contents, rank)
            if code not in best or key >= best[code][:2]:
                best[code] = (*key, candidate)
        chosen = sorted(candidate for _, _, candidate in best.values())
    numbered = [(start, heading.code) for start, _, heading in chosen if heading.rank >= _NUMBERED]
    if len(numbered) == len(chosen):
        return chosen
    # （二）收到和处理政府信息公开申请情况 above 二、主动公开政府信息情况 heads a part of the first section.
    return [
        (start, end, heading)
        for start, end, heading in chosen
        if heading.rank >= _NUMBERED
        or all((other < start) == (_CODES.index(code) < _CODES.index(heading.code)) for other, code in numbered)
    ]


def _contents_entries(text: str, candidates: Sequence[_Place]) -> set[_Place]:
    """The headings that follow one another with nothing between them: a table of contents, or navigation."""
    entries: set[_Place] = set()
    run: list[_Place] = []
    for candidate in candidates:
        start, _, heading = candidate
        if not (run and heading.code != run[-1][2].code and not text[run[-1][1] : start].strip()):
            run = []
        run.append(candidate)
        if len(run) >= _CONTENTS_ENTRIES:
            entries.update(run)
    return entries


def _whole_lines(text: str, start: int, end: int) -> _Cut:
    """The range widened to the lines it stands on, but for a line that holds more than a table row's furniture besides."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end - 1)
    last = len(text) if last < 0 else last
    return (
        first if start - first <= _LONGEST_FURNITURE else start,
        last if last - end <= _LONGEST_FURNITURE else end,
        None,
    )


def _printed(heading: str) -> str:
    return " ".join(heading.split()).strip("*#|。：:；;，, ")


_printed_headings = Memo(_printed, most=1_024, longest=_LONGEST_HEADING)
