"""The figures of the overview: sums over the reports that the selection leaves.

A sum adds numbers only and is None when there is none; `unknown` counts the cells left out of it (blank, dash, text, absent).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .query import Query
from .release import Row
from .selection import IN_ALL_YEARS, IN_YEAR

COUNTS = Query(
    "counts",
    IN_YEAR
    + """
select
    count(*) as reports,
    count(distinct organ_key) as organs,
    count(*) filter (scope = 'consolidated') as consolidated,
    sum(new_received) as received,
    coalesce(sum(new_received_unknown), 0) as received_unknown,
    sum(processed) as processed,
    coalesce(sum(processed_unknown), 0) as processed_unknown,
    list_sum([sum(outcome_granted), sum(outcome_partially_granted)]) as disclosed,
    sum(carried_in) as carried_in,
    sum(carried_forward) as carried_forward,
    sum(list_sum([*columns('^reconsideration_')])) as reconsiderations,
    sum(list_sum([*columns('^(direct_litigation|litigation_after_reconsideration)_')])) as lawsuits,
    coalesce(sum(disputes_unknown), 0) as disputes_unknown,
    count(*) filter (broken_rules > 0) as broken_reports,
    count(*) filter (unassessed_rules > 0) as unassessed_reports
from report
""",
)

# Like is compared with like: only organs that state every number in both years. Otherwise a year in which more organs filed
# would look like a year with more applications.
CHANGE = Query(
    "change",
    IN_ALL_YEARS
    + """
, stated as (
    select
        organ_key,
        year,
        new_received as received,
        case when processed_unknown = 0 then processed end as processed,
        case when processed_unknown = 0 then outcome_granted + outcome_partially_granted end as disclosed
    from report
    where new_received_unknown = 0 and year in ($year, $year - 1)
)
select
    count(*) as organs,
    sum(this.received) as received,
    sum(last.received) as previous,
    sum(this.processed) filter (last.processed is not null) as processed,
    sum(last.processed) filter (this.processed is not null) as previous_processed,
    sum(this.disclosed) filter (last.disclosed is not null) as disclosed,
    sum(last.disclosed) filter (this.disclosed is not null) as previous_disclosed
from stated this
join stated last on last.organ_key = this.organ_key and last.year = this.year - 1
where this.year = $year
""",
)

APPLICATIONS = Query(
    "applications",
    IN_ALL_YEARS
    + """
select
    y.year,
    count(r.report_key) as reports,
    sum(r.new_received) as received,
    sum(r.carried_in) as carried_in,
    sum(r.carried_forward) as carried_forward,
    sum(r.processed) as processed,
    list_sum([sum(r.outcome_granted), sum(r.outcome_partially_granted)]) as disclosed,
    sum(list_sum([*columns('^(reconsideration|direct_litigation|litigation_after_reconsideration)_')])) as disputes,
    case when count(r.judged_rules) > 0 then count(*) filter (r.broken_rules > 0) end as broken
from dim_year y
left join report r using (year)
group by y.year
order by y.year
""",
)

OUTCOMES = Query(
    "outcomes",
    IN_ALL_YEARS
    + """
, summed as (
    select year, sum(columns('^outcome_')) from report group by year
)
, outcome as (
    unpivot summed on columns(* exclude (year)) into name outcome value value
)
select o.year, d.group_code, any_value(d.group_zh) as group_zh, any_value(d.group_en) as group_en, sum(o.value) as value
from outcome o
join dim_outcome d on o.outcome = 'outcome_' || d.outcome_code
group by o.year, d.group_code
order by o.year, min(d.sort_order)
""",
)

REPORTS = Query(
    "reports",
    IN_YEAR
    + """
select
    r.report_key,
    r.year,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    r.new_received as received,
    r.processed,
    -- Of one report a blank leaves the whole unknown: a rate of what is left would be another figure.
    case
        when r.processed >= 30 and r.processed_unknown = 0
            then 100 * (r.outcome_granted + r.outcome_partially_granted) / r.processed
    end as disclosed_percent,
    r.broken_rules,
    r.warned_rules,
    r.unassessed_rules
from report r
join dim_organ o using (organ_key)
order by r.broken_rules desc nulls last, r.new_received desc nulls last, o.region_code, o.organ_name, r.year
""",
)

QUERIES = (COUNTS, CHANGE, APPLICATIONS, OUTCOMES, REPORTS)


@dataclass(frozen=True)
class Counts:
    """The cards. Unit 件, except `reports`, `organs`, `consolidated` and the two report counts of the rules."""

    reports: int
    organs: int
    consolidated: int
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
    """Figures of the `organs` that state every number in both years, this year and the year before. What was processed and disclosed is of
    those that state all of that, too; None where none does."""

    organs: int
    received: Decimal
    previous: Decimal
    processed: Decimal | None
    previous_processed: Decimal | None
    disclosed: Decimal | None
    previous_disclosed: Decimal | None


@dataclass(frozen=True)
class ApplicationYear:
    """The figures of one year; each is None in a year without numbers. `broken` counts reports."""

    year: int
    reports: int
    received: Decimal | None
    carried_in: Decimal | None
    carried_forward: Decimal | None
    processed: Decimal | None
    disclosed: Decimal | None
    disputes: Decimal | None
    broken: int | None


@dataclass(frozen=True)
class OutcomeGroupYear:
    year: int
    group_code: str
    group_zh: str
    group_en: str
    value: Decimal | None


def counts(rows: tuple[Row, ...]) -> Counts:
    """Of COUNTS."""
    (row,) = rows
    return Counts(**_whole(row, "received_unknown", "processed_unknown", "disputes_unknown"))


def change(rows: tuple[Row, ...]) -> Change | None:
    """Of CHANGE; None when no organ states its figures in both years."""
    (row,) = rows
    return Change(**row) if row["organs"] else None


def _whole(row: Row, *names: str) -> Mapping[str, Any]:
    return {**row, **{name: int(row[name]) for name in names}}


def places(row: Row) -> tuple[str, ...]:
    """The names of a place from the province down, unknown levels left out."""
    names = (row[f"{level}_name"] for level in ("province", "city", "county", "township"))
    return tuple(name for name in names if name)
