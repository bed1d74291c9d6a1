"""Up to four places or organs side by side, and one organ's year against another of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import MATCH, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from ..components import charts, notices, states
from ..components.attributes import clear_button, hyphened
from ..components.grid import report_href
from ..components.numbers import MISSING, SMALLEST_DENOMINATOR, percent, plain
from ..components.paged import NUMBER, TEXT, Table, table_panel
from ..components.text_difference import marked
from ..components.tools import downloads
from ..data import compare as data
from ..data import differences
from ..data.release import Release, ReleaseUnavailableError, Row, Warehouse
from ..data.years import years
from ..figures import compare as figures
from ..view import Page, View

_HANDLING = (
    "disclosure_rate",
    "denial_rate",
    "unavailable_rate",
    "not_held_share",
    "completion_rate",
    "carry_forward_rate",
)
_DISPUTES_AND_FILING = (
    "reconsideration_correction_rate",
    "litigation_correction_rate",
    "dispute_rate",
    "filing_rate",
    "punctuality_rate",
    "error_rate",
)
_ORGAN = "organ"


def _body(view: View) -> list[Component]:
    t = view.t
    sides = tuple(data.Side(**row) for row in view.rows(data.CHOSEN))
    return [
        html.H1(t("compare.title")),
        *notices.without_filters(view, "level", "type", "form", "consistent"),
        html.Section(
            [
                html.H2(t("compare.sides.title")),
                html.P(t("compare.sides.text"), className="panel-text"),
                html.Div([_picker(view, side) for side in data.SIDES], className="pickers"),
                *([_legend(view, sides)] if sides else [_proposal(view)]),
            ],
            className="panel",
        ),
        *(_side_by_side(view, sides) if sides else []),
        *_two_years(view),
    ]


PAGE = Page("/compare", "compare", _body)


def register(app: Dash, warehouse: Warehouse) -> None:
    """Searching the thousands of organs is the server's business: a select gets those that fit what was typed."""

    @app.callback(
        Output({"option": MATCH}, "data"),
        Input({"option": MATCH}, "searchValue"),
        State({"option": MATCH}, "value"),
        State({"option": MATCH}, "id"),
        prevent_initial_call=True,
    )
    def look(text: str | None, value: str | None, identity: dict[str, str]) -> list[dict[str, str]]:
        if identity["option"] not in (*data.SIDES, _ORGAN):
            raise PreventUpdate
        try:
            release = warehouse.current()
            # The label of what is chosen is no search: it stands in the box until somebody types.
            wanted = "" if text and text == data.label(release, value) else text or ""
            return _offer(release, wanted, value, places=identity["option"] != _ORGAN)
        except ReleaseUnavailableError as error:
            raise PreventUpdate from error


def _offer(release: Release, text: str, value: str | None, *, places: bool) -> list[dict[str, str]]:
    found = {choice.code: choice.label for choice in data.choices(release, text, places=places)}
    chosen = data.label(release, value)
    if value and chosen:
        found.setdefault(value, chosen)
    return [{"value": code, "label": words} for code, words in found.items()]


def _picker(view: View, name: str) -> Component:
    t = view.t
    value = view.address.options.get(name)
    is_side = name in data.SIDES
    select: Component = dmc.Select(
        id={"option": name},
        label=f"{figures.sign(name)} {t('compare.side', letter=name.upper())}" if is_side else t("compare.organ"),
        data=_offer(view.release, "", value, places=is_side),
        value=value,
        # As the select itself will have it: else it would tell the server what the server told it.
        searchValue=data.label(view.release, value) or "",
        placeholder=t("compare.side.placeholder" if is_side else "compare.organ.placeholder"),
        nothingFoundMessage=t("filter.nothing_found"),
        searchable=True,
        clearable=True,
        clearButtonProps=clear_button(t("filter.clear", name=name.upper() if is_side else t("compare.organ"))),
        allowDeselect=False,
        comboboxProps={"shadow": "md"},
    )
    return select


def _proposal(view: View) -> Component:
    """A link that fills the selects, for who does not know yet what to compare."""
    codes = data.proposed(view.release, view.selection.parameters())
    address = view.address
    for letter, code in zip(data.SIDES, codes, strict=False):
        address = address.opting(letter, code)
    if not codes:
        return html.P(view.t("compare.nothing"), className="panel-text")
    names = [data.label(view.release, code) or code for code in codes]
    return html.P(
        [
            view.t("compare.try"),
            " ",
            states.link_button(
                view.t("suggestion.and").join(name.rpartition(" · ")[2] for name in names), address.href
            ),
        ],
        className="panel-text",
    )


