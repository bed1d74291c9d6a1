"""The catalogue of indicators: what each one is made of."""

from __future__ import annotations

from dataclasses import dataclass

from .release import Release

_INDICATORS = "select * exclude (sort_order) from dim_indicator order by sort_order"


@dataclass(frozen=True)
class Indicator:
    """A row of dim_indicator. `unit` is that of the numerator and the denominator; `direction` says which way is better: higher, lower, neutral."""

    indicator_code: str
    name_zh: str
    name_en: str
    definition_zh: str
    definition_en: str
    formula: str
    unit: str
    direction: str
    is_share: bool


def indicators(release: Release) -> tuple[Indicator, ...]:
    """In the catalogue's order."""
    return tuple(Indicator(**row) for row in release.rows(_INDICATORS))
