"""The division codes of China, and reading the places that a name begins with.

Data, all under `data/`: `region.csv`, the statistical division codes as of 2023-06-30 (31 provinces, 342 cities, 2,978
counties, 41,352 townships); `place_alias.csv`, names that places bore until a year; `area_code.csv` and `postcode.csv`,
telephone and postal prefixes by place; `place_override.csv`, reviewed decisions. A code is text; its prefix of 2, 4, 6 or 9
digits is the province, city, county or township, so a parent is a prefix. Hong Kong, Macau and Taiwan are not in the list.

What does not belong here: weighing what a document says of its place (`place.py`).
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from .model import Region

LEVELS = {2: "province", 4: "city", 6: "county", 9: "township"}
PSEUDO_CITIES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""City-level entries of the code list that are no place of their own: the county reports to the province directly."""

_NO_NAMES = frozenset({"街道", "城南", "林场", "农场", "盐场"})
"""Entries of townships in the list that are words for any place."""

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|保安|裕固|独龙|各"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|维吾尔)+自治(.)")
_ZONE = re.compile(r"(?:开发|管理|工业园|产业园|示范|实验|食品|聚集|旅游创意园|新)区$")
_ZONE_SHORT = (
    ("高新技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
)
_ZONE_AT_HEAD = re.compile(r".{0,12}?(?:开发区|高新区|经开区|新区|示范区|园区|管理区)")
_STREET_OFFICE = re.compile(r"(.{2,8}?)(?:街道)?办事处")
_BODY = re.compile(
    r"^[^镇乡县市区旗]{2,}(?:局|厅|委|委员会|办公室|中心|院|政府|支队|大队|公司|银行|学校|中学|小学|大学|部|会)$"
)
_LONGEST_SHORT = 8
_REMEMBERED = 4_096
_NO_FORMER_NAMES = 9_999
"""A year in which no former name is in use any more."""
_NATIONAL_BODY = re.compile(r"(?:国家|中国|中共|国网|中华)")
"""A name that begins with the nation's bears its place further in: 国家税务总局正宁县税务局."""


class Override(NamedTuple):
    """A reviewed decision, a row of `place_override.csv`, on an organ or on the document whose bytes have this `sha256`.

    Blank `year`, `source` and `sha256` mean any; `source` may hold * and ?. Beside a `sha256` a blank `organ` means any as
    well, even one that nothing tells.
    """

    organ: str
    year: str
    source: str
    sha256: str
    region_code: str
    corrected_organ: str
    who: str
    why: str


class NamedPlace(NamedTuple):
    """The places at the head of an organ's name. `codes` are the bearers of the innermost one inside the outer ones.

    `rest` is the name behind them. `is_narrowed` says that the name itself gives a parent, `is_short` that the place is
    printed without its 县, 市 or 区.
    """

    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    rest: str = ""
    is_narrowed: bool = False
    is_short: bool = False


class Gazetteer:
    def __init__(
        self,
        regions: Iterable[tuple[str, str]],
        aliases: Iterable[tuple[str, str, int]] = (),
        area_codes: Iterable[tuple[str, str]] = (),
        postcodes: Iterable[tuple[str, str]] = (),
        overrides: Iterable[Override] = (),
    ) -> None:
        """`regions` are (code, name), `aliases` (name, code, last year of use), the others (prefix, code)."""
        self.names: dict[str, str] = dict(regions)
        # Tuples of text: forty thousand lists would be searched for garbage again and again.
        codes: dict[str, tuple[str, ...]] = {}
        for code, name in self.names.items():
            codes[name] = (*codes.get(name, ()), code)
        for name in PSEUDO_CITIES | _NO_NAMES:
            codes.pop(name, None)
        self._codes = codes
        self._former: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._other_names: dict[str, list[str]] = defaultdict(list)
        for name, code, until in aliases:
            self._former[name].append((code, until))
            self._other_names[code].append(name)
        self._short: dict[str, list[str]] = defaultdict(list)
        for code, name in self.names.items():
            if len(code) <= 6 and name not in PSEUDO_CITIES:
                self._add_shorter_names(code, name)
        self._longest = max(map(len, codes))
        self._reach: dict[str, int] = {}
        for name in (*codes, *self._former):
            if len(name) > self._reach.get(name[0], 0):
                self._reach[name[0]] = len(name)
        self.area_codes = _grouped(area_codes)
        self.postcodes = _grouped(postcodes)
        self._overrides: dict[str, list[Override]] = defaultdict(list)
        for override in overrides:
            self._overrides[override.sha256.lower() or override.organ].append(override)
        self._former_from = _grouped((name[0], name) for name in self._former)
        # The reports of one organ come one after the other: what its name says is worked out once.
        self._remembered_years = lru_cache(_REMEMBERED)(self._last_years)
        self._remembered_place = lru_cache(_REMEMBERED)(self._place_named_by)
        self._remembered_region = lru_cache(_REMEMBERED)(self._region)

    def _add_shorter_names(self, code: str, name: str) -> None:
        if match := _AUTONOMOUS.fullmatch(name):
            short, kind = match.groups()
            self._short[short].append(code)
            if kind != "区":
                self._codes[short + kind] = (*self._codes.get(short + kind, ()), code)
                self._other_names[code].append(short + kind)
        elif _ZONE.search(name):
            for long, brief in _ZONE_SHORT:
                if name.endswith(long):
                    shorter = name.removesuffix(long) + brief
                    self._codes[shorter] = (*self._codes.get(shorter, ()), code)
                    break
        elif (short := name.removesuffix("地区") if name.endswith("地区") else name[:-1]) and len(short) > 1:
            self._short[short].append(code)

    def region(self, code: str) -> Region:
        """The region of `code` with the names of its parents."""
        return self._remembered_region(code)

    def _region(self, code: str) -> Region:
        by_level = {level: self.names.get(code[:length]) for length, level in LEVELS.items() if length <= len(code)}
        if by_level.get("city") in PSEUDO_CITIES:
            by_level["city"] = None
        return Region(**by_level, code=code)

    def codes_of(self, name: str, year: int | None = None) -> tuple[str, ...]:
        """The places that bear `name` now or bore it in `year`; a name that no place bears now counts at any time."""
        now = self._codes.get(name, ())
        former = self._former.get(name)
        if not former:
            return now
        return (*now, *[code for code, until in former if not now or year is None or year <= until])

    def codes_of_short(self, name: str) -> Sequence[str]:
        """The provinces, cities and counties that `name` means when their 省, 市, 县 or 区 is left out."""
        return self._short.get(name, ())

    def names_of(self, code: str) -> list[str]:
        """Every full name of the place, the present one first; a pseudo city has none."""
        name = self.names[code]
        return [] if name in PSEUDO_CITIES else [name, *self._other_names.get(code, ())]

    def short_name(self, code: str) -> str | None:
        """The name without 省, 市, 县 or 区, where that leaves two characters or more."""
        name = self.names[code]
        match = _AUTONOMOUS.fullmatch(name)
        short = match[1] if match else name[:-1]
        return short if code in self._short.get(short, ()) else None

    def place_named_by(self, organ: str, year: int | None = None) -> NamedPlace:
        """The places that the organ's name gives, in whatever of these ways comes first: full names at its head, a short
        name at its head, a full name behind that of a national body."""
        if year is not None:
            # Between two years in which names went out of use every year reads an organ's name alike: most read it so always.
            last_years = self._remembered_years(organ)
            later = bisect_left(last_years, year)
            year = last_years[later] if later < len(last_years) else _NO_FORMER_NAMES
        return self._remembered_place(organ, year)

    def _last_years(self, organ: str) -> tuple[int, ...]:
        """The last years, in order, of the former names that the organ's name may give: they have no other characters than it
        has, but for a 街道 that is left out."""
        first_characters = set(organ)
        characters = first_characters | set("街道")
        names = (name for first in first_characters for name in self._former_from.get(first, ()))
        years = {until for name in names if characters.issuperset(name) for _, until in self._former[name]}
        return tuple(sorted(years))

    def _place_named_by(self, organ: str, year: int | None) -> NamedPlace:
        named = self._full_names(organ, 0, year)
        if named.codes:
            return named
        if short := self._short_name_at_head(organ, year):
            return short
        return self._place_of_national_body(organ, year) if _NATIONAL_BODY.match(organ) else NamedPlace(rest=organ)

    def _place_of_national_body(self, organ: str, year: int | None) -> NamedPlace:
        """The innermost of the places in a name like 国网甘肃省电力公司正宁县供电公司."""
        found = NamedPlace(rest=organ)
        for start in range(2, min(len(organ), 40)):
            named = self._full_names(organ, start, year)
            if named.codes and len(named.names[0]) > 2:
                inside = _inside(named.codes, found.codes) if found.codes else named.codes
                if inside:
                    found = named._replace(codes=tuple(inside))
        return found

    def _full_names(self, organ: str, start: int, year: int | None) -> NamedPlace:
        names: list[str] = []
        codes: Sequence[str] = ()
        is_narrowed = False
        while name := self._longest_name_at(organ, start):
            bearers: Sequence[str] = self.codes_of(name, year)
            if codes:
                inside = _inside(bearers, codes)
                if not inside:
                    break  # a place of that name elsewhere: the list does not know this one
                bearers, is_narrowed = inside, True
            names.append(name)
            codes = bearers
            start += len(name)
        rest = organ[start:]
        if inner := self._inner_place(names[-1] if names else "", codes, rest, year):
            printed, codes = inner
            is_narrowed = bool(names)
            names.append(printed)
            rest = rest[len(printed) :]
        return NamedPlace(tuple(names), tuple(_outermost(codes)), rest, is_narrowed)

    def _inner_place(
        self, outer: str, outer_codes: Sequence[str], rest: str, year: int | None
    ) -> tuple[str, Sequence[str]] | None:
        """A place printed in other words than the list's: a development zone without its city's name (洛阳市高新区), a
        sub-district without 街道 (城南办事处). Its printed name and its codes."""
        if match := _STREET_OFFICE.match(rest):
            bearers: Sequence[str] = self.codes_of(f"{match[1]}街道", year)
            if bearers := _inside(bearers, outer_codes) if outer_codes else bearers:
                return match[1], bearers
        elif outer and (match := _ZONE_AT_HEAD.match(rest)):
            for name in (outer[:-1] + match[0], outer + match[0]):
                if bearers := _inside(self.codes_of(name, year), outer_codes):
                    return match[0], bearers
        return None

    def _short_name_at_head(self, organ: str, year: int | None) -> NamedPlace | None:
        """正宁教育局, 彭阳白阳镇: a short name counts only before a township inside it or before the name of a body."""
        for end in range(min(len(organ) - 1, _LONGEST_SHORT), 1, -1):
            outer = list(self.codes_of_short(organ[:end]))
            if not outer:
                continue
            inner = self._longest_name_at(organ, end)
            if inner and (inside := _inside(self.codes_of(inner, year), outer)):
                rest = organ[end + len(inner) :]
                return NamedPlace((organ[:end], inner), tuple(_outermost(inside)), rest, True, True)
            if _BODY.search(organ[end:]) or _ZONE_AT_HEAD.match(organ[end:]):
                return NamedPlace((organ[:end],), tuple(_outermost(outer)), organ[end:], False, True)
        return None

    def _longest_name_at(self, text: str, start: int) -> str | None:
        codes, former = self._codes, self._former
        for end in range(min(len(text), start + self._reach.get(text[start : start + 1], 0)), start + 1, -1):
            name = text[start:end]
            if name in codes or name in former:
                return name
        return None

    def place_ending_at(self, text: str, end: int) -> str | None:
        """The longest full name of a city or county that ends at `end` of the text."""
        for start in range(max(0, end - self._longest), end - 1):
            name = text[start:end]
            if any(len(code) in (4, 6) for code in self.codes_of(name)):
                return name
        return None

    def override(self, organ: str | None, year: int | None, source: str, sha256: str) -> Override | None:
        """The reviewed decision on this report: one that names its document before one that names its organ, each kind in the
        order of the file."""
        decisions: list[Override] = [
            *self._overrides.get(sha256, ()),
            *(self._overrides.get(organ, ()) if organ else ()),
        ]
        for override in decisions:
            if (
                override.organ in ("", organ)
                and override.year in ("", str(year))
                and fnmatchcase(source, override.source or "*")
            ):
                return override
        return None


def _inside(codes: Iterable[str], outer: Sequence[str]) -> list[str]:
    prefixes = tuple(outer)
    return [code for code in codes if code.startswith(prefixes) and code not in prefixes]


def _outermost(codes: Sequence[str]) -> list[str]:
    """Without places inside a bearer of the same name: 东莞市 is a city and, in the list, its own only county."""
    if len(codes) < 2:
        return list(codes)
    return [code for code in codes if not any(code != other and code.startswith(other) for other in codes)]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for prefix, code in pairs:
        grouped.setdefault(prefix, []).append(code)
    return grouped


def _rows(name: str) -> list[list[str]]:
    return list(csv.reader(files(__package__).joinpath(f"data/{name}.csv").read_text(encoding="utf-8").splitlines()))[
        1:
    ]


@cache
def default_gazetteer() -> Gazetteer:
    """The gazetteer of the package's own data, read once per process."""
    return Gazetteer(
        ((code, name) for code, name in _rows("region")),
        ((name, code, int(until)) for name, code, until, _ in _rows("place_alias")),
        ((prefix, code) for prefix, code in _rows("area_code")),
        ((prefix, code) for prefix, code in _rows("postcode")),
        (Override(*row) for row in _rows("place_override")),
    )