def _legend(view: View, sides: Sequence[data.Side]) -> Component:
    t, address = view.t, view.address

    def entry(side: data.Side) -> Component:
        if side.kind == "organ":
            more = dcc.Link(t("compare.own_years"), href=f"{address.opting(_ORGAN, side.code).href}#two-years")
        else:
            more = dcc.Link(t("nav.overview"), href=address.at("/").to(region=side.code).href)
        return html.Li(
            [
                html.Span(
                    figures.sign(side.letter),
                    style={"color": figures.COLOURS[side.letter]},
                    **hyphened(aria_hidden="true"),
                ),
                html.Strong(side.name),
                html.Span(t(f"filter.scope.{side.scope}"), className="chip"),
                more,
            ]
        )

    return html.Ul([entry(side) for side in sides], className="legend sides")


def _side_by_side(view: View, sides: Sequence[data.Side]) -> list[Component]:
    rows = tuple(data.IndicatorYear(**row) for row in view.rows(data.BY_YEAR))
    if not rows:
        return [html.P(view.t("compare.no_rows"), className="notice", role="note")]
    mixed = len({side.scope for side in sides}) > 1
    return [
        *([html.P(view.t("compare.scopes_differ"), className="notice", role="note")] if mixed else []),
        html.Div(
            [
                _multiples(view, "compare_handling", rows, _HANDLING, sides),
                _multiples(view, "compare_disputes", rows, _DISPUTES_AND_FILING, sides),
            ],
            className="charts",
        ),
        _table(view, sides),
    ]


def _multiples(
    view: View, name: str, rows: Sequence[data.IndicatorYear], codes: Sequence[str], sides: Sequence[data.Side]
) -> Component:
    t = view.t
    names = {row["indicator_code"]: row[f"name_{t.language}"] for row in view.rows(data.IN_ONE_YEAR)}
    return charts.chart_panel(
        view,
        name,
        data.BY_YEAR,
        figures.multiples(t, rows, codes, names, sorted(years(view.release))),
        t(
            f"chart.{name}.summary",
            sides=t("suggestion.and").join(side.name for side in sides),
            indicators=t("suggestion.and").join(names[code] for code in codes),
        ),
        height=560,
        legend=[(f"{figures.sign(side.letter)} {side.name}", figures.COLOURS[side.letter]) for side in sides],
    )


def _table(view: View, sides: Sequence[data.Side]) -> Component:
    t = view.t
    head = html.Tr(
        [
            html.Th(t("compare.indicator"), scope="col"),
            *(html.Th(f"{figures.sign(side.letter)} {side.name}", scope="col", className="number") for side in sides),
        ]
    )
    body = [
        html.Tr(
            [
                html.Th(
                    html.Span(
                        row[f"name_{t.language}"],
                        tabIndex=0,
                        className="explained",
                        **hyphened(data_tip=row[f"definition_{t.language}"]),
                    ),
                    scope="row",
                ),
                *(html.Td(_rate(view, row, side.letter), className="number") for side in sides),
            ]
        )
        for row in view.rows(data.IN_ONE_YEAR)
    ]
    return html.Section(
        [
            html.Div(
                [html.H2(t("compare.table.title", year=view.when)), downloads(view, data.IN_ONE_YEAR)],
                className="panel-head",
            ),
            html.P(t("compare.table.text"), className="panel-text"),
            html.Div(
                html.Table([html.Thead(head), html.Tbody(body)], className="sides-table"),
                className="scroll",
                role="region",
                # Wider than a phone, and to be scrolled with the keyboard as well.
                tabIndex=0,
                **hyphened(aria_label=t("compare.table.title", year=view.when)),
            ),
        ],
        className="panel",
        id="compare-table",
    )


def _rate(view: View, row: Row, side: str) -> list[Component]:
    numerator, denominator = row[f"numerator_{side}"], row[f"denominator_{side}"]
    if not denominator:
        return [html.Span(MISSING, className="is-few")]
    terms = html.Small(f"{numerator:,} / {denominator:,}")
    if denominator < SMALLEST_DENOMINATOR:
        return [html.Span(view.t("card.disclosed.too_few"), className="is-few"), terms]
    return [html.Strong(percent(numerator, denominator)), terms]


