"""One document in, one `Report` out."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from .claims import read_claims
from .decode import Undecodable, decode
from .document import Document
from .form import expected_version
from .gazetteer import Gazetteer, default_gazetteer
from .identity import read_identity
from .model import CellState, Finding, Region, Report, Status
from .sample import SAMPLE_NOTICE
from .sections import missing_sections, read_sections
from .tables import read_tables

_MIN_SECTIONS = 3
"""A document with a title and this many of the six headings is a report even where its tables cannot be found."""


@cache
def parser_version() -> str:
    """A fingerprint of this package's code and data: it changes whenever a document might be read differently."""
    digest = hashlib.sha256()
    package = files(__package__)
    for entry in sorted((*package.iterdir(), *package.joinpath("data").iterdir()), key=lambda entry: entry.name):
        if entry.name.endswith((".py", ".csv")):
            digest.update(entry.read_bytes())
    return digest.hexdigest()[:12]


def parse(data: bytes, source: str, gazetteer: Gazetteer | None = None) -> Report:
    """Read one document.

    Never raises for what a document holds: a document that is no readable report comes back with status `rejected`, its reason
    a stable code that stands among the findings with a message. `source` is kept as given; nothing is read from it.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        decoded = decode(data)
    except Undecodable as error:
        return rejected(source, sha256, error.code, str(error), error.media_type)
    gazetteer = gazetteer or default_gazetteer()
    document = Document(decoded.text)
    tables = read_tables(document)
    sections = read_sections(document, tables.lines)
    identity = read_identity(document, gazetteer)
    findings = [*identity.findings, *tables.findings]

    reason = None
    has_figures = any(cell.state is not CellState.ABSENT for cell in tables.cells)
    if not has_figures and len(sections) < _MIN_SECTIONS:
        reason = "not_a_report"
        findings = [Finding(reason, "error", "没有统计表，也没有年度报告的标题结构；不是政府信息公开工作年度报告。")]
    elif not has_figures:
        reason = "tables_not_found"
        findings.append(Finding(reason, "error", "有年度报告的标题结构，但没有找到统计表；请核对原文的表格。"))

    region = Region()
    if identity.organ:
        resolution = gazetteer.resolve(identity.organ, decoded.text)
        region = resolution.region
        if resolution.candidates:
            names = "；".join(_full_name(gazetteer.region(code)) for code in resolution.candidates[:10])
            findings.append(Finding("place_ambiguous", "warning", f"同名地区无法区分：{names}"))
    if reason is None:
        if identity.year and tables.form != expected_version(identity.year):
            findings.append(
                Finding(
                    "form_year_mismatch",
                    "warning",
                    f"{identity.year} 年度应使用 {expected_version(identity.year)} 版格式，表格标签为 {tables.form} 版。",
                )
            )
        if missing := missing_sections(sections):
            findings.append(Finding("section_missing", "warning", f"缺少章节：{'；'.join(missing)}"))

    return Report(
        source=source,
        sha256=sha256,
        media_type=decoded.media_type,
        encoding=decoded.encoding,
        title=identity.title,
        organ=identity.organ,
        year=identity.year,
        form=tables.form,
        region=region,
        period_start=identity.period_start,
        period_end=identity.period_end,
        signed_on=identity.signed_on,
        is_sample=SAMPLE_NOTICE in decoded.text,
        status=_status(reason, findings),
        reason=reason,
        cells=tables.cells if reason is None else (),
        claims=read_claims(sections) if reason is None else (),
        findings=tuple(findings),
        sections=sections,
    )


def rejected(source: str, sha256: str, code: str, message: str, media_type: str | None = None) -> Report:
    """A document that could not be read at all."""
    return Report(
        source=source,
        sha256=sha256,
        media_type=media_type,
        encoding=None,
        title=None,
        organ=None,
        year=None,
        form=None,
        region=Region(),
        period_start=None,
        period_end=None,
        signed_on=None,
        is_sample=False,
        status=Status.REJECTED,
        reason=code,
        cells=(),
        claims=(),
        findings=(Finding(code, "error", message),),
        sections=(),
    )


def _status(reason: str | None, findings: list[Finding]) -> Status:
    if reason:
        return Status.REJECTED
    incomplete = {"organ_unknown", "year_unknown", "table_missing", "row_missing", "row_unread"}
    return Status.PARTIAL if any(finding.code in incomplete for finding in findings) else Status.PARSED


def _full_name(region: Region) -> str:
    return "".join(name for name in (region.province, region.city, region.county, region.township) if name)
