"""The parts of a place below each other, each with its own small charts: applications by year, and the disclosure rate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from ..components.numbers import MISSING, plain, written
from ..data.release import Row
from ..i18n import Translator
from . import theme

ROW = 52
"""Pixels of a part: its name and numbers, and below them the charts."""
_HEAD, _FOOT = 26, 26
_CHART = 0.6
"""Of a row; the rest is for the words above."""
_BARS, _LINE = [0, 0.46], [0.54, 1]


def height(rows: Sequence[Row]) -> int:
    return _HEAD + _FOOT + ROW * len({row["child_code"] for row in rows})


def figure(t: Translator, years: Sequence[int], rows: Sequence[Row], year: int | None) -> dict[str, Any]:
    """`rows` are those of LARGEST_CHILDREN; `year` is the one whose numbers stand in words, None is the last."""
    labels = [str(each) for each in years]
    parts = [
        (code, {row["year"]: row for row in group}) for code, group in groupby(rows, lambda row: row["child_code"])
    ]
    shown = year or max(years)
    ticks = [labels[0], *("" for _ in labels[2:]), labels[-1]] if len(labels) > 1 else labels
    layout = theme.plain(
        margin={"l": 2, "r": 10, "t": _HEAD, "b": _FOOT},
        bargap=0.25,
        xaxis=theme.years_axis(labels, ticks, domain=_BARS, anchor=f"y{len(parts)}", showgrid=False),
        xaxis2=theme.years_axis(labels, ticks, domain=_LINE, anchor=f"y{2 * len(parts)}", showgrid=False),
        annotations=[
            _words(t("children.received"), _BARS[0], 1.0, above=True),
            _words(t("children.rate"), _LINE[0], 1.0, above=True),
        ],
    )
    data: list[dict[str, Any]] = []
    for index, (code, by_year) in enumerate(parts):
        top = 1 - index / len(parts)
        bottom = 1 - (index + 1) / len(parts)
        domain = [bottom, bottom + (top - bottom) * _CHART]
        bars, line = f"y{index + 1}", f"y{len(parts) + index + 1}"
        axis: dict[str, Any] = {"domain": domain, "showticklabels": False, "fixedrange": True, "showgrid": False}
        zero = {"zeroline": True, "zerolinecolor": theme.GRID, "rangemode": "tozero"}
        layout[f"yaxis{index + 1 if index else ''}"] = {**axis, **zero, "anchor": "x"}
        layout[f"yaxis{len(parts) + index + 1}"] = {**axis, "range": [-6, 106], "anchor": "x2", "zeroline": False}
        found = [by_year.get(each) for each in years]
        name = next(iter(by_year.values()))["child_name"]
        now = by_year.get(shown)
        layout["annotations"] += [
            _words(f"<b>{name}</b>  {written(now['received'] if now else None)}", _BARS[0], domain[1]),
            _words(_rate(t, now), _LINE[0], domain[1]),
        ]
        data += [
            {
                "type": "bar",
                "showlegend": False,
                "xaxis": "x",
                "yaxis": bars,
                "x": labels,
                "y": [plain(row["received"]) if row else None for row in found],
                "marker": {"color": [theme.RECEIVED if each == shown else theme.CARRIED_IN for each in years]},
                "customdata": [code] * len(years),
                "hovertemplate": f"{name} %{{x}}: <b>%{{y:,}}</b> {t('unit.case')}<extra></extra>",
            },
            {
                "type": "scatter",
                "showlegend": False,
                "mode": "lines+markers",
                "xaxis": "x2",
                "yaxis": line,
                "x": labels,
                "y": [_number(row["disclosed_percent"]) if row else None for row in found],
                "connectgaps": False,
                "line": {"color": theme.RATE, "width": 1.5},
                "marker": {"color": theme.RATE, "size": [8 if each == shown else 5 for each in years]},
                "customdata": [code] * len(years),
                "hovertemplate": f"{name} %{{x}}: <b>%{{y:.1f}}%</b><extra></extra>",
            },
        ]
    return {"data": data, "layout": layout}


def _rate(t: Translator, row: Row | None) -> str:
    if row is None or row["processed"] is None:
        return MISSING
    rate = row["disclosed_percent"]
    return t("chart.few") if rate is None else f"{rate:.1f}%"


def _words(text: str, x: float, y: float, *, above: bool = False) -> dict[str, Any]:
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 4 if above else 0,
        "showarrow": False,
        "font": {"size": 11 if above else 12, "color": theme.MUTED if above else theme.INK},
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