def _two_years(view: View) -> list[Component]:
    t = view.t
    found = tuple(data.OrganYear(**row) for row in view.rows(data.YEARS))
    older = next((each for each in found if each.is_older), None)
    newer = next((each for each in found if each.is_newer), None)
    head = html.Section(
        [
            html.H2(t("compare.two_years.title")),
            html.P(t("compare.two_years.text"), className="panel-text"),
            html.Div(
                [
                    _picker(view, _ORGAN),
                    *(_year(view, name, found, each) for name, each in (("older", older), ("newer", newer))),
                ],
                className="pickers",
            ),
            *([_found(view, older or newer, older, newer)] if found else []),
        ],
        className="panel",
        id="two-years",
    )
    if older is None or newer is None:
        return [head]
    moves = table_panel(
        view,
        MOVES_TABLE,
        title=t("compare.moves.title", older=older.year, newer=newer.year),
        text=t("compare.moves.text"),
    )
    return [head, moves, _texts(view, older, newer)]


def _year(view: View, name: str, found: Sequence[data.OrganYear], shown: data.OrganYear | None) -> Component:
    select: Component = dmc.Select(
        id={"option": name},
        label=view.t(f"compare.{name}"),
        data=[{"value": str(each.year), "label": view.t("year.of", year=each.year)} for each in reversed(found)],
        value=str(shown.year) if shown else None,
        searchValue=view.t("year.of", year=shown.year) if shown else "",
        disabled=not found,
        allowDeselect=False,
        comboboxProps={"shadow": "md"},
    )
    return select


def _found(
    view: View, organ: data.OrganYear | None, older: data.OrganYear | None, newer: data.OrganYear | None
) -> Component:
    t = view.t
    if organ is None or older is None or newer is None:
        return html.P(t("compare.one_year"), className="notice", role="note")
    links = [
        dcc.Link(t("compare.report_of", year=each.year), href=report_href(view.address, each.report_key))
        for each in (older, newer)
    ]
    return html.P(
        [html.Strong(organ.organ_name), f" {organ.place} ", links[0], " · ", links[1]], className="panel-text"
    )


def _texts(view: View, older: data.OrganYear, newer: data.OrganYear) -> Component:
    t = view.t
    sections = [data.SectionTexts(**row) for row in view.rows(data.TEXTS)]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(t("compare.texts.title", older=older.year, newer=newer.year)),
                    downloads(view, data.TEXTS),
                ],
                className="panel-head",
            ),
            html.P(
                [
                    t("compare.texts.text"),
                    " ",
                    html.Del(t("compare.gone.sample", year=older.year)),
                    " ",
                    html.Ins(t("compare.new.sample", year=newer.year)),
                ],
                className="panel-text difference-key",
            ),
            *(_section(view, each) for each in sections),
        ],
        className="panel",
        id="compare-texts",
    )


def _section(view: View, texts: data.SectionTexts) -> Component:
    t = view.t
    title = html.H3(t(f"rules.place.section.{texts.section_code}"))
    if not texts.older_text and not texts.newer_text:
        return html.Div([title, html.P(t("compare.section.none"), className="panel-text")], className="compared")
    passages = differences.difference(texts.older_text or "", texts.newer_text or "")
    if not texts.newer_text or not texts.older_text:
        note = t("compare.section.one_only")
    elif all(each.kind == "same" for each in passages):
        note = t("compare.section.same")
    else:
        note = t("compare.section.shared", share=f"{100 * differences.shared(passages):.0f}%")
    return html.Div(
        [html.Div([title, html.Span(note, className="chip")], className="compared-head"), marked(t, passages)],
        className="compared",
    )


def _move_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {"field": "table_code", "headerName": t("compare.column.table"), "width": 120},
        {"field": f"row_{t.language}", "headerName": t("compare.column.row"), "minWidth": 220, "flex": 3, **TEXT},
        {"field": f"column_{t.language}", "headerName": t("compare.column.column"), "minWidth": 130, "flex": 2, **TEXT},
        {"field": "older_value", "headerName": t("compare.older"), "width": 120, **NUMBER},
        {"field": "newer_value", "headerName": t("compare.newer"), "width": 120, **NUMBER},
        {"field": "difference", "headerName": t("compare.column.difference"), "width": 130, **NUMBER},
        {
            "field": "change_percent",
            "headerName": t("compare.column.change"),
            "width": 145,
            **NUMBER,
            "cellRenderer": "Rate",
            "cellRendererParams": {"few": t("card.disclosed.too_few")},
        },
    ]


def _move_row(view: View, row: Row) -> dict[str, Any]:
    change = row["change_percent"]
    return {
        **row,
        "table_code": view.t(f"rules.table.{row['table_code']}"),
        **{name: plain(row[name]) for name in ("older_value", "newer_value", "difference")},
        "change_percent": None if change is None else round(float(change), 1),
    }


MOVES_TABLE = Table(data.MOVES, _move_columns, _move_row, height=460)
