"""Who files: governments, departments, towns and streets at real places, in the order in which a corpus takes them in.

The order spreads the first issuers over every province and then clusters: some cities and counties come with most of their
towns, so that drilling down finds something, while others have a single report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from dagster_project.report_parser.gazetteer import LEVELS, PSEUDO_CITIES, Gazetteer, default_gazetteer
from dagster_project.report_parser.model import Region

BUREAUS = (
    "教育局",
    "自然资源局",
    "住房和城乡建设局",
    "人力资源和社会保障局",
    "卫生健康局",
    "农业农村局",
    "市场监督管理局",
    "交通运输局",
    "民政局",
    "财政局",
    "应急管理局",
    "水务局",
)
"""Departments of counties and cities."""

_PROVINCIAL_OFFICES = ("教育厅", "自然资源厅", "住房和城乡建设厅", "民政厅", "财政厅", "交通运输厅")
_MUNICIPAL_OFFICES = ("教育委员会", "住房和城乡建设委员会", "民政局", "财政局")

_TAKEN_FIRST = 4
"""So many issuers of every province come before the clusters fill up."""

_WEIGHTS: dict[str, float] = {"province": 1_200.0, "city": 120.0, "county": 4.0, "township": 1.0}
_DEPARTMENT_WEIGHTS: dict[str, float] = {"province": 60.0, "city": 6.0, "county": 0.25}
"""How readily an organ of a level comes in, against a town in the same cluster. Upper levels are few and would else be lost
among the towns."""

_HEAVIEST = 60.0
"""Bound of a cluster's weight, so that no single county swallows the corpus."""

_REAL_TOWNSHIP = re.compile(r"\w{1,}(?:镇|乡|街道|苏木)")
_ECONOMIC_ZONES = range(70, 81)
"""County digits that the statistical list gives to development zones, which are no division of their own."""


@dataclass(frozen=True)
class Issuer:
    """An organ that files a report every year.

    `organ` is its name as it prints it, `region` the place it governs and `level` that place's level in the gazetteer.
    `department` is the name without the place, or None for a government or street office. `hides_county`: its reports name no
    place above it, so that only the folder they lie in tells which of several namesakes it is.
    """

    organ: str
    level: str
    region: Region
    department: str | None = None
    hides_county: bool = False

    @property
    def key(self) -> str:
        """A name for the issuer's random streams, unlike that of any other issuer."""
        return f"{self.region.code}/{self.organ}"

    @property
    def is_street(self) -> bool:
        return self.department is None and self.organ.endswith("街道办事处")


def issuers_in_order(seed: int) -> Iterator[Issuer]:
    """Every organ that can file, in the order in which the corpus of `seed` takes them in."""
    rng = Random(f"{seed}/organs")
    gazetteer = default_gazetteer()
    places = _Places(gazetteer)
    ranked = sorted(_candidates(rng, places))
    first: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    taken: Counter[str] = Counter()
    for _, code, department in ranked:
        taken[code[:2]] += 1
        (first if taken[code[:2]] <= _TAKEN_FIRST else rest).append((code, department))
    for code, department in first + rest:
        yield places.issuer(rng, code, department)


def _candidates(rng: Random, places: _Places) -> Iterator[tuple[float, str, str]]:
    """(rank, place, department or ""): the least rank comes first. Ranks are exponential draws, so that an organ twice as
    heavy is twice as likely to come next."""
    weights: dict[str, float] = {}
    for code in places.names:
        # A county inherits the weight of its city, a city that of its province: this is what makes the clusters.
        level = LEVELS[len(code)]
        if level == "township":
            weight = weights[code[:6]]
        else:
            weight = weights.get(code[:-2], 1.0) * min(_HEAVIEST, rng.paretovariate(0.9))
            weights[code] = weight
        if not places.can_be_named(code):
            continue
        yield rng.expovariate(weight * _WEIGHTS[level]), code, ""
        for department in places.departments(code):
            yield rng.expovariate(weight * _DEPARTMENT_WEIGHTS[level]), code, department


class _Places:
    """The places of the gazetteer that can be told apart by the names their reports print."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.names = gazetteer.names
        self._bearers = Counter(self.names.values())
        self._bearers_in_county = Counter(
            (self.names[code[:6]], name) for code, name in self.names.items() if len(code) == 9
        )

    def can_be_named(self, code: str) -> bool:
        name, level = self.names[code], LEVELS[len(code)]
        if len(code) >= 6 and int(code[4:6]) in _ECONOMIC_ZONES:
            return False
        if level == "township":
            return bool(_REAL_TOWNSHIP.fullmatch(name)) and self._bearers_in_county[self.names[code[:6]], name] == 1
        if level == "county":
            return name[-1] in "县区市旗" and name != self.names[code[:4]]
        return name not in PSEUDO_CITIES and self._bearers[name] == 1

    def departments(self, code: str) -> tuple[str, ...]:
        match LEVELS[len(code)]:
            case "township":
                return ()
            case "province":
                return _MUNICIPAL_OFFICES if self.names[code].endswith("市") else _PROVINCIAL_OFFICES
        return BUREAUS

    def issuer(self, rng: Random, code: str, department: str) -> Issuer:
        name, level = self.names[code], LEVELS[len(code)]
        region = self._gazetteer.region(code)
        # Drawn for every issuer, needed or not, so that one issuer's name never shifts another's draws.
        names_county = rng.random() < 0.7
        if level == "township":
            place = f"{region.county}{name}" if names_county else name
        elif level == "county" and self._bearers[name] > 1:
            place = f"{region.city or region.province}{name}"
        else:
            place = name
        return Issuer(f"{place}{department or office(name)}", level, region, department or None)


def office(place: str) -> str:
    """What the government of a place is called."""
    if place.endswith("街道"):
        return "办事处"
    return "行政公署" if place.endswith(("地区", "盟")) else "人民政府"
