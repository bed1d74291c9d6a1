"""One document in, the reports that it holds out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from .claims import read_claims
from .document import Document
from .form import expected_version
from .formats import Reading, Unreadable, read_document
from .gazetteer import Gazetteer, default_gazetteer
from .identity import Identity, identify
from .locate import split_reports
from .model import Cells, CellState, Claim, Finding, Hints, Region, Report, Section, Status
from .problems import Problems, read_problems
from .sample import SAMPLE_NOTICE
from .sections import Passages, missing_sections, read_sections
from .tables import Tables, read_tables

_MIN_SECTIONS = 3
"""A document with a title and this many of the six headings is a report even where its tables cannot be found."""
_CLOSING_SECTIONS = frozenset({"problems", "other"})
_INCOMPLETE = frozenset(
    {"organ_unknown", "year_unknown", "table_missing", "row_missing", "row_unread", "formulas_not_computed"}
)
_NO_HINTS = Hints()


@cache
def parser_version() -> str:
    """A fingerprint of this package's code and data: it changes whenever a document might be read differently."""
    digest = hashlib.sha256()
    for entry in sorted(_own_files(files(__package__)), key=str):
        digest.update(entry.read_bytes())
    return digest.hexdigest()[:12]


def _own_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _own_files(entry)
        elif entry.name.endswith((".py", ".csv")):
            yield entry


class Given(NamedTuple):
    """A document to read. `source` is its path: it is kept as given and nothing is read from it, but the places that its folders
    name are a hint."""

    data: bytes
    source: str
    hints: Hints = _NO_HINTS


def parse(data: bytes, source: str, hints: Hints = _NO_HINTS, gazetteer: Gazetteer | None = None) -> Report:
    """Read one document: its report, or the first where it holds several (see `parse_all`).

    >>> parse(b"no report", "notes.txt").reason
    'not_a_report'
    """
    return parse_all(data, source, hints, gazetteer)[0]


def parse_all(
    data: bytes, source: str, hints: Hints = _NO_HINTS, gazetteer: Gazetteer | None = None
) -> tuple[Report, ...]:
    """Read one document: every report that it holds, at least one, in printed order.

    Never raises for what a document holds: a document that is no readable report comes back as one report with status `rejected`,
    its reason a stable code that stands among the findings with a message. `source` is the document's path (see `Given`).

    >>> reports = parse_all("【不是报告】".encode(), "庆阳市/正宁县/通知.txt")
    >>> [(report.part, str(report.status)) for report in reports]
    [(1, 'rejected')]
    """
    return parse_many([Given(data, source, hints)], gazetteer)[0]


def parse_many(documents: Sequence[Given], gazetteer: Gazetteer | None = None) -> list[tuple[Report, ...]]:
    """Read many documents: for each what `parse_all` gives.

    Each step is taken for all of them before the next one, which takes a sixth less time: a step that was just taken is still at hand
    in the processor.

    >>> [len(reports) for reports in parse_many([Given(b"no report", "a.txt"), Given(b"", "b.txt")])]
    [1, 1]
    """
    gazetteer = gazetteer or default_gazetteer()
    opened = [_opened(document) for document in documents]
    _read([part for parts in opened if not isinstance(parts, Report) for part in parts], gazetteer)
    return [(parts,) if isinstance(parts, Report) else _told_apart([*map(_report, parts)]) for parts in opened]


@dataclass(eq=False, slots=True)
class _Part:
    """The part of a document that holds one report, how the document was read, and what the steps of reading find in it."""

    document: Document
    reading: Reading
    given: Given
    sha256: str
    number: int
    tables: Tables = field(init=False)
    passages: Passages = field(init=False)
    identity: Identity = field(init=False)
    refusal: Finding | None = field(init=False)
    claims: tuple[Claim, ...] = field(init=False)
    problems: Problems = field(init=False)


def _opened(given: Given) -> list[_Part] | Report:
    """The parts of a document, or its rejection."""
    sha256 = hashlib.sha256(given.data).hexdigest()
    try:
        reading = read_document(given.data)
    except Unreadable as error:
        return rejected(given.source, sha256, error.code, str(error), error.media_type)
    return [
        _Part(document, reading, given, sha256, number)
        for number, document in enumerate(split_reports(reading.document), start=1)
    ]


def rejected(source: str, sha256: str, code: str, message: str, media_type: str | None = None) -> Report:
    """A document that could not be read at all."""
    return Report(
        source=source,
        sha256=sha256,
        part=1,
        media_type=media_type,
        encoding=None,
        title=None,
        organ=None,
        organ_level=None,
        organ_type=None,
        year=None,
        form=None,
        region=Region(),
        candidates=(),
        period_start=None,
        period_end=None,
        signed_on=None,
        published_on=None,
        url=None,
        is_sample=False,
        status=Status.REJECTED,
        reason=code,
        cells=Cells(),
        claims=(),
        findings=(Finding(code, "error", message),),
        sections=(),
        problems=None,
        measures=None,
        processing_fee=None,
        metadata=(),
    )


