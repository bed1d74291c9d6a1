"""The places right below a selection's: the provinces of the country, the cities of a province, the counties of a city, the towns of a county.

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
