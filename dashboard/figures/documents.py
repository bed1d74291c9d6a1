"""Documents of one kind: above how many are in force, below how many came and went. The trial form of 2019 asks for neither, so its years are
empty here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..components.numbers import compact, plain
from ..data.release import Row
from ..i18n import Translator
from . import theme
from .year_rows import ticks

_STOCK, _FLOW = [0.5, 1], [0, 0.42]


def figure(t: Translator, years: Sequence[int], rows: Sequence[Row], chosen: int | None) -> dict[str, Any]:
    """`rows` are those of DOCUMENTS, of one item. `chosen` is the year to set off, None for none."""
    labels = [str(year) for year in years]
    values = {(row["measure_code"], row["year"]): plain(row["value"]) for row in rows}
    series = {
        measure: [values.get((measure, year)) for year in years] for measure in ("issued", "repealed", "in_force")
    }
    hover = f"%{{x}}<br>%{{fullData.name}}: <b>%{{customdata:,}}</b> {t('unit.case')}<extra></extra>"

    def trace(measure: str, colour: str, axis: str, *, down: bool = False) -> dict[str, Any]:
        found = series[measure]
        return theme.bars(
            labels,
            [-value if down and value is not None else value for value in found],
            t(f"disclosure.{measure}"),
            colour,
            yaxis=axis,
            customdata=found,
            hovertemplate=hover,
            text=["" if value is None else compact(Decimal(value), t.language) for value in found],
            textposition="outside",
            constraintext="none",
            textangle=0,
            cliponaxis=False,
            textfont={"size": 10},
        )

    layout = theme.layout(
        labels,
        ticks(t, years, rows),
        str(chosen) if chosen else None,
        bargap=0.35,
        yaxis=_axis(_STOCK, series["in_force"]),
        yaxis2=_axis(_FLOW, [*series["issued"], *(-each for each in series["repealed"] if each is not None)]),
    )
    layout["barmode"] = "relative"
    layout["uniformtext"] = {"mode": False}
    layout["xaxis"]["anchor"] = "y2"
    layout["margin"] = {"l": 8, "r": 8, "t": 16, "b": 40}
    return {
        "data": [
            trace("in_force", theme.IN_FORCE, "y"),
            trace("issued", theme.ISSUED, "y2"),
            trace("repealed", theme.REPEALED, "y2", down=True),
        ],
        "layout": layout,
    }


def _axis(domain: list[float], values: Sequence[Any]) -> dict[str, Any]:
    """With room for the figures at the ends of the bars."""
    stated = [value for value in values if value is not None]
    high, low = max([0, *stated]), min([0, *stated])
    room = 0.18 * (high - low or 1)
    return {
        "domain": domain,
        "range": [low - (room if low else 0), high + room],
        "fixedrange": True,
        "showgrid": False,
        "showticklabels": False,
        "zerolinecolor": theme.GRID,
    }