def _read(parts: Sequence[_Part], gazetteer: Gazetteer) -> None:
    """Each step for all parts before the next one."""
    for part in parts:
        part.tables = read_tables(part.document)
    for part in parts:
        part.passages = read_sections(part.document, part.tables.places)
    for part in parts:
        part.identity = identify(part.document, part.given.hints, part.given.source, part.sha256, gazetteer)
    for part in parts:
        part.refusal = _refusal(part.tables, part.passages.sections, has_images=part.reading.has_images)
        part.claims = ()
        if not part.refusal:
            part.claims = read_claims(part.passages, is_plain=part.document.is_plain, region=part.identity.region)
    for part in parts:
        part.problems = read_problems(part.passages.sections, part.document.fold)


def _report(part: _Part) -> Report:
    tables, identity, problems, refusal = part.tables, part.identity, part.problems, part.refusal
    sections = part.passages.sections
    findings = [*part.reading.findings, *identity.findings, *tables.findings]
    if refusal:
        # What a document that is no report lacks as a report says nothing.
        findings = [refusal] if refusal.code == "not_a_report" else [*findings, refusal]
    else:
        findings += _remarks(identity.year, tables, sections)
    is_incomplete = not _INCOMPLETE.isdisjoint([finding.code for finding in findings])
    return Report(
        source=part.given.source,
        sha256=part.sha256,
        part=part.number,
        media_type=part.reading.media_type,
        encoding=part.reading.encoding,
        title=identity.title,
        organ=identity.organ,
        organ_level=identity.organ_level,
        organ_type=identity.organ_type,
        year=identity.year,
        form=tables.form,
        region=identity.region,
        candidates=identity.candidates,
        period_start=identity.period_start,
        period_end=identity.period_end,
        signed_on=identity.signed_on,
        published_on=identity.published_on,
        url=identity.url,
        is_sample=part.document.text.rfind(SAMPLE_NOTICE) >= 0,
        status=Status.REJECTED if refusal else Status.PARTIAL if is_incomplete else Status.PARSED,
        reason=refusal.code if refusal else None,
        cells=Cells() if refusal else tables.cells,
        claims=part.claims,
        findings=tuple(findings),
        sections=sections,
        problems=problems.problems,
        measures=problems.measures,
        processing_fee=problems.processing_fee,
        metadata=identity.metadata,
    )


def _refusal(tables: Tables, sections: Sequence[Section], *, has_images: bool) -> Finding | None:
    """Why a document is no report that can be read, if so."""
    for state in tables.cells.states:
        if state is not CellState.ABSENT:
            return None
    if has_images and sections:
        return Finding(
            "tables_are_images", "error", "表格是图片，没有可读取的数字；请向发布单位索取文字版，或录入后再放入。"
        )
    if len(sections) < _MIN_SECTIONS:
        return Finding("not_a_report", "error", "没有统计表，也没有年度报告的标题结构；不是政府信息公开工作年度报告。")
    return Finding("tables_not_found", "error", "有年度报告的标题结构，但没有找到统计表；请核对原文的表格。")


def _remarks(year: int | None, tables: Tables, sections: Sequence[Section]) -> Iterator[Finding]:
    """What a reader should know of a report as a whole."""
    if year and tables.form != expected_version(year):
        expected = expected_version(year)
        yield Finding(
            "form_year_mismatch", "warning", f"{year} 年度应使用 {expected} 版格式，表格标签为 {tables.form} 版。"
        )
    codes = {section.code for section in sections}
    if missing := missing_sections(codes):
        yield Finding("section_missing", "warning", f"缺少章节：{'；'.join(missing)}")
    if _CLOSING_SECTIONS.isdisjoint(codes) and tables.cells.states[-1] is CellState.ABSENT:
        last = [name for name, state in zip(tables.cells.names, tables.cells.states, strict=True) if state != "absent"]
        yield Finding(
            "cut_short",
            "warning",
            f"报告在 {'.'.join(last[-1])} 之后中断，其后的表格和章节都没有；请核对原文是否完整。",
        )


def _told_apart(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The reports of one document, where there are several each saying so; one that only repeats another is left out."""
    if len(reports) == 1:
        return tuple(reports)
    kept: list[Report] = []
    for report in reports:
        twin = next((other for other in kept if _is_same(other, report)), None)
        if twin:
            doubled = Finding("report_doubled", "info", "文件中同一份报告印了不止一遍，内容相同，只取一份。")
            kept[kept.index(twin)] = _with(twin, doubled)
        else:
            kept.append(report._replace(part=len(kept) + 1))
    if len(kept) == 1:
        return (kept[0],)
    return tuple([_with(report, _one_of(report.part, len(kept))) for report in kept])


def _one_of(part: int, count: int) -> Finding:
    return Finding("several_reports", "info", f"文件含 {count} 份报告，这是第 {part} 份。")


def _with(report: Report, finding: Finding) -> Report:
    return report._replace(findings=(*report.findings, finding))


def _is_same(one: Report, other: Report) -> bool:
    return (one.organ, one.year, one.cells.names, one.cells.values, one.cells.states) == (
        other.organ,
        other.year,
        other.cells.names,
        other.cells.values,
        other.cells.states,
    )
