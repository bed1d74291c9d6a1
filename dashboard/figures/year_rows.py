"""Figures of different size by year: a row each with a scale of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..components.numbers import compact, plain, written
from ..data.release import Row
from ..i18n import Translator
from . import theme

_ROW, _LOWEST = 116, 348
"""Pixels of a row, and of all rows at least."""
_HEAD, _FOOT = 8, 38
_CHART = 0.66
"""Of a row; the rest is for its title and the figures above the bars."""


@dataclass(frozen=True)
class Series:
    """One figure; `rows` have its year, value and how many reports state it."""

    title: str
    colour: str
    rows: Sequence[Row]


def height(rows: Sequence[Series]) -> int:
    return _HEAD + _FOOT + max(_ROW * len(rows), _LOWEST)


def figure(
    t: Translator,
    years: Sequence[int],
    rows: Sequence[Series],
    chosen: int | None,
    unit: str,
    words: Callable[[Decimal, str], str] = compact,
) -> dict[str, Any]:
    """`chosen` is the year to set off, None for none. `words` writes a value above its bar, in a language."""
    labels = [str(year) for year in years]
    layout = theme.layout(
        labels,
        ticks(t, years, [each for row in rows for each in row.rows]),
        str(chosen) if chosen else None,
        bargap=0.35,
    )
    layout["margin"] = {"l": 4, "r": 4, "t": _HEAD, "b": _FOOT}
    layout["xaxis"]["anchor"] = f"y{len(rows)}" if len(rows) > 1 else "y"
    layout["annotations"] = []
    data: list[dict[str, Any]] = []
    for index, row in enumerate(rows):
        bottom, top = 1 - (index + 1) / len(rows), 1 - index / len(rows)
        values = {each["year"]: each["value"] for each in row.rows}
        found = [values.get(year) for year in years]
        layout[f"yaxis{index + 1 if index else ''}"] = {
            "domain": [bottom, bottom + (top - bottom) * _CHART],
            "fixedrange": True,
            "showgrid": False,
            "showticklabels": False,
            "range": [0, 1.25 * float(max([1, *(value for value in found if value)]))],
            "zerolinecolor": theme.GRID,
        }
        layout["annotations"].append(
            {
                "text": row.title,
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": top,
                "xanchor": "left",
                "yanchor": "top",
                "yshift": -4,
                "showarrow": False,
                "font": {"size": 12, "color": theme.INK},
            }
        )
        flagged = {each["year"]: each.get("flagged") for each in row.rows}
        apart = [flagged.get(year) for year in years]
        written_values = [written(value) for value in found]
        common: dict[str, Any] = {
            "yaxis": f"y{index + 1}" if index else "y",
            "hovertemplate": f"%{{x}}<br>%{{fullData.name}}: <b>%{{customdata}}</b> {unit}<extra></extra>",
        }
        data += [
            theme.bars(
                labels,
                [
                    plain(value - (out or 0)) if value is not None else None
                    for value, out in zip(found, apart, strict=True)
                ],
                row.title,
                row.colour,
                customdata=written_values,
                **common,
            ),
            theme.bars(
                labels,
                [plain(out) for out in apart],
                t("disclosure.flagged"),
                theme.faint(row.colour, 0.45),
                customdata=[written(out) for out in apart],
                showlegend=any(apart),
                **common,
            ),
            # The words stand above the whole bar, which may be of two parts.
            {
                "type": "scatter",
                "mode": "text",
                "showlegend": False,
                "x": labels,
                "y": [plain(value) for value in found],
                "text": ["" if value is None else words(value, t.language) for value in found],
                "textposition": "top center",
                "textfont": {"size": 10},
                "cliponaxis": False,
                "hoverinfo": "skip",
                "yaxis": common["yaxis"],
            },
        ]
        data[-2]["marker"]["pattern"] = {"shape": "/", "fgcolor": row.colour, "size": 5}
    return {"data": data, "layout": layout}


def ticks(t: Translator, years: Sequence[int], rows: Sequence[Row]) -> list[str]:
    """Below each year how many reports state the figures; a year whose form does not ask for them says so."""
    stated: dict[int, int] = {}
    for row in rows:
        stated[row["year"]] = max(stated.get(row["year"], 0), int(row["stated"]))
    return [f"{year}<br>{written(stated[year]) if year in stated else t('disclosure.not_asked')}" for year in years]
