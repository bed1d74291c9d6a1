"""The structure of outcomes by year, as shares. A year with too few cases is pale and says so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..components.numbers import SMALLEST_DENOMINATOR, compact, plain
from ..data.overview import ApplicationYear, OutcomeGroupYear
from ..i18n import Translator
from . import theme
from .applications import group_names

_PALE = 0.35


def figure(
    t: Translator, years: Sequence[ApplicationYear], outcomes: Sequence[OutcomeGroupYear], chosen: int | None
) -> dict[str, Any]:
    """`years` gives the axis; `chosen` is the year to set off, None for none."""
    totals = {year.year: _total(year.year, outcomes) for year in years}
    values = {(outcome.year, outcome.group_code): outcome.value for outcome in outcomes}
    labels = [str(year.year) for year in years]
    opacity = [1.0 if (totals[year.year] or 0) >= SMALLEST_DENOMINATOR else _PALE for year in years]

    def trace(code: str, name: str) -> dict[str, Any]:
        counts = [values.get((year.year, code)) for year in years]
        bars = theme.bars(
            labels,
            [_share(count, totals[year.year]) for count, year in zip(counts, years, strict=True)],
            name,
            theme.OUTCOME_GROUPS[code],
            customdata=[plain(count) for count in counts],
            texttemplate="%{y:.0f}%",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={
                "color": [theme.INK if code in theme.DARK_TEXT_ON or each < 1 else "#ffffff" for each in opacity]
            },
            hovertemplate="%{x}<br>%{fullData.name}: <b>%{y:.1f}%</b> (%{customdata:,})<extra></extra>",
        )
        bars["marker"]["opacity"] = opacity
        return bars

    return {
        "data": [trace(code, name) for code, name in group_names(t, outcomes).items()],
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


def _total(year: int, outcomes: Sequence[OutcomeGroupYear]) -> Decimal | None:
    values = [outcome.value for outcome in outcomes if outcome.year == year and outcome.value is not None]
    return sum(values, Decimal(0)) if values else None


def _share(value: Decimal | None, total: Decimal | None) -> float | None:
    return float(100 * value / total) if value is not None and total else None


def _tick(t: Translator, year: ApplicationYear, total: Decimal | None) -> str:
    if not year.reports:
        return f"{year.year}<br>{t('chart.no_reports')}"
    few = total is not None and total < SMALLEST_DENOMINATOR
    return f"{year.year}<br>{compact(total, t.language)}" + (f"<br>{t('chart.few')}" if few else "")
