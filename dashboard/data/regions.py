"""The places that a reader can choose from, and their names."""

from __future__ import annotations

from dataclasses import dataclass

from .release import Release

_PROVINCES = """
select distinct province_code as code, province_name as name
from dim_organ join dim_report using (organ_key)
where is_current and province_code is not null
order by code
"""
_CITIES = """
select distinct city_code as code, city_name as name
from dim_organ join dim_report using (organ_key)
where is_current and province_code = $province and city_name is not null
order by code
"""
# A county that reports to its province directly (under 市辖区 and the like) is offered without choosing a city first.
_COUNTIES = """
select distinct county_code as code, county_name as name
from dim_organ join dim_report using (organ_key)
where is_current and province_code = $province and county_code is not null
    and (city_code = $city or ($city::varchar is null and city_name is null))
order by code
"""
_REGION = """
select province_code, province_name, city_code, city_name, county_code, county_name
from dim_region
where region_code = $region
"""


@dataclass(frozen=True)
class Place:
    code: str
    name: str


@dataclass(frozen=True)
class Region:
    """A place with its parents, from the province down; a pseudo city is left out."""

    province: Place
    city: Place | None
    county: Place | None

    @property
    def path(self) -> tuple[Place, ...]:
        return tuple(place for place in (self.province, self.city, self.county) if place)


@dataclass(frozen=True)
class Choices:
    """What the three region selects offer: places that have reports."""

    provinces: tuple[Place, ...]
    cities: tuple[Place, ...]
    counties: tuple[Place, ...]


def region(release: Release, code: str | None) -> Region | None:
    """The region of a division code of 2, 4 or 6 digits, or None if there is none such."""
    rows = release.rows(_REGION, region=code) if code else ()
    if not rows:
        return None
    places = (
        Place(rows[0][f"{level}_code"], rows[0][f"{level}_name"])
        if rows[0][f"{level}_code"] and rows[0][f"{level}_name"]
        else None
        for level in ("province", "city", "county")
    )
    province, city, county = places
    return Region(province, city, county) if province else None


def choices(release: Release, chosen: Region | None) -> Choices:
    """The places below the chosen ones; the chosen ones are always among them, with or without reports."""
    province, city, county = (chosen.province, chosen.city, chosen.county) if chosen else (None, None, None)
    return Choices(
        _offer(release, _PROVINCES, province),
        _offer(release, _CITIES, city, province=province.code) if province else (),
        _offer(release, _COUNTIES, county, province=province.code, city=city.code if city else None)
        if province
        else (),
    )


def _offer(release: Release, sql: str, chosen: Place | None, **parameters: str | None) -> tuple[Place, ...]:
    places = tuple(Place(row["code"], row["name"]) for row in release.rows(sql, **parameters))
    return places if chosen is None or chosen in places else (*places, chosen)
