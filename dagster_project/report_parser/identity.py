"""Who reports, on which year, where, and when it was signed and published.

Year: the statistics period, then the title, then the sign-off date less one, then the publication date less one, then the prose.
Organ: the title, then the sentence that publishes the report (现公布《…》), then the signature, then the page's index card, then the
sidecar, then the prose. Place: `place.py`. A reviewed override has the last word on organ and place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from .dates import YEAR, report_period
from .document import Document
from .gazetteer import Gazetteer
from .metadata import ISSUER, PUBLISHED, WRITTEN, Pairs, date_under, read_metadata, value_of
from .model import Finding, Hints, OrganLevel, OrganType, Region
from .opening import organ_told, year_told
from .organ import clean_organ, completed, is_cut, organ_level, organ_of_desk, organ_type
from .place import Resolution, Surroundings, resolve_place
from .signature import Signature, read_signature
from .title import Title, find_titles

_TABLE_START = ("第二十条", "本年新收", "制发件数")
_MAX_HEAD = 20_000
_SHORT_HEAD = 6_000
_MARKS_OF_HEADING = " \t\n#*|、."
_NOWHERE = Resolution(Region())
_PUBLISHING = re.compile(
    rf"(?:公布|发布)(?P<publisher>[\u4e00-\u9fff\s]{{2,40}}?)\s{{0,4}}{YEAR}\s{{0,4}}年?度?\s{{0,4}}(?:政府|政务)?\s{{0,4}}信息\s{{0,4}}公开"
    r"|本报告由(?P<compiler>[\u4e00-\u9fff\s]{2,40}?)(?:依照|按照|根据|编制)"
)
_LATEST_SIGN_OFF = 2
"""A report is signed within so many years of its period."""
_MONTHS_THAT_TELL = 10
"""A date in the last months of a year may close that year's report or be late for the one before: it tells no year."""
_NAMED_CANDIDATES = 10


class Identity(NamedTuple):
    """`candidates` are the region codes that remain possible where `region` is empty."""

    title: str | None
    organ: str | None
    organ_level: OrganLevel | None
    organ_type: OrganType | None
    year: int | None
    period_start: date | None
    period_end: date | None
    signed_on: date | None
    published_on: date | None
    url: str | None
    region: Region
    candidates: tuple[str, ...]
    metadata: Pairs
    findings: tuple[Finding, ...]


def identify(document: Document, hints: Hints, source: str, sha256: str, gazetteer: Gazetteer) -> Identity:
    """Organ, year, dates and place of one report; what the document does not tell is None and has a finding.

    `source` is the path of the file: its folders are the weakest evidence of the place. `sha256` is that of its bytes, by which a
    reviewed override may name it.
    """
    text = document.folded
    end, table = _bounds(text)
    head = _without_number(text[max(0, end - _MAX_HEAD) : end].rstrip(_MARKS_OF_HEADING))
    titles = find_titles(head, gazetteer)
    title = titles[0] if titles else None
    metadata = read_metadata(head)
    signature = read_signature(head, text, end, gazetteer)
    signed_on = signature.day or date_under(metadata, WRITTEN)
    published_on = date_under(metadata, PUBLISHED) or signature.published_on or hints.published_on

    period_year, is_period_odd = report_period(text[max(0, end - _MAX_HEAD) : end + _MAX_HEAD])
    title_year = title.year if title else None
    if period_year and signed_on == date(period_year, 12, 31):
        signed_on = None  # the end of the period, where a line ends with it
    opening = text[max(0, end - _MAX_HEAD) : min(table, end + _MAX_HEAD)]
    dated_year = period_year or title_year or _year_before(signed_on) or _year_before(published_on)
    year = dated_year or year_told(opening)
    organ = titles[0].organ if titles else None
    organ_in_prose = None
    named = gazetteer.place_named_by(organ, year) if organ else None
    if organ is None or named is None or is_cut(organ, named, signature.organ, text, gazetteer):
        organ = _organ_elsewhere(titles, head, signature, metadata, hints, gazetteer)
        organ_in_prose = None if organ else organ_told(opening, gazetteer)
        organ = organ or organ_in_prose
        named = gazetteer.place_named_by(organ, year) if organ else None
    if organ and named:
        organ = completed(organ, named, text)
    override = gazetteer.override(organ, year, source, sha256)
    if override and override.corrected_organ:
        organ = override.corrected_organ
        named = gazetteer.place_named_by(organ, year)
    resolution = _NOWHERE
    if override and override.region_code:
        resolution = Resolution(gazetteer.region(override.region_code))
    elif named:
        resolution = resolve_place(named, Surroundings(text, source, hints.organ, gazetteer))
        if not resolution.region.code and (unwrapped := "".join(text[:_MAX_HEAD].split())):
            # A place's name may be broken over two lines.
            resolution = resolve_place(named, Surroundings(unwrapped, source, hints.organ, gazetteer))
    return Identity(
        title=title.text if title else None,
        organ=organ,
        organ_level=organ_level(organ, named, resolution.region.code) if organ and named else None,
        organ_type=organ_type(organ, named) if organ and named else None,
        year=year,
        period_start=date(period_year, 1, 1) if period_year else None,
        period_end=date(period_year, 12, 31) if period_year else None,
        signed_on=signed_on,
        published_on=published_on,
        url=hints.url,
        region=resolution.region,
        candidates=resolution.candidates,
        metadata=metadata,
        findings=(
            *_findings_on_time(year, period_year, title_year, is_period_odd, signed_on),
            *_findings_on_organ(organ, resolution, gazetteer),
            *_findings_on_prose(year if dated_year is None else None, organ_in_prose),
        ),
    )


