"""From an address to a page, in the right language, on the current release.

The frame is drawn anew when the path, the language or the release changes; what else changes in an address is the page's
own business. A browser asks every second whether there is a new release.
"""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update, set_props
from dash.development.base_component import Component

from .access.permissions import may_open
from .address import Address
from .components import states
from .components.frame import frame
from .data.about import about
from .data.release import Release, ReleaseUnavailableError, Warehouse
from .figures.theme import FONT
from .i18n import Translator
from .pages import dictionary, finder, methods, report, selected, workbench

_TICK = 1000
"""Milliseconds between two looks at the release."""


def layout() -> Component:
    root: Component = dmc.MantineProvider(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Interval(id="tick", interval=_TICK),
            dcc.Store(id="release"),
            dcc.Store(id="shown", data={}),
            html.Div(id="page"),
        ],
        # As the reader's machine has it, until the reader switches; the browser remembers.
        defaultColorScheme="auto",
        theme={"fontFamily": FONT, "headings": {"fontFamily": FONT}, "primaryColor": "blue", "defaultRadius": "sm"},
    )
    return root


def register(app: Dash, warehouse: Warehouse) -> None:
    @app.callback(
        Output("page", "children"),
        Output("shown", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
        Input("release", "data"),
        State("shown", "data"),
        # Or a slow machine would be asked for the same page again while it draws it.
        running=[(Output("tick", "disabled"), True, False)],
    )
    def show(pathname: str | None, search: str | None, _: str | None, shown: dict[str, Any]) -> tuple[Any, Any]:
        address = Address.parse(pathname, search)
        key = {"path": address.path, "language": address.language, "release": warehouse.release_id()}
        if all(shown.get(name) == value for name, value in key.items()):
            return no_update, no_update
        t = Translator(address.language)
        try:
            release = warehouse.current()
            title, content, sample_report = _page(
                t,
                release,
                address,
                has_dbt_docs=warehouse.dbt_docs() is not None,
                has_data_docs=warehouse.data_docs() is not None,
            )
            page = frame(t, address, content, about(release), sample_report=sample_report)
        except ReleaseUnavailableError as error:
            if not error.missing:
                app.logger.error("the release cannot be read: %s", error)
            state = states.no_release(t) if error.missing else states.unreadable_release(t)
            return frame(t, address, [state], None), {**key, "title": t("app.name")}
        return page, {**key, "release": release.path.name, "title": f"{title} · {t('app.name')}"}

    @app.callback(
        Output("release", "data"), Input("tick", "n_intervals"), State("shown", "data"), prevent_initial_call=True
    )
    def look(_: int | None, shown: dict[str, Any]) -> Any:
        current = warehouse.release_id()
        return no_update if current == shown.get("release") else current

    @app.callback(
        Input("language", "n_clicks"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def switch(clicks: int | None, pathname: str | None, search: str | None) -> None:
        if clicks:
            address = Address.parse(pathname, search)
            other = address.to(language="zh" if address.language == "en" else "en")
            set_props("address", {"search": other.search})

    app.clientside_callback(  # type: ignore[no-untyped-call]
        """(shown) => {
            if (shown.title) {
                document.title = shown.title;
                document.documentElement.lang = shown.language === "en" ? "en" : "zh-CN";
            }
        }""",
        Input("shown", "data"),
    )


def _page(
    t: Translator, release: Release, address: Address, *, has_dbt_docs: bool, has_data_docs: bool
) -> tuple[str, list[Component], bool]:
    """(title, content, whether the shown report is a sample)."""
    if not may_open(address.path):
        back = states.link_button(t("login.back"), Address(language=address.language).href)
        return t("login.refusal"), [states.empty(t("login.refusal"), t("login.forbidden"), action=back)], False
    page = selected.page_at(address.path)
    if page:
        return t(f"nav.{page.name}"), selected.render(release, address, page), False
    if address.path == finder.PATH:
        return t("nav.reports"), finder.render(t, release, address), False
    if address.path.startswith(report.PREFIX):
        return report.render(t, release, address)
    if address.path == workbench.PATH:
        return t("nav.sql"), workbench.render(t, release, address), False
    if address.path == methods.PATH:
        return t("nav.methods"), methods.render(t, release, address), False
    if address.path == dictionary.PATH:
        return (
            t("nav.dictionary"),
            dictionary.render(t, release, address, has_dbt_docs=has_dbt_docs, has_data_docs=has_data_docs),
            False,
        )
    back = states.link_button(t("state.not_found.back"), Address(language=address.language).href)
    return t("state.not_found.title"), [states.empty(t("state.not_found.title"), action=back)], False
