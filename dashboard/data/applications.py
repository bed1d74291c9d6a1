"""The questions of the page on applications: the flow of a year, outcomes one by one, why it was refused, who asks, and where.

A sum adds numbers only and is null when there is none. A rate needs SMALLEST_DENOMINATOR cases and is null below.
"""

from __future__ import annotations

from .children import IN_CHILDREN
from .query import Query
from .selection import IN_ALL_YEARS, IN_YEAR

FLOW = Query(
    "flow",
    IN_YEAR
    + """
, outcome as (
    unpivot (select sum(columns('^outcome_')) from report) on columns(*) into name outcome value value
)
, part as (
    select 'in' as side, 'new_received' as code, sum(new_received) as value, -2 as sort_order from report
    union all
    select 'in', 'carried_in', sum(carried_in), -1 from report
    union all
    select 'out', d.group_code, sum(o.value), min(d.sort_order)
    from outcome o
    join dim_outcome d on o.outcome = 'outcome_' || d.outcome_code
    group by d.group_code
    union all
    select 'out', 'carried_forward', sum(carried_forward), 99 from report
)
select side, code, value from part order by sort_order
""",
)
"""Side in or out, code of a row or of a group of outcomes, and the sum; unit 件."""

_DIFFERENCES = """
, difference as (
    select
        *,
        case
            when new_received_unknown + carried_in_unknown + processed_unknown + carried_forward_unknown = 0
                then new_received + carried_in - processed - carried_forward
        end as missing
    from report
)
"""
# In a sum the surplus of one report hides the deficit of another, so the reports are compared one by one.
BALANCE = Query(
    "balance",
    IN_YEAR
    + _DIFFERENCES
    + """
select
    count(missing) as comparable,
    count(*) filter (missing <> 0) as unequal,
    sum(missing) filter (missing > 0) as missing,
    -sum(missing) filter (missing < 0) as surplus,
    count(*) - count(missing) as incomparable
from difference
""",
)
"""Reports that state every number of the flow, those whose two sides differ, and by how much: `missing` is what came in and went nowhere,
`surplus` what went out and never came in."""

UNBALANCED = Query(
    "unbalanced",
    IN_YEAR
    + _DIFFERENCES
    + """
select
    r.report_key,
    r.year,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    r.new_received as received,
    r.carried_in,
    r.processed,
    r.carried_forward,
    r.missing
from difference r
join dim_organ o using (organ_key)
where r.missing <> 0
order by abs(r.missing) desc, o.region_code, o.organ_name, r.year
""",
)

SINGLE_OUTCOMES = Query(
    "single_outcomes",
    IN_ALL_YEARS
    + """
, summed as (
    select year, sum(columns('^outcome_')) from report group by year
)
, outcome as (
    unpivot summed on columns(* exclude (year)) into name outcome value value
)
select o.year, d.outcome_code, d.group_code, d.outcome_zh, d.outcome_en, o.value, d.sort_order
from outcome o
join dim_outcome d on o.outcome = 'outcome_' || d.outcome_code
order by o.year, d.sort_order
""",
)

REFUSALS = Query(
    "refusals",
    IN_ALL_YEARS
    + """
, whole as (
    select
        sum(processed) filter ($year::integer is null or year = $year) as processed,
        sum(processed) filter (year = $year - 1) as processed_before
    from report
)
, summed as (
    select year, sum(columns('^outcome_(denied|unavailable|rejected)_')) from report group by year
)
, outcome as (
    unpivot summed on columns(* exclude (year)) into name outcome value value
)
, reason as (
    select
        d.outcome_code,
        d.group_code,
        d.group_zh,
        d.group_en,
        d.outcome_zh,
        d.outcome_en,
        d.sort_order,
        sum(o.value) filter ($year::integer is null or o.year = $year) as value,
        sum(o.value) filter (o.year = $year - 1) as value_before
    from outcome o
    join dim_outcome d on o.outcome = 'outcome_' || d.outcome_code
    group by all
)
select
    r.outcome_code,
    r.group_code,
    r.group_zh,
    r.group_en,
    r.outcome_zh,
    r.outcome_en,
    r.value,
    w.processed,
    case when w.processed > 0 then 100 * r.value / w.processed end as percent,
    r.value_before,
    w.processed_before,
    case when w.processed_before > 0 then 100 * r.value_before / w.processed_before end as percent_before
from reason r
cross join whole w
where r.value is not null or r.value_before is not null
order by r.value desc nulls last, r.sort_order
""",
)
"""Why applications were not granted, the commonest first: cases, and share in all outcomes, of the year and of the year before."""

