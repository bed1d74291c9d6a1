"""How a number is written: thousands separators, no trailing zeros, a minus sign that is one, and a dash for "no number"."""

from __future__ import annotations

from decimal import Decimal

MISSING = "—"
SMALLEST_DENOMINATOR = 30
"""Below this many cases a rate says nothing and is not shown as one."""


def written(value: Decimal | int | None) -> str:
    if value is None:
        return MISSING
    number = Decimal(value)
    return _with_minus(f"{int(number):,}" if number == number.to_integral_value() else f"{number.normalize():,f}")


def compact(value: Decimal | int | None, language: str) -> str:
    """For the narrow space at an axis: from 10,000 on in 万 and 亿, or in thousands and millions, rounded."""
    if value is None or value < 10_000:
        return written(value)
    number = Decimal(value)
    if language == "zh":
        if number >= 100_000_000:
            return f"{number / 100_000_000:.1f}亿"
        return f"{number / 10_000:.1f}万" if number < 1_000_000 else f"{number / 10_000:.0f}万"
    return f"{number / 1_000:.0f}k" if number < 1_000_000 else f"{number / 1_000_000:.1f}m"


def money(value: Decimal, language: str) -> str:
    """An amount in 万元 where there is little room, rounded: from 10,000 on in 亿元; in English in millions or billions of yuan."""
    if language == "zh":
        return f"{value:,.0f}" if abs(value) < 10_000 else f"{value / 10_000:,.1f}亿"
    return f"{value / 100:,.1f}m" if abs(value) < 100_000 else f"{value / 100_000:,.1f}bn"


def percent(numerator: Decimal | int, denominator: Decimal | int, *, signed: bool = False) -> str:
    """One decimal. The denominator must not be 0."""
    share = 100 * Decimal(numerator) / Decimal(denominator)
    return _with_minus(f"{share:+.1f}%" if signed else f"{share:.1f}%")


def _with_minus(number: str) -> str:
    """As charts and tables write it, too: a hyphen is narrower than a plus, and a line may break after it."""
    return number.replace("-", "−")


def plain(value: Decimal | None) -> int | float | None:
    """For a chart or a grid, which know no decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
