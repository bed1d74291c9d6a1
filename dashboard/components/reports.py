"""The table of the reports that a selection leaves: each with its figures, how many rules it breaks, and the way to it."""

from __future__ import annotations

from typing import Any

from ..data.overview import REPORTS
from ..data.release import Row
from ..view import View
from .grid import report_href
from .numbers import SMALLEST_DENOMINATOR, plain
from .paged import NUMBER, TEXT, Table


def _columns(view: View) -> list[dict[str, Any]]:
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
        {"field": "place", "headerName": t("column.place"), "minWidth": 180, "flex": 3, **TEXT},
        {"field": "year", "headerName": t("column.year"), "width": 90, "filter": "agNumberColumnFilter"},
        {"field": "received", "headerName": t("column.received"), "width": 110, **NUMBER},
        {"field": "processed", "headerName": t("column.processed"), "width": 110, **NUMBER},
        {
            "field": "disclosed_percent",
            "headerName": t("column.rate"),
            "width": 135,
            **NUMBER,
            "cellRenderer": "Rate",
            "cellRendererParams": {"few": t("card.disclosed.too_few"), "least": SMALLEST_DENOMINATOR},
        },
        {"field": "broken_rules", "headerName": t("column.broken"), "width": 120, **NUMBER, "cellRenderer": "Broken"},
        {"field": "warned_rules", "headerName": t("column.warned"), "width": 110, **NUMBER},
        {"field": "unassessed_rules", "headerName": t("column.unassessed"), "width": 130, **NUMBER},
    ]


def _row(view: View, row: Row) -> dict[str, Any]:
    rate = row["disclosed_percent"]
    return {
        **row,
        "received": plain(row["received"]),
        "processed": plain(row["processed"]),
        "disclosed_percent": None if rate is None else round(float(rate), 1),
        "href": report_href(view.address, row["report_key"]),
    }


TABLE = Table(REPORTS, _columns, _row)
