"""Organs: the list to search in, and one organ's years beside its peers."""

from __future__ import annotations

from dataclasses import replace

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from ..address import Address
from ..components import charts, organ, states
from ..components.heading import heading
from ..components.numbers import MISSING, written
from ..components.paged import table_panel
from ..components.tools import downloads
from ..data import organ as data
from ..figures import organ as figures
from ..view import Page, View

_SHORTEST_SEARCH = 2
_DEFAULT_INDICATOR = "disclosure_rate"


def _list(view: View) -> list[Component]:
    t = view.t
    name = view.address.options.get("name")
    found = view.count(data.ORGANS)
    return [
        heading(view, with_year=False),
        html.Section(
            dmc.TextInput(
                id={"option": "name"},
                label=t("organ.search"),
                placeholder=t("organ.search.hint"),
                value=name or "",
                # Written into the address on Enter or on leaving the field: the page is drawn anew then.
                debounce=True,
                size="md",
            ),
            className="filters",
        ),
        table_panel(view, organ.ORGANS, title=t("organs.list.title"), text=t("organs.list.text"))
        if found
        else html.P(t("organs.none", text=name or view.place), className="panel"),
    ]


PAGE = Page("/organ", "organs", _list)


def page(path: str) -> Page | None:
    """The page at `/organ/<organ key>`."""
    if not path.startswith(organ.PREFIX):
        return None
    key = path.removeprefix(organ.PREFIX)
    return Page(path, "organs", lambda view: _organ(view, key), is_filtered=False)


def _organ(view: View, key: str) -> list[Component]:
    t = view.t
    found = data.organ(view.release, key)
    if found is None:
        back = states.link_button(t("state.no_organ.back"), Address("/organ", language=view.address.language).href)
        return [states.empty(t("state.no_organ.title"), t("state.no_organ.text", key=key), action=back)]
    # A file or a question about this organ is at another path: it says which organ in words of its own.
    of_it = replace(view, address=view.address.opting("organ", key))
    years = tuple(data.Year(**row) for row in view.rows(data.YEARS))
    return [
        organ.organ_header(view, found),
        html.Section(
            [
                html.Div([html.H2(t("organ.years.title")), downloads(of_it, data.YEARS)], className="panel-head"),
                html.P(t("organ.years.text"), className="panel-text"),
                organ.year_table(view, years),
            ],
            className="panel",
            id="organ-years",
        ),
        html.Div([_applications(of_it, found), _indicator(of_it, found)], className="charts"),
        _peers(view, of_it, years),
        _search(view, years),
        html.Section(
            [
                html.Div(
                    [html.H2(t("organ.revisions.title")), downloads(of_it, data.REVISIONS)], className="panel-head"
                ),
                *organ.revision_table(view, view.rows(data.REVISIONS)),
            ],
            className="panel",
            id="organ-revisions",
        ),
    ]


def _applications(view: View, found: data.Organ) -> Component:
    t = view.t
    years = tuple(data.ApplicationYear(**row) for row in view.rows(data.APPLICATIONS))
    return charts.chart_panel(
        view,
        "organ_applications",
        data.APPLICATIONS,
        figures.applications(t, years),
        t(
            "chart.organ_applications.summary",
            organ=found.organ_name,
            years=", ".join(str(each.year) for each in years),
            values=", ".join(written(each.received) for each in years),
            peers=", ".join(MISSING if each.peer_median is None else f"{each.peer_median:g}" for each in years),
        ),
    )


def _indicator(view: View, found: data.Organ) -> Component:
    t = view.t
    catalogue = {row["indicator_code"]: row for row in view.release.rows(data.INDICATORS)}
    asked = view.address.options.get("indicator", _DEFAULT_INDICATOR)
    chosen = asked if asked in catalogue else _DEFAULT_INDICATOR
    years = tuple(data.IndicatorYear(**row) for row in view.rows(data.INDICATOR, indicator=chosen))
    name = str(catalogue[chosen][f"name_{t.language}"])
    panel = charts.chart_panel(
        view,
        "organ_indicator",
        data.INDICATOR,
        figures.indicator(t, years),
        t(
            "chart.organ_indicator.summary",
            organ=found.organ_name,
            indicator=name,
            years=", ".join(str(each.year) for each in years),
            values=", ".join(MISSING if each.value is None else f"{100 * each.value:.1f}%" for each in years),
        ),
        height=280,
    )
    select = dmc.Select(
        id={"option": "indicator"},
        label=t("organ.indicator"),
        data=[{"value": code, "label": row[f"name_{t.language}"]} for code, row in catalogue.items()],
        value=chosen,
        allowDeselect=False,
        size="xs",
        comboboxProps={"shadow": "md"},
    )
    definition = html.P(str(catalogue[chosen][f"definition_{t.language}"]), className="panel-text")
    # Below the title, above the picture.
    panel.children[1:1] = [select, definition]
    return panel


def _peers(view: View, of_it: View, years: tuple[data.Year, ...]) -> Component:
    t = view.t
    reported = [each.year for each in years if each.report_key]
    asked = view.address.options.get("at", "")
    shown = int(asked) if asked.isdigit() and int(asked) in reported else max(reported, default=None)
    select = dmc.Select(
        id={"option": "at"},
        data=[{"value": str(year), "label": t("year.of", year=year)} for year in reported],
        value=str(shown) if shown else None,
        allowDeselect=False,
        size="xs",
        w=130,
        comboboxProps={"shadow": "md"},
        attributes={"input": {"aria-label": t("organ.at")}},
    )
    return table_panel(
        of_it,
        organ.PEERS,
        title=t("organ.peers.title", year=shown or MISSING),
        text=t("organ.peers.text"),
        actions=[select],
    )


def _search(view: View, years: tuple[data.Year, ...]) -> Component:
    t = view.t
    text = " ".join(view.address.options.get("find", "").split())
    words = tuple(dict.fromkeys(text.split()))
    if not text:
        found: list[Component] = []
    elif len(text) < _SHORTEST_SEARCH:
        found = [html.P(t("organ.find.too_short"), className="panel-text")]
    else:
        found = organ.hits(view, data.passages(view.release, years, words), words)
    return html.Section(
        [
            html.H2(t("organ.find.title")),
            dmc.TextInput(
                id={"option": "find"},
                label=t("organ.find"),
                placeholder=t("organ.find.hint"),
                value=text,
                debounce=True,
            ),
            *found,
        ],
        className="panel",
        id="organ-find",
    )