APPLICANTS = Query(
    "applicants",
    IN_ALL_YEARS
    + """
, summed as (
    select year, sum(columns('^received_')) from report group by year
)
, received as (
    unpivot summed on columns(* exclude (year)) into name applicant value value
)
select r.year, a.applicant_code, a.applicant_zh, a.applicant_en, r.value
from received r
join dim_applicant a on r.applicant = 'received_' || a.applicant_code
order by r.year, a.sort_order
""",
)

CHILDREN = Query(
    "applications_by_place",
    IN_YEAR
    + IN_CHILDREN
    + """
, summed as (
    select
        child_code,
        any_value(child_name) as child_name,
        max_by(report_key, year) as last_report_key,
        count(*) as reports,
        sum(new_received) as received,
        sum(carried_in) as carried_in,
        sum(processed) as processed,
        sum(carried_forward) as carried_forward,
        sum(columns('^outcome_(granted|partially_granted|denied_.*|unavailable_.*)$')),
        count(*) filter (broken_rules > 0) as broken_reports,
        sum(new_received_unknown + carried_in_unknown + processed_unknown + carried_forward_unknown) as unknown_cells
    from placed
    group by child_code
)
, added as (
    select
        *,
        list_sum([outcome_granted, outcome_partially_granted]) as disclosed,
        list_sum([*columns('^outcome_denied_')]) as denied,
        list_sum([*columns('^outcome_unavailable_')]) as unavailable
    from summed
)
select
    child_code,
    child_name,
    last_report_key,
    reports,
    received,
    carried_in,
    processed,
    carried_forward,
    case when processed >= 30 then 100 * disclosed / processed end as disclosed_percent,
    case when processed >= 30 then 100 * denied / processed end as denied_percent,
    case when processed >= 30 then 100 * unavailable / processed end as unavailable_percent,
    case when received + carried_in >= 30 then 100 * processed / (received + carried_in) end as completed_percent,
    broken_reports,
    unknown_cells
from added
order by received desc nulls last, child_code nulls last
""",
    is_short=True,
)
"""The parts of the place with their sums and rates, those with most applications first."""

# Twelve rows of small charts fill a screen; the table has all.
LARGEST_CHILDREN = Query(
    "applications_of_largest_places",
    IN_ALL_YEARS
    + IN_CHILDREN
    + """
, by_year as (
    select
        child_code,
        any_value(child_name) as child_name,
        year,
        sum(new_received) as received,
        sum(processed) as processed,
        list_sum([sum(outcome_granted), sum(outcome_partially_granted)]) as disclosed
    from placed
    where child_code is not null
    group by child_code, year
)
, largest as (
    select child_code, sum(received) as size
    from by_year
    where $year::integer is null or year = $year
    group by child_code
    order by size desc nulls last, child_code
    limit 12
)
select
    b.child_code,
    b.child_name,
    b.year,
    b.received,
    b.processed,
    b.disclosed,
    case when b.processed >= 30 then 100 * b.disclosed / b.processed end as disclosed_percent
from largest l
join by_year b using (child_code)
order by l.size desc nulls last, b.child_code, b.year
""",
)
"""The twelve parts of the place with most applications in the year, in every year."""

QUERIES = (
    FLOW,
    BALANCE,
    UNBALANCED,
    SINGLE_OUTCOMES,
    REFUSALS,
    APPLICANTS,
    CHILDREN,
    LARGEST_CHILDREN,
)
