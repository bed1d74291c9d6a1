"""Filing: who had to publish a report, who did and when, and whom to ring."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from ..components import charts, notices
from ..components.cards import card
from ..components.grid import report_href
from ..components.heading import heading, no_reports
from ..components.numbers import MISSING, SMALLEST_DENOMINATOR, percent, written
from ..components.paged import NUMBER, TEXT, Table, table_panel
from ..data import filing as data
from ..data.release import Row
from ..figures import filing as figures
from ..view import Page, View


def _body(view: View) -> list[Component]:
    t = view.t
    (row,) = view.rows(data.COUNTS)
    counts = data.Filed(**row)
    years = tuple(data.Filed(**each) for each in view.rows(data.BY_YEAR))
    ignored = notices.without_filters(view, "form", "scope", "consistent")
    if not counts.expected and not counts.unregistered:
        others = [html.Div([_years(view, years)], className="charts")] if years else []
        return [heading(view), no_reports(view), *others]
    return [
        heading(view),
        *ignored,
        html.Section(_cards(view, counts), className="cards is-five"),
        html.Div([_years(view, years), _days(view, counts)], className="charts"),
        table_panel(
            view,
            MISSING_TABLE,
            title=t("filing.missing.title"),
            text=t("filing.missing.text", day=counts.as_of.isoformat() if counts.as_of else MISSING),
        ),
        table_panel(view, PLACES_TABLE, title=t("filing.places.title"), text=t("filing.places.text")),
        table_panel(view, CALENDAR_TABLE, title=t("filing.calendar.title"), text=t("filing.calendar.text")),
    ]


PAGE = Page("/filing", "filing", _body)


def _cards(view: View, counts: data.Filed) -> list[Component]:
    t = view.t
    outside = t("filing.unregistered", count=written(counts.unregistered)) if counts.unregistered else ""
    filed = counts.filed + counts.late
    return [
        card(
            "expected",
            t("filing.expected"),
            written(counts.expected),
            t("card.reports.unit"),
            t("filing.not_due", count=written(counts.not_due)) if counts.not_due else t("filing.all_due"),
            t("filing.expected.help", outside=outside),
        ),
        card(
            "filed",
            t("filing.filed"),
            written(filed),
            t("card.reports.unit"),
            _share(view, "filing.filed.note", filed, counts.due),
            t("filing.filed.help"),
        ),
        card(
            "punctual",
            t("filing.punctual"),
            written(counts.punctual),
            t("card.reports.unit"),
            _share(view, "filing.punctual.note", counts.punctual, counts.dated),
            t("filing.punctual.help", unknown=written(counts.day_unknown)),
        ),
        card(
            "late",
            t("filing.status.late"),
            written(counts.late),
            t("card.reports.unit"),
            t("filing.late.note", unknown=written(counts.day_unknown)),
            t("filing.late.help"),
        ),
        card(
            "missing",
            t("filing.status.missing"),
            written(counts.missing),
            t("card.reports.unit"),
            t("filing.missing.note"),
            t("filing.missing.help"),
            kind="is-alert" if counts.missing else "",
        ),
    ]


def _share(view: View, key: str, numerator: int, denominator: int) -> str:
    few = denominator < SMALLEST_DENOMINATOR
    rate = view.t("card.disclosed.too_few") if few else percent(numerator, denominator)
    return view.t(key, rate=rate, numerator=written(numerator), denominator=written(denominator))


def _years(view: View, years: tuple[data.Filed, ...]) -> Component:
    t = view.t
    return charts.chart_panel(
        view,
        "filing_years",
        data.BY_YEAR,
        figures.by_year(t, years, view.year),
        t(
            "chart.filing_years.summary",
            place=view.place,
            years=", ".join(str(each.year) for each in years),
            values=", ".join(f"{written(each.filed + each.late)}/{written(each.due)}" for each in years),
        ),
    )


def _days(view: View, counts: data.Filed) -> Component:
    t = view.t
    bands = tuple(data.Band(**row) for row in view.rows(data.DAYS_LATE))
    return charts.chart_panel(
        view,
        "filing_days_late",
        data.DAYS_LATE,
        figures.days_late(t, bands),
        t(
            "chart.filing_days_late.summary",
            place=view.place,
            year=view.when,
            late=written(counts.late),
            values=", ".join(written(band.reports) for band in bands),
        ),
        legend=[],
    )


def _missing_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {"field": "organ_name", "headerName": t("column.organ"), "minWidth": 170, "flex": 3, **TEXT},
        {"field": "place", "headerName": t("column.place"), "minWidth": 180, "flex": 3, **TEXT},
        {"field": "organ_level", "headerName": t("filter.level"), "width": 110},
        {"field": "year", "headerName": t("column.year"), "width": 90, "filter": "agNumberColumnFilter"},
        {"field": "due_on", "headerName": t("filing.column.due_on"), "width": 120, **TEXT},
        {"field": "days_overdue", "headerName": t("filing.column.days_overdue"), "width": 110, **NUMBER},
        {"field": "is_binding", "headerName": t("filing.column.binding"), "minWidth": 130, "flex": 2},
        {"field": "expected_by", "headerName": t("filing.column.expected_by"), "minWidth": 190, "flex": 3},
        {
            "field": "last_year",
            "headerName": t("filing.column.last_year"),
            "width": 120,
            "cellRenderer": "MaybeLink",
            "filter": "agNumberColumnFilter",
        },
    ]


def _missing_row(view: View, row: Row) -> dict[str, Any]:
    t, level, key = view.t, row["organ_level"], row["last_report_key"]
    return {
        **row,
        "organ_level": MISSING if level == "unknown" else t(f"filter.level.{level}"),
        "due_on": row["due_on"].isoformat(),
        "is_binding": t("filing.binding.yes" if row["is_binding"] else "filing.binding.no"),
        "expected_by": t(f"filing.expected_by.{row['expected_by']}"),
        "last_year": row["last_year"] or MISSING,
        "href": report_href(view.address, key) if key else "",
    }


MISSING_TABLE = Table(data.MISSING, _missing_columns, _missing_row, height=460)


def _place_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    rate = {**NUMBER, "cellRenderer": "Rate", "cellRendererParams": {"few": t("card.disclosed.too_few")}}
    counted = ("expected", "filed", "late", "missing", "not_due", "day_unknown")
    return [
        {
            "field": "name",
            "headerName": t("filing.column.place"),
            "minWidth": 150,
            "flex": 2,
            "cellRenderer": "MaybeLink",
            **TEXT,
        },
        *(
            {"field": name, "headerName": t(f"filing.column.{name}"), "minWidth": 95, "flex": 1, **NUMBER}
            for name in counted
        ),
        {"field": "filing_percent", "headerName": t("filing.column.filing_percent"), "width": 130, **rate},
        {"field": "punctual_percent", "headerName": t("filing.column.punctual_percent"), "width": 130, **rate},
    ]


def _place_row(view: View, row: Row) -> dict[str, Any]:
    code, address = row["region_code"], view.address
    # Below the counties there is nothing to go to.
    leads = code is not None and len(code) <= 6
    return {
        **row,
        "name": row["name"] or view.t("children.own"),
        **{name: None if row[name] is None else round(row[name], 1) for name in ("filing_percent", "punctual_percent")},
        "href": address.to(region=code).href if leads else "",
    }


PLACES_TABLE = Table(data.PLACES, _place_columns, _place_row, height=460)


def _calendar_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    words = {
        status: {"sign": t(f"filing.sign.{status}"), "name": t(f"filing.status.{status}")} for status in data.STATUSES
    }
    cell = {"cellRenderer": "Filing", "cellRendererParams": {"words": words, "none": t("filing.not_expected")}}
    years = data.years_shown(view.rows(data.SPAN))
    return [
        {
            "field": "organ_name",
            "headerName": t("column.organ"),
            "minWidth": 170,
            "flex": 3,
            "cellRenderer": "MaybeLink",
            **TEXT,
        },
        {"field": "place", "headerName": t("column.place"), "minWidth": 160, "flex": 3, **TEXT},
        {"field": "missing", "headerName": t("filing.column.missing"), "width": 95, **NUMBER},
        {"field": "late", "headerName": t("filing.column.late"), "width": 85, **NUMBER},
        *(
            {"field": f"status_{back}", "headerName": str(year), "width": 118, **cell}
            for back, year in reversed(list(enumerate(years)))
        ),
    ]


def _calendar_row(view: View, row: Row) -> dict[str, Any]:
    # An organ of which nothing was ever read has no page.
    return {**row, "href": view.address.at(f"/organ/{row['organ_key']}").href if row["is_known"] else ""}


CALENDAR_TABLE = Table(data.CALENDAR, _calendar_columns, _calendar_row)
