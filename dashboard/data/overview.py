"""The figures of the overview: sums over current reports, by region and year.

A sum adds numbers only and is None when there is none; `unknown` counts the cells left out of it (blank, dash, text, absent).
A region is a division code of a province, city or county; None means everywhere. Year None means all years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .release import Release, Row

_REPORTS = """
with report as (
    select r.report_key, r.organ_key, r.year
    from dim_report r
    join dim_organ o using (organ_key)
    where r.is_current
        and ($region::varchar is null or $region in (o.province_code, o.city_code, o.county_code))
        and ($year::integer is null or r.year = $year)
)
"""

_COUNTS = (
    _REPORTS
    + """
, application as (
    select
        sum(new_received) as received,
        sum(carried_in) as carried_in,
        sum(carried_forward) as carried_forward,
        count(*) filter (new_received is null) as received_unknown
    from fct_application
    where report_key in (select report_key from report)
)
, outcome as (
    select
        sum(value) as processed,
        sum(value) filter (outcome_code in ('granted', 'partially_granted')) as disclosed,
        count(*) filter (value is null) as processed_unknown
    from fct_outcome
    where report_key in (select report_key from report)
)
, dispute as (
    select
        sum(value) filter (track_code = 'reconsideration') as reconsiderations,
        sum(value) filter (track_code <> 'reconsideration') as lawsuits,
        count(*) filter (value is null) as disputes_unknown
    from fct_dispute
    where report_key in (select report_key from report)
)
, rule as (
    select
        count(distinct report_key) filter (status = 'fail') as broken_reports,
        count(distinct report_key) filter (status = 'not_assessable') as unassessed_reports
    from fct_rule_result
    where severity = 'error' and report_key in (select report_key from report)
)
select *, (select count(*) from report) as reports, (select count(distinct organ_key) from report) as organs
from application, outcome, dispute, rule
"""
)

# Like is compared with like: only organs that state a number in both years. Otherwise a year in which more organs filed
# would look like a year with more applications.
_CHANGE = """
with received as (
    select a.organ_key, a.year, sum(a.new_received) as received
    from fct_application a
    join dim_organ o using (organ_key)
    where a.year in ($year, $year - 1)
        and ($region::varchar is null or $region in (o.province_code, o.city_code, o.county_code))
    group by all
    having count(*) = count(a.new_received)
)
select count(*) as organs, sum(this.received) as received, sum(last.received) as previous
from received this
join received last on last.organ_key = this.organ_key and last.year = this.year - 1
where this.year = $year
"""

_APPLICATIONS_BY_YEAR = (
    _REPORTS
    + """
, application as (
    select year, sum(new_received) as received, sum(carried_in) as carried_in, sum(carried_forward) as carried_forward
    from fct_application
    where report_key in (select report_key from report)
    group by year
)
select y.year, count(report.report_key) as reports, any_value(a.received) as received,
    any_value(a.carried_in) as carried_in, any_value(a.carried_forward) as carried_forward
from dim_year y
left join report using (year)
left join application a using (year)
group by y.year
order by y.year
"""
)

_OUTCOMES_BY_YEAR = (
    _REPORTS
    + """
select f.year, d.group_code, any_value(d.group_zh) as group_zh, any_value(d.group_en) as group_en, sum(f.value) as value
from fct_outcome f
join dim_outcome d using (outcome_code)
where f.report_key in (select report_key from report)
group by f.year, d.group_code
order by f.year, min(d.sort_order)
"""
)

_ORGANS = (
    _REPORTS
    + """
, application as (
    select report_key, sum(new_received) as received
    from fct_application
    where report_key in (select report_key from report)
    group by report_key
)
, outcome as (
    select
        report_key,
        sum(value) as processed,
        sum(value) filter (outcome_code in ('granted', 'partially_granted')) as disclosed
    from fct_outcome
    where report_key in (select report_key from report)
    group by report_key
)
, rule as (
    select
        report_key,
        count(*) filter (status = 'fail') as broken,
        count(*) filter (status = 'not_assessable') as unassessed
    from fct_rule_result
    where severity = 'error' and report_key in (select report_key from report)
    group by report_key
)
select r.report_key, r.year, o.organ_name, o.province_name, o.city_name, o.county_name, o.township_name,
    a.received, c.processed, c.disclosed, rule.broken, rule.unassessed, count(*) over () as found
