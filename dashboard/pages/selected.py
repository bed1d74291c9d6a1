"""The pages under the filter bar: one set of callbacks for all of them.

The controls write the address; the address fills the controls and the body. So the back button, a reload and a shared link work.
"""

from __future__ import annotations

from typing import Any

from dash import ALL, MATCH, Dash, Input, Output, State, ctx, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from ..address import FILTERS, Address
from ..components import children, disclosed, filters, places, reports, unbalanced
from ..components import organ as organ_tables
from ..components import quality as quality_tables
from ..components.paged import Table, plain_table
from ..data import regions
from ..data.paging import part
from ..data.queries import QUERIES
from ..data.release import Release, ReleaseUnavailableError, Warehouse
from ..data.years import years
from ..view import Page, View
from . import applications, compare, disclosure, disputes, filing, made, organ, overview, quality

PAGES = {
    page.path: page
    for page in (
        overview.PAGE,
        applications.PAGE,
        disclosure.PAGE,
        disputes.PAGE,
        filing.PAGE,
        quality.PAGE,
        organ.PAGE,
        compare.PAGE,
    )
}
"""In the order of the navigation."""
TABLES = {
    table.query.name: table
    for table in (
        reports.TABLE,
        places.TABLE,
        children.TABLE,
        unbalanced.TABLE,
        disclosed.OUTLIER_TABLE,
        disclosed.ITEM_TABLE,
        disclosed.STOCK_TABLE,
        disclosed.REPORT_TABLE,
        disclosed.SENTENCE_TABLE,
        disputes.TABLE,
        filing.MISSING_TABLE,
        filing.PLACES_TABLE,
        filing.CALENDAR_TABLE,
        *quality_tables.TABLES,
        *organ_tables.TABLES,
        compare.MOVES_TABLE,
    )
}


def page_at(path: str) -> Page | None:
    """The page under the filter bar at a path, None where there is none."""
    return PAGES.get(path) or made.page(path) or organ.page(path)


def render(release: Release, address: Address, page: Page) -> list[Component]:
    view = View.of(release, address)
    return [
        html.Div(filters.filter_bar(view.t, _options(view)), hidden=not page.is_filtered),
        html.Div(page.body(view), id="body", className="stack"),
    ]


def register(app: Dash, warehouse: Warehouse) -> None:
    selects = filters.SELECTS

    @app.callback(
        Output("body", "children"),
        *(Output(f"filter-{name}", "data") for name in selects),
        *(Output(f"filter-{name}", "value") for name in selects),
        *(Output(f"filter-{name}", "disabled") for name in selects),
        Input("address", "search"),
        State("address", "pathname"),
        State("shown", "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, pathname: str | None, shown: dict[str, Any]) -> tuple[Any, ...]:
        address = Address.parse(pathname, search)
        # A new path or language draws the whole page anew: the router does that.
        page = page_at(address.path)
        if page is None or (shown.get("path"), shown.get("language")) != (address.path, address.language):
            raise PreventUpdate
        try:
            view = View.of(warehouse.current(), address)
            offered, body = _options(view), page.body(view)
        except ReleaseUnavailableError as error:
            # The frame notices by itself that the release went away, and says so.
            raise PreventUpdate from error
        return (
            body,
            *(offered[name].data for name in selects),
            *(offered[name].value for name in selects),
            *(not offered[name].data for name in selects),
        )

    @app.callback(
        *(Input(f"filter-{name}", "value") for name in selects),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def choose(*arguments: str | None) -> None:
        *values, pathname, search = arguments
        address = Address.parse(pathname, search)
        changed = {str(name).removeprefix("filter-") for name in ctx.triggered_prop_ids.values()}
        # Several at once is the page filling its selects in from the address, not a person choosing.
        if len(changed) != 1 or page_at(address.path) is None:
            return
        (name,) = changed
        _go(address, _chosen(warehouse, address, name, dict(zip(selects, values, strict=True))))

    @app.callback(
        Input({"option": ALL}, "value"),
        State({"option": ALL}, "id"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def opt(values: list[str | None], ids: list[dict[str, str]], pathname: str | None, search: str | None) -> None:
        """A page's own control: any component with the id `{"option": NAME}` and a value writes that word of the address."""
        address = wanted = Address.parse(pathname, search)
        for identity, value in zip(ids, values, strict=True):
            wanted = wanted.opting(identity["option"], value)
        _go(address, wanted)

    @app.callback(
        Input({"drill": ALL}, "clickData"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def drill(_: list[Any], pathname: str | None, search: str | None) -> None:
        """A click on a mark of a graph with the id `{"drill": NAME}` goes to the region whose code is its customdata."""
        address = Address.parse(pathname, search)
        points = [point for each in ctx.triggered for point in (each["value"] or {}).get("points", [])]
        code = points[0].get("customdata") if points else None
        code = code[0] if isinstance(code, list) else code
        if isinstance(code, str):
            _go(address, address.to(region=code))

    @app.callback(
        Output({"rows": MATCH, "look": MATCH}, "getRowsResponse"),
        Input({"rows": MATCH, "look": MATCH}, "getRowsRequest"),
        State({"rows": MATCH, "look": MATCH}, "id"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def rows(
        request: dict[str, Any] | None, identity: dict[str, str], pathname: str | None, search: str | None
    ) -> dict[str, Any]:
        """The part of a long table that the browser asks for."""
        table = _table(identity)
        if not request or table is None:
            raise PreventUpdate
        try:
            view = View.of(warehouse.current(), Address.parse(pathname, search))
            found = part(view.release, table.query, view.selection.parameters(), request)
        except ReleaseUnavailableError as error:
            raise PreventUpdate from error
        return {"rowData": [table.row(view, row) for row in found.rows], "rowCount": found.found}


def _table(identity: dict[str, str]) -> Table | None:
    if identity["look"] == "plain":
        query = QUERIES.get(identity["rows"])
        return plain_table(query) if query else None
    return TABLES.get(identity["rows"])


def _go(address: Address, wanted: Address) -> None:
    if wanted != address:
        # Not an Output: address → controls → address would be a circle to Dash.
        set_props("address", {"search": wanted.search})


def _chosen(warehouse: Warehouse, address: Address, name: str, values: dict[str, str | None]) -> Address:
    """The address after the select `name` was changed by a person."""
    if name in FILTERS:
        return address.filtered(name, values[name])
    if name in filters.LEVELS:
        return address.to(
            region=filters.region_from(name, values["province"], values["city"], values["county"]),
        )
    year = values["year"]
    try:
        shown = View.of(warehouse.current(), address).year
    except ReleaseUnavailableError:
        return address
    # The latest year is shown without a word in the address; filling it in must not write one.
    if year == filters.year_value(shown):
        return address
    return address.to(year="all" if year == "all" else int(year or 0))


def _options(view: View) -> dict[str, filters.Options]:
    places = regions.choices(view.release, view.region)
    return filters.options(view.t, view.address, places, view.region, years(view.release), view.year)
