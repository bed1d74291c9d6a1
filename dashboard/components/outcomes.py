"""The panel of the outcomes by year, in the six groups of the form."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from ..data.overview import OUTCOMES, ApplicationYear, OutcomeGroupYear
from ..figures import outcomes
from ..view import View
from .charts import chart_panel
from .numbers import MISSING, percent


def panel(view: View, by_year: Sequence[ApplicationYear], groups: Sequence[OutcomeGroupYear]) -> Component:
    return chart_panel(
        view,
        "outcomes",
        OUTCOMES,
        outcomes.figure(view.t, by_year, groups, view.year),
        view.t(
            "chart.outcomes.summary",
            place=view.place,
            years=", ".join(str(each.year) for each in by_year),
            values=", ".join(_disclosed(groups, each.year) for each in by_year),
        ),
    )


def _disclosed(groups: Sequence[OutcomeGroupYear], year: int) -> str:
    """The share of disclosed outcomes of a year in words."""
    stated = {group.group_code: group.value for group in groups if group.year == year and group.value is not None}
    whole = sum(stated.values())
    return percent(stated.get("granted", 0) + stated.get("partially_granted", 0), whole) if whole else MISSING
