"""What stands out: the rules that are broken, and the organs that moved most."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from ..data.notable import MOVED, RULES_BROKEN
from ..view import View
from .grid import report_href
from .numbers import written
from .tools import downloads

_SHOWN = 8


def rules(view: View) -> Component:
    """Errors first; each leads to the reports that break it."""
    t = view.t
    rows = view.rows(RULES_BROKEN)[:_SHOWN]
    items = [
        html.Li(
            [
                html.Span(row["rule_id"], className=f"chip is-{row['severity']}"),
                dcc.Link(
                    row[f"title_{t.language}"],
                    href=view.address.at("/quality").opting("part", "findings").opting("rule", row["rule_id"]).href,
                ),
                html.Span(t("notable.reports", count=written(row["reports"])), className="value"),
            ]
        )
        for row in rows
    ]
    return html.Section(
        [
            html.Div([html.H2(t("notable.title")), downloads(view, RULES_BROKEN)], className="panel-head"),
            html.P(t("notable.text") if items else t("notable.none"), className="panel-text"),
            html.Ul(items, className="ranking"),
        ],
        className="panel",
        id="notable-rules",
    )


def moved(view: View) -> Component:
    """The change of a single organ, like for like."""
    t = view.t
    rows = view.rows(MOVED)[:_SHOWN] if view.year else ()
    items = [
        html.Li(
            [
                dcc.Link(row["organ_name"], href=report_href(view.address, row["report_key"])),
                html.Span(
                    [
                        f"{written(row['previous'])} → {written(row['received'])} ",
                        html.Strong(f"{'+' if row['change'] > 0 else ''}{written(row['change'])}"),
                    ],
                    className="value",
                ),
            ]
        )
        for row in rows
    ]
    words = "moved.text" if items else "moved.none" if view.year else "moved.one_year"
    return html.Section(
        [
            html.Div([html.H2(t("moved.title")), downloads(view, MOVED)], className="panel-head"),
            html.P(t(words), className="panel-text"),
            html.Ul(items, className="ranking"),
        ],
        className="panel",
        id="moved",
    )
