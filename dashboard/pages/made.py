"""How a figure was made: the question asked of the release, what was put in, the answer, and the documents behind it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from ..components import reports
from ..components.heading import heading
from ..components.paged import plain_table, table_panel
from ..components.tools import MADE
from ..data.queries import QUERIES
from ..data.query import Query
from ..view import Page, View

PREFIX = MADE


def page(path: str) -> Page | None:
    """The page at `/made/<query>`; None where there is no such query."""
    query = QUERIES.get(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else None
    return Page(path, "made", lambda view: _body(view, query)) if query else None


def _body(view: View, query: Query) -> list[Component]:
    t = view.t
    given = query.bound(view.selection.parameters())
    return [
        heading(view),
        html.Section(
            [
                html.H2(t(f"query.{query.name}")),
                html.P(t("made.text"), className="panel-text"),
                html.Dl(
                    [
                        each
                        for name, value in given.items()
                        for each in (html.Dt(html.Code(f"${name}")), html.Dd("null" if value is None else str(value)))
                    ],
                    className="parameters",
                ),
                html.Pre(html.Code(query.sql.strip()), className="sql-text", tabIndex=0),
            ],
            className="panel",
        ),
        table_panel(view, plain_table(query), title=t("made.answer"), look="plain"),
        table_panel(view, reports.TABLE, title=t("made.documents"), text=t("made.documents.text")),
    ]
