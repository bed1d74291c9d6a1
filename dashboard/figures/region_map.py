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
from .boundaries import ADDRESS, Boundaries, boundaries

Status = Literal["rated", "too_few", "not_assessable", "no_report"]

CONFIG = {
    "displayModeBar": False,
    "responsive": True,
    # The page scrolls and the map stands still, under a wheel and under a thumb.
    "scrollZoom": False,
    "doubleClick": False,
    # plotly asks for a map of the world before it draws any region, from a host of its own unless told another. Ours is empty.
    "topojsonURL": ADDRESS + "world/",
}
"""For the dcc.Graph that shows the figure. Without it the browser would ask another host."""
HEIGHT = 480
"""Pixels, at any width."""

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


@dataclass(frozen=True)
class Palette:
    ink: str
    border: str
    frame: str
    rates: tuple[str, ...]
    """From the lowest to the highest. They grow darker on a light ground and lighter on a dark one."""
    greys: dict[Status, str]


_RATES = ("#f7e9a0", "#a8d5a2", "#4fb0b5", "#2a7fb0", "#1d4e8f", "#14234f")
"""Yellow to blue, which no common kind of colour blindness confuses, with a steady fall in lightness; none is near a grey."""
LIGHT = Palette(
    ink=theme.INK,
    border="#ffffff",
    frame="#9aa3af",
    rates=_RATES,
    greys={"too_few": "#98a2af", "not_assessable": "#bfc6cf", "no_report": "#dfe3e8"},
)
DARK = Palette(
    ink="#e5e8ec",
    border="#10151c",
    frame="#6b7280",
    rates=_RATES[-2::-1],
    greys={"too_few": "#7b8490", "not_assessable": "#565e69", "no_report": "#363d47"},
)

_NATION_VIEW = {
    "projection": {"type": "conic equal area", "parallels": [25, 47], "rotation": {"lon": 104, "lat": 0}},
    "lonaxis": {"range": [80, 128]},
    "lataxis": {"range": [17, 54]},
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
    t: Translator, region: str | None, places: Sequence[MapPlace], indicator: Indicator, palette: Palette = LIGHT
) -> dict[str, Any] | None:
    """The divisions below `region` (None: the nation), each with the code as customdata for a click. Divisions that `places` leaves out are
    grey, as without a report. None where there is no map of `region`."""
    drawn = boundaries(region)
    if drawn is None:
        return None
    has_sea = bool(drawn.maritime_line)
    traces = _regions(t, drawn, places, indicator, palette, "geo")
    if has_sea:
        inset = _regions(t, drawn, places, indicator, palette, "geo2")
        traces += [{**trace, "showlegend": False, "showscale": False} for trace in inset]
        traces += _sea(drawn, palette)
    return {
        "data": traces,
        "layout": {
            "font": {"family": theme.FONT, "color": palette.ink, "size": 12},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
            "dragmode": False,
            "geo": {**_ground(), **_view(region), "domain": {"x": [0, 1], "y": [0.17, 1]}},
            **({"geo2": _inset(palette)} if has_sea else {}),
            "legend": {"orientation": "h", "x": 0, "y": 0, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
            "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": theme.GRID, "align": "left",
                           "font": {"family": theme.FONT, "color": theme.INK}},
        },
    }  # fmt: skip


def not_drawn(region: str | None, places: Sequence[MapPlace]) -> tuple[MapPlace, ...]:
    """Places that have no boundary: development zones that the code list counts as counties, and a few new divisions. A page names them
    beside the map."""
    drawn = boundaries(region)
    return tuple(place for place in places if drawn is None or place.code not in drawn.names)


def _regions(
    t: Translator, drawn: Boundaries, places: Sequence[MapPlace], indicator: Indicator, palette: Palette, geo: str
) -> list[dict[str, Any]]:
    known = {place.code: place for place in places if place.code in drawn.names}
    rated = [place for place in known.values() if place.status == "rated" and place.value is not None]
    traces = [_rated(t, drawn, rated, indicator, palette, geo)] if rated else []
    for status in palette.greys:
        words = {code: _hover(t, place, indicator) for code, place in known.items() if place.status == status}
        if status == "no_report":
            words |= {
                code: f"<b>{escape(name)}</b><br>{t('map.uncovered')}"
                for code, name in drawn.names.items()
                if code not in known
            }
        if words:
            colour = palette.greys[status]
            traces.append(
                {
                    **_trace(drawn, words, palette, geo),
                    "z": [0] * len(words),
                    "colorscale": [[0, colour], [1, colour]],
                    "showscale": False,
                    "showlegend": True,
                    "name": t(f"map.{status}", least=SMALLEST_DENOMINATOR),
                }
            )
    return traces


def _rated(
    t: Translator, drawn: Boundaries, rated: Sequence[MapPlace], indicator: Indicator, palette: Palette, geo: str
) -> dict[str, Any]:
    values = [float(100 * place.value) for place in rated if place.value is not None]
    low, high = min(values), max(values)
    low = max(0.0, min(low, (low + high - _SMALLEST_SPAN) / 2))
    steps = len(palette.rates) - 1
    return {
        **_trace(drawn, {place.code: _hover(t, place, indicator) for place in rated}, palette, geo),
        "z": values,
        "zmin": low,
        "zmax": max(high, low + _SMALLEST_SPAN),
        "colorscale": [[step / steps, colour] for step, colour in enumerate(palette.rates)],
        "colorbar": {
            "orientation": "h",
            "thickness": 10,
            "len": 0.5,
            "x": 0,
            "xanchor": "left",
            "y": 0.08,
            "yanchor": "bottom",
            "ticksuffix": "%",
            "nticks": 5,
            "outlinewidth": 0,
            "title": {"text": escape(t.label(indicator, "name")), "side": "top"},
        },
    }


def _trace(drawn: Boundaries, words: dict[str, str], palette: Palette, geo: str) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geo": geo,
        "geojson": drawn.address,
        "featureidkey": "id",
        "locations": list(words),
        "customdata": list(words),
        "text": list(words.values()),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"line": {"color": palette.border, "width": 0.7}},
    }


def _hover(t: Translator, place: MapPlace, indicator: Indicator) -> str:
    """Name, rate, what it is a rate of, and from how many reports."""
    lines = [f"<b>{escape(place.name)}</b>"]
    if place.status == "rated" and place.value is not None:
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


def _inset(palette: Palette) -> dict[str, Any]:
    return {
        **_ground(),
        **_SOUTH_CHINA_SEA_VIEW,
        "domain": {"x": [0.85, 1], "y": [0.02, 0.32]},
        "showframe": True,
        "framecolor": palette.frame,
        "framewidth": 1,
    }


def _sea(drawn: Boundaries, palette: Palette) -> list[dict[str, Any]]:
    strokes = [(*stroke, (None, None)) for stroke in drawn.maritime_line]
    line = [point for stroke in strokes for point in stroke]
    common = {"type": "scattergeo", "hoverinfo": "skip", "showlegend": False}
    line_trace = {
        **common,
        "mode": "lines",
        "lon": [longitude for longitude, _ in line],
        "lat": [latitude for _, latitude in line],
        "line": {"color": palette.frame, "width": 1.2},
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
            "marker": {"color": palette.frame, "size": 1.5},
        },
    ]
