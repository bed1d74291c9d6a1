"""Parts of a whole by year, as shares. A year with too few cases is pale and says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..components.numbers import SMALLEST_DENOMINATOR, compact, plain
from ..data.overview import ApplicationYear
from ..i18n import Translator
from . import theme

_PALE = 0.35


@dataclass(frozen=True)
class Series:
    """One part: its cases by year. `dark_text` where its colour is too light for white figures."""

    name: str
    colour: str
    cases: Mapping[int, Decimal | None]
    dark_text: bool


def figure(
    t: Translator, years: Sequence[ApplicationYear], parts: Sequence[Series], chosen: int | None
) -> dict[str, Any]:
    """`years` gives the axis; `chosen` is the year to set off, None for none."""
    totals = {year.year: _total(year.year, parts) for year in years}
    labels = [str(year.year) for year in years]
    opacity = [1.0 if (totals[year.year] or 0) >= SMALLEST_DENOMINATOR else _PALE for year in years]

    def trace(part: Series) -> dict[str, Any]:
        cases = [part.cases.get(year.year) for year in years]
        bars = theme.bars(
            labels,
            [_share(count, totals[year.year]) for count, year in zip(cases, years, strict=True)],
            part.name,
            part.colour,
            customdata=[plain(count) for count in cases],
            texttemplate="%{y:.0f}%",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": [theme.INK if part.dark_text or each < 1 else "#ffffff" for each in opacity]},
            hovertemplate="%{x}<br>%{fullData.name}: <b>%{y:.1f}%</b> (%{customdata:,})<extra></extra>",
        )
        bars["marker"]["opacity"] = opacity
        return bars

    return {
        "data": [trace(part) for part in parts],
        "layout": theme.layout(
            labels,
            [_tick(t, year, totals[year.year]) for year in years],
            str(chosen) if chosen else None,
            bargap=0.28,
            yaxis={
                "gridcolor": theme.GRID,
                "range": [0, 100],
                "ticksuffix": "%",
                "fixedrange": True,
                "zerolinecolor": theme.GRID,
            },
        ),
    }


def _total(year: int, parts: Sequence[Series]) -> Decimal | None:
    stated = [cases for part in parts if (cases := part.cases.get(year)) is not None]
    return sum(stated, Decimal(0)) if stated else None


def _share(value: Decimal | None, total: Decimal | None) -> float | None:
    return float(100 * value / total) if value is not None and total else None


def _tick(t: Translator, year: ApplicationYear, total: Decimal | None) -> str:
    if not year.reports:
        return f"{year.year}<br>{t('chart.no_reports')}"
    few = total is not None and total < SMALLEST_DENOMINATOR
    return f"{year.year}<br>{compact(total, t.language)}" + (f"<br>{t('chart.few')}" if few else "")
