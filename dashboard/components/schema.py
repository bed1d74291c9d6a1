"""The tables of the release beside the editor: a name that is chosen goes where the cursor is."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from ..data.dictionary import Table
from ..i18n import Translator
from .attributes import hyphened
from .numbers import written


def schema_browser(t: Translator, tables: Iterable[Table]) -> Component:
    return html.Ul([html.Li(_table(t, table)) for table in tables], className="schema")


def _table(t: Translator, table: Table) -> Component:
    return html.Details(
        [
            html.Summary([html.Code(table.name), html.Small(t("schema.rows", rows=written(table.rows)))]),
            html.P(" ".join(part for part in (table.description, table.grain) if part)),
            _insert(t, table.name),
            html.Ul(
                [
                    html.Li([_insert(t, column.name), html.Small(column.data_type), html.P(column.description)])
                    for column in table.columns
                ]
            ),
        ],
        **hyphened(data_table=table.name),
    )


def _insert(t: Translator, name: str) -> Component:
    """A button that writes `name` into the editor; the workbench's script listens."""
    return html.Button(name, type="button", className="insert", title=t("schema.insert"), **hyphened(data_insert=name))
