"""Tables of the page on data quality: counties, reports with errors, findings, and the catalogue of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from expectations.notices import FORMATS

from ..data import quality as data
from ..data.release import Row
from ..data.report import is_told_in_words
from ..downloads import notice_href
from ..view import View
from .attributes import clear_button, hyphened
from .grid import report_href
from .numbers import MISSING, SMALLEST_DENOMINATOR, percent, plain, written
from .paged import NUMBER, TEXT, Table
from .statutory import cell_id

# --- Counties --------------------------------------------------------------------------------------------------------


def _county_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {
            "field": "county_name",
            "headerName": t("quality.column.county"),
            "minWidth": 130,
            "flex": 2,
            "cellRenderer": "Choose",
            **TEXT,
        },
        {
            "field": "broken_reports",
            "headerName": t("quality.column.broken_reports"),
            "width": 130,
            **NUMBER,
            "cellRenderer": "Broken",
        },
        {"field": "place", "headerName": t("quality.column.above"), "minWidth": 150, "flex": 2, **TEXT},
        {"field": "judged_reports", "headerName": t("quality.column.reports"), "width": 118, **NUMBER},
        {
            "field": "broken_percent",
            "headerName": t("quality.column.share"),
            "width": 110,
            **NUMBER,
            "cellRenderer": "Rate",
            "cellRendererParams": {"few": MISSING},
        },
        {"field": "errors", "headerName": t("quality.column.errors"), "width": 100, **NUMBER},
        {
            "field": f"most_often_{t.language}",
            "headerName": t("quality.column.often"),
            "minWidth": 160,
            "flex": 2,
            **TEXT,
        },
        {"field": "reports_to_correct", "headerName": t("quality.column.to_correct"), "width": 110, **NUMBER},
    ]


def _county_row(view: View, row: Row) -> dict[str, Any]:
    share = row["broken_percent"]
    return {
        **row,
        "broken_percent": None if share is None else float(share),
        "href": view.address.to(region=row["county_code"]).href,
        "show": f"table-{data.BROKEN_REPORTS.name}-page",
    }


COUNTIES = Table(data.COUNTIES, _county_columns, _county_row, height=440)

# --- Reports ---------------------------------------------------------------------------------------------------------


def _report_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {
            "field": "organ_name",
            "headerName": t("column.organ"),
            "minWidth": 180,
            "flex": 3,
            "cellRenderer": "ReportLink",
            **TEXT,
        },
        {"field": "broken_rules", "headerName": t("column.broken"), "width": 110, **NUMBER, "cellRenderer": "Broken"},
        {"field": "rules", "headerName": t("quality.column.rules"), "minWidth": 120, "flex": 1, **TEXT},
        {
            "field": "to_correct",
            "headerName": t("quality.column.notice"),
            "width": 150,
            "cellRenderer": "Notices",
            "cellRendererParams": {"none": t("quality.notice.dismissed")},
        },
        {"field": "place", "headerName": t("column.place"), "minWidth": 170, "flex": 3, **TEXT},
        {"field": "year", "headerName": t("column.year"), "width": 90, "filter": "agNumberColumnFilter"},
        {"field": "errors", "headerName": t("quality.column.errors"), "width": 112, **NUMBER},
        {"field": "warnings", "headerName": t("quality.column.warnings"), "width": 112, **NUMBER},
    ]


def _report_row(view: View, row: Row) -> dict[str, Any]:
    key = row["report_key"]
    # Straight to what is wrong: the rules stand below the tables of the report.
    notices = {form: notice_href(key, form) for form in FORMATS} if row["to_correct"] else None
    return {**row, "href": f"{report_href(view.address, key)}#rules", "notices": notices}


BROKEN_REPORTS = Table(data.BROKEN_REPORTS, _report_columns, _report_row, height=480)

# --- Findings --------------------------------------------------------------------------------------------------------


def _finding_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {"field": "severity", "headerName": t("quality.column.severity"), "width": 90, "cellRenderer": "Kind"},
        {
            "field": "rule_id",
            "headerName": t("quality.column.rule"),
            "minWidth": 165 if t.language == "zh" else 230,
            "flex": 2,
            "cellRenderer": "Words",
            **TEXT,
        },
        {
            "field": "organ_name",
            "headerName": t("column.organ"),
            "minWidth": 165,
            "flex": 2,
            "tooltipField": "region",
            **TEXT,
        },
        {"field": "year", "headerName": t("column.year"), "width": 80, "filter": "agNumberColumnFilter"},
        {
            "field": "place",
            "headerName": t("quality.column.place"),
            "minWidth": 240,
            "flex": 3,
            "cellRenderer": "PlaceLink",
        },
        {
            "field": "verdict",
            "headerName": t("quality.column.verdict"),
            "width": 110,
            "cellRenderer": "Choose",
        },
        {"field": "left_value", "headerName": t("quality.column.left"), "width": 90, **NUMBER},
        {"field": "right_value", "headerName": t("quality.column.right"), "width": 90, **NUMBER},
        {"field": "difference", "headerName": t("quality.column.difference"), "width": 90, **NUMBER},
        {
            "field": "detail",
            "headerName": t("quality.column.detail"),
            "minWidth": 140,
            "flex": 2,
            "tooltipField": "detail",
            **TEXT,
        },
        {"field": "status", "headerName": t("quality.column.status"), "width": 90, "cellRenderer": "Words"},
        {
            "field": "region",
            "headerName": t("column.place"),
            "minWidth": 150,
            "flex": 2,
            "tooltipField": "region",
            **TEXT,
        },
    ]


def _finding_row(view: View, row: Row) -> dict[str, Any]:
    t = view.t
    in_words = is_told_in_words(row["place"], row["detail"])
    sides = {name: None if in_words else plain(row[name]) for name in ("left_value", "right_value", "difference")}
    judged = row["verdict"]
    return {
        **row,
        **sides,
        "words": {
            "severity": t(f"quality.severity.{row['severity']}"),
            "rule_id": f"{row['rule_id']} {row[f'title_{t.language}']}",
            "place": view.places.get(row["place"], row["place"]),
            "status": t(f"quality.status.{row['status']}"),
            "verdict": t(f"quality.verdict.{judged}") if judged else t("quality.judge"),
        },
        "place_href": place_href(view, row),
        "href": view.address.opting("finding", row["fingerprint"]).href,
        "show": "verdict",
    }


def place_href(view: View, row: Mapping[str, Any]) -> str:
    """The report, at the first cell of the finding or at the rules."""
    return (
        f"{report_href(view.address, row['report_key'])}#{cell_id(row['first_cell']) if row['first_cell'] else 'rules'}"
    )


FINDINGS = Table(data.FINDINGS, _finding_columns, _finding_row, height=620)


TABLES = (COUNTIES, BROKEN_REPORTS, FINDINGS)


def finding_options(view: View, rules: Sequence[Row]) -> Component:
    """What the findings can be narrowed to. Each control writes its word of the address."""
    t = view.t
    offered = {
        "severity": [(code, t(f"quality.severity.{code}")) for code in data.SEVERITIES],
        "rule": [(rule["rule_id"], f"{rule['rule_id']} {rule[f'title_{t.language}']}") for rule in rules],
        "status": [(code, t(f"quality.status.{code}")) for code in data.STATUSES],
        "verdict": [(code, t(f"quality.verdict.{code}")) for code in data.VERDICTS],
    }
    return html.Div(
        [
            dmc.Select(
                id={"option": name},
                label=t(f"quality.option.{name}"),
                data=[{"value": code, "label": words} for code, words in choices],
                value=view.address.options.get(name),
                placeholder=t("quality.standing") if name == "status" else t("quality.any"),
                clearable=True,
                searchable=name == "rule",
                nothingFoundMessage=t("filter.nothing_found"),
                clearButtonProps=clear_button(t("filter.clear", name=t(f"quality.option.{name}"))),
                comboboxProps={"shadow": "md"},
            )
            for name, choices in offered.items()
        ],
        className="filter-row",
    )


# --- Rules -----------------------------------------------------------------------------------------------------------

_COUNTS = ("passed", "broken", "unassessed")


def rule_table(view: View, rules: Sequence[Row], verdicts: Mapping[str, Row]) -> Component:
    t = view.t
    head = ("rule", "formula", "forms", *_COUNTS, "standing", "precision")
    numbers = {*_COUNTS, "standing"}
    return html.Div(
        html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(
                                t(f"quality.rules.{name}"), scope="col", className="number" if name in numbers else ""
                            )
                            for name in head
                        ]
                    )
                ),
                html.Tbody([_rule(view, rule, verdicts[rule["rule_id"]]) for rule in rules]),
            ],
            className="rules",
        ),
        className="table-box",
        tabIndex=0,
        role="region",
        **hyphened(aria_label=t("quality.rules.title")),
    )


def _rule(view: View, rule: Row, verdict: Row) -> Component:
    t = view.t
    return html.Tr(
        [
            html.Th(
                [
                    html.Strong(rule["rule_id"]),
                    " ",
                    rule[f"title_{t.language}"],
                    " ",
                    html.Span(t(f"quality.severity.{rule['severity']}"), className=f"chip is-{rule['severity']}"),
                ],
                scope="row",
            ),
            html.Td([rule["formula"], html.Small(rule["basis"], className="detail")]),
            html.Td(rule["forms"]),
            *(html.Td(written(rule[name]), className="number") for name in _COUNTS),
            html.Td(written(verdict["standing"]), className="number"),
            html.Td(_precision(view, verdict["confirmed"], verdict["dismissed"])),
        ],
        id=f"rule-{rule['rule_id']}",
    )


def _precision(view: View, confirmed: int, dismissed: int) -> Component | str:
    t, judged = view.t, confirmed + dismissed
    if not judged:
        return html.Span(t("quality.precision.none"), className="is-few")
    if judged < SMALLEST_DENOMINATOR:
        return html.Span(t("quality.precision.few", judged=judged), className="is-few")
    return t("quality.precision", share=percent(confirmed, judged), judged=judged)
