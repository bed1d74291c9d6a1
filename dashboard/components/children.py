"""The table of the parts of a place with their applications and rates. A province, city or county leads to itself, an organ to its last report."""

from __future__ import annotations

from typing import Any

from ..data.applications import CHILDREN
from ..data.release import Row
from ..view import View
from .grid import report_href
from .numbers import plain
from .paged import NUMBER, TEXT, Table

_NUMBERS = ("received", "carried_in", "processed", "carried_forward")
_RATES = ("disclosed_percent", "denied_percent", "unavailable_percent", "completed_percent")


def _columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {
            "field": "child_name",
            "headerName": t("column.organ" if _has_organs(view) else "column.region"),
            "minWidth": 130,
            "flex": 2,
            "pinned": "left",
            "cellRenderer": "ReportLink",
            **TEXT,
        },
        {"field": "reports", "headerName": t("column.reports"), "width": 80, **NUMBER},
        *({"field": name, "headerName": t(f"column.{name}"), "width": 102, **NUMBER} for name in _NUMBERS),
        *(
            {
                "field": name,
                "headerName": t(f"column.{name}"),
                "width": 112,
                **NUMBER,
                "cellRenderer": "Rate",
                "cellRendererParams": {"few": t("card.disclosed.too_few")},
            }
            for name in _RATES
        ),
        {
            "field": "broken_reports",
            "headerName": t("column.broken_reports"),
            "width": 108,
            **NUMBER,
            "cellRenderer": "Broken",
        },
        {"field": "unknown_cells", "headerName": t("column.unknown_cells"), "width": 100, **NUMBER},
    ]


def _row(view: View, row: Row) -> dict[str, Any]:
    return {
        **row,
        **{name: plain(row[name]) for name in _NUMBERS},
        **{name: None if row[name] is None else round(float(row[name]), 1) for name in _RATES},
        "unknown_cells": plain(row["unknown_cells"]),
        "child_name": row["child_name"] or view.t("children.own"),
        "href": _href(view, row),
    }


def _href(view: View, row: Row) -> str | None:
    if row["child_code"] is None:
        return None
    if _has_organs(view):
        return report_href(view.address, row["last_report_key"])
    return view.address.to(region=row["child_code"]).href


def _has_organs(view: View) -> bool:
    """Below a county the parts are organs."""
    return view.region is not None and view.region.county is not None


TABLE = Table(CHILDREN, _columns, _row)
