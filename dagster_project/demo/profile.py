"""How much an issuer has to do: the sizes that its figures of all years are drawn around."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .draw import size
from .organs import Issuer

_BUSY_BUREAUS = ("自然资源", "住房和城乡建设", "农业农村")
"""Land, houses and fields: what most applications are about."""
_LICENSING = ("自然资源", "住房和城乡建设", "市场监督", "交通运输", "卫生健康", "农业农村", "水务")
_PENALISING = ("自然资源", "市场监督", "交通运输", "卫生健康", "应急管理", "农业农村", "水务", "住房和城乡建设")
_CHARGING = ("自然资源", "教育", "水务", "人力资源")


@dataclass(frozen=True)
class Profile:
    """Yearly sizes of one issuer; 0 where it never does such a thing.

    Counts are expected ones in the first year, `fees` and `procurement` in 万元, `growth` the yearly share by which
    applications grow, `rules` and `documents` the stock in force at the start.
    """

    applications: float
    growth: float
    rules: int
    documents: int
    licences: float
    services: float
    penalties: float
    coercive: float
    fees: float
    fee_items: int
    licence_items: int
    penalty_items: int
    procurement: float


def draw_profile(rng: Random, issuer: Issuer) -> Profile:
    """The profile of `issuer`: near nothing in a township, much in a city, in between in a department."""
    growth = min(0.16, max(-0.04, rng.gauss(0.06, 0.035)))
    if issuer.department is not None:
        return _department(rng, issuer.level, issuer.department, growth)
    if issuer.level == "township":
        return _township(rng, issuer.is_street, growth)
    scale = {"county": 1.0, "city": 6.0, "province": 45.0}[issuer.level]
    # The offices of 地区 and 盟 have no power to make them.
    has_rules = issuer.level != "county" and not str(getattr(issuer.region, issuer.level)).endswith(("地区", "盟"))
    return Profile(
        applications=size(rng, 190 * scale, 0.6, 80 * scale, 900 * scale),
        growth=growth,
        rules=rng.randint(8, 40) + (60 if issuer.level == "province" else 0) if has_rules else 0,
        documents=round(size(rng, 70 * scale**0.4, 0.4, 15, 900)),
        licences=size(rng, 9_000 * scale, 0.8, 800, 4_000_000),
        services=size(rng, 20_000 * scale, 0.8, 900, 6_000_000),
        penalties=size(rng, 1_900 * scale, 0.7, 120, 900_000),
        coercive=size(rng, 130 * scale, 0.8, 5, 60_000),
        fees=size(rng, 2_600 * scale, 0.8, 90, 900_000),
        fee_items=rng.randint(12, 48),
        licence_items=rng.randint(180, 360),
        penalty_items=rng.randint(1_500, 4_200),
        procurement=size(rng, 6_000 * scale, 0.7, 200, 900_000),
    )


def _township(rng: Random, is_street: bool, growth: float) -> Profile:
    receives = rng.random() < (0.5 if is_street else 0.25)
    licenses = rng.random() < 0.25
    penalises = rng.random() < 0.3
    return Profile(
        applications=size(rng, 2.5 if is_street else 1.0, 0.7, 0.3, 12) if receives else 0.0,
        growth=growth,
        rules=0,
        documents=rng.randint(1, 9) if rng.random() < 0.2 else 0,
        licences=size(rng, 14, 0.9, 1, 120) if licenses else 0.0,
        services=size(rng, 40, 0.9, 2, 400) if rng.random() < 0.2 else 0.0,
        penalties=size(rng, 5, 0.9, 0.5, 80) if penalises else 0.0,
        coercive=size(rng, 1, 0.6, 0.2, 6) if penalises and rng.random() < 0.2 else 0.0,
        fees=0.0,
        fee_items=0,
        licence_items=rng.randint(2, 14) if licenses else 0,
        penalty_items=rng.randint(3, 40) if penalises else 0,
        procurement=size(rng, 60, 0.8, 3, 400) if rng.random() < 0.25 else 0.0,
    )


def _department(rng: Random, level: str, department: str, growth: float) -> Profile:
    scale = {"county": 1.0, "city": 3.0, "province": 9.0}[level]
    busy = department.startswith(_BUSY_BUREAUS)
    licenses = department.startswith(_LICENSING)
    penalises = department.startswith(_PENALISING)
    charges = department.startswith(_CHARGING)
    return Profile(
        applications=size(rng, (11 if busy else 3.5) * scale, 0.7, 0.4 * scale, 30 * scale),
        growth=growth,
        rules=0,
        documents=rng.randint(2, 18) if rng.random() < 0.6 else 0,
        licences=size(rng, 260 * scale, 0.9, 8, 3_000 * scale) if licenses else 0.0,
        services=size(rng, 120 * scale, 0.9, 5, 2_000 * scale) if rng.random() < 0.5 else 0.0,
        penalties=size(rng, 60 * scale, 0.9, 2, 900 * scale) if penalises else 0.0,
        coercive=size(rng, 6 * scale, 0.8, 0.5, 90 * scale) if penalises and rng.random() < 0.6 else 0.0,
        fees=size(rng, 120 * scale, 1.0, 1, 4_000 * scale) if charges else 0.0,
        fee_items=rng.randint(1, 7) if charges else 0,
        licence_items=rng.randint(3, 40) if licenses else 0,
        penalty_items=rng.randint(20, 420) if penalises else 0,
        procurement=size(rng, 300 * scale, 0.9, 8, 9_000 * scale) if rng.random() < 0.7 else 0.0,
    )
