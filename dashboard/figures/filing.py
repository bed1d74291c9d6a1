"""Who filed: reports by status and year, and how late the late ones were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..components.numbers import SMALLEST_DENOMINATOR
from ..data.filing import STATUSES, Band, Filed
from ..i18n import Translator
from . import theme

_FEW = 5
_PATTERNS = {"filed": "", "late": "/", "missing": "x", "not_due": "."}
"""Beside the colour, for whom colours say nothing."""


def status_name(t: Translator, status: str) -> str:
    """With its sign, the same in charts and tables."""
    return f"{t(f'filing.sign.{status}')} {t(f'filing.status.{status}')}"


def by_year(t: Translator, years: Sequence[Filed], chosen: int | None) -> dict[str, Any]:
    """Expected reports by year; `chosen` is the year to set off."""
    labels = [str(each.year) for each in years]
    data = []
    for status in STATUSES:
        if not any(each.of(status) for each in years):
            continue
        bars = theme.bars(
            labels,
            [each.of(status) or None for each in years],
            status_name(t, status),
            theme.FILING[status],
            texttemplate="%{y:,}",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": theme.INK},
            hovertemplate=f"%{{x}}<br>{t(f'filing.status.{status}')}: <b>%{{y:,}}</b> {t('card.reports.unit')}<extra></extra>",
        )
        bars["marker"]["pattern"] = {
            "shape": _PATTERNS[status],
            "fillmode": "overlay",
            "fgcolor": "rgba(255,255,255,0.35)",
            "size": 8,
        }
        data.append(bars)
    return {
        "data": data,
        "layout": theme.layout(
            labels,
            [f"{each.year}<br>{_percent(each)}" for each in years],
            str(chosen) if chosen else None,
            bargap=0.28,
            yaxis={
                "automargin": True,
                "gridcolor": theme.GRID,
                "rangemode": "tozero",
                "tickformat": ",",
                "fixedrange": True,
                "zerolinecolor": theme.GRID,
            },
        ),
    }


def days_late(t: Translator, bands: Sequence[Band]) -> dict[str, Any]:
    """Late reports by how many days."""
    labels = [f"{band.first_day}–{band.last_day}" if band.last_day else f">{band.first_day - 1}" for band in bands]
    most = max((band.reports for band in bands), default=0)
    layout = theme.layout(
        labels,
        labels,
        None,
        bargap=0.15,
        margin={"l": 48, "r": 8, "t": 12, "b": 50},
        yaxis={
            "automargin": True,
            "gridcolor": theme.GRID,
            "range": [0, 1.18 * max(1, most)],
            "tickformat": ",",
            "dtick": 1 if most < _FEW else None,
            "fixedrange": True,
            "zerolinecolor": theme.GRID,
        },
    )
    layout["xaxis"]["title"] = {"text": t("filing.days"), "font": {"size": 12}}
    return {
        "layout": layout,
        "data": [
            theme.bars(
                labels,
                [band.reports for band in bands],
                t("filing.status.late"),
                theme.FILING["late"],
                texttemplate="%{y:,}",
                textposition="outside",
                cliponaxis=False,
                hovertemplate=f"%{{x}}: <b>%{{y:,}}</b> {t('card.reports.unit')}<extra></extra>",
            )
        ],
    }


def _percent(each: Filed) -> str:
    """Of few, the two numbers: their ratio would say more than they do."""
    filed = each.filed + each.late
    return f"{100 * filed / each.due:.0f}%" if each.due >= SMALLEST_DENOMINATOR else f"{filed}/{each.due}"
