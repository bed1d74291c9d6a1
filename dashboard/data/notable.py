"""What stands out in a year: the rules that most reports break, and the organs whose applications moved most."""

from __future__ import annotations

from .query import Query
from .selection import IN_ALL_YEARS, IN_YEAR

RULES_BROKEN = Query(
    "rules_broken",
    IN_YEAR
    + """
select d.rule_id, d.title_zh, d.title_en, d.severity, d.formula, count(distinct f.report_key) as reports, count(*) as places
from fct_rule_result f
join report r using (report_key)
join dim_rule d using (rule_id)
where f.status = 'fail'
group by all
order by d.severity, reports desc, d.rule_id
""",
)

# Like for like: both years state every number, and both reports are those of the same organ.
MOVED = Query(
    "moved",
    IN_ALL_YEARS
    + """
, stated as (
    select report_key, organ_key, year, new_received as received
    from report
    where new_received_unknown = 0 and year in ($year, $year - 1)
)
select
    this.report_key,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    last.received as previous,
    this.received,
    this.received - last.received as change
from stated this
join stated last on last.organ_key = this.organ_key and last.year = this.year - 1
join dim_organ o on o.organ_key = this.organ_key
where this.year = $year and this.received <> last.received
order by abs(this.received - last.received) desc, o.region_code, o.organ_name
limit 500
""",
)
QUERIES = (RULES_BROKEN, MOVED)
