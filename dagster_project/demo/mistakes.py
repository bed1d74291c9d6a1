"""One slip of the pen: a single printed cell altered after the fact, so that some hard rule breaks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from dagster_project.report_parser.form import TOTAL, CellName, FormVersion

from .figures import Figure
from .identities import Broken, broken_rules
from .printing import PrintedCell, Typography

SHARE = 0.03
"""Share of the reports that get a slip."""

_ATTEMPTS = 50


def plant(
    rng: Random, version: FormVersion, cells: Mapping[CellName, PrintedCell], typography: Typography
) -> tuple[dict[CellName, PrintedCell], list[Broken]]:
    """`cells` with one number altered, and every rule that breaks thereby.

    An attempt that no rule could see (an unknown neighbour takes up the difference) is drawn anew.
    """
    for _ in range(_ATTEMPTS):
        kind = rng.choices(("total", "leaf", "dispute", "domain"), (45, 25, 15, 15))[0]
        pool = [(name, cell.value) for name, cell in cells.items() if cell.value is not None and _fits(kind, name)]
        used = [(name, value) for name, value in pool if value]
        if not pool:
            continue
        name, value = rng.choice(used if used and rng.random() < 0.7 else pool)
        wrong = _outside_domain(rng, value) if kind == "domain" else _wrong(rng, value)
        altered = {**cells, name: typography.cell(name, wrong)}
        if broken := broken_rules(version, altered):
            return altered, broken
    return dict(cells), []


def _fits(kind: str, name: CellName) -> bool:
    table, row, column = name
    match kind:
        case "total":
            return table == "application" and (column == TOTAL.code or row == "processed_total")
        case "leaf":
            return table == "application" and column != TOTAL.code
        case "dispute":
            return table == "dispute"
    return table == "application" or (row, column) in {("penalties", "decisions"), ("licences", "decisions")}


def _wrong(rng: Random, value: Figure) -> Figure:
    """A count that is plausible and not `value`: one off, digits swapped, a digit doubled, forgotten."""
    choices: list[Figure] = [value + 1, value + rng.randint(2, 9)]
    if value:
        choices += [value - 1, value * 10, 0]
    digits = str(value)
    swapped = int(digits[1] + digits[0] + digits[2:]) if len(digits) > 1 else value
    if swapped != value:
        choices.append(swapped)
    return rng.choice(choices)


def _outside_domain(rng: Random, value: Figure) -> Figure:
    """No count at all: a fraction, or less than nothing."""
    return value + Decimal("0.5") if rng.random() < 0.6 else -(value or 1)
