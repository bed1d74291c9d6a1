"""What is wrong with the reports that a selection leaves: which break rules, where they are, and what became of each finding.

A finding is a rule that an organ's report on a year breaks at a place. The release says what is broken now; the ledger says since when, what
was mended, and what people said of it (data/ledger_tables.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .children import CHILD_CODE
from .query import Query
from .release import Row
from .selection import IN_ALL_YEARS, IN_YEAR

# A finding goes with the organ's current report on the year: that of a resolved one may have been replaced.
_FINDING = """
, finding as (
    select f.*, r.report_key, v.verdict, v.reason, v.given_by, v.given_at
    from ledger.finding f
    join report r using (organ_key, year)
    left join ledger.verdict v using (fingerprint)
)
"""

COUNTS = Query(
    "quality_counts",
    IN_YEAR
    + _FINDING
    + """
select
    (select count(*) from report) as reports,
    (select count(*) from report where judged_rules > 0) as judged_reports,
    (select count(*) from report where broken_rules > 0) as broken_reports,
    count(distinct report_key) filter (severity = 'error' and is_broken and verdict is distinct from 'dismissed')
        as reports_to_correct,
    count(*) filter (severity = 'error' and status <> 'resolved') as errors,
    count(*) filter (severity = 'warning' and status <> 'resolved') as warnings,
    count(*) filter (severity = 'error' and status in ('new', 'unrecorded')) as new_errors,
    count(*) filter (severity = 'error' and status = 'reopened') as reopened_errors,
    count(*) filter (severity = 'error' and status = 'resolved') as resolved_errors,
    count(*) filter (verdict = 'confirmed') as confirmed,
    count(*) filter (verdict = 'dismissed') as dismissed
from finding
""",
)

COUNTIES = Query(
    "quality_counties",
    IN_YEAR
    + _FINDING
    + """
, wrong as (
    select report_key, rule_id, verdict from finding where severity = 'error' and is_broken
)
, broken as (
    select
        report_key,
        count(*) as errors,
        coalesce(bool_or(verdict is distinct from 'dismissed'), false) as is_to_correct
    from wrong
    group by report_key
)
, often as (
    select county_code, rule_id, count(distinct report_key) as reports
    from wrong join report using (report_key)
    group by county_code, rule_id
    qualify row_number() over (partition by county_code order by reports desc, rule_id) = 1
)
, counted as (
    select
        r.county_code,
        count(*) filter (r.judged_rules > 0) as judged_reports,
        count(*) filter (r.broken_rules > 0) as broken_reports,
        count(*) filter (b.is_to_correct) as reports_to_correct,
        coalesce(sum(b.errors), 0) as errors
    from report r
    left join broken b using (report_key)
    where r.county_code is not null
    group by r.county_code
)
select
    c.county_code,
    p.region_name as county_name,
    concat_ws(' · ', p.province_name, p.city_name) as place,
    c.broken_reports,
    c.judged_reports,
    case when c.judged_reports > 0 then round(100 * c.broken_reports / c.judged_reports, 1) end as broken_percent,
    c.errors::bigint as errors,
    o.rule_id || ' ' || d.title_zh as most_often_zh,
    o.rule_id || ' ' || d.title_en as most_often_en,
    c.reports_to_correct
from counted c
join dim_region p on p.region_code = c.county_code
left join often o on o.county_code = c.county_code
left join dim_rule d using (rule_id)
order by c.broken_reports desc, c.errors desc, c.county_code
""",
)

BROKEN_REPORTS = Query(
    "quality_reports",
    IN_YEAR
    + _FINDING
    + """
, broken as (
    select
        report_key,
        string_agg(distinct rule_id, ' ' order by rule_id) filter (severity = 'error') as rules,
        count(*) filter (severity = 'error') as errors,
        count(*) filter (severity = 'warning') as warnings,
        count(*) filter (severity = 'error' and verdict is distinct from 'dismissed') as to_correct
    from finding
    where is_broken
    group by report_key
)
select
    r.report_key,
    r.year,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    r.broken_rules,
    b.rules,
    b.errors,
    b.warnings,
    b.to_correct
