"""Proactive disclosure: documents, decisions and fees of table 2, and the channels that the prose names.

What only one version of the form asks for stands in a chart of its own, never in one line with what the other asks.
"""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from ..components import charts, disclosed
from ..components.heading import consolidated_notice, heading, no_reports
from ..components.numbers import MISSING, compact, money, written
from ..components.paged import nothing_panel, table_panel
from ..data import disclosure as data
from ..data import overview
from ..data.query import Query
from ..figures import channels, documents, theme, year_rows
from ..view import Page, View


def _body(view: View) -> list[Component]:
    counts = overview.counts(view.rows(overview.COUNTS))
    if not counts.reports:
        return [heading(view), no_reports(view)]
    t = view.t
    years = [row["year"] for row in view.rows(overview.APPLICATIONS)]
    return [
        heading(view),
        *consolidated_notice(view, counts.consolidated, counts.reports),
        html.P(t("disclosure.forms"), className="notice is-plain", role="note"),
        html.Div(
            [
                *(_documents(view, years, item) for item in ("normative_documents", "rules")),
                _decisions(view, years),
                _fees(view, years),
                *_trial(view, years),
            ],
            className="charts",
        ),
        table_panel(view, disclosed.OUTLIER_TABLE, title=t("outliers.title"), text=t("outliers.text"))
        if view.count(data.OUTLIERS)
        else nothing_panel(t("outliers.title"), t("outliers.none")),
        table_panel(view, disclosed.STOCK_TABLE, title=t("stock.title"), text=t("stock.text")),
        table_panel(view, disclosed.ITEM_TABLE, title=t("items.title"), text=t("items.text")),
        table_panel(
            view, disclosed.REPORT_TABLE, title=t("disclosed.title"), text=t("disclosed.text"), found=counts.reports
        ),
        _channels(view),
        table_panel(view, disclosed.SENTENCE_TABLE, title=t("sentences.title"), text=t("sentences.text")),
    ]


PAGE = Page("/disclosure", "disclosure", _body)


def _documents(view: View, years: Sequence[int], item: str) -> Component:
    t = view.t
    rows = [row for row in view.rows(data.DOCUMENTS) if row["item_code"] == item]
    in_force = {row["year"]: row["value"] for row in rows if row["measure_code"] == "in_force"}
    return charts.chart_panel(
        view,
        item,
        data.DOCUMENTS,
        documents.figure(t, years, rows, view.year),
        t(
            f"chart.{item}.summary",
            place=view.place,
            years=_joined(years),
            values=", ".join(written(in_force.get(year)) for year in years),
        ),
        height=360,
    )


def _decisions(view: View, years: Sequence[int]) -> Component:
    return _rows(
        view, "decisions", years, data.DECISIONS, {(item, "decisions"): each for item, each in theme.DECISIONS.items()}
    )


def _fees(view: View, years: Sequence[int]) -> Component:
    return _rows(view, "fees", years, data.FEES, {("fees", "amount"): theme.FEES})


def _trial(view: View, years: Sequence[int]) -> list[Component]:
    """Nothing where no report is on the form of 2019."""
    if not view.rows(data.TRIAL_DOCUMENTS):
        return []
    return [
        _rows(
            view,
            f"trial_{item}",
            years,
            data.TRIAL_DOCUMENTS,
            {(item, measure): colour for measure, colour in theme.TRIAL.items()},
        )
        for item in ("normative_documents", "rules")
    ]


def _rows(view: View, name: str, years: Sequence[int], query: Query, colours: dict[tuple[str, str], str]) -> Component:
    """A chart with a row for each figure of table 2, given by item and measure."""
    t = view.t
    found = view.rows(query)
    series = [
        year_rows.Series(
            t(f"disclosure.{item}.{measure}"),
            colour,
            [row for row in found if (row["item_code"], row["measure_code"]) == (item, measure)],
        )
        for (item, measure), colour in colours.items()
    ]
    values = "; ".join(
        f"{each.title} " + ", ".join(f"{row['year']}: {written(row['value'])}" for row in each.rows) for each in series
    )
    unit, words = (t("unit.wan_yuan"), money) if query is data.FEES else (t("unit.case"), compact)
    return charts.chart_panel(
        view,
        name,
        query,
        year_rows.figure(t, years, series, view.year, unit, words),
        t("chart.year_rows.summary", place=view.place, values=values),
        height=year_rows.height(series),
        legend=[],
    )


def _channels(view: View) -> Component:
    t = view.t
    rows = view.rows(data.CHANNELS)
    words = "; ".join(f"{row[f'channel_{t.language}']} {written(row['exact'])}" for row in rows)
    several = sum(row["several_figures"] for row in rows)
    return charts.chart_panel(
        view,
        "channels",
        data.CHANNELS,
        channels.figure(t, rows),
        t("chart.channels.summary", place=view.place, year=view.when, values=words or MISSING)
        + (t("channel.several", reports=written(several)) if several else ""),
        height=channels.height(rows),
    )


def _joined(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))
