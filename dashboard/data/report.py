"""One report: its header, its cells laid out on the form, its broken rules, what its prose says, and its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .overview import places
from .release import Release, Row

_HEADER = """
select r.report_key, r.organ_key, r.year, r.form, r.title, r.source, r.sha256, r.is_current, r.is_sample, r.period_start,
    r.period_end, r.signed_on, r.published_on, r.url, r.status, r.part, o.organ_name, o.province_name, o.city_name,
    o.county_name, o.township_name, y.form as prescribed_form,
    (select max(d.part) from mart_document d where d.sha256 = r.sha256) as parts
from dim_report r
join dim_organ o using (organ_key)
left join dim_year y using (year)
where r.report_key = $report
"""
_VERSIONS = """
select v.report_key, v.is_current, v.signed_on, v.source
from dim_report v
join dim_report r on r.organ_key = v.organ_key and r.year = v.year
where r.report_key = $report
order by v.is_current desc, v.signed_on desc nulls last, v.source
"""
_NEIGHBOURS = """
select n.report_key, n.year
from dim_report n
join dim_report r on r.organ_key = n.organ_key
where r.report_key = $report and n.is_current and n.year <> r.year
order by n.year
"""
# A document that mixes both versions is laid out on the one that names most of its cells.
_LAYOUT = """
with layout as (
    select f.form
    from report_cell c
    join dim_form_cell f using (table_code, row_code, column_code)
    where c.report_key = $report
    group by f.form
    order by count(*) desc, f.form desc
    limit 1
)
select f.table_code, f.table_zh, f.table_en, f.row_code, f.row_zh, f.row_en, f.group_code, f.group_zh, f.group_en,
    f.column_code, f.column_zh, f.column_en, f.unit, f.article, n.form, n.notice,
    c.value, c.raw, coalesce(c.state, 'absent') as state, c.line
from dim_form_cell f
join layout using (form)
join dim_form n using (form)
left join report_cell c on c.report_key = $report and c.table_code = f.table_code and c.row_code = f.row_code
    and c.column_code = f.column_code
order by f.table_code, f.row_order, f.column_order
"""
_RESULTS = """
select f.rule_id, d.title_zh, d.title_en, f.severity, d.formula, f.place, f.status, f.left_value, f.right_value,
    f.difference, f.cells, f.detail, f.other_report_key
from fct_rule_result f
join dim_rule d using (rule_id)
where f.report_key = $report and f.status <> 'pass'
order by f.status, f.severity, f.rule_id[1], f.rule_id[2:]::integer, f.place
"""
_SUGGESTIONS = """
select table_code, suggestion_no, suggestion_count, row_code, column_code, printed_value, suggested_value,
    other_row_code, other_column_code, mends, fault, reason
from fct_suggestion
where report_key = $report
order by table_code, suggestion_no
"""
_PASSED = "select count(*) as passed from fct_rule_result where report_key = $report and status = 'pass'"
_CLAIMS = """
select c.line, c.sentence, c.kind, d.claim_zh, d.claim_en, c.value, c.is_approximate
from report_claim c
join dim_claim d using (kind, code)
where c.report_key = $report
order by c.line, c.sentence, d.sort_order, c.value
"""
_TEXT = "select problems, measures, processing_fee from report_text where report_key = $report"
_FINDINGS = """
select code, severity, message
from report_finding
where report_key = $report
order by case severity when 'error' then 1 when 'warning' then 2 else 3 end, code, message
"""


@dataclass(frozen=True)
class Header:
    """`part` is the report's number among the `parts` that its document holds. `url` is as the sidecar gives it: any text."""

    report_key: str
    organ_key: str
    organ_name: str
    year: int
    form: str | None
    prescribed_form: str | None
    places: tuple[str, ...]
    title: str | None
    source: str
    sha256: str
    part: int
    parts: int
    is_current: bool
    is_sample: bool
    signed_on: date | None
    published_on: date | None
    url: str | None
    period: tuple[date | None, date | None]
    status: str


@dataclass(frozen=True)
class Version:
    """A version of the same organ's report on the same year."""

    report_key: str
    is_current: bool
    signed_on: date | None
    source: str


@dataclass(frozen=True)
class Neighbour:
    """The current report of the same organ on another year."""

    report_key: str
    year: int


@dataclass(frozen=True)
class PrintedCell:
    """A cell of the form with what the document prints there. Labels are of the form, `raw` is of the document."""

    table_code: str
    table_zh: str
    table_en: str
    row_code: str
    row_zh: str
    row_en: str
    group_code: str | None
    group_zh: str | None
    group_en: str | None
    column_code: str
    column_zh: str
    column_en: str
    unit: str
    article: str | None
    form: str
    notice: str
    value: Decimal | None
    raw: str | None
    state: str
    line: int | None

    @property
    def name(self) -> str:
        return f"{self.table_code}.{self.row_code}.{self.column_code}"


