"""Tables that sort and filter in the page: the hits of the finder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import dash_ag_grid as dag

from ..address import Address
from ..data.finder import Hit
from ..i18n import Translator

_LOCALE = {
    "filterOoo": "grid.filter",
    "contains": "grid.contains",
    "notContains": "grid.not_contains",
    "equals": "grid.equals",
    "notEqual": "grid.not_equal",
    "startsWith": "grid.starts_with",
    "endsWith": "grid.ends_with",
    "blank": "grid.blank",
    "notBlank": "grid.not_blank",
    "greaterThan": "grid.greater",
    "greaterThanOrEqual": "grid.greater_or_equal",
    "lessThan": "grid.less",
    "lessThanOrEqual": "grid.less_or_equal",
    "inRange": "grid.between",
    "andCondition": "grid.and",
    "orCondition": "grid.or",
    "of": "grid.page_of",
    "page": "grid.page",
    "to": "grid.to",
    "pageSizeSelectorLabel": "grid.page_size",
    "noRowsToShow": "organs.empty",
}
"""AG Grid's own words → our messages."""

OPTIONS = {
    "animateRows": False,
    "enableCellTextSelection": True,
    "suppressDragLeaveHidesColumns": True,
    # The tab key leaves a table, and Enter on a heading sorts: assets/grid.js.
    "tabToNextHeader": {"function": "tabFromHeading(params)"},
    "tabToNextCell": {"function": "tabFromCell(params)"},
}
"""Of every table."""

_ROW_HEIGHT, _FRAME_HEIGHT = 42, 130
"""Pixels: a short list needs no tall box."""
_WORD = re.compile(r"[!-~]+|[^ -~]{1,6}")
"""What stays on one line of a heading: a word, and six characters of Chinese."""
_LETTER, _CHARACTER, _AROUND = 8.2, 13, 58
"""Pixels of a letter, of a Chinese character, and of the edges and the filter's button beside them."""


def hit_grid(t: Translator, address: Address, hits: Iterable[Hit]) -> dag.AgGrid:
    columns = [
        {"field": "organ", "headerName": t("column.organ"), "minWidth": 180, "flex": 3, "cellRenderer": "ReportLink"},
        {"field": "place", "headerName": t("column.place"), "minWidth": 180, "flex": 3},
        {"field": "year", "headerName": t("column.year"), "width": 100, "filter": "agNumberColumnFilter"},
        {"field": "signed_on", "headerName": t("column.signed_on"), "width": 130},
    ]
    rows = [
        {
            "organ": hit.organ_name,
            "place": " · ".join(hit.places),
            "year": hit.year,
            "signed_on": hit.signed_on.isoformat() if hit.signed_on else None,
            "report_key": hit.report_key,
            "href": report_href(address, hit.report_key),
        }
        for hit in hits
    ]
    return _grid(t, "hits", columns, rows, height=600)


def report_href(address: Address, report_key: str) -> str:
    return Address(path=f"/report/{report_key}", language=address.language).href


def locale(t: Translator) -> dict[str, str]:
    """AG Grid's own words in the reader's language."""
    return {theirs: t(ours) for theirs, ours in _LOCALE.items()}


def roomy(columns: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The columns, none too narrow for a word of its heading: AG Grid would break the word anywhere."""
    return [{**column, "minWidth": max(column.get("minWidth", 0), _least(column["headerName"]))} for column in columns]


def _least(heading: str) -> int:
    widths = (len(word) * (_LETTER if word.isascii() else _CHARACTER) for word in _WORD.findall(heading))
    return _AROUND + round(max(widths, default=0))


def _grid(
    t: Translator, name: str, columns: list[dict[str, Any]], rows: list[dict[str, Any]], height: int, **options: Any
) -> dag.AgGrid:
    return dag.AgGrid(
        id=name,
        columnDefs=roomy(columns),
        rowData=rows,
        getRowId="params.data.report_key",
        defaultColDef={
            "sortable": True,
            "filter": True,
            "resizable": True,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
            # A file is for computing: plain numbers, and nothing where there is no number.
            "useValueFormatterForExport": False,
        },
        dashGridOptions={
            **OPTIONS,
            "localeText": locale(t),
            "pagination": True,
            "paginationPageSize": 50,
            "paginationPageSizeSelector": [50, 200, 1000],
        },
        style={"height": min(height, _FRAME_HEIGHT + _ROW_HEIGHT * len(rows))},
        **options,
    )
