"""Colours and the common layout of all figures.

The hues are those of Okabe and Ito, which stay distinct in the common kinds of colour blindness; where two neighbours are
alike in meaning they differ in lightness, and no figure relies on hue alone.
"""

from __future__ import annotations

from typing import Any

INK = "#1f2937"
MUTED = "#5b6472"
GRID = "#e5e8ec"
HIGHLIGHT = "#eef4fa"

RECEIVED = "#0072b2"
CARRIED_IN = "#8fc7e8"
CARRIED_FORWARD = "#cfd5dd"
DIFFERENCE = "#b3460a"
"""What does not add up."""
OUTCOME_GROUPS = {
    "granted": "#009e73",
    "partially_granted": "#8fd6bd",
    "denied": "#d55e00",
    "unavailable": "#e69f00",
    "rejected": "#cc79a7",
    "other_handling": "#8a8f98",
}
"""Group code → colour, in the order of the form."""
APPLICANTS = {
    "natural_person": "#0072b2",
    "commercial": "#e69f00",
    "research": "#009e73",
    "public_welfare": "#cc79a7",
    "legal_service": "#8fc7e8",
    "other": "#8a8f98",
}
"""Applicant code → colour, in the order of the form."""
ISSUED, REPEALED, IN_FORCE = "#0072b2", "#d55e00", "#8fc7e8"
DECISIONS = {"licences": "#0072b2", "penalties": "#d55e00", "coercive_measures": "#cc79a7"}
FEES = "#009e73"
TRIAL = {"newly_made": "#0072b2", "newly_disclosed": "#56b4e9", "total_disclosed": "#8fc7e8"}
APPROXIMATE = "#8fc7e8"
RATE = "#009e73"
FEW = "#8a8f98"
"""A rate over too few cases."""
PALE = "#b8c0cb"
"""What is there for comparison only: the year before, too few cases."""
SHARES = [[0, "rgba(0, 114, 178, 0.04)"], [0.15, "rgba(0, 114, 178, 0.22)"], [1, "rgba(0, 114, 178, 0.66)"]]
"""From no share to the largest one drawn, on any ground: words of the ground's own colour stay legible on it."""
ALERT = "#d55e00"
INTENSITY = [[0, "rgba(213, 94, 0, 0.04)"], [0.15, "rgba(213, 94, 0, 0.22)"], [1, "rgba(213, 94, 0, 0.66)"]]
"""From nothing to much, in the same way."""
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8f98")
"""Colours of an answer's series, whatever they are, in this order."""

RESULTS = {"upheld": "#0072b2", "corrected": "#d55e00", "other": "#cc79a7", "pending": "#cfd5dd"}
"""Result of a dispute → colour, in the order of the form."""
FILING = {"filed": "#009e73", "late": "#e69f00", "missing": "#d55e00", "not_due": "#cfd5dd"}
STANDING = {"above": "#d55e00", "within": "#0072b2", "below": "#009e73", "too_few": FEW}
"""Where a rate lies against the limits of chance; grey says nothing."""

DARK_TEXT_ON = frozenset({"partially_granted", "unavailable", "rejected", "granted"})
"""Groups whose colour is too light for white figures."""

FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'


def plain(**more: Any) -> dict[str, Any]:
    """What all figures have in common, unless `more` says otherwise."""
    return {
        "showlegend": False,
        "font": {"family": FONT, "color": INK, "size": 12},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 48, "r": 8, "t": 12, "b": 50},
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": GRID, "font": {"family": FONT, "color": INK}},
        **more,
    }


def years_axis(years: list[str], ticks: list[str], **more: Any) -> dict[str, Any]:
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": years,
        "tickmode": "array",
        "tickvals": years,
        "ticktext": ticks,
        "range": [-0.5, len(years) - 0.5],
        "fixedrange": True,
        "tickangle": 0,
        "tickfont": {"size": 10.5},
        **more,
    }


def faint(colour: str, opacity: float) -> str:
    """A colour `#rrggbb` through which what lies below can be seen."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def pale(colour: str) -> str:
    """A third of the colour on white: too few cases to say much. Solid, so that words on it are read in the dark as well."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - 0.35 * (255 - part)):02x}" for part in parts)


def layout(years: list[str], ticks: list[str], chosen: str | None, **more: Any) -> dict[str, Any]:
    """The layout of a figure with a year axis; the chosen year gets a pale ground."""
    shapes = []
    if chosen in years:
        at = years.index(chosen)
        shapes.append(
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": at - 0.5,
                "x1": at + 0.5,
                "y0": 0,
                "y1": 1,
                "fillcolor": HIGHLIGHT,
                "line": {"width": 0},
                "layer": "below",
            }
        )
    common = {
        "barmode": "stack",
        "xaxis": years_axis(years, ticks),
        "shapes": shapes,
        "uniformtext": {"mode": "hide", "minsize": 9},
    }
    return plain(**{**common, **more})


def bars(years: list[str], values: list[Any], name: str, colour: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": years,
        "y": values,
        "marker": {"color": colour, "line": {"color": "#ffffff", "width": 1}},
        **more,
    }
