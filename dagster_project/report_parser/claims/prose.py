"""A section as running text: its sentences, and their skeletons, which many reports share.

What a sentence claims follows from its words, never from how many it counts: its figures are taken out, as they are in tables
(`skeleton.py`), and the report's own year, too. What does not belong here: figures and what they are of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
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
_STOPS = ("\n", "!", "?")
_SENTENCE_ENDS = frozenset("。!?！？")
_SUB_HEADING = re.compile(r"[\(（一二三四五六七八九十\d#*]")
_LONGEST_SUB_HEADING = 24
_TOPIC = re.compile(r"\([一二三四五六七八九十\d]{1,2}\)([^\n。]{0,16})")
_TOPIC_DISTANCE = 400


class Prose:
    """The running text of one section, folded, with a 。 for every stop.

    `starts` are the places where its sentences begin; `figures` are those taken out of all `skeletons` of its sentences.
    """

    def __init__(self, passage: Passage) -> None:
        self.section = passage.section.code
        self._lines = passage.lines
        self._line_starts: list[int] = []
        printed: list[str] = []
        place = 0
        lines = passage.section.text.split("\n")
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            self._line_starts.append(place)
            join = _join(line, after)
            printed += (line, join)
            place += len(line) + len(join)
        self._printed = "".join(printed)
        text = fold(_WIDE_COMMA.sub("、", self._printed))
        self._text = text
        for stop in _STOPS:
            text = text.replace(stop, "。")
        self.years: list[str] = YEAR.findall(text)
        self.starts = [0, *accumulate(len(sentence) + 1 for sentence in text.split("。"))]
        parts = _COUNT.split(text)
        self.figures = parts[1::2]
        self._skeleton = FIGURE_MARK.join(parts[::2])

    def skeletons(self, report_year: str | None) -> list[str]:
        """The sentences without their stops, figures and own year."""
        skeleton = self._skeleton
        if report_year is None:
            skeleton = YEAR.sub(OWN_YEAR, skeleton)
        elif self.years:
            skeleton = skeleton.replace(f"{report_year}年", f"{OWN_YEAR}年").replace(
                f"{report_year} 年", f"{OWN_YEAR} 年"
            )
        return skeleton.split("。")

    def printed(self, index: int) -> tuple[str, int]:
        """A sentence as printed, line breaks taken out, and the number of the document's line that it begins on."""
        start, end = self.starts[index : index + 2]
        sentence = self._printed[start:end]
        begun = sentence.lstrip()
        start += len(sentence) - len(begun)
        return begun.rstrip(), self._lines[bisect_right(self._line_starts, start) - 1]

    def under_applications(self) -> list[range]:
        """The places that stand under a numbered sub-heading on applications, so that a sentence need not name them."""
        if "依申请" not in self._text:
            return []
        topics = list(_TOPIC.finditer(self._text))
        ends = [topic.start() - 1 for topic in topics[1:]] + [len(self._text)]
        return [
            range(topic.start() - 1, min(end, topic.start() + _TOPIC_DISTANCE))
            for topic, end in zip(topics, ends, strict=False)
            if "依申请" in topic[1]
        ]


def year_of(sections: Iterable[Prose]) -> str | None:
    """The year that the prose names most often, None where it does not tell."""
    years = Counter(year for section in sections for year in section.years).most_common(2)
    if not years or (len(years) == 2 and years[0][1] == years[1][1]):
        return None
    return years[0][0]


def is_of_own_year(skeleton: str) -> bool:
    """Whether a sentence names no other year than the report's."""
    return all(year == OWN_YEAR for year in YEAR.findall(skeleton))


def _join(line: str, after: str) -> str:
    """What stands between two lines of running text: nothing where a sentence was broken."""
    if line[-1] in _SENTENCE_ENDS or "\t" in line or "\t" in after:
        return "\n"
    if len(line) <= _LONGEST_SUB_HEADING and _SUB_HEADING.match(line):
        return "\n"
    # Figures on both sides of a break may be one or two: the space keeps them from being read.
    return " " if line[-1:].isdigit() and after[:1].isdigit() else ""