from report r
join dim_organ o using (organ_key)
left join broken b using (report_key)
where r.broken_rules > 0
order by r.broken_rules desc, b.errors desc, o.region_code, o.organ_name, r.year
""",
)

# Rules by the number behind their letter: H2 comes before H10.
_RULE_ORDER = "rule_id[1], rule_id[2:]::integer"

RULE_YEARS = Query(
    "quality_rule_years",
    IN_ALL_YEARS
    + _FINDING
    + f"""
, counted as (
    select year, count(*) as reports from report group by year
)
, broken as (
    select rule_id, year, count(distinct report_key) as broken_reports from finding where is_broken group by rule_id, year
)
select
    d.rule_id, d.title_zh, d.title_en, d.severity, c.year, c.reports, coalesce(b.broken_reports, 0) as broken_reports
from dim_rule d
cross join counted c
left join broken b using (rule_id, year)
order by {_RULE_ORDER}, c.year
""",
)

REGIONS = Query(
    "quality_regions",
    IN_YEAR
    + f"""
, placed as (
    select r.broken_rules, r.judged_rules, {CHILD_CODE} as region_code
    from report r
    join dim_organ p using (organ_key)
)
select
    region_code,
    any_value(g.region_name) as region_name,
    count(*) filter (broken_rules > 0) as broken_reports,
    count(*) filter (judged_rules > 0) as judged_reports
from placed
join dim_region g using (region_code)
group by region_code
having broken_reports > 0
order by broken_reports desc, judged_reports, region_code
""",
)

FINDINGS = Query(
    "findings",
    IN_YEAR
    + _FINDING
    + f"""
select
    f.fingerprint,
    f.severity,
    f.rule_id,
    d.title_zh,
    d.title_en,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as region,
    f.year,
    f.place,
    f.left_value,
    f.right_value,
    f.difference,
    f.detail,
    f.first_cell,
    f.status,
    f.status_since,
    f.verdict,
    f.reason,
    f.given_by,
    f.given_at,
    f.report_key
from finding f
join dim_rule d using (rule_id)
join dim_organ o using (organ_key)
where ($rule::varchar is null or f.rule_id = $rule)
    and ($severity::varchar is null or f.severity = $severity)
    and (f.status = $status or coalesce($status, 'standing') = 'all' or ($status is null and f.status <> 'resolved'))
    and ($verdict::varchar is null or coalesce(f.verdict, 'none') = $verdict)
order by f.severity, {_RULE_ORDER}, o.region_code, o.organ_name, f.year, f.place
""",
)

FINDING = Query(
    "finding",
    """
select
    f.fingerprint, f.severity, f.rule_id, d.title_zh, d.title_en, d.formula, d.basis, o.organ_name, f.year, f.place,
    f.left_value, f.right_value, f.difference, f.detail, f.first_cell, f.status, f.status_since, f.first_seen,
    v.verdict, v.reason, v.given_by, v.given_at, r.report_key
from ledger.finding f
join dim_rule d using (rule_id)
join dim_organ o using (organ_key)
left join dim_report r on r.organ_key = f.organ_key and r.year = f.year and r.is_current
left join ledger.verdict v using (fingerprint)
where f.fingerprint = $finding
""",
)

# No word of the ledger in it: a verdict must not make the release count its results again.
RULES = Query(
    "rules",
    f"""
with verdict as (
    select f.rule_id, f.report_key, min(f.status) as status
    from fct_rule_result f
    join dim_report r on r.report_key = f.report_key and r.is_current
    group by f.rule_id, f.report_key
)
, counted as (
    select
        rule_id,
        count(*) filter (status = 'pass') as passed,
        count(*) filter (status = 'fail') as broken,
        count(*) filter (status = 'not_assessable') as unassessed
    from verdict
    group by rule_id
)
select
    d.rule_id,
    d.title_zh,
    d.title_en,
    d.severity,
    d.formula,
    d.basis,
    array_to_string(d.forms, ' ') as forms,
    coalesce(c.passed, 0) as passed,
    coalesce(c.broken, 0) as broken,
    coalesce(c.unassessed, 0) as unassessed
