"""Why applications were not granted, the commonest reason on top: the year, and below it in grey the year before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..components.numbers import SMALLEST_DENOMINATOR, written
from ..data.release import Row
from ..i18n import Translator
from . import theme
from .labels import short

_ROW, _EDGES = 36, 32
"""Pixels of a reason, and above and below all of them."""
_ROOM_FOR_WORDS = 1.4
_FEW = 0.35


def height(reasons: Sequence[Row]) -> int:
    return _EDGES + _ROW * len(reasons)


def legend(t: Translator, reasons: Sequence[Row], year: int | None) -> list[tuple[str, str]]:
    """Names and colours: the groups of outcomes, and the year before."""
    groups = {row["group_code"]: row[f"group_{t.language}"].rpartition("）")[2] for row in reasons}
    entries = [(groups[code], colour) for code, colour in theme.OUTCOME_GROUPS.items() if code in groups]
    return [*entries, (t("year.of", year=year - 1), theme.PALE)] if year else entries


def figure(t: Translator, reasons: Sequence[Row], year: int | None) -> dict[str, Any]:
    """`reasons` are those of REFUSALS; `year` None is all years, which have no year before."""
    codes = [row["outcome_code"] for row in reasons]
    few = bool(reasons) and (reasons[0]["processed"] or 0) < SMALLEST_DENOMINATOR
    now = {
        "type": "bar",
        "name": t("year.of", year=year) if year else t("filter.all_years"),
        "orientation": "h",
        "x": [_number(row["percent"]) for row in reasons],
        "y": codes,
        "width": 0.46,
        "offset": -0.4,
        "marker": {
            "color": [theme.OUTCOME_GROUPS[row["group_code"]] for row in reasons],
            "opacity": _FEW if few else 1.0,
        },
        "text": [_words(row["value"], row["percent"]) for row in reasons],
        # The longest bars have room within, on a phone too.
        "textposition": ["auto" if row["value"] else "outside" for row in reasons],
        "insidetextanchor": "end",
        "insidetextfont": {
            "size": 11,
            "color": [theme.INK if few or row["group_code"] in theme.DARK_TEXT_ON else "#ffffff" for row in reasons],
        },
        "cliponaxis": False,
        "textfont": {"size": 11},
        "hovertemplate": f"%{{customdata}}<br>{year or t('filter.all_years')}: <b>%{{text}}</b><extra></extra>",
        "customdata": [row[f"outcome_{t.language}"] for row in reasons],
    }
    before = {
        "type": "bar",
        "name": t("year.of", year=(year or 0) - 1),
        "orientation": "h",
        "x": [_number(row["percent_before"]) for row in reasons],
        "y": codes,
        "width": 0.2,
        "offset": 0.1,
        "marker": {"color": theme.PALE},
        "text": [_words(row["value_before"], row["percent_before"]) for row in reasons],
        "textposition": "none",
        "hovertemplate": f"%{{customdata}}<br>{(year or 0) - 1}: <b>%{{text}}</b><extra></extra>",
        "customdata": [row[f"outcome_{t.language}"] for row in reasons],
    }
    largest = max((value for each in (now, before) for value in each["x"] if value is not None), default=1.0)
    return {
        "data": [now, before] if year else [now],
        "layout": theme.plain(
            margin={"l": 8, "r": 8, "t": 4, "b": 28},
            barmode="overlay",
            xaxis={
                "range": [0, largest * _ROOM_FOR_WORDS],
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "ticksuffix": "%",
                "nticks": 5,
                "zerolinecolor": theme.GRID,
            },
            yaxis={
                "automargin": True,
                "autorange": "reversed",
                "fixedrange": True,
                "tickmode": "array",
                "tickvals": codes,
                "ticktext": [short(row[f"outcome_{t.language}"], t.language) for row in reasons],
                "tickfont": {"size": 11},
            },
        ),
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _words(value: Any, percent: Any) -> str:
    return written(value) if percent is None else f"{written(value)} · {percent:.1f}%"
