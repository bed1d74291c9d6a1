"""What stands above every page under the filter bar: where and when, and what to know before adding up."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from ..view import View
from . import states
from .numbers import written


def heading(view: View, *, with_year: bool = True) -> Component:
    """`with_year` is False on a page that shows all years at once."""
    return html.H1([html.Span(view.place), *([html.Small(view.when)] if with_year else [])])


def consolidated_notice(view: View, consolidated: int, reports: int) -> list[Component]:
    """Where reports of governments stand beside those of their departments and towns, a sum may count the same matter twice."""
    if not 0 < consolidated < reports:
        return []
    return [html.P(view.t("scope.mixed", count=written(consolidated)), className="notice", role="note")]


def no_reports(view: View) -> Component:
    """The empty state of a selection that no report meets."""
    t, address = view.t, view.address
    reset = states.link_button(
        t("state.no_data.reset"), address.to(region=None, year=None, filters={}, options={}).href
    )
    return states.empty(
        t("state.no_data.title"), t("state.no_data.text", place=view.place, year=view.when), action=reset
    )