from dim_rule d
left join counted c using (rule_id)
order by {_RULE_ORDER}
""",
)

# Of the whole country, whoever asks: how good a rule is does not say whose reports it was judged on.
JUDGED = Query(
    "rule_verdicts",
    f"""
with standing as (
    select rule_id, count(*) as findings from ledger.finding where status <> 'resolved' group by rule_id
)
, judged as (
    select
        rule_id,
        count(*) filter (verdict = 'confirmed') as confirmed,
        count(*) filter (verdict = 'dismissed') as dismissed
    from ledger.verdict
    group by rule_id
)
select
    d.rule_id,
    coalesce(s.findings, 0) as standing,
    coalesce(j.confirmed, 0) as confirmed,
    coalesce(j.dismissed, 0) as dismissed
from dim_rule d
left join standing s using (rule_id)
left join judged j using (rule_id)
order by {_RULE_ORDER}
""",
)

RULE_NAMES = f"select rule_id, title_zh, title_en, severity from dim_rule order by {_RULE_ORDER}"

QUERIES = (COUNTS, COUNTIES, BROKEN_REPORTS, RULE_YEARS, REGIONS, FINDINGS, FINDING, RULES, JUDGED)

STATUSES = ("new", "persisting", "reopened", "resolved", "all")
"""What the findings can be narrowed to; without one those that stand."""
SEVERITIES = ("error", "warning")
VERDICTS = ("none", "confirmed", "dismissed")


@dataclass(frozen=True)
class Counts:
    """Reports, those that an error rule said something of, those with an error that nobody
    dismissed, and findings of each kind. `errors` and `warnings` are those that stand, judged or not."""

    reports: int
    judged_reports: int
    broken_reports: int
    reports_to_correct: int
    errors: int
    warnings: int
    new_errors: int
    reopened_errors: int
    resolved_errors: int
    confirmed: int
    dismissed: int


@dataclass(frozen=True)
class RuleYear:
    """How many of a year's reports break a rule at some place."""

    rule_id: str
    title_zh: str
    title_en: str
    severity: str
    year: int
    reports: int
    broken_reports: int


@dataclass(frozen=True)
class RegionCount:
    """A region below the selected one with reports that have errors, among those that the rules judged."""

    region_code: str
    region_name: str
    broken_reports: int
    judged_reports: int


@dataclass(frozen=True)
class Finding:
    """A finding with what it rests on. `report_key` is the organ's current report on the year, None where there is none. The sides are None
    where the rule has none, or the release does not show the finding."""

    fingerprint: str
    severity: str
    rule_id: str
    title_zh: str
    title_en: str
    formula: str
    basis: str
    organ_name: str
    year: int
    place: str
    left_value: Decimal | None
    right_value: Decimal | None
    difference: Decimal | None
    detail: str | None
    first_cell: str | None
    status: str
    status_since: str | None
    first_seen: str | None
    verdict: str | None
    reason: str | None
    given_by: str | None
    given_at: str | None
    report_key: str | None


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue, how many current reports of the release keep it, break it or leave it open, its findings that stand, and how
    often people agreed with one."""

    rule_id: str
    title_zh: str
    title_en: str
    severity: str
    formula: str
    basis: str
    forms: str
    passed: int
    broken: int
    unassessed: int
    standing: int
    confirmed: int
    dismissed: int


def reports_to_correct(rows: tuple[Row, ...]) -> list[str]:
    """Of BROKEN_REPORTS: the keys of those for which there is a notice to write."""
    return [row["report_key"] for row in rows if row["to_correct"]]
