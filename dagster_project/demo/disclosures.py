"""What an issuer discloses of its own accord over the years: table 2, with stocks that follow from the year's changes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from .draw import binomial, poisson
from .profile import Profile

_RENEWED = 0.06
_REPEALED = 0.045


@dataclass(frozen=True)
class Documents:
    """Rules or normative documents of one year; in_force = last year's in_force + issued - repealed."""

    issued: int
    repealed: int
    in_force: int


@dataclass(frozen=True)
class Items:
    """The list of an activity's items: how many last year, and by how many it changed."""

    previous: int
    change: int


@dataclass(frozen=True)
class DisclosureYear:
    """Table 2 of one year in what either form asks for; money in 万元."""

    documents: dict[str, Documents]
    items: dict[str, Items]
    decisions: dict[str, int]
    fees: Decimal
    projects: int
    procurement: Decimal


def simulate_disclosures(rng: Random, profile: Profile, years: int) -> list[DisclosureYear]:
    """Consecutive years of table 2."""
    # Some finance offices report to the yuan, others to two decimals.
    cent = Decimal("0.0001") if rng.random() < 0.6 else Decimal("0.01")
    in_force = {"rules": profile.rules, "normative_documents": profile.documents}
    items = {
        "licences": profile.licence_items,
        "other_services": profile.licence_items // 2,
        "penalties": profile.penalty_items,
        "coercive_measures": profile.penalty_items // 14,
        "fees": profile.fee_items,
    }
    yearly = {
        "licences": profile.licences,
        "other_services": profile.services,
        "penalties": profile.penalties,
        "coercive_measures": profile.coercive,
    }
    history = []
    for index in range(years):
        trend = 1.03**index
        documents = {code: _documents(rng, stock) for code, stock in in_force.items()}
        lists = {code: Items(count, _change(rng, count)) for code, count in items.items()}
        history.append(
            DisclosureYear(
                documents,
                lists,
                {code: poisson(rng, mean * trend * rng.lognormvariate(0, 0.12)) for code, mean in yearly.items()},
                _money(rng, profile.fees * trend, cent),
                poisson(rng, profile.procurement / 90),
                _money(rng, profile.procurement * trend, cent),
            )
        )
        in_force = {code: after.in_force for code, after in documents.items()}
        items = {code: after.previous + after.change for code, after in lists.items()}
    return history


def _documents(rng: Random, stock: int) -> Documents:
    issued = poisson(rng, stock * _RENEWED)
    repealed = binomial(rng, stock, _REPEALED)
    return Documents(issued, repealed, stock + issued - repealed)


def _change(rng: Random, count: int) -> int:
    return max(-count, round(rng.gauss(0, 0.03 * count))) if rng.random() < 0.6 else 0


def _money(rng: Random, mean: float, cent: Decimal) -> Decimal:
    amount = Decimal(mean * rng.lognormvariate(0, 0.15)).quantize(cent)
    # Trailing zeros go: 12.3400 is printed as 12.34, and 0.0000 as 0.
    return amount.normalize() if amount != amount.to_integral_value() else amount.quantize(Decimal(1))
