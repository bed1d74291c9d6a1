"""The years that a reader can choose from."""

from __future__ import annotations

from .release import Release

_YEARS = "select distinct year from dim_report where is_current order by year desc"


def years(release: Release) -> tuple[int, ...]:
    """The years that have reports, latest first."""
    return tuple(row["year"] for row in release.rows(_YEARS))
