"""The answer to a statement: what it took, its rows, its chart, and the ways to take it along; or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

import dash_ag_grid as dag
import dash_mantine_components as dmc
import pyarrow as pa
from dash import dcc, html
from dash.development.base_component import Component

from ..data.answer_cells import Cell, cell, is_number
from ..data.desk import LIMITS
from ..data.sandbox import Answer
from ..downloads import answer_href
from ..figures.answer import Guess, guess, layout
from ..i18n import Translator
from .attributes import hyphened
from .grid import OPTIONS, locale
from .numbers import written

_LONGEST_TEXT = 300
"""Letters of a text in the table; the files have it whole."""
_ROW_HEIGHT, _FRAME_HEIGHT = 34, 116


@dataclass(frozen=True)
class Refusal:
    """`code` is of the sandbox, or too_large, unavailable; `message` is in the words of who refused, or empty."""

    code: str
    message: str


def refusal(t: Translator, refused: Refusal) -> Component:
    return html.Section(
        [
            html.H2(t(f"sql.refused.{refused.code}")),
            html.P(t(f"sql.advice.{refused.code}")),
            *([html.Pre(refused.message)] if refused.message else []),
        ],
        className="panel refusal",
        role="alert",
        **hyphened(data_code=refused.code),
    )


def answer_panels(t: Translator, answer: Answer, run_id: str, release_id: str) -> list[Component]:
    """`release_id` is the release that was asked: a page may outlive it."""
    table = answer.table
    return [
        html.Section(
            [
                html.Div([_summary(t, answer, release_id), _files(t, run_id)], className="panel-head"),
                *([html.P(t("sql.cut", rows=written(table.num_rows)), className="notice")] if answer.is_cut else []),
                _grid(t, table) if table.num_rows else html.P(t("sql.no_rows"), className="panel-text", id="no-rows"),
            ],
            className="panel",
        ),
        *([_chart(t, table)] if table.num_rows > 1 and _numbers(table) else []),
    ]


def _summary(t: Translator, answer: Answer, release_id: str) -> Component:
    words = t("sql.summary", rows=written(answer.table.num_rows), seconds=f"{answer.seconds:.2f}")
    return html.Div(
        [
            html.H2(t("sql.answer")),
            html.P(
                [html.Span(words, id="sql-summary"), " · ", html.Span(t("sql.release", run=release_id))],
                className="panel-text",
            ),
        ]
    )


def _files(t: Translator, run_id: str) -> Component:
    return html.Div(
        [
            html.A(t(f"sql.download.{kind}"), href=answer_href(run_id, kind), className="button", id=f"sql-{kind}")
            for kind in ("csv", "parquet")
        ],
        className="buttons",
    )


def _key(index: int) -> str:
    """The grid takes a dot in a field for a path, so columns go by number."""
    return f"c{index}"


def _grid(t: Translator, table: pa.Table) -> dag.AgGrid:
    columns = [
        {
            "field": _key(index),
            "headerName": field.name,
            "headerTooltip": f"{field.name} · {field.type}",
            "tooltipField": _key(index),
            "cellRenderer": "Null",
            **({"type": "rightAligned", "filter": "agNumberColumnFilter"} if is_number(field.type) else {}),
        }
        for index, field in enumerate(table.schema)
    ]
    values = [[_shown(value) for value in column.to_pylist()] for column in table.columns]
    rows = [{_key(index): value for index, value in enumerate(row)} for row in zip(*values, strict=True)]
    return dag.AgGrid(
        id="sql-grid",
        columnDefs=columns,
        rowData=rows,
        defaultColDef={"sortable": True, "filter": True, "resizable": True, "minWidth": 90, "maxWidth": 480},
        columnSize="autoSize",
        dashGridOptions={
            **OPTIONS,
            "localeText": locale(t),
            "rowHeight": _ROW_HEIGHT,
            "headerHeight": _ROW_HEIGHT + 4,
            "pagination": True,
            "paginationPageSize": 100,
            "paginationPageSizeSelector": [100, 1000],
            "tooltipShowDelay": 500,
        },
        style={"height": min(460, _FRAME_HEIGHT + _ROW_HEIGHT * len(rows))},
    )


def _shown(value: object) -> Cell:
    shown = cell(value)
    return f"{shown[:_LONGEST_TEXT]}…" if isinstance(shown, str) and len(shown) > _LONGEST_TEXT else shown


def _numbers(table: pa.Table) -> list[str]:
    return [field.name for field in table.schema if is_number(field.type)]


def _chart(t: Translator, table: pa.Table) -> Component:
    guessed = guess(table) or Guess("bar", table.column_names[0], _numbers(table)[-1], None)
    keys = {name: _key(index) for index, name in enumerate(table.column_names)}
    numbers = set(_numbers(table))
    everything = [{"value": key, "label": name} for name, key in keys.items()]
    countable = [each for each in everything if each["label"] in numbers]
    none = {"value": "", "label": t("sql.chart.no_series")}
    selects = {
        "kind": ([{"value": kind, "label": t(f"sql.chart.{kind}")} for kind in ("bar", "line")], guessed.kind),
        "x": (everything, keys[guessed.x]),
        "y": (countable, keys[guessed.y]),
        "series": ([none, *everything], keys[guessed.series] if guessed.series else ""),
    }
    return html.Section(
        [
            html.H2(t("sql.chart.title")),
            html.Div(
                [
                    dmc.Select(
                        id=f"sql-chart-{name}",
                        label=t(f"sql.chart.{name}"),
                        data=data,
                        value=value,
                        allowDeselect=False,
                        size="xs",
                        comboboxProps={"shadow": "md"},
                    )
                    for name, (data, value) in selects.items()
                ],
                className="chart-selects",
            ),
            dcc.Store(
                id="sql-chart-look",
                data={
                    "layout": layout(),
                    "repeated": t("sql.chart.repeated"),
                    "many": t("sql.chart.many"),
                    "null": t("sql.null"),
                },
            ),
            dcc.Graph(
                id="sql-figure",
                config={"displayModeBar": False, "responsive": True},
                style={"height": 360},
                responsive=True,
            ),
        ],
        className="panel",
        id="sql-chart",
    )


def limits_text(t: Translator) -> str:
    return t("sql.limits", seconds=f"{LIMITS.seconds:g}", rows=written(LIMITS.rows), memory=LIMITS.memory)
