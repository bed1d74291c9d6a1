"""The divisions just below the selected region: their figures and rates, for the map and the table under it."""

from __future__ import annotations

from .children import CHILD_CODE
from .query import Query
from .selection import IN_YEAR

PLACES = Query(
    "places",
    IN_YEAR
    + f"""
, placed as (
    select r.*, {CHILD_CODE} as child
    from report r
    join dim_organ p using (organ_key)
)
, figures as (
    select
        child,
        count(*) as reports,
        sum(new_received) as received,
        sum(processed) as processed,
        list_sum([sum(outcome_granted), sum(outcome_partially_granted)]) as disclosed,
        sum(list_sum([*columns('^(reconsideration|direct_litigation|litigation_after_reconsideration)_')])) as disputes,
        count(*) filter (broken_rules > 0) as broken,
        count(*) filter (judged_rules > 0) as judged
    from placed
    where child is not null
    group by child
)
, filings as (
    select {CHILD_CODE} as child, count(*) filter (f.filing_status <> 'missing') as filed, count(*) as expected
    from mart_filing f
    join dim_region p using (region_code)
    where f.is_expected and f.filing_status <> 'not_due'
        and ($year::integer is null or f.year = $year)
        and ($region::varchar is null or $region in (p.province_code, p.city_code, p.county_code))
        and ($level::varchar is null or f.organ_level = $level)
        and ($type::varchar is null or f.organ_type = $type)
    group by child
)
select
    coalesce(figures.child, filings.child) as region_code,
    coalesce(g.county_name, g.city_name, g.province_name) as region_name,
    coalesce(figures.reports, 0) as reports,
    figures.* exclude (child, reports),
    filings.filed,
    filings.expected
from figures
full join filings on filings.child = figures.child
join dim_region g on g.region_code = coalesce(figures.child, filings.child)
order by broken desc nulls last, received desc nulls last, 1
""",
    is_short=True,
)
QUERIES = (PLACES,)
