"""Wilson's 95 % interval in SQL, as mart_indicator has it, for figures that are summed by a selection only."""

from __future__ import annotations

from typing import Literal

_Z = 1.959963984540054


def bound(numerator: str, denominator: str, which: Literal["low", "high"]) -> str:
    """An expression for a bound of the share numerator / denominator; null where there are no cases. The arguments are SQL of our own."""
    sign = "-" if which == "low" else "+"
    n, x = f"({denominator})::double", f"({numerator})::double"
    root = f"{_Z} * sqrt({_Z * _Z} + 4 * {x} * (1 - least({x} / {n}, 1)))"
    return (
        f"case when {n} > 0 and {x} between 0 and {n} then "
        f"least(1, greatest(0, (2 * {x} + {_Z * _Z} {sign} {root}) / (2 * ({n} + {_Z * _Z})))) end"
    )