from report r
join dim_organ o using (organ_key)
left join application a using (report_key)
left join outcome c using (report_key)
left join rule using (report_key)
order by rule.broken desc nulls last, a.received desc nulls last, o.region_code, o.organ_name, r.year
limit $limit
"""
)

_YEARS = "select distinct year from dim_report where is_current order by year desc"


@dataclass(frozen=True)
class Counts:
    """The cards. Unit 件, except `reports`, `organs` and the two report counts of the rules."""

    reports: int
    organs: int
    received: Decimal | None
    received_unknown: int
    processed: Decimal | None
    processed_unknown: int
    disclosed: Decimal | None
    carried_in: Decimal | None
    carried_forward: Decimal | None
    reconsiderations: Decimal | None
    lawsuits: Decimal | None
    disputes_unknown: int
    broken_reports: int
    unassessed_reports: int


@dataclass(frozen=True)
class Change:
    """Applications received by the `organs` that state every figure in both years, this year and the year before."""

    organs: int
    received: Decimal
    previous: Decimal


@dataclass(frozen=True)
class ApplicationYear:
    """Applications of one year; all three figures are None in a year without numbers."""

    year: int
    reports: int
    received: Decimal | None
    carried_in: Decimal | None
    carried_forward: Decimal | None


@dataclass(frozen=True)
class OutcomeGroupYear:
    year: int
    group_code: str
    group_zh: str
    group_en: str
    value: Decimal | None


@dataclass(frozen=True)
class OrganRow:
    """A report in the list of organs. `places` goes from the province down. `broken` is None when no rule was evaluated."""

    report_key: str
    year: int
    organ_name: str
    places: tuple[str, ...]
    received: Decimal | None
    processed: Decimal | None
    disclosed: Decimal | None
    broken: int | None
    unassessed: int | None


@dataclass(frozen=True)
class OrganList:
    """The first rows, those with broken rules first, and how many there are in all."""

    rows: tuple[OrganRow, ...]
    found: int


def years(release: Release) -> tuple[int, ...]:
    """The years that have reports, latest first."""
    return tuple(row["year"] for row in release.rows(_YEARS))


def counts(release: Release, region: str | None, year: int | None) -> Counts:
    (row,) = release.rows(_COUNTS, region=region, year=year)
    return Counts(**row)


def change(release: Release, region: str | None, year: int) -> Change | None:
    """None when no organ states its figures in both years."""
    (row,) = release.rows(_CHANGE, region=region, year=year)
    return Change(**row) if row["organs"] else None


def applications_by_year(release: Release, region: str | None) -> tuple[ApplicationYear, ...]:
    """A row for every year of dim_year, with or without reports."""
    return tuple(ApplicationYear(**row) for row in release.rows(_APPLICATIONS_BY_YEAR, region=region, year=None))


def outcomes_by_year(release: Release, region: str | None) -> tuple[OutcomeGroupYear, ...]:
    return tuple(OutcomeGroupYear(**row) for row in release.rows(_OUTCOMES_BY_YEAR, region=region, year=None))


def organs(release: Release, region: str | None, year: int | None, limit: int) -> OrganList:
    rows = release.rows(_ORGANS, region=region, year=year, limit=limit)
    return OrganList(tuple(_organ_row(row) for row in rows), rows[0]["found"] if rows else 0)


def _organ_row(row: Row) -> OrganRow:
    fields: Mapping[str, Any] = {
        name: row[name]
        for name in ("report_key", "year", "organ_name", "received", "processed", "disclosed", "broken", "unassessed")
    }
    return OrganRow(places=places(row), **fields)


def places(row: Row) -> tuple[str, ...]:
    """The names of a place from the province down, unknown levels left out."""
    names = (row[f"{level}_name"] for level in ("province", "city", "county", "township"))
    return tuple(name for name in names if name)
