"""Which reports a page speaks of: a region, a year and the filters, and the SQL that selects them.

A region is a division code of a province, city or county; None means everywhere. Year None means all years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .release import Parameter

_FILTERS = """($region::varchar is null or province_code = left($region, 2))
        and ($region::varchar is null or $region in (province_code, city_code, county_code))
        and ($level::varchar is null or organ_level = $level)
        and ($type::varchar is null or organ_type = $type)
        and ($form::varchar is null or form = $form)
        and ($scope::varchar is null or scope = $scope)
        and ($consistent::varchar is null or (judged_rules > 0 and broken_rules = 0))"""

IN_ALL_YEARS = f"""
with report as (
    select * from mart_report
    where
        {_FILTERS}
)
"""
"""Begins a query: `report` are the rows of mart_report that the selection leaves, of every year."""

IN_YEAR = f"""
with report as (
    select * from mart_report
    where ($year::integer is null or year = $year)
        and {_FILTERS}
)
"""
"""Begins a query: `report` are the rows of mart_report that the selection leaves, of its year."""


@dataclass(frozen=True)
class Selection:
    """`filters` are those of the address: level, type, form, scope, consistent. `options` are what the page itself asks for."""

    region: str | None = None
    year: int | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Parameter] = field(default_factory=dict)

    def parameters(self) -> dict[str, Parameter]:
        """By name; what is not chosen is null."""
        filters = {name: self.filters.get(name) for name in ("level", "type", "form", "scope", "consistent")}
        return {**self.options, **filters, "region": self.region, "year": self.year}
