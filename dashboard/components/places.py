"""The table of the divisions below a region: their figures, and the way down into each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..data.places import PLACES
from ..data.release import Row
from ..view import View
from .numbers import SMALLEST_DENOMINATOR, plain
from .paged import NUMBER, TEXT, Table


def rate(numerator: Decimal | int | None, denominator: Decimal | int | None) -> float | None:
    """Per cent with one decimal; None where a part is unknown, and below the smallest denominator."""
    if numerator is None or denominator is None or denominator < SMALLEST_DENOMINATOR:
        return None
    return round(float(100 * Decimal(numerator) / Decimal(denominator)), 1)


def _columns(view: View) -> list[dict[str, Any]]:
    t = view.t
    share: dict[str, Any] = {
        "type": "rightAligned",
        "sortable": False,
        "cellRenderer": "Rate",
        "cellRendererParams": {"few": t("card.disclosed.too_few")},
        "width": 130,
    }
    return [
        {
            "field": "region_name",
            "headerName": t("column.region"),
            "minWidth": 150,
            "flex": 2,
            "cellRenderer": "ReportLink",
            **TEXT,
        },
        {"field": "reports", "headerName": t("card.reports"), "width": 110, **NUMBER},
        {"field": "received", "headerName": t("column.received"), "width": 110, **NUMBER},
        {"field": "processed", "headerName": t("column.processed"), "width": 110, **NUMBER},
        {"field": "disclosure_rate", "headerName": t("column.rate"), **share},
        {"field": "disputes", "headerName": t("card.disputes"), "width": 120, **NUMBER},
        {"field": "broken", "headerName": t("card.broken"), "width": 140, **NUMBER, "cellRenderer": "Broken"},
        {"field": "error_rate", "headerName": t("measure.error_rate"), **share},
        {"field": "filing_rate", "headerName": t("measure.filing_rate"), **share},
    ]


def _row(view: View, row: Row) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("region_name", "reports", "broken")},
        **{name: plain(row[name]) for name in ("received", "processed", "disputes")},
        "disclosure_rate": rate(row["disclosed"], row["processed"]),
        "error_rate": rate(row["broken"], row["judged"]),
        "filing_rate": rate(row["filed"], row["expected"]),
        "href": view.address.to(region=row["region_code"]).href,
    }


TABLE = Table(PLACES, _columns, _row, height=420)
