"""The overview: what a region's reports of a year say at first glance, and how it moved over the years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from ..address import Address
from ..components import cards, charts, filters, grid, states
from ..components.numbers import MISSING, percent, written
from ..data import overview as data
from ..data import regions
from ..data.release import Release, ReleaseUnavailableError, Warehouse
from ..figures import applications, outcomes
from ..i18n import Translator

PATH = "/"
_ROW_LIMIT = 5000
"""More rows than this would make the page slow; it then says how many there are."""
_SELECTS = (*filters.LEVELS, "year")


def render(t: Translator, release: Release, address: Address) -> list[Component]:
    options = _options(t, release, address)
    return [
        filters.filter_bar(t, options),
        html.Div(_figures(t, release, address), id="overview"),
    ]


def register(app: Dash, warehouse: Warehouse) -> None:
    """The selects write the address; the address fills the selects and the figures. So the back button works."""

    @app.callback(
        Output("overview", "children"),
        *(Output(f"filter-{name}", "data") for name in _SELECTS),
        *(Output(f"filter-{name}", "value") for name in _SELECTS),
        *(Output(f"filter-{name}", "disabled") for name in _SELECTS),
        Input("address", "search"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, pathname: str | None) -> tuple[Any, ...]:
        address = Address.parse(pathname, search)
        if address.path != PATH:
            raise PreventUpdate
        t = Translator(address.language)
        try:
            release = warehouse.current()
            options, figures = _options(t, release, address), _figures(t, release, address)
        except ReleaseUnavailableError as error:
            # The frame notices by itself that the release went away, and says so.
            raise PreventUpdate from error
        return (
            figures,
            *(options[name].data for name in _SELECTS),
            *(options[name].value for name in _SELECTS),
            *(not options[name].data for name in _SELECTS),
        )

    @app.callback(
        *(Input(f"filter-{name}", "value") for name in _SELECTS),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def choose(
        province: str | None,
        city: str | None,
        county: str | None,
        year: str | None,
        pathname: str | None,
        search: str | None,
    ) -> None:
        address = Address.parse(pathname, search)
        changed = {str(name).removeprefix("filter-") for name in ctx.triggered_prop_ids.values()}
        # Several at once is the page filling its selects in from the address, not a person choosing.
        if len(changed) != 1 or address.path != PATH:
            return
        (level,) = changed
        if level == "year":
            try:
                shown = _year(warehouse.current(), address)
            except ReleaseUnavailableError:
                return
            # The latest year is shown without a word in the address; filling it in must not write one.
            chosen = (
                address
                if year == filters.year_value(shown)
                else address.to(year="all" if year == "all" else int(year or 0))
            )
        else:
            chosen = address.to(region=filters.region_from(level, province, city, county))
        if chosen != address:
            # Not an Output: address → selects → address would be a circle to Dash.
            set_props("address", {"search": chosen.search})

    @app.callback(Output("organs", "exportDataAsCsv"), Input("organs-csv", "n_clicks"), prevent_initial_call=True)
    def export(clicks: int | None) -> bool:
        return bool(clicks)


def _year(release: Release, address: Address) -> int | None:
    """The year shown; None is all years. Without a word in the address it is the latest that has reports."""
    if address.year == "all":
        return None
    return address.year or next(iter(data.years(release)), None)


def _options(t: Translator, release: Release, address: Address) -> dict[str, filters.Options]:
    region = regions.region(release, address.region)
    years = filters.year_options(t, data.years(release), _year(release, address))
    return {**filters.region_options(regions.choices(release, region), region), "year": years}


def _figures(t: Translator, release: Release, address: Address) -> list[Component]:
    code, year = address.region, _year(release, address)
    region = regions.region(release, code)
    place = " · ".join(part.name for part in region.path) if region else code or t("place.everywhere")
    when = t("year.of", year=year) if year else t("filter.all_years")
    heading = html.H1([html.Span(place), html.Small(when)])
    counts = data.counts(release, code, year)
    by_year = data.applications_by_year(release, code)
    trend = html.Div(_charts(t, by_year, data.outcomes_by_year(release, code), place, year), className="charts")
    if not counts.reports:
        reset = states.link_button(t("state.no_data.reset"), Address(language=address.language).href)
        text = t("state.no_data.text", place=place, year=when)
        notice = states.empty(t("state.no_data.title"), text, action=reset)
        # The other years still tell something.
        return [heading, notice, trend] if any(each.reports for each in by_year) else [heading, notice]
    change = data.change(release, code, year) if year else None
    return [
        heading,
        html.Section(cards.cards(t, counts, change, one_year=year is not None), className="cards"),
        trend,
        _organs(t, release, address, year),
    ]


def _charts(
    t: Translator,
    by_year: Sequence[data.ApplicationYear],
    groups: Sequence[data.OutcomeGroupYear],
    place: str,
    year: int | None,
) -> list[Component]:
    years = ", ".join(str(each.year) for each in by_year)
    return [
        charts.chart_panel(
            t,
            "applications",
            applications.figure(t, by_year, groups, year),
            t(
                "chart.applications.summary",
                place=place,
                years=years,
                values=", ".join(written(each.received) for each in by_year),
            ),
        ),
        charts.chart_panel(
            t,
            "outcomes",
            outcomes.figure(t, by_year, groups, year),
            t(
                "chart.outcomes.summary",
                place=place,
                years=years,
                values=", ".join(_disclosed(groups, each.year) for each in by_year),
            ),
        ),
    ]


def _disclosed(groups: Sequence[data.OutcomeGroupYear], year: int) -> str:
    """The share of disclosed outcomes of a year in words."""
    stated = {group.group_code: group.value for group in groups if group.year == year and group.value is not None}
    whole = sum(stated.values())
    return percent(stated.get("granted", 0) + stated.get("partially_granted", 0), whole) if whole else MISSING


def _organs(t: Translator, release: Release, address: Address, year: int | None) -> Component:
    organs = data.organs(release, address.region, year, _ROW_LIMIT)
    capped = len(organs.rows) < organs.found
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(t("organs.title")),
                            html.P(
                                t("organs.capped", found=written(organs.found), shown=written(len(organs.rows)))
                                if capped
                                else t("organs.text"),
                                className="panel-text",
                            ),
                        ]
                    ),
                    dmc.Button(t("organs.csv"), id="organs-csv", variant="default", size="xs"),
                ],
                className="panel-head",
            ),
            grid.organ_grid(t, [grid.organ_row(address, row) for row in organs.rows], many_years=year is None),
        ],
        className="panel",
    )
