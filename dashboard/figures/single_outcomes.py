"""All outcomes of the form one by one: a row each, a column a year, the darker the larger its share. A year with too few cases is grey and
shows cases."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..components.numbers import SMALLEST_DENOMINATOR, plain, written
from ..data.overview import ApplicationYear
from ..data.release import Row
from ..i18n import Translator
from . import theme
from .labels import short

_ROW, _EDGES = 28, 38
"""Pixels of a row, and above and below all of them."""
_WITH_DECIMAL = 10
_DARKEST = 25
"""Percent. Refusals are a few percent each and would all be white beside what was granted."""


def height(outcomes: Sequence[Row]) -> int:
    return _EDGES + _ROW * len({row["outcome_code"] for row in outcomes})


def figure(t: Translator, years: Sequence[ApplicationYear], outcomes: Sequence[Row]) -> dict[str, Any]:
    """`outcomes` are those of SINGLE_OUTCOMES."""
    columns = [str(year.year) for year in years]
    codes = list(dict.fromkeys(row["outcome_code"] for row in sorted(outcomes, key=lambda row: row["sort_order"])))
    names = {row["outcome_code"]: row[f"outcome_{t.language}"] for row in outcomes}
    cases = {(row["outcome_code"], row["year"]): row["value"] for row in outcomes}
    totals = {year.year: _total(outcomes, year.year) for year in years}
    enough = {year: (total or 0) >= SMALLEST_DENOMINATOR for year, total in totals.items()}

    def shares(code: str) -> list[float | None]:
        return [_percent(cases.get((code, year.year)), totals[year.year]) for year in years]

    def shown(values: list[Any], rated: bool) -> list[Any]:
        return [value if enough[year.year] is rated else None for value, year in zip(values, years, strict=True)]

    def words(code: str) -> list[str]:
        return [_written(cases.get((code, year.year))) for year in years]

    common: dict[str, Any] = {
        "type": "heatmap",
        "x": columns,
        "y": codes,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hoverongaps": False,
        "customdata": [[[names[code], each] for each in words(code)] for code in codes],
    }
    rated = {
        **common,
        "z": [shown(shares(code), True) for code in codes],
        "text": [[_rounded(each) for each in shares(code)] for code in codes],
        "zmin": 0,
        "zmax": _DARKEST,
        "colorscale": theme.SHARES,
        "texttemplate": "%{text}",
        "textfont": {"size": 10.5},
        "hovertemplate": f"%{{customdata[0]}}<br>%{{x}}: <b>%{{z:.1f}}%</b> (%{{customdata[1]}}{t('unit.case')})<extra></extra>",
    }
    few = {
        **common,
        "z": [shown([0 if share is not None else None for share in shares(code)], False) for code in codes],
        "text": [words(code) for code in codes],
        "colorscale": [[0, theme.faint(theme.FEW, 0.2)], [1, theme.faint(theme.FEW, 0.2)]],
        "texttemplate": "%{text}",
        "textfont": {"size": 11, "color": theme.MUTED},
        "hovertemplate": f"%{{customdata[0]}}<br>%{{x}}: %{{customdata[1]}}{t('unit.case')} ({t('chart.few')})<extra></extra>",
    }
    ticks = [_tick(t, year, enough[year.year], totals[year.year]) for year in years]
    return {
        "data": [rated, few],
        "layout": theme.plain(
            margin={"l": 8, "r": 4, "t": 34, "b": 4},
            xaxis=theme.years_axis(columns, ticks, side="top", showgrid=False, tickfont={"size": 9.5}),
            yaxis={
                "automargin": True,
                "autorange": "reversed",
                "fixedrange": True,
                "showgrid": False,
                "ticks": "",
                "tickmode": "array",
                "tickvals": codes,
                "ticktext": [short(names[code], t.language) for code in codes],
                "tickfont": {"size": 10.5},
            },
        ),
    }


def _total(outcomes: Sequence[Row], year: int) -> Decimal | None:
    stated = [row["value"] for row in outcomes if row["year"] == year and row["value"] is not None]
    return sum(stated, Decimal(0)) if stated else None


def _percent(value: Decimal | None, total: Decimal | None) -> float | None:
    return float(100 * value / total) if value is not None and total else None


def _rounded(share: float | None) -> str:
    """As exact as fits into the cell on a phone."""
    return "" if share is None else f"{share:.1f}" if share < _WITH_DECIMAL else f"{share:.0f}"


def _written(value: Decimal | None) -> str:
    return "" if plain(value) is None else written(value)


def _tick(t: Translator, year: ApplicationYear, enough: bool, total: Decimal | None) -> str:
    if enough:
        return str(year.year)
    return f"{year.year}<br>{t('chart.few') if total is not None else t('chart.no_reports')}"
