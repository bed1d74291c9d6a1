"""The chart of an answer: what to draw when nobody chose yet, and the look. The workbench's script draws it in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from ..data.answer_cells import is_number
from . import theme

Kind = Literal["bar", "line"]
_MOST_SERIES = 12
_YEAR = "year"


@dataclass(frozen=True)
class Guess:
    """Names of columns. `series` splits the answer into lines or colours where x repeats."""

    kind: Kind
    x: str
    y: str
    series: str | None


def guess(table: pa.Table) -> Guess | None:
    """None where there is nothing to draw: no number beside an axis, or a single row."""
    kinds = {field.name: field.type for field in table.schema}
    x = _axis(kinds)
    y = next(
        (
            name
            # Sums of facts are decimals, rates are floating, and plain integers are most often counts beside them.
            for fits in (pa.types.is_decimal, pa.types.is_floating, pa.types.is_integer)
            for name, kind in kinds.items()
            if fits(kind) and name not in (x, _YEAR)
        ),
        None,
    )
    if x is None or y is None or table.num_rows < 2:
        return None
    is_in_time = x == _YEAR or pa.types.is_temporal(kinds[x])
    return Guess("line" if is_in_time else "bar", x, y, _series(table, x))


def _axis(kinds: dict[str, pa.DataType]) -> str | None:
    """The year, else a date, else the first words, else nothing."""
    if _YEAR in kinds:
        return _YEAR
    for fits in (pa.types.is_temporal, pa.types.is_string):
        for name, kind in kinds.items():
            if fits(kind):
                return name
    return None


def _series(table: pa.Table, x: str) -> str | None:
    if len(table.column(x).unique()) == table.num_rows:
        return None
    for field in table.schema:
        if field.name == x or is_number(field.type) or not pa.types.is_string(field.type):
            continue
        pairs = set(zip(table.column(x).to_pylist(), table.column(field.name).to_pylist(), strict=True))
        if len(table.column(field.name).unique()) <= _MOST_SERIES and len(pairs) == table.num_rows:
            return field.name
    return None


def layout() -> dict[str, Any]:
    """The layout without data; the script adds the axes' titles."""
    return {
        "font": {"family": theme.FONT, "color": theme.INK, "size": 12},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(theme.SERIES),
        "margin": {"l": 64, "r": 12, "t": 12, "b": 56},
        "xaxis": {"automargin": True, "gridcolor": theme.GRID},
        "yaxis": {
            "automargin": True,
            "gridcolor": theme.GRID,
            "zerolinecolor": theme.GRID,
            "rangemode": "tozero",
            "tickformat": ",",
        },
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"},
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": theme.GRID, "font": {"family": theme.FONT}},
    }
