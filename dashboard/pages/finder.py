"""The list of reports, searched by organ, place or year."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from ..address import Address
from ..components import grid
from ..components.numbers import written
from ..data.finder import search as search_reports
from ..data.release import Release, ReleaseUnavailableError, Warehouse
from ..i18n import Translator

PATH = "/report"
_LIMIT = 500
_PAUSE = 300
"""Milliseconds without a key press before the search runs."""


def render(t: Translator, release: Release, address: Address) -> list[Component]:
    return [
        html.H1(t("finder.title")),
        dmc.TextInput(
            id="finder-text",
            label=t("finder.label"),
            placeholder=t("finder.placeholder"),
            value=address.text,
            debounce=_PAUSE,
            size="md",
        ),
        html.Div(_hits(t, release, address), id="finder-hits"),
    ]


def register(app: Dash, warehouse: Warehouse) -> None:
    @app.callback(
        Output("finder-hits", "children"),
        Output("finder-text", "value"),
        Input("address", "search"),
        State("address", "pathname"),
        State("finder-text", "value"),
        prevent_initial_call=True,
    )
    def show(search: str | None, pathname: str | None, typed: str | None) -> tuple[list[Component], str]:
        address = Address.parse(pathname, search)
        if address.path != PATH:
            raise PreventUpdate
        try:
            hits = _hits(Translator(address.language), warehouse.current(), address)
        except ReleaseUnavailableError as error:
            raise PreventUpdate from error
        # A space at the end belongs to a word still being typed: leave it to the writer.
        text = typed if typed is not None and typed.strip() == address.text else address.text
        return hits, text

    @app.callback(
        Input("finder-text", "value"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def look(text: str | None, pathname: str | None, search: str | None) -> None:
        address = Address.parse(pathname, search)
        wanted = address.to(text=(text or "").strip())
        if address.path == PATH and wanted != address:
            set_props("address", {"search": wanted.search})


def _hits(t: Translator, release: Release, address: Address) -> list[Component]:
    hits = search_reports(release, address.text, _LIMIT)
    if not hits.found:
        return [html.P(t("finder.nothing", text=address.text), className="panel-text")]
    shown = len(hits.rows)
    words = (
        t("finder.found", found=written(hits.found))
        if shown == hits.found
        else t("finder.capped", found=written(hits.found), shown=written(shown))
    )
    return [html.P(words, className="panel-text"), grid.hit_grid(t, address, hits.rows)]
