"""Who applied, by year: the six kinds of applicants of the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..data.overview import ApplicationYear
from ..data.release import Row
from ..i18n import Translator
from . import shares, theme

_WHITE_TEXT = "natural_person"


def figure(
    t: Translator, years: Sequence[ApplicationYear], applicants: Sequence[Row], chosen: int | None
) -> dict[str, Any]:
    """`applicants` are those of APPLICANTS; `chosen` is the year to set off, None for none."""
    names = {row["applicant_code"]: row[f"applicant_{t.language}"] for row in applicants}
    parts = [
        shares.Series(
            names[code],
            colour,
            {row["year"]: row["value"] for row in applicants if row["applicant_code"] == code},
            dark_text=code != _WHITE_TEXT,
        )
        for code, colour in theme.APPLICANTS.items()
        if code in names
    ]
    return shares.figure(t, years, parts, chosen)
