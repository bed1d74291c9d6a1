"""Parts of an organ's page: who it is, its years, its peers, its corrections, and sentences of its reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from expectations.notices import FORMATS

from ..address import Address
from ..data import organ as data
from ..data.release import Row
from ..downloads import notice_href
from ..i18n import Translator
from ..view import View
from .attributes import hyphened
from .grid import report_href
from .numbers import MISSING, plain, written
from .paged import NUMBER, TEXT, Table

PREFIX = "/organ/"
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
MOST_SENTENCES = 20
_MOST_REVISIONS = 50


def organ_href(address: Address, organ_key: str) -> str:
    """The organ's page; the selection goes along for the way back."""
    return address.at(f"{PREFIX}{organ_key}").href


def kind(t: Translator, level: str, type_: str) -> str:
    return " · ".join(
        t(f"organ.{name}.unknown" if code == "unknown" else f"filter.{name}.{code}")
        for name, code in (("level", level), ("type", type_))
    )


# --- The list --------------------------------------------------------------------------------------------------------


def _organ_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {
            "field": "organ_name",
            "headerName": t("column.organ"),
            "minWidth": 200,
            "flex": 3,
            "cellRenderer": "ReportLink",
            **TEXT,
        },
        {"field": "place", "headerName": t("column.place"), "minWidth": 180, "flex": 3, **TEXT},
        {"field": "organ_level", "headerName": t("organ.column.level"), "width": 110, "cellRenderer": "Words"},
        {"field": "organ_type", "headerName": t("organ.column.type"), "width": 120, "cellRenderer": "Words"},
        {"field": "reports", "headerName": t("organ.column.reports"), "width": 100, **NUMBER},
        {
            "field": "last_year",
            "headerName": t("organ.column.last_year"),
            "width": 110,
            "filter": "agNumberColumnFilter",
        },
        {"field": "received", "headerName": t("organ.column.received"), "width": 120, **NUMBER},
        {
            "field": "broken_rules",
            "headerName": t("organ.column.broken"),
            "width": 120,
            **NUMBER,
            "cellRenderer": "Broken",
        },
    ]


def _organ_row(view: View, row: Row) -> dict[str, Any]:
    level, type_ = kind(view.t, row["organ_level"], row["organ_type"]).split(" · ")
    return {
        **row,
        "received": plain(row["received"]),
        "href": organ_href(view.address, row["organ_key"]),
        "words": {"organ_level": level, "organ_type": type_},
    }


ORGANS = Table(data.ORGANS, _organ_columns, _organ_row, height=640)

# --- Peers -----------------------------------------------------------------------------------------------------------


def _peer_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {
            "field": "organ_name",
            "headerName": t("column.organ"),
            "minWidth": 190,
            "flex": 3,
            "cellRenderer": "ReportLink",
            **TEXT,
        },
        {"field": "place", "headerName": t("column.place"), "minWidth": 160, "flex": 3, **TEXT},
        {"field": "received", "headerName": t("organ.received"), "width": 110, **NUMBER},
        {"field": "processed", "headerName": t("organ.processed"), "width": 110, **NUMBER},
        {
            "field": "disclosed_percent",
            "headerName": t("column.rate"),
            "width": 130,
            **NUMBER,
            "cellRenderer": "Rate",
            "cellRendererParams": {"few": t("card.disclosed.too_few")},
        },
        {"field": "carried_forward", "headerName": t("organ.carried"), "width": 120, **NUMBER},
        {"field": "broken_rules", "headerName": t("column.broken"), "width": 110, **NUMBER, "cellRenderer": "Broken"},
    ]


def _peer_row(view: View, row: Row) -> dict[str, Any]:
    share = row["disclosed_percent"]
    return {
        **row,
        **{name: plain(row[name]) for name in ("received", "processed", "carried_forward")},
        "disclosed_percent": None if share is None else round(float(share), 1),
        "href": organ_href(view.address, row["organ_key"]),
    }


PEERS = Table(data.PEERS, _peer_columns, _peer_row, height=440)
TABLES = (ORGANS, PEERS)

# --- Who it is -------------------------------------------------------------------------------------------------------


def organ_header(view: View, organ: data.Organ) -> Component:
    t = view.t
    facts: list[tuple[str, Component | str]] = [
        ("organ.place", " · ".join(organ.places) or MISSING),
        ("organ.kind", kind(t, organ.organ_level, organ.organ_type)),
        ("organ.span", f"{organ.first_year} – {organ.last_year}"),
    ]
    if len(organ.names) > 1:
        names = [
            html.Li(
                t("organ.name", name=name.organ_name, first=name.first_year, last=name.last_year or organ.last_year)
            )
            for name in organ.names
        ]
        facts.append(("organ.names", html.Ul(names)))
    if organ.successor:
        key, name = organ.successor
        facts.append(("organ.successor", dcc.Link(name, href=organ_href(view.address, key))))
    ended = [] if organ.is_active else [html.Span(t("organ.ended"), className="chip is-warning")]
    return html.Section(
        [
            html.Div([html.H1([organ.organ_name, *ended])], className="panel-head"),
            html.Dl(
                [html.Div([html.Dt(t(key)), html.Dd(value)], className="fact") for key, value in facts],
                className="facts",
            ),
        ],
        className="panel",
        id="organ-header",
    )


# --- Its years -------------------------------------------------------------------------------------------------------

