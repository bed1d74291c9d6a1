"""A map of places, coloured by an indicator. The browser fetches the boundaries from this server and keeps them; a figure holds values only.

What has no rate is grey, never coloured. The South China Sea stands in a frame of its own, so that the land keeps its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any, Literal, Protocol

from ..components.numbers import SMALLEST_DENOMINATOR, percent, written
from ..i18n import Translator
from . import theme
from .boundaries import Boundaries, boundaries

Status = Literal["rated", "too_few", "not_assessable", "no_report"]

_SMALLEST_SPAN = 5.0
"""Percentage points from the palest colour to the darkest, at least: what differs by less looks alike."""


class Indicator(Protocol):
    """A row of dim_indicator. `unit` is that of the numerator and the denominator; the value is their ratio."""

    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class MapPlace:
    """A row of mart_indicator: a place in a year. `value` is a ratio, 1 for 100%; None unless `status` is rated."""

    code: str
    name: str
    value: Decimal | None
    status: Status
    numerator: Decimal | None
    denominator: Decimal | None
    reports: int


_RATES = ("#f7e9a0", "#a8d5a2", "#4fb0b5", "#2a7fb0", "#1f5596", "#1c3d80")
"""From the lowest to the highest: yellow to blue, which no common kind of colour blindness confuses, with a steady fall in lightness. None is
near a grey, nor near the ground, light or dark."""
_GREYS: dict[Status, str] = {
    "too_few": "rgba(128, 140, 155, 0.85)",
    "not_assessable": "rgba(128, 140, 155, 0.55)",
    "no_report": "rgba(128, 140, 155, 0.28)",
}
"""They let the ground through, so that the less there is to say, the nearer an area comes to it, be it light or dark."""

_FRAME = "#8a93a0"

_NATION_VIEW = {
    "projection": {"type": "conic equal area", "parallels": [25, 47], "rotation": {"lon": 104, "lat": 0}},
    "lonaxis": {"range": [80, 128]},
    "lataxis": {"range": [17.7, 54]},
}
_HAINAN = "46"
_HAINAN_VIEW = {
    "projection": {"type": "mercator"},
    "lonaxis": {"range": [108.3, 111.4]},
    "lataxis": {"range": [18, 20.3]},
}
_SOUTH_CHINA_SEA_VIEW = {
    "projection": {"type": "mercator"},
    "lonaxis": {"range": [105.5, 123]},
    "lataxis": {"range": [2.5, 24.5]},
}


def figure(
    t: Translator, region: str | None, places: Sequence[MapPlace], indicator: Indicator
) -> dict[str, Any] | None:
    """The divisions below `region` (None: the nation), each with its code as customdata for a click. Those that `places` leaves out are grey, as
    without a report, and a click on them gives nothing. None where there is no map of `region`."""
    drawn = boundaries(region)
    if drawn is None:
        return None
    has_sea = bool(drawn.maritime_line)
    traces = _regions(t, drawn, places, indicator, "geo")
    if has_sea:
        inset = _regions(t, drawn, places, indicator, "geo2")
        traces += [{**trace, "showlegend": False, "showscale": False} for trace in inset]
        traces += _sea(drawn)
    return {
        "data": traces,
        "layout": {
            "font": {"family": theme.FONT, "color": theme.INK, "size": 12},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
            "dragmode": False,
            "geo": {**_ground(), **_view(region), "domain": {"x": [0, 1], "y": [0.14, 1]}},
            **({"geo2": _inset()} if has_sea else {}),
            "showlegend": False,
            "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": theme.GRID, "align": "left",
                           "font": {"family": theme.FONT, "color": theme.INK}},
        },
    }  # fmt: skip


def legend(drawn: dict[str, Any]) -> list[tuple[str, str]]:
    """What the greys of a figure mean: words and colour. The colours of rates have their own bar."""
    return [(trace["name"], trace["colorscale"][0][1]) for trace in drawn["data"] if trace.get("showlegend")]


def not_drawn(region: str | None, places: Sequence[MapPlace]) -> tuple[MapPlace, ...]:
    """Places that have no boundary: development zones that the code list counts as counties, and a few new divisions. A page names them
    beside the map."""
    drawn = boundaries(region)
    return tuple(place for place in places if drawn is None or place.code not in drawn.names)


def _regions(
    t: Translator, drawn: Boundaries, places: Sequence[MapPlace], indicator: Indicator, geo: str
) -> list[dict[str, Any]]:
    known = {place.code: place for place in places if place.code in drawn.names}
    rated = [place for place in known.values() if place.status == "rated"]
    traces = [_rated(t, drawn, rated, indicator, geo)] if rated else []
    for status, colour in _GREYS.items():
        words = {code: _hover(t, place, indicator) for code, place in known.items() if place.status == status}
        if status == "no_report":
            words |= {
                code: f"<b>{escape(name)}</b><br>{t('map.uncovered')}"
                for code, name in drawn.names.items()
                if code not in known
            }
        if words:
            traces.append(
                {
                    **_trace(drawn, words, geo),
                    "customdata": [code if code in known else None for code in words],
                    "z": [0] * len(words),
                    "colorscale": [[0, colour], [1, colour]],
                    "showscale": False,
                    "showlegend": True,
                    "name": t(f"map.{status}", least=SMALLEST_DENOMINATOR),
                }
            )
    return traces


def _rated(
    t: Translator, drawn: Boundaries, rated: Sequence[MapPlace], indicator: Indicator, geo: str
) -> dict[str, Any]:
    values = [float(100 * place.value) for place in rated]
    low, high = min(values), max(values)
    low = max(0.0, min(low, (low + high - _SMALLEST_SPAN) / 2))
    steps = len(_RATES) - 1
    return {
        **_trace(drawn, {place.code: _hover(t, place, indicator) for place in rated}, geo),
        "z": values,
        "zmin": low,
        "zmax": max(high, low + _SMALLEST_SPAN),
        "colorscale": [[step / steps, colour] for step, colour in enumerate(_RATES)],
        "colorbar": {
            "orientation": "h",
            "thickness": 10,
            "len": 0.5,
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yanchor": "bottom",
            "ticksuffix": "%",
            "nticks": 5,
            "outlinewidth": 0,
            "title": {"text": escape(t.label(indicator, "name")), "side": "top"},
        },
    }


def _trace(drawn: Boundaries, words: dict[str, str], geo: str) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geo": geo,
        "geojson": drawn.address,
        "featureidkey": "id",
        "locations": list(words),
        "customdata": list(words),
        "text": list(words.values()),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"line": {"color": "#ffffff", "width": 0.7}},
    }


def _hover(t: Translator, place: MapPlace, indicator: Indicator) -> str:
    """Name, rate, what it is a rate of, and from how many reports."""
    lines = [f"<b>{escape(place.name)}</b>"]
    if place.status == "rated":
        lines.append(f"{escape(t.label(indicator, 'name'))} <b>{percent(place.value, 1)}</b>")
    else:
        lines.append(t(f"map.{place.status}", least=SMALLEST_DENOMINATOR))
    if place.denominator is not None:
        unit = indicator.unit if t.language == "zh" else ""
        lines.append(f"{written(place.numerator)} / {written(place.denominator)} {unit}".rstrip())
    if place.status != "no_report":
        lines.append(t("map.reports", count=written(place.reports)))
    return "<br>".join(lines)


def _ground() -> dict[str, Any]:
    return {"visible": False, "bgcolor": "rgba(0,0,0,0)"}


def _view(region: str | None) -> dict[str, Any]:
    if region is None:
        return _NATION_VIEW
    return _HAINAN_VIEW if region == _HAINAN else {"projection": {"type": "mercator"}, "fitbounds": "geojson"}


def _inset() -> dict[str, Any]:
    return {
        **_ground(),
        **_SOUTH_CHINA_SEA_VIEW,
        "domain": {"x": [0.85, 1], "y": [0.01, 0.31]},
        "showframe": True,
        "framecolor": _FRAME,
        "framewidth": 1,
    }


def _sea(drawn: Boundaries) -> list[dict[str, Any]]:
    strokes = [(*stroke, (None, None)) for stroke in drawn.maritime_line]
    line = [point for stroke in strokes for point in stroke]
    common = {"type": "scattergeo", "hoverinfo": "skip", "showlegend": False}
    line_trace = {
        **common,
        "mode": "lines",
        "lon": [longitude for longitude, _ in line],
        "lat": [latitude for _, latitude in line],
        "line": {"color": _FRAME, "width": 1.2},
    }
    return [
        {**line_trace, "geo": "geo"},
        {**line_trace, "geo": "geo2"},
        {
            **common,
            "mode": "markers",
            "geo": "geo2",
            "lon": [longitude for longitude, _ in drawn.islands],
            "lat": [latitude for _, latitude in drawn.islands],
            "marker": {"color": _FRAME, "size": 1.5},
        },
    ]
