"""Applications: the flow of a year, what became of them, why not, who asked, and how the parts of the place compare."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from ..components import charts, outcomes, unbalanced
from ..components import children as child_table
from ..components.heading import consolidated_notice, heading, no_reports
from ..components.numbers import MISSING, percent, written
from ..components.paged import nothing_panel, table_panel
from ..data import applications as data
from ..data import overview
from ..data.release import Row
from ..figures import applicants, children, flow, refusals, single_outcomes
from ..figures.applications import group_names
from ..figures.labels import short
from ..view import Page, View


def _body(view: View) -> list[Component]:
    counts = overview.counts(view.rows(overview.COUNTS))
    if not counts.reports:
        return [heading(view), no_reports(view)]
    t = view.t
    by_year = tuple(overview.ApplicationYear(**row) for row in view.rows(overview.APPLICATIONS))
    groups = tuple(overview.OutcomeGroupYear(**row) for row in view.rows(overview.OUTCOMES))
    return [
        heading(view),
        *consolidated_notice(view, counts.consolidated, counts.reports),
        *_flow(view, group_names(t, groups)),
        html.Div(
            [
                outcomes.panel(view, by_year, groups),
                _applicants(view, by_year),
                _refusals(view),
                _single_outcomes(view, by_year),
                _children(view, by_year),
                table_panel(view, unbalanced.TABLE, title=t("unbalanced.title"), text=t("unbalanced.text"))
                if _balance(view)["unequal"]
                else nothing_panel(t("unbalanced.title"), t("unbalanced.none")),
            ],
            className="charts",
        ),
        table_panel(view, child_table.TABLE, title=t("children.title"), text=t("children.text")),
    ]


PAGE = Page("/applications", "applications", _body)


def _flow(view: View, groups: dict[str, str]) -> list[Component]:
    t = view.t
    rows = view.rows(data.FLOW)
    if not any(row["value"] for row in rows):
        return [html.P(t("chart.flow.none"), className="notice", role="note")]
    names = {
        **{code: t(f"chart.{code}") for code in ("carried_in", "carried_forward")},
        **{code: t(f"flow.{code}") for code in ("missing", "surplus")},
        "new_received": t("chart.received"),
        **groups,
    }
    words = "; ".join(f"{names[row['code']]} {written(row['value'])}" for row in rows)
    return [
        html.Div(
            [
                charts.chart_panel(
                    view,
                    "flow",
                    data.FLOW,
                    flow.figure(t, rows, names),
                    t("chart.flow.summary", place=view.place, year=view.when, values=words),
                    height=flow.HEIGHT,
                    legend=[],
                ),
                html.P(_balance_words(view), className="balance", id="balance"),
            ],
            className="flow",
        )
    ]


def _balance(view: View) -> Row:
    (row,) = view.rows(data.BALANCE)
    return row


def _balance_words(view: View) -> str:
    """In a sum the surplus of one report hides the deficit of another: both are told."""
    t, row = view.t, _balance(view)
    incomparable = t("flow.incomparable", reports=written(row["incomparable"])) if row["incomparable"] else ""
    if not row["comparable"]:
        return incomparable
    if not row["unequal"]:
        return t("flow.equal", reports=written(row["comparable"])) + incomparable
    return (
        t(
            "flow.unequal",
            reports=written(row["comparable"]),
            unequal=written(row["unequal"]),
            missing=written(row["missing"] or 0),
            surplus=written(row["surplus"] or 0),
        )
        + incomparable
    )


def _applicants(view: View, by_year: tuple[overview.ApplicationYear, ...]) -> Component:
    rows = view.rows(data.APPLICANTS)
    years = [each.year for each in by_year]
    persons = {row["year"]: row["value"] for row in rows if row["applicant_code"] == "natural_person"}
    wholes = {
        year: sum(row["value"] for row in rows if row["year"] == year and row["value"] is not None) for year in years
    }
    values = ", ".join(
        percent(persons[year], wholes[year]) if persons.get(year) is not None and wholes[year] else MISSING
        for year in years
    )
    return charts.chart_panel(
        view,
        "applicants",
        data.APPLICANTS,
        applicants.figure(view.t, by_year, rows, view.year),
        view.t("chart.applicants.summary", place=view.place, years=_years(by_year), values=values),
    )


def _refusals(view: View) -> Component:
    t = view.t
    rows = view.rows(data.REFUSALS)
    first = ", ".join(f"{short(row[f'outcome_{t.language}'], t.language)} {written(row['value'])}" for row in rows[:5])
    return charts.chart_panel(
        view,
        "refusals",
        data.REFUSALS,
        refusals.figure(t, rows, view.year),
        t("chart.refusals.summary", place=view.place, year=view.when, values=first or MISSING),
        height=refusals.height(rows),
        legend=refusals.legend(t, rows, view.year),
    )


def _single_outcomes(view: View, by_year: tuple[overview.ApplicationYear, ...]) -> Component:
    rows = view.rows(data.SINGLE_OUTCOMES)
    return charts.chart_panel(
        view,
        "single_outcomes",
        data.SINGLE_OUTCOMES,
        single_outcomes.figure(view.t, by_year, rows),
        view.t("chart.single_outcomes.summary", place=view.place, years=_years(by_year)),
        height=single_outcomes.height(rows),
        legend=[],
    )


def _children(view: View, by_year: tuple[overview.ApplicationYear, ...]) -> Component:
    t = view.t
    rows = view.rows(data.LARGEST_CHILDREN)
    names = ", ".join(dict.fromkeys(row["child_name"] for row in rows))
    return charts.chart_panel(
        view,
        "children",
        data.LARGEST_CHILDREN,
        children.figure(t, [each.year for each in by_year], rows, view.year),
        t("chart.children.summary", place=view.place, values=names or MISSING),
        height=children.height(rows),
        legend=[],
        # Below a county the parts are organs, which are no place to go to.
        drill=view.region is None or view.region.county is None,
    )


def _years(by_year: tuple[overview.ApplicationYear, ...]) -> str:
    return ", ".join(str(each.year) for each in by_year)
