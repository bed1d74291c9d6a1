"""The claims of a report, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import product
from typing import NamedTuple

from ..memo import Memo
from ..model import Claim, Region
from ..numbers import MOST_COUNT_DIGITS
from ..sections import Passages
from .applications import application_code, speaks_of_applications
from .channels import channel_code, channels_in, is_unnamed_part
from .denials import TRIGGER, denials
from .disclosures import decisions_in, disclosure_codes
from .disputes import dispute_codes, tracks_in
from .figures import FIGURE, Figure, figures_of
from .prose import FIGURE_MARK, Prose, is_of_own_year

_ELSEWHEN = re.compile(
    "去年(?!结转)|上年(?!度?结转)|上一年(?!度?结转)|往年|同期|同比|环比|较|相比|比上|比去|比前|增长|增加|减少|下降|历年|近[一二三四五两几]年|"
    "以来(?<!今年以来)|半年|季度|月份|每[月周季年日天]|平均|日均|月均|人均|不少于|不低于|不超过|至少|最多|"
    r"月(?<!\d\d月)(?<=\d月)(?:底|末|\d{1,2}日)?(?=,|$)|月(?<=1[01]月)(?:底|末|\d{1,2}日)?(?=,|$)"
)
_OPENED_WITH_PART = re.compile("(?:半年|(?<!每)季度)(?!.*(?:全年|年度|本年|今年))")
"""上半年，我局加强管理，收到申请5件: what a sentence opens with holds until it speaks of the year."""
_PLAN = "力争|计划|预计|争取|下一步|下步|明年|来年|如果|假如|目标|应当|原则上|拟(?!稿|定)"
_PLANNED = re.compile(_PLAN)
_DOUBTFUL = re.compile(f"半年|季度|{_PLAN}")
"""What every sentence has in which something is planned or opened with a part of the year."""
_TITLE = re.compile(r"《[^《》]{0,80}》")
_NONE = Decimal(0)
_NOWHERE = Region()
_NO_COUNT = Decimal(10) ** MOST_COUNT_DIGITS
_LONGEST_SENTENCE = 1500
"""A longer one is no sentence but a table, a list without stops, or noise: it makes no claim."""
_LONGEST_REMEMBERED = 300
"""A longer one is none that many reports print."""


class _Told(NamedTuple):
    """A claim whatever the sentence's figures are: `value`, or where it has a `slot`, `value` times the figure that stands there."""

    kind: str
    code: str
    value: Decimal
    slot: int | None
    is_approximate: bool

    def value_among(self, figures: Sequence[str]) -> Decimal:
        return self.value if self.slot is None else self.value * Decimal(figures[self.slot])


_count_of = Memo[str, Decimal](Decimal, most=8_192, longest=12).__getitem__

_Reading = tuple[tuple[_Told, ...], tuple[_Told, ...], int]
"""What a sentence claims, and what it claims instead, unnamed parts included, if its parts sum to its whole; and how many figures
were taken out of it."""


def read_claims(passages: Passages, *, is_plain: bool = False, region: Region = _NOWHERE) -> tuple[Claim, ...]:
    """The claims of all sections but the fifth, in printed order. What is stated twice is one claim, at its first place.

    `is_plain`: their document is (`Document.is_plain`). `region` is where the report is from.
    """
    claims: dict[tuple[str, str, Decimal], Claim] = {}
    prose = Prose(passages, is_plain=is_plain, region=region)
    followed = -1  # where the sentence begins after one on applications: it may go on without naming them
    last = 0
    for (start, end), skeleton in zip(prose.sentences, prose.skeletons, strict=False):
        is_under_applications = start == followed or start in prose.under_applications
        told, told_if_summed, count = _readings[is_under_applications, start in prose.dispute][skeleton]
        first, last = last, last + count
        if not told:
            continue
        figures = prose.figures[first:last]
        if told_if_summed and _sums_up(told_if_summed, figures):
            told = told_if_summed
        sentence, line = prose.printed(start, end)
        for kind, code, value, slot, is_approximate in told:
            if slot is not None:
                value *= _count_of(figures[slot])
            if value >= _NO_COUNT:
                continue
            if kind == "application":
                followed = end + 1
            claims.setdefault((kind, code, value), Claim(kind, code, value, is_approximate, sentence, line))
    return tuple(claims.values())


def _sums_up(told: Sequence[_Told], figures: Sequence[str]) -> bool:
    """Whether the sentence's figures for single channels sum to the whole it states."""
    values = [(claim.code, claim.value_among(figures)) for claim in told if claim.kind == "channel"]
    whole = next((value for code, value in values if code == "all"), None)
    return whole == sum(value for code, value in values if code != "all")


