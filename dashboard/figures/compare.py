"""Indicators of several sides by year: small multiples, one for each indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..data.compare import SIDES, IndicatorYear
from ..i18n import Translator
from . import theme

_COLUMNS = 2
_COLUMN_GAP, _ROW_GAP = 0.12, 0.1
_LINE = 20
_SYMBOLS = {"a": "circle", "b": "square", "c": "diamond", "d": "triangle-up"}
_SIGNS = {"a": "●", "b": "■", "c": "◆", "d": "▲"}
_DASHES = {"a": "solid", "b": "dash", "c": "dot", "d": "dashdot"}
COLOURS = dict(zip(SIDES, theme.SERIES, strict=False))


def sign(side: str) -> str:
    """The mark of a side beside its colour."""
    return _SIGNS[side]


def multiples(
    t: Translator, rows: Sequence[IndicatorYear], codes: Sequence[str], names: Mapping[str, str], years: Sequence[int]
) -> dict[str, Any]:
    """`codes` are the indicators in their order, `names` their titles, `years` the common axis. A rate over too few cases is grey, and no line
    leads to it."""
    height = (1 - _ROW_GAP * ((len(codes) + 1) // _COLUMNS - 1)) / ((len(codes) + 1) // _COLUMNS)
    width = (1 - _COLUMN_GAP * (_COLUMNS - 1)) / _COLUMNS
    data: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    for index, code in enumerate(codes):
        number = str(index + 1) if index else ""
        row, column = divmod(index, _COLUMNS)
        left, top = column * (width + _COLUMN_GAP), 1 - row * (height + _ROW_GAP)
        axes[f"xaxis{number}"] = {
            "domain": [left, left + width],
            "anchor": f"y{number}",
            "range": [min(years) - 0.4, max(years) + 0.4],
            # The first, the middle and the last year: more do not fit on a phone.
            "tickvals": sorted({min(years), (min(years) + max(years)) // 2, max(years)}),
            "tickfont": {"size": 10.5},
            "fixedrange": True,
            "gridcolor": theme.GRID,
            "zeroline": False,
        }
        axes[f"yaxis{number}"] = {
            "domain": [max(0.0, top - height), top - 0.045],
            "anchor": f"x{number}",
            "ticksuffix": "%",
            "rangemode": "tozero",
            "nticks": 4,
            "tickfont": {"size": 10.5},
            "fixedrange": True,
            "gridcolor": theme.GRID,
            "zerolinecolor": theme.GRID,
        }
        notes.append(_title(names[code], left, top))
        for side in SIDES:
            found = {each.year: each for each in rows if each.indicator_code == code and each.side == side}
            if found:
                data += _side(t, side, found, years, number)
    return {
        "data": data,
        "layout": theme.plain(margin={"l": 44, "r": 10, "t": 18, "b": 24}, annotations=notes, **axes),
    }


def _side(
    t: Translator, side: str, found: Mapping[int, IndicatorYear], years: Sequence[int], number: str
) -> list[dict[str, Any]]:
    name = next(iter(found.values())).name
    common: dict[str, Any] = {
        "type": "scatter",
        "x": list(years),
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
        "hovertemplate": f"{name} %{{x}}<br><b>%{{y:.1f}}%</b> (%{{text}})<extra></extra>",
        "text": [_terms(found.get(year)) for year in years],
    }
    return [
        {
            **common,
            "mode": "lines+markers",
            "y": [_percent(found.get(year), "rated") for year in years],
            "line": {"color": COLOURS[side], "width": 2, "dash": _DASHES[side]},
            "marker": {"color": COLOURS[side], "symbol": _SYMBOLS[side], "size": 7},
        },
        {
            **common,
            "mode": "markers",
            "y": [_percent(found.get(year), "too_few") for year in years],
            "hovertemplate": f"{name} %{{x}}<br>%{{y:.1f}}% (%{{text}}) {t('chart.few')}<extra></extra>",
            "marker": {"color": theme.FEW, "symbol": f"{_SYMBOLS[side]}-open", "size": 7},
        },
    ]


def _percent(each: IndicatorYear | None, status: str) -> float | None:
    return float(100 * each.value) if each and each.value is not None and each.rating_status == status else None


def _terms(each: IndicatorYear | None) -> str:
    return f"{each.numerator:,} / {each.denominator:,}" if each and each.denominator is not None else ""


def _title(words: str, left: float, top: float) -> dict[str, Any]:
    return {
        "text": f"<b>{_wrapped(words)}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": left,
        "y": top,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 12, "color": theme.INK},
    }


def _wrapped(words: str) -> str:
    """On two lines where half a phone is too narrow for one."""
    at = words.rfind(" ", 0, _LINE) if len(words) > _LINE else -1
    return words if at < 0 else f"{words[:at]}<br>{words[at + 1 :]}"
