"""The sections as running text: those of its sentences that may claim something, and the skeletons of these, which many reports share.

What a sentence claims follows from its words, never from how many it counts: its figures are taken out, as they are in tables
(`skeleton.py`), and the report's own year and place, too. What does not belong here: figures and what they are of.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from ..document import fold, fold_marks
from ..model import Region
from ..sections import Passages

# Full-width digits: folded text has none, and every expression takes them for the digits that they are.
FIGURE_MARK = "１"
"""Stands in a skeleton for a whole number that is not 0."""
OWN_YEAR = "20００"
"""Stands in a skeleton for the year that the report is on; for any year where the prose does not tell which that is."""
_COMMAS, _SPACES = ",，", " \u3000\xa0"
YEAR = re.compile(rf"20\d\d(?=[{_SPACES}]?年)")

_STOP = "。"
_STOPS = "\n!?！？"
_NUMERALS = "0-9.〇零一二两三四五六七八九十百千"
_COUNT = re.compile(rf"([1-9](?<![{_NUMERALS}][1-9])(?<![0-9],[1-9])[0-9]{{0,11}}+)(?= ?(?![年月日])[\u4e00-\u9fff])")
"""A number that counts what follows: dates and parts of longer numbers stay in the skeleton."""
_UNITS = "条篇期则件项份宗起例个部元"
_COUNTING = rf"{_NUMERALS}\d{_COMMAS}{_SPACES}"
_MORE = "余多来万"
_SIGN = re.compile(
    rf"[{_UNITS}未没无均](?<![{_UNITS}](?<![{_COUNTING}].)(?<![{_COUNTING}{_MORE}][{_MORE}].)(?<!全部))[^{_STOP}]*+"
)
"""From what every claim has to the end of its sentence: a word that denies, or what is counted after a number. No less than what
`figures.FIGURE` and `denials.TRIGGER` find, in the text as in its skeleton."""
_WIDE_COMMA = re.compile(r"，(?=\d)(?<=\d，)")
"""34，360 may be two figures, which 34,360 is not."""
_SOME = "某某"
_NAME = re.compile("[\u4e00-\u9fff]+[^专社园][省市州县区旗盟镇乡]")
"""A place's name whose last character says all that a sentence may say of it: 产业园区, 社区 and 街道 say more."""
_SENTENCE_ENDS = "。!?！？"
_SUB_HEADING = re.compile(r"[\(（一二三四五六七八九十\d#*]")
_LONGEST_SUB_HEADING = 24
_TOPIC = re.compile(r"\([一二三四五六七八九十\d]{1,2}\)[^\n。]{0,16}")
_TOPIC_DISTANCE = 400
_NOWHERE = (0, 0)
_SKIPPED_SECTION = "problems"
"""Its figures are examples, plans and targets."""


