"""The tables of what was disclosed proactively: the sums of table 2, flow against stock, each report, and the sentences on channels."""

from __future__ import annotations

from typing import Any

from ..data.disclosure import DISCLOSED, ITEMS, OUTLIERS, SENTENCES, STOCK
from ..data.release import Row
from ..view import View
from .grid import report_href
from .numbers import plain, written
from .paged import NUMBER, TEXT, Table

_UNITS = {"件": "unit.of.document", "项": "unit.of.decision", "万元": "unit.of.wan_yuan"}
"""dim_disclosure_item's unit → its word."""
_STOCK_NUMBERS = ("in_force_before", "issued", "repealed", "expected", "in_force", "difference")
_FIGURES = (
    "documents_issued",
    "documents_repealed",
    "documents_in_force",
    "rules_in_force",
    "licences",
    "penalties",
    "coercive_measures",
    "fees",
    "newly_made",
    "total_disclosed",
)


def _item_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {"field": "item", "headerName": t("column.item"), "minWidth": 140, "flex": 2, **TEXT},
        {"field": "measure", "headerName": t("column.measure"), "minWidth": 140, "flex": 2, **TEXT},
        {"field": "value", "headerName": t("column.sum"), "width": 150, **NUMBER},
        {"field": "unit", "headerName": t("column.unit"), "width": 120},
        {"field": "stated", "headerName": t("column.stated"), "width": 120, **NUMBER},
        {"field": "unknown", "headerName": t("column.unknown_cells"), "width": 120, **NUMBER},
        {"field": "form", "headerName": t("column.form"), "minWidth": 130, "flex": 1},
    ]


def _item_row(view: View, row: Row) -> dict[str, Any]:
    t = view.t
    forms = [form for form in ("2021", "2019") if row[f"in_form_{form}"]]
    return {
        "item": row[f"item_{t.language}"],
        "measure": row[f"measure_{t.language}"],
        "unit": t(_UNITS[row["unit"]]),
        "value": plain(row["value"]),
        "stated": plain(row["stated"]),
        "unknown": plain(row["unknown"]),
        "form": t("disclosure.both_forms") if len(forms) > 1 else t("disclosure.one_form", form=forms[0]),
    }


def _stock_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {"field": "year", "headerName": t("column.year"), "width": 80},
        {"field": "item", "headerName": t("column.item"), "minWidth": 130, "flex": 1},
        {"field": "organs", "headerName": t("column.comparable"), "width": 90, **NUMBER},
        *({"field": name, "headerName": t(f"column.{name}"), "width": 100, **NUMBER} for name in _STOCK_NUMBERS),
        {"field": "unequal", "headerName": t("column.unequal"), "width": 100, **NUMBER},
    ]


def _stock_row(view: View, row: Row) -> dict[str, Any]:
    return {
        **row,
        **{name: plain(row[name]) for name in _STOCK_NUMBERS},
        "item": row[f"item_{view.t.language}"],
    }


def _organ(view: View) -> dict[str, Any]:
    return {
        "field": "organ_name",
        "headerName": view.t("column.organ"),
        "minWidth": 170,
        "flex": 2,
        "cellRenderer": "ReportLink",
        **TEXT,
    }


def _sentence_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        _organ(view),
        {"field": "year", "headerName": t("column.year"), "width": 90, "filter": "agNumberColumnFilter"},
        {"field": f"channel_{t.language}", "headerName": t("column.channel"), "width": 200, **TEXT},
        {"field": "value", "headerName": t("column.items"), "width": 120, **NUMBER, "valueFormatter": None},
        {
            "field": "sentence",
            "headerName": t("column.sentence"),
            "minWidth": 320,
            "flex": 6,
            "wrapText": True,
            "cellClass": "sentence",
            "tooltipField": "sentence",
            **TEXT,
        },
        {"field": "place", "headerName": t("column.place"), "minWidth": 160, "flex": 2, **TEXT},
    ]


def _sentence_row(view: View, row: Row) -> dict[str, Any]:
    value = written(row["value"])
    return {
        **row,
        "value": view.t("channel.about", value=value) if row["is_approximate"] else value,
        "href": report_href(view.address, row["report_key"]),
    }


def _report_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {**_organ(view), "pinned": "left"},
        {"field": "year", "headerName": t("column.year"), "width": 90, "filter": "agNumberColumnFilter"},
        {"field": "form", "headerName": t("column.form"), "width": 90, **TEXT},
        *({"field": name, "headerName": t(f"column.{name}"), "width": 120, **NUMBER} for name in _FIGURES),
        {"field": "place", "headerName": t("column.place"), "minWidth": 180, "flex": 2, **TEXT},
    ]


def _report_row(view: View, row: Row) -> dict[str, Any]:
    return {
        **row,
        **{name: plain(row[name]) for name in _FIGURES},
        "href": report_href(view.address, row["report_key"]),
    }


def _outlier_columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        _organ(view),
        {"field": "year", "headerName": t("column.year"), "width": 85, "filter": "agNumberColumnFilter"},
        {"field": "item", "headerName": t("column.item"), "width": 170, **TEXT},
        {"field": "value", "headerName": t("column.printed"), "width": 120, **NUMBER},
        {"field": "median", "headerName": t("column.median"), "width": 120, **NUMBER},
        {"field": "measure", "headerName": t("column.measure"), "width": 150, **TEXT},
        {
            "field": "detail",
            "headerName": t("column.detail"),
            "minWidth": 330,
            "flex": 4,
            "tooltipField": "detail",
            **TEXT,
        },
        {"field": "place", "headerName": t("column.place"), "minWidth": 160, "flex": 2, **TEXT},
    ]


def _outlier_row(view: View, row: Row) -> dict[str, Any]:
    language = view.t.language
    return {
        **row,
        "item": row[f"item_{language}"],
        "measure": row[f"measure_{language}"],
        "value": plain(row["value"]),
        "median": plain(row["median"]),
        "href": report_href(view.address, row["report_key"]),
    }


OUTLIER_TABLE = Table(OUTLIERS, _outlier_columns, _outlier_row, height=420)
ITEM_TABLE = Table(ITEMS, _item_columns, _item_row)
STOCK_TABLE = Table(STOCK, _stock_columns, _stock_row, height=520)
SENTENCE_TABLE = Table(SENTENCES, _sentence_columns, _sentence_row)
REPORT_TABLE = Table(DISCLOSED, _report_columns, _report_row)
