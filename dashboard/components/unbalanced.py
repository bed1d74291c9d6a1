"""The table of the reports whose two sides of table 3 differ, by how much, and the way to each."""

from __future__ import annotations

from typing import Any

from ..data.applications import UNBALANCED
from ..data.release import Row
from ..view import View
from .grid import report_href
from .numbers import plain
from .paged import NUMBER, TEXT, Table

_NUMBERS = ("received", "carried_in", "processed", "carried_forward", "missing")


def _columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    return [
        {
            "field": "organ_name",
            "headerName": t("column.organ"),
            "minWidth": 160,
            "flex": 2,
            "cellRenderer": "ReportLink",
            **TEXT,
        },
        {"field": "year", "headerName": t("column.year"), "width": 90, "filter": "agNumberColumnFilter"},
        *({"field": name, "headerName": t(f"column.{name}"), "width": 105, **NUMBER} for name in _NUMBERS),
        {"field": "place", "headerName": t("column.place"), "minWidth": 160, "flex": 2, **TEXT},
    ]


def _row(view: View, row: Row) -> dict[str, Any]:
    return {
        **row,
        **{name: plain(row[name]) for name in _NUMBERS},
        "href": report_href(view.address, row["report_key"]),
    }


TABLE = Table(UNBALANCED, _columns, _row)
