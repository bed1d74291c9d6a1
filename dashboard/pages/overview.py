"""The overview: what a region's reports of a year say at first glance, and how it moved over the years."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from ..components import cards, charts, notable, outcomes, places, reports
from ..components.heading import consolidated_notice, heading, no_reports
from ..components.numbers import written
from ..components.paged import table_panel
from ..components.region_panel import region_panel
from ..data import overview as data
from ..data.places import PLACES
from ..figures import applications
from ..view import Page, View


def _body(view: View) -> list[Component]:
    counts = data.counts(view.rows(data.COUNTS))
    by_year = tuple(data.ApplicationYear(**row) for row in view.rows(data.APPLICATIONS))
    groups = tuple(data.OutcomeGroupYear(**row) for row in view.rows(data.OUTCOMES))
    trend = html.Div(_charts(view, by_year, groups), className="charts")
    if not counts.reports:
        # The other years still tell something.
        others = [trend] if any(each.reports for each in by_year) else []
        return [heading(view), no_reports(view), *others]
    change = data.change(view.rows(data.CHANGE)) if view.year else None
    return [
        heading(view),
        *consolidated_notice(view, counts.consolidated, counts.reports),
        html.Section(
            cards.cards(view.t, counts, change, by_year, view.year, view.address.at("/quality").href), className="cards"
        ),
        trend,
        html.Div(
            [*region_panel(view), html.Div([notable.rules(view), notable.moved(view)], className="stack")],
            className="charts",
        ),
        *_places(view),
        table_panel(
            view, reports.TABLE, title=view.t("organs.title"), text=view.t("organs.text"), found=counts.reports
        ),
    ]


def _places(view: View) -> list[Component]:
    """The parts of the region; a county has none here."""
    if (view.region and view.region.county) or not view.count(PLACES):
        return []
    return [table_panel(view, places.TABLE, title=view.t("places.title"), text=view.t("places.text"))]


PAGE = Page("/", "overview", _body)


def _charts(
    view: View, by_year: Sequence[data.ApplicationYear], groups: Sequence[data.OutcomeGroupYear]
) -> list[Component]:
    t = view.t
    years = ", ".join(str(each.year) for each in by_year)
    return [
        charts.chart_panel(
            view,
            "applications",
            data.APPLICATIONS,
            applications.figure(t, by_year, groups, view.year),
            t(
                "chart.applications.summary",
                place=view.place,
                years=years,
                values=", ".join(written(each.received) for each in by_year),
            ),
        ),
        outcomes.panel(view, by_year, groups),
    ]
