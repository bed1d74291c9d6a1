"""One organ beside its peers, by year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..components.numbers import plain, written
from ..data.organ import ApplicationYear, IndicatorYear
from ..i18n import Translator
from . import theme

_FEW = 6
_RATED = "rated"


def applications(t: Translator, years: Sequence[ApplicationYear]) -> dict[str, Any]:
    """What the organ received, with the median of its peers over each bar."""
    labels = [str(each.year) for each in years]
    highest = max(
        (value for each in years for value in (each.received, each.peer_median) if value is not None), default=0
    )
    return {
        "data": [
            theme.bars(
                labels,
                [plain(each.received) for each in years],
                t("organ.own"),
                theme.RECEIVED,
                hovertemplate=f"%{{x}}<br>%{{fullData.name}}: <b>%{{y:,}}</b> {t('unit.case')}<extra></extra>",
            ),
            _median(t, labels, [each.peer_median for each in years], ",.1~f"),
        ],
        "layout": theme.layout(
            labels,
            [f"{each.year}<br>{written(each.peers)}" for each in years],
            None,
            bargap=0.4,
            yaxis=_axis(tickformat=",", dtick=1 if highest < _FEW else None),
        ),
    }


def indicator(t: Translator, years: Sequence[IndicatorYear]) -> dict[str, Any]:
    """The organ's rate as a line, with the median of its peers. A rate over too few cases is hollow and grey, and no line leads to it."""
    labels = [str(each.year) for each in years]

    def rates(rated: bool) -> dict[str, Any]:
        few = "" if rated else f" {t('card.disclosed.too_few')}"
        return {
            "type": "scatter",
            "x": labels,
            "y": [_percent(each.value) if (each.rating_status == _RATED) is rated else None for each in years],
            "customdata": [[each.numerator, each.denominator] for each in years],
            "hovertemplate": f"%{{x}}<br>{t('organ.own')}: <b>%{{y:.1f}}%</b> "
            f"(%{{customdata[0]:,}} / %{{customdata[1]:,}}){few}<extra></extra>",
        }

    return {
        "data": [
            {
                **rates(True),
                "mode": "lines+markers",
                "name": t("organ.own"),
                "line": {"color": theme.RECEIVED, "width": 2},
                "marker": {"color": theme.RECEIVED, "size": 9},
            },
            {
                **rates(False),
                "mode": "markers",
                "marker": {"color": theme.FEW, "size": 9, "symbol": "circle-open", "line": {"width": 2}},
            },
            _median(t, labels, [_percent(each.peer_median) for each in years], ".1f", "%"),
        ],
        "layout": theme.layout(
            labels,
            [f"{each.year}<br>{written(each.peers)}" for each in years],
            None,
            yaxis=_axis(ticksuffix="%"),
        ),
    }


def _median(
    t: Translator, labels: list[str], values: Sequence[Decimal | float | None], form: str, unit: str = ""
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": t("organ.median"),
        "x": labels,
        "y": [None if value is None else float(value) for value in values],
        "marker": {"color": theme.ALERT, "size": 10, "symbol": "diamond", "line": {"color": "#ffffff", "width": 1}},
        "hovertemplate": f"%{{x}}<br>%{{fullData.name}}: <b>%{{y:{form}}}{unit}</b><extra></extra>",
    }


def _percent(value: Decimal | float | None) -> float | None:
    return None if value is None else float(100 * value)


def _axis(**more: Any) -> dict[str, Any]:
    return {
        "automargin": True,
        "gridcolor": theme.GRID,
        "rangemode": "tozero",
        "fixedrange": True,
        "zerolinecolor": theme.GRID,
        **more,
    }
