"""A chart in its panel: title, figure, and a legend of our own that wraps on a narrow screen."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from ..i18n import Translator
from .attributes import hyphened


def chart_panel(t: Translator, name: str, figure: dict[str, Any], summary: str) -> Component:
    """`summary` says in words what the picture shows, for a screen reader."""
    return html.Section(
        [
            html.H2(t(f"chart.{name}.title")),
            html.P(t(f"chart.{name}.text"), className="panel-text"),
            html.Div(
                dcc.Graph(
                    id=f"{name}-figure",
                    figure=figure,
                    config={"displayModeBar": False, "responsive": True},
                    style={"height": 340},
                    responsive=True,
                ),
                **hyphened(aria_hidden="true"),
            ),
            html.P(summary, className="visually-hidden"),
            html.Ul(
                [
                    html.Li(
                        [html.Span(className="swatch", style={"background": trace["marker"]["color"]}), trace["name"]]
                    )
                    for trace in figure["data"]
                ],
                className="legend",
            ),
        ],
        className="panel",
    )