_FIGURES = ("received", "processed", "disclosed", "carried_forward")
_HEAD = ("year", "filing", "received", "processed", "disclosed", "carried", "rules", "warned", "notice")


def year_table(view: View, years: Sequence[data.Year]) -> Component:
    t = view.t
    numbers = {"received", "processed", "disclosed", "carried", "warned"}
    head = [html.Th(t(f"organ.{name}"), scope="col", className="number" if name in numbers else "") for name in _HEAD]
    return _scrolling(
        t("organ.years.title"),
        html.Table([html.Thead(html.Tr(head)), html.Tbody([_year(view, each) for each in years])], className="rules"),
    )


def _year(view: View, year: data.Year) -> Component:
    report = (
        dcc.Link(str(year.year), href=report_href(view.address, year.report_key)) if year.report_key else str(year.year)
    )
    rules = [html.Span(rule, className="chip is-fail") for rule in (year.rules or "").split()]
    notices = [
        html.A(form, href=notice_href(year.report_key, form), className="tool", download="")
        for form in FORMATS
        if year.report_key and year.to_correct
    ]
    return html.Tr(
        [
            html.Th(report, scope="row"),
            html.Td(_filing(view.t, year)),
            *(html.Td(written(getattr(year, name)), className="number") for name in _FIGURES),
            html.Td(html.Span(rules, className="chips") if rules else MISSING),
            html.Td(written(year.warned_rules), className="number"),
            html.Td(html.Span(notices, className="cell-notices") if notices else MISSING),
        ],
        **hyphened(data_year=str(year.year)),
    )


def _filing(t: Translator, year: data.Year) -> Component | str:
    match year.filing_status:
        case None:
            return MISSING
        case "late" | "missing" as status:
            words = t(f"organ.filing.{status}", days=written(year.days_late))
            return html.Span(words, className=f"chip is-{'error' if status == 'missing' else 'warning'}")
        case "filed" if year.published_on is None:
            return t("organ.filing.filed_unknown")
        case status:
            on = f" · {year.published_on.isoformat()}" if year.published_on else ""
            return t(f"organ.filing.{status}") + on


def _scrolling(label: str, table: Component) -> Component:
    return html.Div(table, className="table-box", tabIndex=0, role="region", **hyphened(aria_label=label))


# --- Corrections -----------------------------------------------------------------------------------------------------


def revision_table(view: View, rows: Sequence[Row]) -> list[Component]:
    t = view.t
    if not rows:
        return [html.P(t("organ.revisions.none"), className="panel-text")]
    head = ("organ.year", "organ.revision.cell", "organ.revision.before", "organ.revision.after", "organ.revision.on")
    more = len(rows) - _MOST_REVISIONS
    return [
        html.P(t("organ.revisions.text"), className="panel-text"),
        _scrolling(
            t("organ.revisions.title"),
            html.Table(
                [
                    html.Thead(html.Tr([html.Th(t(key), scope="col") for key in head])),
                    html.Tbody([_revision(view, row) for row in rows[:_MOST_REVISIONS]]),
                ],
                className="rules",
            ),
        ),
        *([html.P(t("organ.revisions.more", count=written(more)), className="panel-text")] if more > 0 else []),
    ]


def _revision(view: View, row: Row) -> Component:
    cell = f"{row['table_code']}.{row['row_code']}.{row['column_code']}"

    def printed(side: str) -> Component:
        state = row[f"state_{side}"] or "absent"
        words = (row[f"raw_{side}"] or "").strip() or view.t(f"legend.{state}")
        return html.Td(dcc.Link(words, href=report_href(view.address, row[f"report_key_{side}"])))

    on = row["revised_on"]
    return html.Tr(
        [
            html.Th(str(row["year"]), scope="row"),
            html.Td(view.places.get(cell, cell)),
            printed("before"),
            printed("after"),
            html.Td(on.isoformat() if on else MISSING),
        ]
    )


# --- Its texts -------------------------------------------------------------------------------------------------------


def hits(view: View, passages: Sequence[data.Passage], words: Sequence[str]) -> list[Component]:
    """The sentences with one of the words, under their year and section."""
    t = view.t
    if not passages:
        return [html.P(t("organ.find.none"), className="panel-text", id="organ-hits")]
    listed = [
        (passage, sentence)
        for passage in passages
        for sentence in _SENTENCE.findall(passage.text)
        if any(word in sentence for word in words)
    ]
    words_on_top = t("organ.find.found", count=written(len(listed)))
    if len(listed) > MOST_SENTENCES:
        words_on_top += " · " + t("organ.find.most", most=MOST_SENTENCES)
    return [
        html.P(words_on_top, className="panel-text", id="organ-hits"),
        html.Ol(
            [
                html.Li(
                    [
                        html.Span(
                            [
                                dcc.Link(str(passage.year), href=report_href(view.address, passage.report_key)),
                                f" {passage.heading or ''}",
                            ],
                            className="hit-head",
                        ),
                        html.Q(list(_marked(sentence.strip(), words))),
                    ]
                )
                for passage, sentence in listed[:MOST_SENTENCES]
            ],
            className="hits",
        ),
    ]


def _marked(sentence: str, words: Sequence[str]) -> Iterator[Component | str]:
    """The sentence with the words set off; text stays text, whatever stands in it."""
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    end = 0
    for match in pattern.finditer(sentence):
        yield sentence[end : match.start()]
        yield html.Mark(match.group())
        end = match.end()
    yield sentence[end:]
