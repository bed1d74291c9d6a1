"""The filter bar: province → city → county and the year; behind "more", what kind of organ and of report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from ..address import FILTERS, Address
from ..data.regions import Choices, Place, Region
from ..i18n import Translator
from .attributes import clear_button, hyphened

LEVELS = ("province", "city", "county")
SELECTS = (*LEVELS, "year", *FILTERS)
"""All selects, in their order."""


@dataclass(frozen=True)
class Options:
    """What one select offers and what is chosen in it."""

    data: list[dict[str, str]]
    value: str | None


def options(
    t: Translator, address: Address, places: Choices, region: Region | None, years: Iterable[int], year: int | None
) -> dict[str, Options]:
    """The options of every select. `year` None is all years; a chosen year without reports is offered all the same."""
    return {
        "province": _places(places.provinces, region.province if region else None),
        "city": _places(places.cities, region.city if region else None),
        "county": _places(places.counties, region.county if region else None),
        "year": _years(t, years, year),
        **{
            name: Options(
                [{"value": choice, "label": t(f"filter.{name}.{choice}")} for choice in choices],
                address.filters.get(name),
            )
            for name, choices in FILTERS.items()
        },
    }


def year_value(year: int | None) -> str:
    """The value of the year select for a year, or for all years (None)."""
    return str(year) if year else "all"


def filter_bar(t: Translator, offered: dict[str, Options]) -> Component:
    set_filters = sum(offered[name].value is not None for name in FILTERS)
    return html.Section(
        [
            html.Div([_select(t, name, offered[name]) for name in (*LEVELS, "year")], className="filter-row"),
            html.Details(
                [
                    html.Summary(t("filter.more"), id="filter-more"),
                    html.Div([_select(t, name, offered[name]) for name in FILTERS], className="filter-row is-more"),
                ],
                open=bool(set_filters),
            ),
        ],
        className="filters",
        **hyphened(aria_label=t("filter.title")),
    )


def _years(t: Translator, years: Iterable[int], chosen: int | None) -> Options:
    offered = sorted({*years, *([chosen] if chosen else [])}, reverse=True)
    data = [{"value": str(year), "label": t("year.of", year=year)} for year in offered]
    return Options([*data, {"value": "all", "label": t("filter.all_years")}], year_value(chosen))


def _places(places: Iterable[Place], chosen: Place | None) -> Options:
    return Options([{"value": place.code, "label": place.name} for place in places], chosen.code if chosen else None)


def _select(t: Translator, name: str, options: Options) -> Component:
    select: Component = dmc.Select(
        id=f"filter-{name}",
        label=t(f"filter.{name}"),
        data=options.data,
        value=options.value,
        disabled=not options.data,
        placeholder=t("filter.all"),
        nothingFoundMessage=t("filter.nothing_found"),
        searchable=name in LEVELS,
        clearable=name != "year",
        clearButtonProps=clear_button(t("filter.clear", name=t(f"filter.{name}"))),
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
