"""The SQL workbench: a statement, its answer, and a link that asks it again.

The statement that was run last is in the address. A run is a Store `{id, sql}`: the browser makes it, one callback answers it
while another writes the address. What is typed and not run lives in the browser alone, and outlives a new release there.
"""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from ..address import Address
from ..components.answer import Refusal, answer_panels, limits_text, refusal
from ..components.attributes import hyphened
from ..components.schema import schema_browser
from ..data.desk import Desk, TooLargeError
from ..data.dictionary import tables
from ..data.questions import questions
from ..data.release import Release, ReleaseUnavailableError, Warehouse
from ..data.sandbox import Refused
from ..i18n import Translator

PATH = "/sql"
LONGEST_LINK = 6000
"""Characters of an address with SQL in it: servers and proxies on the way take some 8,000 bytes."""


def href(sql: str, t: Translator) -> str:
    """The address of the workbench with `sql` in it."""
    return Address(PATH, sql=sql, language=t.language).href


def render(t: Translator, release: Release, address: Address) -> list[Component]:
    return [
        html.Div([html.H1(t("sql.title")), html.P(t("sql.text"), className="panel-text")]),
        html.Div(
            [
                html.Aside([_questions(t), _tables(t, release)], className="bench-side"),
                html.Div([_editor(t, address), html.Div(id="sql-result")], className="bench-main"),
            ],
            className="bench",
        ),
        dcc.Store(id="sql-linked", data=address.sql),
        dcc.Store(id="sql-job"),
    ]


def register(app: Dash, warehouse: Warehouse, desk: Desk) -> None:
    @app.callback(
        Output("sql-result", "children"),
        Input("sql-job", "data"),
        State("address", "pathname"),
        State("address", "search"),
        running=[
            (Output("sql-run", "disabled"), True, False),
            (Output("sql-cancel", "disabled"), False, True),
            (Output("sql-running", "hidden"), False, True),
            (Output("sql-result", "className"), "is-stale", ""),
        ],
        prevent_initial_call=True,
    )
    def run(job: dict[str, str] | None, pathname: str | None, search: str | None) -> list[Component]:
        if not job:
            raise PreventUpdate
        t = Translator(Address.parse(pathname, search).language)
        try:
            # Asked for anew each time: the link to the release may have moved since the page was drawn.
            path = warehouse.current().path
            answer = desk.run(path, job["id"], job["sql"])
        except Refused as error:
            return [refusal(t, Refusal(error.code, str(error)))]
        except TooLargeError:
            return [refusal(t, Refusal("too_large", ""))]
        except ReleaseUnavailableError:
            return [refusal(t, Refusal("unavailable", ""))]
        return answer_panels(t, answer, job["id"], path.stem)

    @app.callback(Input("sql-cancel", "n_clicks"), State("sql-job", "data"), prevent_initial_call=True)
    def cancel(clicks: int | None, job: dict[str, str] | None) -> None:
        if clicks and job:
            desk.cancel(job["id"])

    @app.callback(
        Output("sql-link-note", "children"),
        Input("sql-job", "data"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def link(job: dict[str, str] | None, pathname: str | None, search: str | None) -> str:
        """Writes the statement into the address, unless that would grow too long to be carried around."""
        address = Address.parse(pathname, search)
        if not job or address.path != PATH:
            raise PreventUpdate
        wanted = address.to(sql=job["sql"].strip())
        is_too_long = len(wanted.search) > LONGEST_LINK
        if is_too_long:
            wanted = address.to(sql="")
        if wanted != address:
            set_props("address", {"search": wanted.search})
        return Translator(address.language)("sql.link.too_long") if is_too_long else ""

    @app.callback(
        Output("sql-text", "value"),
        Output("sql-linked", "data"),
        Input("address", "search"),
        State("address", "pathname"),
        State("sql-job", "data"),
        prevent_initial_call=True,
    )
    def follow(search: str | None, pathname: str | None, job: dict[str, str] | None) -> tuple[Any, Any]:
        """A link to a question, or the browser's back button."""
        address = Address.parse(pathname, search)
        if address.path != PATH or not address.sql or (job and job["sql"].strip() == address.sql):
            raise PreventUpdate
        return address.sql, address.sql

    # The script is assets/workbench.js.
    def in_browser(name: str, *arguments: Any, **options: Any) -> None:
        app.clientside_callback(ClientsideFunction("workbench", name), *arguments, **options)  # type: ignore[no-untyped-call]

    in_browser(
        "start",
        Output("sql-job", "data"),
        Input("sql-run", "n_clicks"),
        Input("sql-linked", "data"),
        State("sql-text", "value"),
    )
    in_browser("number", Output("sql-lines", "children"), Output("sql-text", "rows"), Input("sql-text", "value"))
    in_browser("address", Output("sql-link", "content"), Input("sql-link", "n_clicks"))
    in_browser(
        "draw",
        Output("sql-figure", "figure"),
        *(Input(f"sql-chart-{name}", "value") for name in ("kind", "x", "y", "series")),
        State("sql-grid", "rowData"),
        State("sql-grid", "columnDefs"),
        State("sql-chart-look", "data"),
    )


def _editor(t: Translator, address: Address) -> Component:
    return html.Section(
        [
            html.Div(
                [
                    html.Label(t("sql.editor"), htmlFor="sql-text", className="visually-hidden"),
                    html.Pre("1", id="sql-lines", className="editor-lines", **hyphened(aria_hidden="true")),
                    dcc.Textarea(
                        id="sql-text",
                        value=address.sql,
                        placeholder="select * from dim_report limit 100",
                        className="editor-text",
                        spellCheck=False,
                        wrap="off",
                        rows=10,
                    ),
                ],
                className="editor",
            ),
            html.Div(
                [
                    html.Button(t("sql.run"), id="sql-run", className="button is-primary", title="Ctrl+Enter"),
                    html.Button(t("sql.cancel"), id="sql-cancel", className="button", disabled=True),
                    html.Span(t("sql.running"), id="sql-running", hidden=True, role="status"),
                    html.Span(id="sql-link-note", className="editor-note"),
                    html.Span(limits_text(t), className="editor-note"),
                    html.Span(
                        [t("sql.link.copy"), dcc.Clipboard(id="sql-link", title=t("sql.link.copy"))],
                        className="copy-link",
                    ),
                ],
                className="editor-bar",
            ),
        ],
        className="panel",
        **hyphened(aria_label=t("sql.editor")),
    )


def _questions(t: Translator) -> Component:
    return html.Details(
        [
            html.Summary(t("sql.questions", count=len(questions()))),
            html.Ol(
                [
                    html.Li(
                        dcc.Link(t.label(each, "title"), href=href(each.sql, t), title=t.label(each, "about")),
                        **hyphened(data_question=each.name),
                    )
                    for each in questions()
                ]
            ),
        ],
        className="panel questions",
        open=True,
    )


def _tables(t: Translator, release: Release) -> Component:
    found = tables(release)
    return html.Details(
        [
            html.Summary(t("sql.tables", count=len(found))),
            html.P(
                dcc.Link(t("sql.to_dictionary"), href=Address("/dictionary", language=t.language).href),
                className="panel-text",
            ),
            schema_browser(t, found),
        ],
        className="panel",
        open=True,
    )
