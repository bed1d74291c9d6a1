"""Applications by year: what came in beside what became of it. The two columns of a year are equal when its sums hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..components.numbers import compact, plain
from ..data.overview import ApplicationYear, OutcomeGroupYear
from ..i18n import Translator
from . import theme

_FEW = 6


def figure(
    t: Translator, years: Sequence[ApplicationYear], outcomes: Sequence[OutcomeGroupYear], chosen: int | None
) -> dict[str, Any]:
    """`chosen` is the year to set off, None for none."""
    labels = [str(year.year) for year in years]
    ticks = [
        f"{year.year}<br>{compact(year.reports, t.language) if year.reports else t('chart.no_reports')}"
        for year in years
    ]
    hover = f"%{{x}}<br>%{{fullData.name}}: <b>%{{y:,}}</b> {t('unit.case')}<extra></extra>"
    incoming: dict[str, Any] = {"offsetgroup": "in", "hovertemplate": hover}
    outgoing: dict[str, Any] = {"offsetgroup": "out", "hovertemplate": hover}
    values = {(outcome.year, outcome.group_code): outcome.value for outcome in outcomes}
    highest = max(((year.received or 0) + (year.carried_in or 0) for year in years), default=0)
    return {
        "data": [
            theme.bars(
                labels, [plain(year.received) for year in years], t("chart.received"), theme.RECEIVED, **incoming
            ),
            theme.bars(
                labels, [plain(year.carried_in) for year in years], t("chart.carried_in"), theme.CARRIED_IN, **incoming
            ),
            *(
                theme.bars(
                    labels,
                    [plain(values.get((year.year, code))) for year in years],
                    name,
                    theme.OUTCOME_GROUPS[code],
                    **outgoing,
                )
                for code, name in group_names(t, outcomes).items()
            ),
            theme.bars(
                labels,
                [plain(year.carried_forward) for year in years],
                t("chart.carried_forward"),
                theme.CARRIED_FORWARD,
                **outgoing,
            ),
        ],
        "layout": theme.layout(
            labels,
            ticks,
            str(chosen) if chosen else None,
            bargap=0.22,
            bargroupgap=0.06,
            yaxis={
                "automargin": True,
                "gridcolor": theme.GRID,
                "rangemode": "tozero",
                "tickformat": ",",
                # Left to itself, the axis of a township would count in fifths of an application.
                "dtick": 1 if highest < _FEW else None,
                "fixedrange": True,
                "zerolinecolor": theme.GRID,
            },
        ),
    }


def group_names(t: Translator, outcomes: Sequence[OutcomeGroupYear]) -> dict[str, str]:
    """Group code → label in the order of the form; the release's labels without their （一）."""
    names = {outcome.group_code: t.label(outcome, "group") for outcome in outcomes}
    return {code: names[code].rpartition("）")[2] for code in theme.OUTCOME_GROUPS if code in names}
