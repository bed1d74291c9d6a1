"""The structure of outcomes by year, in the six groups of the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..data.overview import ApplicationYear, OutcomeGroupYear
from ..i18n import Translator
from . import shares, theme
from .applications import group_names


def figure(
    t: Translator, years: Sequence[ApplicationYear], outcomes: Sequence[OutcomeGroupYear], chosen: int | None
) -> dict[str, Any]:
    """`years` gives the axis; `chosen` is the year to set off, None for none."""
    parts = [
        shares.Series(
            name,
            theme.OUTCOME_GROUPS[code],
            {outcome.year: outcome.value for outcome in outcomes if outcome.group_code == code},
            dark_text=code in theme.DARK_TEXT_ON,
        )
        for code, name in group_names(t, outcomes).items()
    ]
    return shares.figure(t, years, parts, chosen)
