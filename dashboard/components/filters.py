"""The filter bar: province → city → county, and the year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from ..data.regions import Choices, Place, Region
from ..i18n import Translator
from .attributes import hyphened

LEVELS = ("province", "city", "county")


@dataclass(frozen=True)
class Options:
    """What one select offers and what is chosen in it."""

    data: list[dict[str, str]]
    value: str | None


def region_options(choices: Choices, region: Region | None) -> dict[str, Options]:
    """The options of the three region selects by level."""
    return {
        "province": _places(choices.provinces, region.province if region else None),
        "city": _places(choices.cities, region.city if region else None),
        "county": _places(choices.counties, region.county if region else None),
    }


def year_options(t: Translator, years: Iterable[int], chosen: int | None) -> Options:
    """`chosen` None is all years. A chosen year without reports is offered all the same."""
    offered = sorted({*years, *([chosen] if chosen else [])}, reverse=True)
    data = [{"value": str(year), "label": t("year.of", year=year)} for year in offered]
    return Options([*data, {"value": "all", "label": t("filter.all_years")}], year_value(chosen))


def year_value(year: int | None) -> str:
    """The value of the year select for a year, or for all years (None)."""
    return str(year) if year else "all"


def filter_bar(t: Translator, options: dict[str, Options]) -> Component:
    """`options` by select: province, city, county, year."""
    return html.Section(
        [_select(t, name, each, clearable=name != "year") for name, each in options.items()],
        className="filters",
        **hyphened(aria_label=t("filter.title")),
    )


def _places(places: Iterable[Place], chosen: Place | None) -> Options:
    return Options([{"value": place.code, "label": place.name} for place in places], chosen.code if chosen else None)


def _select(t: Translator, name: str, options: Options, *, clearable: bool) -> Component:
    select: Component = dmc.Select(
        id=f"filter-{name}",
        label=t(f"filter.{name}"),
        data=options.data,
        value=options.value,
        disabled=not options.data,
        placeholder=t("filter.all"),
        nothingFoundMessage=t("filter.nothing_found"),
        searchable=True,
        clearable=clearable,
        clearButtonProps={"aria-label": t("filter.clear", name=t(f"filter.{name}"))},
        allowDeselect=False,
        comboboxProps={"shadow": "md"},
    )
    return select


def region_from(changed: str, province: str | None, city: str | None, county: str | None) -> str | None:
    """The region that the selects say after `changed` (a level) was changed: what is below it starts anew."""
    if changed == "province":
        return province
    if changed == "city":
        return city or province
    return county or city or province
