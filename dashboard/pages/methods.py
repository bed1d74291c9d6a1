"""How the figures are made: every indicator's definition, and the rules that hold for all of them."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from ..address import Address
from ..components.attributes import hyphened
from ..components.numbers import SMALLEST_DENOMINATOR
from ..data.indicators import Indicator, indicators
from ..data.release import Release
from ..i18n import Translator
from .workbench import href as workbench_href

PATH = "/methods"
_PRINCIPLES = ("printed", "blank", "leaves", "rates", "few", "interval", "scope", "like", "grey", "source")
_UNITS = {"件": "unit.counted.case", "份": "unit.counted.report"}
"""dim_indicator's unit → its word."""
_HEADS = ("name", "definition", "formula", "direction")


def render(t: Translator, release: Release, address: Address) -> list[Component]:
    return [
        html.Div([html.H1(t("methods.title")), html.P(t("methods.text"), className="panel-text")]),
        html.Section(
            [
                html.H2(t("methods.principles")),
                html.Dl(
                    [
                        each
                        for name in _PRINCIPLES
                        for each in (
                            html.Dt(t(f"methods.{name}.title")),
                            html.Dd(t(f"methods.{name}.text", least=SMALLEST_DENOMINATOR)),
                        )
                    ],
                    className="principles",
                ),
            ],
            className="panel",
        ),
        html.Section(
            [
                html.H2(t("methods.indicators")),
                html.P(t("methods.indicators.text"), className="panel-text"),
                html.Div(_table(t, address, indicators(release)), className="table-box", tabIndex=0),
            ],
            className="panel",
        ),
    ]


def _table(t: Translator, address: Address, listed: tuple[Indicator, ...]) -> Component:
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(t(f"methods.column.{name}"), scope="col") for name in _HEADS])),
            html.Tbody([_row(t, address, indicator) for indicator in listed]),
        ],
        className="columns is-methods",
    )


def _row(t: Translator, address: Address, indicator: Indicator) -> Component:
    code = indicator.indicator_code
    # Codes are the catalogue's own, not anybody's words.
    sql = f"select * from mart_indicator\nwhere indicator_code = '{code}' and level = 'province'\norder by year desc, value desc"
    return html.Tr(
        [
            html.Th(
                [
                    html.Strong(t.label(indicator, "name")),
                    html.Br(),
                    html.Code(code),
                    html.Br(),
                    dcc.Link(t("methods.values"), href=workbench_href(sql, t), className="tool"),
                ],
                scope="row",
            ),
            html.Td(t.label(indicator, "definition")),
            html.Td([html.Code(indicator.formula), html.Br(), html.Small(t(_UNITS[indicator.unit]))]),
            html.Td(t(f"methods.direction.{indicator.direction}")),
        ],
        **hyphened(data_indicator=code),
    )