class Prose:
    """The running text of all sections but the fifth.

    `sentences` are the places of those sentences that may claim something, each from its start to its stop; `skeletons` are these
    without their counts, own year and own place, `figures` the counts taken out of them, in order. `dispute` is where the section on
    disputes stands; `under_applications` are the starts of the sentences under a heading on applications, so that they need not name
    them.
    """

    def __init__(self, passages: Passages, *, is_plain: bool, region: Region) -> None:
        self._lines: list[int] = []
        printed: list[str] = []
        lines_of: dict[str, tuple[int, int]] = {}
        for (code, _, prose, _), numbers in zip(passages.sections, passages.lines, strict=True):
            if code == _SKIPPED_SECTION or not numbers:
                continue
            line, *others = prose.split("\n")
            for after in others:
                printed.append(line + "\n" if line[-1] in _SENTENCE_ENDS else _joined(line, after))
                line = after
            printed.append(line + "\n")  # no sentence goes on in the next section
            lines_of[code] = len(self._lines), len(printed)
            self._lines += numbers
        starts = [0, *accumulate(map(len, printed))]
        sections = {code: (starts[first], starts[last]) for code, (first, last) in lines_of.items()}
        self._line_starts = starts
        self._printed = "".join(printed)
        # In most reports only punctuation is to be folded, and then only that of the sentences that may claim something.
        text = self._printed if is_plain else fold(_WIDE_COMMA.sub("、", self._printed))
        topics = _on_applications(text, sections.values())
        for mark in _STOPS:
            text = text.replace(mark, _STOP)
        self.sentences = _telling_sentences(text)
        self.dispute = range(*sections.get("dispute", _NOWHERE))
        begun = [start for start, _ in self.sentences]
        self.under_applications: set[int] = set()
        for first, last in (sections.get("application", _NOWHERE), *topics):
            self.under_applications.update(begun[bisect_left(begun, first) : bisect_left(begun, last)])
        told = _STOP.join([text[start:end] for start, end in self.sentences])
        if is_plain:
            told = fold_marks(_WIDE_COMMA.sub("、", told))
        for name, stand_in in _stand_ins(region):
            told = told.replace(name, stand_in)
        parts = _COUNT.split(told)
        self.figures = parts[1::2]
        self.skeletons = _own_year_marked(FIGURE_MARK.join(parts[::2]), YEAR.findall(text)).split(_STOP)

    def printed(self, start: int, end: int) -> tuple[str, int]:
        """A sentence as printed, line breaks taken out, and the number of the document's line that it begins on."""
        sentence = self._printed[start : end + 1]
        begun = sentence.lstrip()
        start += len(sentence) - len(begun)
        return begun.rstrip(), self._lines[bisect_right(self._line_starts, start) - 1]


def _telling_sentences(text: str) -> list[tuple[int, int]]:
    """The places of the sentences that may claim something. Most cannot, and are told by one search from those that may."""
    sentences: list[tuple[int, int]] = []
    end = 0
    for sign in _SIGN.finditer(text):
        place, stop = sign.span()
        sentences.append((text.rfind(_STOP, end, place) + 1, stop))
        end = stop
    return sentences


def _on_applications(text: str, sections: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places under sub-headings on applications."""
    last = len(text)
    for topic in reversed(list(_TOPIC.finditer(text.replace("（", "(").replace("）", ")")))):
        start = topic.start()
        if "依申请" in topic[0]:
            section_end = next(end for first, end in sections if first <= start < end)
            yield start, min(last, section_end, start + _TOPIC_DISTANCE)
        last = start


@lru_cache(maxsize=4096)
def _stand_ins(region: Region) -> tuple[tuple[str, str], ...]:
    """The names of the report's own place, and what stands in a skeleton for each: a name of its kind that is no place's."""
    names = [name for name in (region.township, region.county, region.city, region.province) if name]
    return tuple([(name, _SOME + name[-1]) for name in names if _NAME.fullmatch(name)])


def _own_year_marked(skeletons: str, years: Sequence[str]) -> str:
    """The year that the prose names most often is the report's; where none is, no year can be told from it."""
    if not years:
        return skeletons
    counts = [(years.count(year), year) for year in set(years)]
    most, own = max(counts)
    if len(counts) > 1 and [count for count, _ in counts].count(most) > 1:
        return YEAR.sub(OWN_YEAR, skeletons)
    return skeletons.replace(f"{own}年", f"{OWN_YEAR}年").replace(f"{own} 年", f"{OWN_YEAR} 年")


def is_of_own_year(skeleton: str) -> bool:
    """Whether a sentence names no other year than the report's."""
    return all(year == OWN_YEAR for year in YEAR.findall(skeleton))


def _joined(line: str, after: str) -> str:
    """`line` with what stands between it and the line after it: nothing where a sentence was broken."""
    if "\t" in line or "\t" in after:
        return line + "\n"
    if len(line) <= _LONGEST_SUB_HEADING and _SUB_HEADING.match(line):
        return line + "\n"
    # Figures on both sides of a break may be one or two: the space keeps them from being read.
    return line + " " if line[-1].isdigit() and after[0].isdigit() else line
