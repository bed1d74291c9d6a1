"""Tables of any length: AG Grid asks for a hundred rows at a time, and the release sorts and filters (data/paging.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from ..data.answer_cells import cell
from ..data.query import Query
from ..data.release import Row
from ..view import View
from .grid import OPTIONS, locale, roomy
from .tools import downloads

_BLOCK = 100
_HEAD, _ROW = 66, 42
"""Pixels of the table."""
TEXT: dict[str, Any] = {"filter": "agTextColumnFilter", "filterParams": {"maxNumConditions": 1}}
NUMBER: dict[str, Any] = {
    "filter": "agNumberColumnFilter",
    "filterParams": {"maxNumConditions": 1},
    "type": "rightAligned",
    "valueFormatter": {"function": "params.value == null ? '—' : d3.format(',')(params.value)"},
}
"""What a column of words and one of figures is like: `{"field": …, "headerName": …, **NUMBER}`."""


@dataclass(frozen=True)
class Table:
    """A table on a page. `columns` are AG Grid's definitions; a field that is no column of the query's answer cannot be sorted. `row` makes what
    the browser gets of a row of the answer."""

    query: Query
    columns: Callable[[View], list[dict[str, Any]]]
    row: Callable[[View, Row], dict[str, Any]]
    height: int = 560


def plain_table(query: Query) -> Table:
    """The answer as it is, whatever its columns are."""

    def columns(view: View) -> list[dict[str, Any]]:
        first = next(iter(view.rows(Query(query.name, f"select * from ({query.sql}) limit 1"))), {})
        return [
            {"field": name, "headerName": name, "flex": 1, "minWidth": 110, **_kind(name, first[name])}
            for name in first
        ]

    return Table(query, columns, lambda _, row: {name: cell(value) for name, value in row.items()}, height=320)


def _kind(name: str, value: object) -> dict[str, Any]:
    if name == "year":
        return {"filter": "agNumberColumnFilter"}
    return NUMBER if isinstance(value, (int, Decimal, float)) else TEXT


def nothing_panel(title: str, text: str) -> Component:
    """In place of a table that has no row."""
    return html.Section(
        [html.Div(html.H2(title), className="panel-head"), html.P(text, className="panel-text")],
        className="panel is-empty",
    )


def table_panel(
    view: View,
    table: Table,
    *,
    title: str,
    text: str | None = None,
    look: str = "page",
    actions: Sequence[Component] = (),
    found: int | None = None,
) -> Component:
    """The table in its panel, with its downloads. `look` tells two tables of one query apart: page, or plain for `plain_table`.
    `actions` are what else can be done with its rows, `found` says how many there are where the page knows."""
    t = view.t
    found = view.count(table.query) if found is None else found
    grid = dag.AgGrid(
        id={"rows": table.query.name, "look": look},
        columnDefs=roomy(table.columns(view)),
        rowModelType="infinite",
        defaultColDef={"sortable": True, "resizable": True, "wrapHeaderText": True, "autoHeaderHeight": True},
        dashGridOptions={
            **OPTIONS,
            "localeText": locale(t),
            "ensureDomOrder": True,
            "cacheBlockSize": _BLOCK,
            "maxBlocksInCache": 20,
            "rowBuffer": 20,
        },
        # A short answer needs no tall box.
        style={"height": min(table.height, _HEAD + _ROW * max(1, found))},
    )
    return html.Section(
        [
            html.Div([html.H2(title), *actions, downloads(view, table.query)], className="panel-head"),
            *([html.P(text, className="panel-text")] if text else []),
            grid,
        ],
        className="panel",
        id=f"table-{table.query.name}-{look}",
    )
