"""What can be done with a chart or a table: take it away as a file, and see how it was made."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from ..address import Address
from ..data.query import Query
from ..view import View

EXPORT = "/export/"
MADE = "/made/"


def export_href(query: Query, address: Address, kind: str) -> str:
    """`kind` is csv or xlsx."""
    return f"{EXPORT}{query.name}.{kind}{address.search}"


def downloads(view: View, query: Query, *, graph: str | None = None) -> Component:
    """The links of a panel; `graph` is the id of its graph, which may be saved as a picture."""
    t, address = view.t, view.address
    picture = [html.Button("PNG", type="button", className="tool", **{"data-png": graph})] if graph else []
    files = [
        # A plain link: the browser saves the file, and the page stays.
        html.A(kind.upper(), href=export_href(query, address, kind), className="tool", **{"data-export": query.name})
        for kind in ("csv", "xlsx")
    ]
    made = address.to(path=f"{MADE}{query.name}")
    # On that page itself the link would lead nowhere.
    links = [dcc.Link(t("tool.made"), href=made.href, className="tool is-made")] if made.path != address.path else []
    return html.Div([*picture, *files, *links], className="tools")
