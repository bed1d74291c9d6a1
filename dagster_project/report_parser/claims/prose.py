"""The sections as running text: their sentences, and the skeletons of these, which many reports share.

What a sentence claims follows from its words, never from how many it counts: its figures are taken out, as they are in tables
(`skeleton.py`), and the report's own year, too. What does not belong here: figures and what they are of.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from ..document import fold
from ..sections import Passage

# Full-width digits: folded text has none, and every expression takes them for the digits that they are.
FIGURE_MARK = "１"
"""Stands in a skeleton for a whole number that is not 0."""
OWN_YEAR = "20００"
"""Stands in a skeleton for the year that the report is on; for any year where the prose does not tell which that is."""
YEAR = re.compile(r"20\d\d(?= ?年)")

_NUMERALS = "0-9.〇零一二两三四五六七八九十百千"
_COUNT = re.compile(rf"([1-9](?<![{_NUMERALS}][1-9])(?<![0-9],[1-9])[0-9]{{0,11}}+)(?= ?(?![年月日])[\u4e00-\u9fff])")
"""A number that counts what follows: dates and parts of longer numbers stay in the skeleton."""
_WIDE_COMMA = re.compile(r"，(?=\d)(?<=\d，)")
"""34，360 may be two figures, which 34,360 is not."""
_STOP = "。"
_NO_LINE = "\t"
"""Stands for the line after a section's last: no sentence goes on over a tab."""
_SENTENCE_ENDS = frozenset("。!?！？")
_SUB_HEADING = re.compile(r"[\(（一二三四五六七八九十\d#*]")
_LONGEST_SUB_HEADING = 24
_TOPIC = re.compile(r"\([一二三四五六七八九十\d]{1,2}\)([^\n。]{0,16})")
_TOPIC_DISTANCE = 400
_NOWHERE = range(0)
_SKIPPED_SECTION = "problems"
"""Its figures are examples, plans and targets."""


class Prose:
    """The running text of all sections but the fifth.

    `skeletons` are its sentences without their stops, counts and own year, `figures` the counts taken out of them, in order.
    """

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._sections: dict[str, range] = {}
        self._lines: list[int] = []
        self._line_starts: list[int] = []
        printed: list[str] = []
        place = 0
        for section, numbers in passages:
            if section.code == _SKIPPED_SECTION or not numbers:
                continue
            start = place
            self._lines += numbers
            line, *others = section.text.split("\n")
            for after in (*others, _NO_LINE):
                self._line_starts.append(place)
                join = "\n" if line[-1] in _SENTENCE_ENDS else _join(line, after)
                printed += (line, join)
                place += len(line) + len(join)
                line = after
            self._sections[section.code] = range(start, place)
        self._printed = "".join(printed)
        self._folded = fold(_WIDE_COMMA.sub("、", self._printed))
        self._text = self._folded.replace("\n", _STOP).replace("!", _STOP).replace("?", _STOP)
        self._starts = [0, *accumulate([len(sentence) + 1 for sentence in self._text.split(_STOP)])]
        parts = _COUNT.split(self._text)
        self.figures = parts[1::2]
        self.skeletons = _own_year_marked(FIGURE_MARK.join(parts[::2])).split(_STOP)

    def printed(self, index: int) -> tuple[str, int]:
        """A sentence as printed, line breaks taken out, and the number of the document's line that it begins on."""
        start, end = self._starts[index], self._starts[index + 1]
        sentence = self._printed[start:end]
        begun = sentence.lstrip()
        start += len(sentence) - len(begun)
        return begun.rstrip(), self._lines[bisect_right(self._line_starts, start) - 1]

    def under(self, code: str) -> range:
        """The indexes of the sentences of a section."""
        places = self._sections.get(code, _NOWHERE)
        return self._beginning_in(places.start, places.stop)

    def under_applications(self) -> set[int]:
        """The indexes of the sentences that stand under a heading on applications, so that they need not name them."""
        indexes = set(self.under("application"))
        last = len(self._text)
        for topic in reversed(list(_TOPIC.finditer(self._folded))):
            start = topic.start()
            if "依申请" in topic[1]:
                section_end = next(places.stop for places in self._sections.values() if start in places)
                indexes.update(self._beginning_in(start, min(last, section_end, start + _TOPIC_DISTANCE)))
            last = start
        return indexes

    def _beginning_in(self, start: int, stop: int) -> range:
        """The indexes of the sentences that begin between two places."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, stop))


def _own_year_marked(skeleton: str) -> str:
    """The year that the prose names most often is the report's; where none is, no year can be told from it."""
    years = YEAR.findall(skeleton)
    counts = {year: years.count(year) for year in set(years)}
    most = max(counts.values(), default=0)
    own = [year for year, count in counts.items() if count == most]
    if len(own) > 1:
        return YEAR.sub(OWN_YEAR, skeleton)
    for year in own:
        skeleton = skeleton.replace(f"{year}年", f"{OWN_YEAR}年").replace(f"{year} 年", f"{OWN_YEAR} 年")
    return skeleton


def is_of_own_year(skeleton: str) -> bool:
    """Whether a sentence names no other year than the report's."""
    return all(year == OWN_YEAR for year in YEAR.findall(skeleton))


def _join(line: str, after: str) -> str:
    """What stands between two lines of running text: nothing where a sentence was broken."""
    if "\t" in line or "\t" in after:
        return "\n"
    if len(line) <= _LONGEST_SUB_HEADING and _SUB_HEADING.match(line):
        return "\n"
    # Figures on both sides of a break may be one or two: the space keeps them from being read.
    return " " if line[-1:].isdigit() and after[:1].isdigit() else ""
