"""Where rules are broken: rule by year as a field of shares, and the regions below the selection as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..components.numbers import MISSING, percent
from ..data.quality import RegionCount, RuleYear
from ..i18n import Translator
from . import theme
from .labels import short

_MOST_REGIONS = 20
"""Bars that a phone shows without scrolling twice; the table beside them has all."""
_ROW, _FRAME = 24, 40
"""Pixels of a bar's row, and of what stands around the rows."""
_RULE = 29
"""Pixels of a rule's row: its name takes two lines."""


def rule_years_height(cells: Sequence[RuleYear]) -> int:
    return _FRAME + _RULE * len({cell.rule_id for cell in cells})


def regions_height(counts: Sequence[RegionCount]) -> int:
    return _FRAME + _ROW * len(counts[:_MOST_REGIONS])


def rule_years(t: Translator, cells: Sequence[RuleYear]) -> dict[str, Any]:
    """A row a rule, a column a year: how many reports break it; the darker, the greater their share of the year's reports."""
    years = sorted({cell.year for cell in cells})
    rules = list(dict.fromkeys(cell.rule_id for cell in cells))
    by_place = {(cell.rule_id, cell.year): cell for cell in cells}
    rows = [[by_place[rule, year] for year in years] for rule in rules]
    titles = {cell.rule_id: t.label(cell, "title") for cell in cells}
    layout = _layout(right=8)
    return {
        "data": [
            {
                "type": "heatmap",
                "x": [str(year) for year in years],
                "y": rules,
                "z": [[100 * cell.broken_reports / cell.reports for cell in row] for row in rows],
                "text": [[cell.broken_reports for cell in row] for row in rows],
                "texttemplate": "%{text:,}",
                "textfont": {"size": 11},
                "customdata": [[[cell.rule_id, titles[cell.rule_id], cell.reports] for cell in row] for row in rows],
                "hovertemplate": t("quality.rule_years.hover") + "<extra></extra>",
                "colorscale": theme.INTENSITY,
                "zmin": 0,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
            }
        ],
        "layout": {
            **layout,
            "xaxis": {
                "type": "category",
                "side": "top",
                "fixedrange": True,
                "showgrid": False,
                "tickfont": {"size": 9},
                "tickangle": 0,
                "ticks": "",
            },
            "yaxis": {
                "type": "category",
                "autorange": "reversed",
                "fixedrange": True,
                "showgrid": False,
                "automargin": True,
                "ticks": "",
                "tickmode": "array",
                "tickvals": rules,
                "ticktext": [short(f"{rule} {titles[rule]}", t.language) for rule in rules],
                "tickfont": {"size": 10.5},
            },
        },
    }


def regions(t: Translator, counts: Sequence[RegionCount]) -> dict[str, Any]:
    """A bar a region, the most reports with errors first."""
    shown = counts[:_MOST_REGIONS]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [count.broken_reports for count in shown],
                # Two counties may bear one name: each keeps its own bar.
                "y": list(range(len(shown))),
                "text": [f"{count.broken_reports:,}" for count in shown],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": theme.ALERT},
                "customdata": [
                    [count.region_code, count.region_name, count.judged_reports, _share(count)] for count in shown
                ],
                "hovertemplate": t("quality.regions.hover") + "<extra></extra>",
            }
        ],
        "layout": {
            **_layout(right=36),
            "bargap": 0.3,
            "xaxis": {"fixedrange": True, "rangemode": "tozero", "visible": False},
            "yaxis": {
                "tickmode": "array",
                "tickvals": list(range(len(shown))),
                "ticktext": [count.region_name for count in shown],
                "range": [len(shown) - 0.5, -0.5],
                "automargin": True,
                "fixedrange": True,
            },
        },
    }


def _share(count: RegionCount) -> str:
    return percent(count.broken_reports, count.judged_reports) if count.judged_reports else MISSING


def _layout(*, right: int) -> dict[str, Any]:
    return {
        "showlegend": False,
        "font": {"family": theme.FONT, "color": theme.INK, "size": 12},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": right, "t": 24, "b": 8},
        "hoverlabel": {
            "bgcolor": "#ffffff",
            "bordercolor": theme.GRID,
            "font": {"family": theme.FONT, "color": theme.INK},
        },
    }