def _bounds(text: str) -> tuple[int, int]:
    """Where the report's first section begins, and where its first table does. The section's heading may be printed above the title as
    well, so the last one counts."""
    for mark in _TABLE_START:
        table = text.find(mark)
        if table >= 0:
            break
    else:
        table = len(text)
    heading = text.rfind("总体情况", 0, table)
    return (heading if heading > 0 else min(table, _SHORT_HEAD)), table


def _without_number(head: str) -> str:
    """Without the number of the first section's heading: 一, (一), 1), 第一部分."""
    bare = head.removesuffix(")")
    if bare.endswith(("一", "1")):
        return bare[:-1].removesuffix("(")
    return head.removesuffix("第一部分")


def _year_before(day: date | None) -> int | None:
    return day.year - 1 if day and day.month <= _MONTHS_THAT_TELL else None


def _organ_elsewhere(
    titles: Sequence[Title],
    head: str,
    signature: Signature,
    metadata: Pairs,
    hints: Hints,
    gazetteer: Gazetteer,
) -> str | None:
    organ = _publishing_organ(head, gazetteer) or signature.organ or _doubled(titles)
    for known in (value_of(metadata, ISSUER), hints.organ):
        organ = organ or (clean_organ("".join(known.split()), gazetteer) if known else None)
    return organ


def _doubled(titles: Sequence[Title]) -> str | None:
    """The one organ that other titles of the same year name, where the last title names none."""
    organs = {title.organ for title in titles[1:] if title.organ and title.year in (None, titles[0].year)}
    return organs.pop() if len(organs) == 1 else None


def _publishing_organ(head: str, gazetteer: Gazetteer) -> str | None:
    """The organ in 现公布X2022年政府信息公开…, 本报告由X编制."""
    for match in _PUBLISHING.finditer(head):
        name = "".join((match["publisher"] or match["compiler"]).split())
        organ = clean_organ(name, gazetteer) if match["publisher"] else organ_of_desk(name, gazetteer)
        if organ and (gazetteer.place_named_by(organ).codes or len(organ) > 4):
            return organ
    return None


def _findings_on_time(
    year: int | None, period_year: int | None, title_year: int | None, is_period_odd: bool, signed_on: date | None
) -> list[Finding]:
    findings = []
    if year is None:
        findings.append(
            Finding(
                "year_unknown", "error", "统计期限、标题和落款都没有写明年度；请核对原文，或在旁注文件中写明发布日期。"
            )
        )
    elif period_year and title_year and title_year != period_year:
        findings.append(
            Finding(
                "year_conflict", "warning", f"统计期限为 {period_year} 年，标题为 {title_year} 年；以统计期限为准。"
            )
        )
    if is_period_odd:
        findings.append(Finding("period_odd", "warning", "统计期限不是一个完整的自然年度；请核对原文。"))
    if year and signed_on and not year < signed_on.year <= year + _LATEST_SIGN_OFF:
        findings.append(
            Finding(
                "signed_on_odd", "warning", f"{year} 年度报告的落款日期为 {signed_on.isoformat()}；请核对原文的日期。"
            )
        )
    return findings


def _findings_on_prose(year: int | None, organ: str | None) -> list[Finding]:
    """For a year or an organ that only the prose tells."""
    message = "标题、落款和页面信息都没有写明，取自正文；请核对原文。"
    return [
        Finding(code, "info", f"{what}：{message}")
        for code, what, told in (("year_from_prose", "年度", year), ("organ_from_prose", "行政机关", organ))
        if told
    ]


def _findings_on_organ(organ: str | None, resolution: Resolution, gazetteer: Gazetteer) -> list[Finding]:
    if organ is None:
        return [
            Finding(
                "organ_unknown", "error", "标题、发布语和落款都没有写明行政机关；请核对原文，或在旁注文件中写明机关。"
            )
        ]
    if resolution.candidates:
        regions = (gazetteer.region(code) for code in resolution.candidates[:_NAMED_CANDIDATES])
        names = "；".join(
            "".join(name for name in (region.province, region.city, region.county, region.township) if name)
            for region in regions
        )
        advice = "请把文件放入省/市/县文件夹，或在 place_override.csv 中核定"
        return [Finding("place_ambiguous", "warning", f"同名地区无法区分：{names}；{advice}。")]
    if resolution.region.code is None:
        advice = "请把文件放入省/市/县文件夹，或在 place_override.csv 中核定"
        return [Finding("place_unknown", "warning", f"没有写明“{organ}”在哪里；{advice}。")]
    return []
