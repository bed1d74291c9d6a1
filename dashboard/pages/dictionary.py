"""The data dictionary: the way from a document to a figure, and every table and column with what it holds."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from ..address import Address
from ..components.attributes import hyphened
from ..components.numbers import written
from ..data.dictionary import Table, matching, tables
from ..data.release import Release, ReleaseUnavailableError, Warehouse
from ..downloads import DATA_DOCS, DBT_DOCS
from ..i18n import Translator
from .workbench import href as workbench_href

PATH = "/dictionary"
_PAUSE = 300
"""Milliseconds without a key press before the search runs."""
_STEPS = (
    ("file", ("mart_document",)),
    ("report", ("dim_report", "dim_organ")),
    ("cell", ("report_cell", "report_claim", "report_section")),
    ("fact", ("fct_application", "fct_outcome", "fct_disclosure", "fct_dispute", "fct_channel")),
    ("check", ("fct_rule_result", "fct_reported_total")),
    ("figure", ("mart_indicator", "mart_filing")),
)
"""The data's way: step → the tables in which it can be seen."""


def render(
    t: Translator, release: Release, address: Address, *, has_dbt_docs: bool, has_data_docs: bool
) -> list[Component]:
    found = tables(release)
    return [
        html.Div(
            [
                html.H1(t("dictionary.title")),
                html.P(t("dictionary.text"), className="panel-text"),
                *([_docs_link(t("dictionary.dbt_docs"), DBT_DOCS, "dbt-docs")] if has_dbt_docs else []),
                *([_docs_link(t("dictionary.data_docs"), DATA_DOCS, "data-docs")] if has_data_docs else []),
            ]
        ),
        _lineage(t, {table.name for table in found}),
        dmc.TextInput(
            id="dictionary-text",
            label=t("dictionary.label"),
            placeholder=t("dictionary.placeholder"),
            value=address.text,
            debounce=_PAUSE,
            size="md",
        ),
        html.Div(_found(t, found, address), id="dictionary-tables"),
    ]


def _docs_link(text: str, href: str, identity: str) -> Component:
    link = html.A(text, href=href, target="_blank", rel="noopener", id=identity)
    return html.P(link, className="panel-text")


def register(app: Dash, warehouse: Warehouse) -> None:
    @app.callback(
        Output("dictionary-tables", "children"),
        Input("address", "search"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, pathname: str | None) -> list[Component]:
        address = Address.parse(pathname, search)
        if address.path != PATH:
            raise PreventUpdate
        try:
            return _found(Translator(address.language), tables(warehouse.current()), address)
        except ReleaseUnavailableError as error:
            raise PreventUpdate from error

    @app.callback(
        Input("dictionary-text", "value"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def look(text: str | None, pathname: str | None, search: str | None) -> None:
        address = Address.parse(pathname, search)
        wanted = address.to(text=(text or "").strip())
        if address.path == PATH and wanted != address:
            set_props("address", {"search": wanted.search})


def _lineage(t: Translator, names: set[str]) -> Component:
    """A step per stage, with those of its tables that the release has."""
    return html.Section(
        [
            html.H2(t("lineage.title")),
            html.Ol(
                [
                    html.Li(
                        [
                            html.Strong(t(f"lineage.{step}")),
                            html.P(t(f"lineage.{step}.text")),
                            html.Ul(
                                [html.Li(html.A(html.Code(name), href=f"#{name}")) for name in shown if name in names]
                            ),
                        ]
                    )
                    for step, shown in _STEPS
                ],
                className="lineage",
            ),
        ],
        className="panel",
        id="lineage",
    )


def _found(t: Translator, all_tables: tuple[Table, ...], address: Address) -> list[Component]:
    found = matching(all_tables, address.text)
    if not found:
        return [html.P(t("dictionary.nothing", text=address.text), className="panel-text")]
    count = t("dictionary.found", tables=len(found), columns=sum(len(table.columns) for table in found))
    return [
        html.P(count, className="panel-text", id="dictionary-count"),
        html.Nav(
            [html.A(html.Code(table.name), href=f"#{table.name}") for table in found],
            className="names",
            **hyphened(aria_label=t("dictionary.title")),
        ),
        *(_table(t, table) for table in found),
    ]


def _table(t: Translator, table: Table) -> Component:
    head = html.Tr([html.Th(t(f"dictionary.column.{name}"), scope="col") for name in ("name", "type", "description")])
    rows = [
        html.Tr(
            [
                html.Th(html.Code(column.name), scope="row"),
                html.Td(html.Code(column.data_type)),
                html.Td(_with_code(column.description)),
            ],
            **hyphened(data_column=column.name),
        )
        for column in table.columns
    ]
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(
                                [html.Code(table.name), html.Small(t("schema.rows", rows=written(table.rows)))],
                            ),
                            *([html.P(_with_code(table.description))] if table.description else []),
                            *(
                                [html.P([html.Strong(t("dictionary.grain")), *_with_code(table.grain)])]
                                if table.grain
                                else []
                            ),
                        ]
                    ),
                    dcc.Link(
                        t("dictionary.query"),
                        href=workbench_href(f"select * from {table.name} limit 100", t),
                        className="button",
                    ),
                ],
                className="panel-head",
            ),
            html.Div(
                html.Table([html.Thead(head), html.Tbody(rows)], className="columns"),
                className="table-box",
                tabIndex=0,
                role="region",
                **hyphened(aria_label=table.name),
            ),
        ],
        className="panel",
        id=table.name,
        **hyphened(data_table=table.name),
    )


def _with_code(description: str) -> list[Component | str]:
    """The words of a description; what stands between backticks is a value or a name as SQL has it."""
    return [html.Code(part) if index % 2 else part for index, part in enumerate(description.split("`")) if part]
