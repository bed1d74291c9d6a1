"""A chart in its panel: title, figure, a legend of our own that wraps on a narrow screen, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from ..data.query import Query
from ..figures.boundaries import ADDRESS
from ..view import View
from .attributes import hyphened
from .tools import downloads

CONFIG = {
    "displayModeBar": False,
    "responsive": True,
    # The page scrolls and a map stands still, under a wheel and under a thumb.
    "scrollZoom": False,
    "doubleClick": False,
    # Before it draws any region, plotly asks for a map of the world, from a host of its own unless told another. Ours is empty.
    "topojsonURL": f"{ADDRESS}world/",
}
"""Of every dcc.Graph."""


def chart_panel(
    view: View,
    name: str,
    query: Query,
    figure: dict[str, Any],
    summary: str,
    *,
    height: int = 340,
    legend: list[tuple[str, str]] | None = None,
    drill: bool = False,
    controls: Sequence[Component] = (),
) -> Component:
    """`name` is that of the chart in the catalogue (`chart.<name>.title`, `.text`), `query` what its numbers come from. `summary` says in words
    what the picture shows, for a screen reader. `legend` are names and colours; without it they are those of the traces. With `drill` a click
    on a mark goes to the region in its customdata. `controls` stand above the picture."""
    t = view.t
    entries = (
        legend
        if legend is not None
        else [(trace["name"], trace["marker"]["color"]) for trace in figure["data"] if trace.get("name")]
    )
    graph = f"{name}-figure"
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [html.H2(t(f"chart.{name}.title")), html.P(t(f"chart.{name}.text"), className="panel-text")]
                    ),
                    downloads(view, query, graph=graph),
                ],
                className="panel-head",
            ),
            *controls,
            html.Div(
                dcc.Graph(
                    id={"drill": name} if drill else {"graph": name},
                    figure=figure,
                    config=CONFIG,
                    style={"height": height},
                    responsive=True,
                ),
                id=graph,
                **hyphened(aria_hidden="true"),
            ),
            html.P(summary, className="visually-hidden"),
            html.Ul(
                [
                    html.Li([html.Span(className="swatch", style={"background": colour}), words])
                    for words, colour in entries
                ],
                className="legend",
            ),
        ],
        className="panel",
    )