@dataclass(frozen=True)
class RuleResult:
    """A rule that is broken or cannot be assessed at a place; the values are what the two sides add up to. `detail` is the sentence or
    fact that it rests on, `other_report_key` the report that this one was held against."""

    rule_id: str
    title_zh: str
    title_en: str
    severity: str
    formula: str
    place: str
    status: str
    left_value: Decimal | None
    right_value: Decimal | None
    difference: Decimal | None
    cells: tuple[str, ...]
    detail: str | None
    other_report_key: str | None

    @property
    def is_told_in_words(self) -> bool:
        return is_told_in_words(self.place, self.detail)


def is_told_in_words(place: str, detail: str | None) -> bool:
    """Of years, days and likenesses the sides are no counts: `detail` says what they are."""
    return detail is not None and place.startswith(("title", "form", "published_on", "section."))


@dataclass(frozen=True)
class Suggestion:
    """One of the `count` smallest changes of printed figures that would satisfy every broken identity of a table: another value in
    `cell`, or, with an `other_cell`, the two exchanged. `rules` are those it would satisfy; `fault` is publisher, parser or unclear."""

    table_code: str
    count: int
    cell: str
    other_cell: str | None
    printed_value: Decimal
    suggested_value: Decimal
    rules: tuple[str, ...]
    fault: str
    reason: str


@dataclass(frozen=True)
class Claim:
    """A figure that a sentence of the prose states; of kind `none` it is 0, and the label is the denial."""

    line: int
    sentence: str
    kind: str
    claim_zh: str
    claim_en: str
    value: Decimal
    is_approximate: bool


@dataclass(frozen=True)
class Text:
    """What sections 五 and 六 say, as printed; None where they do not speak of it."""

    problems: str | None = None
    measures: str | None = None
    processing_fee: str | None = None


@dataclass(frozen=True)
class Finding:
    code: str
    severity: str
    message: str


@dataclass(frozen=True)
class Report:
    """Everything the report page shows. `cells` and `claims` are in printed order; `results` leaves out the `passed` ones."""

    header: Header
    versions: tuple[Version, ...]
    previous: Neighbour | None
    following: Neighbour | None
    cells: tuple[PrintedCell, ...]
    results: tuple[RuleResult, ...]
    passed: int
    suggestions: tuple[Suggestion, ...]
    claims: tuple[Claim, ...]
    text: Text
    findings: tuple[Finding, ...]


def report(release: Release, report_key: str) -> Report | None:
    """None when the release has no such report."""
    headers = release.rows(_HEADER, report=report_key)
    if not headers:
        return None
    header = _header(headers[0])
    neighbours = tuple(Neighbour(**row) for row in release.rows(_NEIGHBOURS, report=report_key))
    earlier = [neighbour for neighbour in neighbours if neighbour.year < header.year]
    later = [neighbour for neighbour in neighbours if neighbour.year > header.year]
    (passed,) = release.rows(_PASSED, report=report_key)
    texts = release.rows(_TEXT, report=report_key)
    return Report(
        header,
        tuple(Version(**row) for row in release.rows(_VERSIONS, report=report_key)),
        earlier[-1] if earlier else None,
        later[0] if later else None,
        tuple(PrintedCell(**row) for row in release.rows(_LAYOUT, report=report_key)),
        tuple(_result(row) for row in release.rows(_RESULTS, report=report_key)),
        passed["passed"],
        tuple(_suggestion(row) for row in release.rows(_SUGGESTIONS, report=report_key)),
        tuple(Claim(**row) for row in release.rows(_CLAIMS, report=report_key)),
        Text(**texts[0]) if texts else Text(),
        tuple(Finding(**row) for row in release.rows(_FINDINGS, report=report_key)),
    )


def _header(row: Row) -> Header:
    names = (
        "report_key",
        "organ_key",
        "organ_name",
        "year",
        "form",
        "prescribed_form",
        "title",
        "source",
        "sha256",
        "part",
        "parts",
    )
    more = ("is_current", "is_sample", "signed_on", "published_on", "url", "status")
    return Header(
        places=places(row),
        period=(row["period_start"], row["period_end"]),
        **{name: row[name] for name in (*names, *more)},
    )


def _result(row: Row) -> RuleResult:
    fields: Mapping[str, object] = {**row, "cells": tuple(row["cells"] or ())}
    return RuleResult(**fields)  # type: ignore[arg-type]


def _suggestion(row: Row) -> Suggestion:
    table, other = row["table_code"], row["other_row_code"]
    return Suggestion(
        table_code=table,
        count=row["suggestion_count"],
        cell=f"{table}.{row['row_code']}.{row['column_code']}",
        other_cell=other and f"{table}.{other}.{row['other_column_code']}",
        printed_value=row["printed_value"],
        suggested_value=row["suggested_value"],
        rules=tuple(dict.fromkeys(mended.partition("@")[0] for mended in row["mends"])),
        fault=row["fault"],
        reason=row["reason"],
    )
