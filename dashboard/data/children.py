"""The places right below a selection's: the country's provinces, a province's cities, a city's counties, a county's towns.

SQL to be put into queries. `p` stands for a row with the codes and names of a place: of dim_organ or dim_region.
"""

from __future__ import annotations

# A stand-in of the code list, such as 市辖区, is no city: its counties come right below the province.
CHILD_CODE = """
case
    when $region::varchar is null then p.province_code
    when length($region::varchar) = 2 then case when p.city_name is null then p.county_code else p.city_code end
    when length($region::varchar) = 4 then p.county_code
    else p.township_code
end
"""
"""The code of the child that the place is in; null for the selection's own organs."""

CHILD_LEVEL = """
case
    when $region::varchar is null then 'province'
    when length($region::varchar) = 2 then case when p.city_name is null then 'county' else 'city' end
    when length($region::varchar) = 4 then 'county'
    else 'township'
end
"""
"""The level of that child."""

OWN_LEVEL = """
case coalesce(length($region::varchar), 0) when 4 then 'city' when 6 then 'county' else 'province' end
"""
"""The level of the governments that stand for the selection as a whole: its own, for the country the provinces'."""

IN_CHILDREN = f"""
, placed as (
    select
        r.*,
        case when length($region) = 6 then r.organ_key else {CHILD_CODE} end as child_code,
        case
            when $region::varchar is null then p.province_name
            when length($region) = 2 then coalesce(p.city_name, p.county_name)
            when length($region) = 4 then p.county_name
            else p.organ_name
        end as child_name
    from report r
    join dim_organ p using (organ_key)
)
"""
"""Goes on after IN_YEAR or IN_ALL_YEARS: `placed` are the rows of `report` with the code and name of the part that each belongs to. The organs
of the place itself belong to no part: null. Below a county a part is an organ, and its code is the organ's key."""