def _read(skeleton: str, is_under_applications: bool, is_dispute: bool) -> _Reading:
    """What the sentence says that has this skeleton and stands under such headings."""
    count = skeleton.count(FIGURE_MARK)
    if len(skeleton) > _LONGEST_SENTENCE:
        return (), (), count
    text = _TITLE.sub(lambda title: "《" + " " * (len(title[0]) - 2) + "》", skeleton)
    named: list[_Told] = []
    unnamed: list[_Told] = []
    denied: list[_Told] = []
    if FIGURE.search(skeleton):
        figures = list(figures_of(skeleton, text))
        named, unnamed = _figure_claims(figures, text, is_under_applications, is_dispute)
    if TRIGGER.search(text) and is_of_own_year(text):
        is_about_applications = is_under_applications or speaks_of_applications(text)
        is_about_disclosure = is_dispute or is_about_applications or "信息公开" in text
        codes = denials(text, is_about_applications=is_about_applications, is_about_disclosure=is_about_disclosure)
        denied = [_Told("none", code, _NONE, None, False) for code in codes]
    return (*named, *denied), (*named, *unnamed, *denied) if unnamed else (), count


_readings = {
    headings: Memo(
        partial(_read, is_under_applications=headings[0], is_dispute=headings[1]), 16_384, _LONGEST_REMEMBERED
    )
    for headings in product((False, True), repeat=2)
}
"""What sentences say, by what they stand under."""


def _figure_claims(
    figures: Sequence[Figure], text: str, is_under_applications: bool, is_dispute: bool
) -> tuple[list[_Told], list[_Told]]:
    """What the figures are of; and the unnamed parts, which are the last named channel's if the parts sum to the whole."""
    told: list[_Told] = []
    unnamed: list[_Told] = []
    channels: list[tuple[str, Figure]] = []
    shared = 0
    is_doubtful = bool(_DOUBTFUL.search(text))
    for index, figure in enumerate(figures):
        if index < shared:
            continue
        recent = f"{figure.lead},{figure.own}"
        if _ELSEWHEN.search(recent):
            continue
        if is_doubtful and (_PLANNED.search(figure.before) or _OPENED_WITH_PART.search(figure.before)):
            continue
        if "分别" in figure.own:
            shared = _end_of_list(figures, index)
            told += _distributed(figure, figures[index:shared])
            continue
        words = figure.before + figure.tail
        is_about_applications = is_under_applications or speaks_of_applications(words)
        is_about_disclosure = is_dispute or is_about_applications or "信息公开" in words
        if is_about_applications and (code := application_code(figure)):
            told.append(_told("application", code, figure))
        elif is_about_disclosure and (codes := dispute_codes(figure)):
            told += [_told("dispute", code, figure) for code in codes]
        elif figure.unit == "元" and not figure.value and figure.own.endswith("信息处理费"):
            told.append(_told("none", "processing_fee", figure))
        elif codes := disclosure_codes(figure, text):
            told += [_told("disclosure", code, figure) for code in codes]
        elif (code := channel_code(figure)) and not _is_counted(figure, code, channels):
            channels.append((code, figure))
            told.append(_told("channel", code, figure))
        elif channels and not code and is_unnamed_part(figure, channels[-1][1]):
            # 网站102条，党务公开22条；云上孟津180条，共304条: the whole tells that the 22 are the website's too.
            unnamed.append(_told("channel", channels[-1][0], figure))
    return told, unnamed


def _told(kind: str, code: str, figure: Figure) -> _Told:
    return _Told(kind, code, figure.value, figure.slot, figure.is_approximate)


def _end_of_list(figures: Sequence[Figure], index: int) -> int:
    """The end of the run of figures that begins at `index`: 34条、360条和5条."""
    end = index + 1
    while end < len(figures) and not figures[end].own:
        end += 1
    return end


def _distributed(first: Figure, figures: Sequence[Figure]) -> Iterator[_Told]:
    """通过网站、公众号分别公开34条、360条: in order, where there are as many names as figures."""
    names = first.own[: first.own.index("分别")]
    for kind, codes in (
        ("dispute", tracks_in(names) if "信息公开" in first.before else []),
        ("disclosure", decisions_in(names)),
        ("channel", channels_in(names)),
    ):
        if codes and len(codes) == len(figures) > 1:
            for code, figure in zip(codes, figures, strict=True):
                yield _told(kind, code, figure)
            return


def _is_counted(figure: Figure, code: str, channels: Sequence[tuple[str, Figure]]) -> bool:
    """Whether the figure is a part of one that is counted already: 网站42条（其中首页22条）."""
    if not channels:
        return False
    before = figure.before
    if before.count("(") > before.count(")"):
        return not any(named == "all" for named, _ in channels) or code == "all"
    return any(named == code for named, _ in channels) and "其中" in before
