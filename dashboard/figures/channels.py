"""Items by channel, as the prose states them: exact figures, and behind them those that the report itself calls approximate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..components.numbers import plain, written
from ..data.release import Row
from ..i18n import Translator
from . import theme

_ROW, _EDGES = 44, 40
"""Pixels of a channel, and above and below all of them."""


def height(rows: Sequence[Row]) -> int:
    return _EDGES + _ROW * max(1, len(rows))


def figure(t: Translator, rows: Sequence[Row]) -> dict[str, Any]:
    """`rows` are those of CHANNELS."""
    names = [row[f"channel_{t.language}"] for row in rows]
    hover = f"%{{y}}<br>%{{fullData.name}}: <b>%{{x:,}}</b> {t('unit.item')}<extra></extra>"

    def trace(column: str, colour: str, pattern: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "name": t(f"channel.{column}"),
            "x": [plain(row[column]) for row in rows],
            "y": names,
            "marker": {"color": colour, "pattern": {"shape": pattern, "fgcolor": theme.RECEIVED}},
            "hovertemplate": hover,
        }

    return {
        "data": [trace("exact", theme.RECEIVED, ""), trace("approximate", theme.APPROXIMATE, "/")],
        "layout": theme.plain(
            barmode="stack",
            bargap=0.35,
            margin={"l": 8, "r": 8, "t": 4, "b": 28},
            xaxis={
                "rangemode": "tozero",
                "fixedrange": True,
                "gridcolor": theme.GRID,
                "nticks": 4,
                "tickformat": "~s" if t.language == "en" else ",",
                "zerolinecolor": theme.GRID,
            },
            yaxis={
                "automargin": True,
                "autorange": "reversed",
                "fixedrange": True,
                "tickmode": "array",
                "tickvals": names,
                # Below the name, where no bar can push them off a narrow screen.
                "ticktext": [
                    f"{name}<br>{t('channel.words', items=written(_whole(row)), reports=written(row['reports']))}"
                    for row, name in zip(rows, names, strict=True)
                ],
                "tickfont": {"size": 11},
            },
        ),
    }


def _whole(row: Row) -> Decimal | None:
    stated = [value for value in (row["exact"], row["approximate"]) if value is not None]
    return sum(stated, Decimal(0)) if stated else None
