"""Reconsiderations and lawsuits: what became of them, and where the organ was corrected more often than chance would have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from ..components import charts
from ..components.cards import card
from ..components.grid import report_href
from ..components.heading import consolidated_notice, heading, no_reports
from ..components.numbers import MISSING, percent, written
from ..components.options import one_of
from ..components.paged import NUMBER, TEXT, Table, table_panel
from ..data import disputes as data
from ..data import overview
from ..data.release import Row
from ..figures import disputes as figures
from ..view import Page, View

_RECONSIDERATION = frozenset({"reconsideration"})
_LITIGATION = frozenset({"direct_litigation", "litigation_after_reconsideration"})
_DECIDED = frozenset({"upheld", "corrected", "other"})
_PENDING = frozenset({"pending"})


def _body(view: View) -> list[Component]:
    counts = overview.counts(view.rows(overview.COUNTS))
    by_year = tuple(data.Result(**row) for row in view.rows(data.RESULTS_BY_YEAR))
    results = tuple(data.Result(**row) for row in view.rows(data.RESULTS))
    if view.year is None:
        # What is pending at the end of a year is decided in another: over years it would be counted twice.
        results = tuple(each for each in results if each.result_code not in _PENDING)
    if not counts.reports:
        others = [html.Div(_years(view, by_year), className="charts")] if by_year else []
        return [heading(view), no_reports(view), *others]
    return [
        heading(view),
        *consolidated_notice(view, counts.consolidated, counts.reports),
        html.Section(_cards(view, results), className="cards is-five"),
        html.Div([*_years(view, by_year), _mix(view, results)], className="charts"),
        *_funnel(view),
    ]


PAGE = Page("/disputes", "disputes", _body)


def _cards(view: View, results: tuple[data.Result, ...]) -> list[Component]:
    t = view.t
    unknown = int(results[0].unknown or 0) if results else 0
    left_out = t("card.unknown", count=written(unknown)) if unknown else ""
    pending = data.total(results, _RECONSIDERATION | _LITIGATION, _PENDING)
    rates = {row["track"]: data.Rate(**row) for row in view.rows(data.RATES)}
    return [
        _counted(view, "reconsiderations", results, _RECONSIDERATION, left_out),
        _rate(view, "reconsideration", rates),
        _counted(view, "lawsuits", results, _LITIGATION, left_out),
        _rate(view, "litigation", rates),
        card(
            "pending",
            t("disputes.pending"),
            written(pending) if view.year else MISSING,
            t("unit.case") if view.year else "",
            t("disputes.pending.note") if view.year else t("disputes.pending.all_years"),
            t("disputes.pending.help"),
        ),
    ]


def _counted(
    view: View, name: str, results: tuple[data.Result, ...], tracks: frozenset[str], left_out: str
) -> Component:
    t = view.t
    note = t(
        "disputes.count.note",
        **{code: written(data.total(results, tracks, frozenset({code}))) for code in sorted(_DECIDED)},
    )
    return card(
        name,
        t(f"disputes.{name}"),
        written(data.total(results, tracks, _DECIDED)),
        t("unit.case"),
        note,
        t("disputes.count.help", unknown=left_out),
    )


def _rate(view: View, track: str, rates: Mapping[str, data.Rate]) -> Component:
    t = view.t
    title, explanation = t(f"disputes.rate.{track}"), t(f"disputes.rate.{track}.help")
    rate = rates.get(track)
    if rate is None:
        return card(f"{track}-rate", title, MISSING, "", t("disputes.nothing_decided"), explanation, kind="is-grey")
    note = t(
        "disputes.rate.note",
        corrected=written(rate.corrected),
        decided=written(rate.decided),
        scope=t(f"filter.scope.{rate.scope}"),
    )
    if rate.correction_percent is None:
        return card(f"{track}-rate", title, t("card.disclosed.too_few"), "", note, explanation, kind="is-grey")
    return card(f"{track}-rate", title, percent(rate.corrected, rate.decided), "", note, explanation)


def _years(view: View, results: tuple[data.Result, ...]) -> list[Component]:
    t = view.t
    years = list(dict.fromkeys(each.year for each in results if each.year))
    if not years:
        return []
    every = _RECONSIDERATION | _LITIGATION
    totals = [
        written(data.total(tuple(each for each in results if each.year == year), every, _DECIDED | _PENDING))
        for year in years
    ]
    return [
        charts.chart_panel(
            view,
            "dispute_years",
            data.RESULTS_BY_YEAR,
            figures.by_year(t, results, years, view.year),
            t(
                "chart.dispute_years.summary",
                place=view.place,
                years=", ".join(str(year) for year in years),
                values=", ".join(totals),
            ),
            height=430,
            legend=figures.result_legend(t, results),
        )
    ]


def _mix(view: View, results: tuple[data.Result, ...]) -> Component:
    t = view.t
    told = "; ".join(f"{t.label(each, 'track')} {t.label(each, 'result')} {written(each.value)}" for each in results)
    return charts.chart_panel(
        view,
        "dispute_results",
        data.RESULTS,
        figures.in_year(t, results),
        t("chart.dispute_results.summary", place=view.place, year=view.when, values=told),
        height=430,
        legend=figures.result_legend(t, results),
    )


def _funnel(view: View) -> list[Component]:
    t, options = view.t, view.address.options
    track = "litigation" if options.get("track") == "litigation" else "reconsideration"
    controls = html.Div(
        [
            one_of(
                "track",
                t("disputes.track"),
                {name: t(f"disputes.rate.{name}") for name in ("reconsideration", "litigation")},
                track,
            ),
            one_of(
                "by",
                t("disputes.by"),
                {name: t(f"disputes.by.{name}") for name in ("place", "organ")},
                "organ" if options.get("by") == "organ" else "place",
            ),
        ],
        className="options",
    )
    points = [data.Point(**row) for row in view.rows(data.FUNNEL)]
    if not points:
        empty = html.Section(
            [html.H2(t("chart.funnel.title")), html.P(t("disputes.no_points"), className="panel-text")],
            className="panel",
        )
        return [controls, empty]
    whole = points[0]
    curves = {"corrected": whole.all_corrected, "decided": whole.all_decided, "most": whole.decided}
    limits = [data.Limit(**row) for row in view.rows(data.LIMITS, **curves)]
    rated = [point for point in points if point.correction_percent is not None]
    return [
        controls,
        charts.chart_panel(
            view,
            "funnel",
            data.FUNNEL,
            figures.funnel(t, points, limits),
            _funnel_summary(view, points),
            height=440,
            legend=figures.funnel_legend(t, points),
            drill=True,
        ),
        html.P(
            t(
                "disputes.reading",
                points=written(whole.points),
                rated=written(len(rated)),
                rate=percent(whole.all_corrected, whole.all_decided),
                scope=t(f"filter.scope.{whole.scope}"),
            ),
            className="panel-text",
        ),
        table_panel(view, TABLE, title=t("disputes.table.title"), text=t("disputes.table.text"), found=whole.points),
    ]


def _funnel_summary(view: View, points: Sequence[data.Point]) -> str:
    t, whole = view.t, points[0]
    above = [figures.point_name(t, point) for point in points if point.standing == "above"]
    return t(
        "chart.funnel.summary",
        place=view.place,
        year=view.when,
        points=written(whole.points),
        rate=percent(whole.all_corrected, whole.all_decided),
        above=t("suggestion.and").join(above) or MISSING,
    )


def _columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    rate = {**NUMBER, "cellRenderer": "Rate", "cellRendererParams": {"few": t("card.disclosed.too_few")}}
    return [
        {
            "field": "name",
            "headerName": t("column.place_or_organ"),
            "minWidth": 180,
            "flex": 3,
            "cellRenderer": "MaybeLink",
            **TEXT,
        },
        {"field": "place", "headerName": t("column.place"), "minWidth": 180, "flex": 3, **TEXT},
        {"field": "decided", "headerName": t("disputes.column.decided"), "width": 120, **NUMBER},
        {"field": "corrected", "headerName": t("disputes.column.corrected"), "width": 120, **NUMBER},
        {"field": "correction_percent", "headerName": t("disputes.column.rate"), "width": 120, **rate},
        {
            "field": "interval",
            "headerName": t("disputes.column.interval"),
            "width": 150,
            "type": "rightAligned",
            "sortable": False,
        },
        {"field": "standing", "headerName": t("disputes.column.standing"), "minWidth": 190, "flex": 1},
    ]


def _row(view: View, row: Row) -> dict[str, Any]:
    t, address, rate = view.t, view.address, row["correction_percent"]
    place = row["kind"] == "place"
    if row["report_key"]:
        href = report_href(address, row["report_key"])
    else:
        href = address.to(region=row["code"]).href if place and row["code"] else ""
    return {
        **row,
        "name": row["name"] or t("children.own"),
        "correction_percent": None if rate is None else round(rate, 1),
        "interval": f"{row['low_percent']:.1f}–{row['high_percent']:.1f}%",
        "standing": t(f"disputes.standing.{row['standing']}"),
        "href": href,
    }


TABLE = Table(data.CORRECTIONS, _columns, _row)
