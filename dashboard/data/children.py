"""The parts of a place: the nation's provinces, a province's cities, a city's counties, a county's organs."""

from __future__ import annotations

IN_CHILDREN = """
, placed as (
    select
        r.*,
        case
            when $region::varchar is null then o.province_code
            -- A county that reports to its province directly stands beside the cities.
            when length($region) = 2 then coalesce(case when o.city_name is not null then o.city_code end, o.county_code)
            when length($region) = 4 then o.county_code
            else r.organ_key
        end as child_code,
        case
            when $region::varchar is null then o.province_name
            when length($region) = 2 then coalesce(o.city_name, o.county_name)
            when length($region) = 4 then o.county_name
            else o.organ_name
        end as child_name
    from report r
    join dim_organ o using (organ_key)
)
"""
"""Goes on after IN_YEAR or IN_ALL_YEARS: `placed` are the rows of `report` with the code and name of the part that each belongs to. The organs
of the place itself belong to no part: null. Below a county the code is an organ's key."""
