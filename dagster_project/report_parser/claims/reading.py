"""The claims of a report, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..model import Claim
from ..sections import Passage
from .applications import application_code, speaks_of_applications
from .channels import channel_code, channels_in, is_unnamed_part
from .denials import TRIGGER, denials
from .disclosures import decisions_in, disclosure_codes
from .disputes import dispute_codes, tracks_in
from .prose import Figure, Prose, Sentence

_ELSEWHEN = re.compile(
    "去年(?!结转)|上年(?!度?结转)|上一年(?!度?结转)|往年|同期|同比|环比|较|相比|比上|比去|比前|增长|增加|减少|下降|历年|近[一二三四五两几]年|"
    "以来(?<!今年以来)|半年|季度|月份|每[月周季年日天]|平均|日均|月均|人均|不少于|不低于|不超过|至少|最多"
)
_PART_OF_YEAR = re.compile(
    r"月(?<!\d\d月)(?<=\d月)(?:底|末|\d{1,2}日)?(?=,|$)|月(?<=1[01]月)(?:底|末|\d{1,2}日)?(?=,|$)"
)
_PLANNED = re.compile("力争|计划|预计|争取|下一步|下步|明年|来年|如果|假如|目标|应当|原则上|拟(?!稿|定)")
_NONE = Decimal(0)


def read_claims(passages: Sequence[Passage]) -> tuple[Claim, ...]:
    """The claims of all sections but the fifth, in printed order. What is stated twice is one claim, at its first place."""
    claims: dict[tuple[str, str, Decimal], Claim] = {}
    prose = Prose(passages)
    followed = -1  # where the sentence after one on applications begins: it may go on without naming them
    for sentence in prose.sentences(TRIGGER):
        is_under_applications = (
            sentence.section == "application"
            or sentence.start == followed
            or "依申请" in prose.topic_at(sentence.start + 1)
        )
        for kind, code, value, is_approximate in _stated(sentence, is_under_applications=is_under_applications):
            if kind == "application":
                followed = sentence.start + len(sentence.text)
            if (kind, code, value) not in claims:
                printed = sentence.printed.strip()
                line = prose.line_at(sentence.start + sentence.printed.index(printed))
                claims[kind, code, value] = Claim(kind, code, value, is_approximate, printed, line)
    return tuple(claims.values())


_Stated = tuple[str, str, Decimal, bool]
"""Kind, code, value, is_approximate."""


def _stated(sentence: Sentence, *, is_under_applications: bool) -> Iterator[_Stated]:
    if sentence.figures:
        yield from _figure_claims(sentence, is_under_applications=is_under_applications)
    if sentence.is_of_report_year and TRIGGER.search(sentence.text):
        is_about_applications = is_under_applications or speaks_of_applications(sentence.text)
        is_about_disclosure = sentence.section == "dispute" or is_about_applications or "信息公开" in sentence.text
        for code in denials(
            sentence.text,
            is_about_applications=is_about_applications,
            is_about_disclosure=is_about_disclosure,
        ):
            yield "none", code, _NONE, False


def _figure_claims(sentence: Sentence, *, is_under_applications: bool) -> Iterator[_Stated]:
    shared = 0
    channels: list[tuple[str, Figure]] = []
    unnamed: list[tuple[str, Figure]] = []
    for index, figure in enumerate(sentence.figures):
        if index < shared:
            continue
        recent = f"{figure.lead},{figure.own}"
        if _ELSEWHEN.search(recent) or _PART_OF_YEAR.search(recent) or _PLANNED.search(figure.before):
            continue
        if "分别" in figure.own:
            shared = _end_of_list(sentence.figures, index)
            yield from _distributed(figure, sentence.figures[index:shared])
            continue
        words = figure.before + figure.tail
        is_about_applications = is_under_applications or speaks_of_applications(words)
        is_about_disclosure = sentence.section == "dispute" or is_about_applications or "信息公开" in words
        if is_about_applications and (code := application_code(figure)):
            yield "application", code, figure.value, figure.is_approximate
            continue
        if is_about_disclosure and (codes := dispute_codes(figure)):
            for code in codes:
                yield "dispute", code, figure.value, figure.is_approximate
            continue
        if figure.unit == "元" and not figure.value and figure.own.endswith("信息处理费"):
            yield "none", "processing_fee", _NONE, False
        elif codes := disclosure_codes(figure, sentence.text):
            for code in codes:
                yield "disclosure", code, figure.value, figure.is_approximate
        elif (code := channel_code(figure)) and not _is_counted(figure, code, channels):
            channels.append((code, figure))
            yield "channel", code, figure.value, figure.is_approximate
        elif channels and not code and is_unnamed_part(figure, channels[-1][1]):
            unnamed.append((channels[-1][0], figure))
    whole = next((figure.value for code, figure in channels if code == "all"), None)
    if unnamed and sum(figure.value for code, figure in channels + unnamed if code != "all") == whole:
        # 网站102条，党务公开22条；云上孟津180条，共304条: the whole tells that the 22 are the website's too.
        for code, figure in unnamed:
            yield "channel", code, figure.value, figure.is_approximate


def _end_of_list(figures: Sequence[Figure], index: int) -> int:
    """The end of the run of figures that begins at `index`: 34条、360条和5条."""
    end = index + 1
    while end < len(figures) and not figures[end].own:
        end += 1
    return end


def _distributed(first: Figure, figures: Sequence[Figure]) -> Iterator[_Stated]:
    """通过网站、公众号分别公开34条、360条: in order, where there are as many names as figures."""
    names = first.own[: first.own.index("分别")]
    for kind, codes in (
        ("dispute", tracks_in(names) if "信息公开" in first.before else []),
        ("disclosure", decisions_in(names)),
        ("channel", channels_in(names)),
    ):
        if codes and len(codes) == len(figures) > 1:
            for code, figure in zip(codes, figures, strict=True):
                yield kind, code, figure.value, figure.is_approximate
            return


def _is_counted(figure: Figure, code: str, channels: Sequence[tuple[str, Figure]]) -> bool:
    """Whether the figure is a part of one that is counted already: 网站42条（其中首页22条）."""
    if not channels:
        return False
    before = figure.before
    if before.count("(") > before.count(")"):
        return not any(named == "all" for named, _ in channels) or code == "all"
    return any(named == code for named, _ in channels) and "其中" in before
