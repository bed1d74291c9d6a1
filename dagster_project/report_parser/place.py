"""The place that an organ serves, told from places of the same name by what is known of the document.

The organ's own name goes first, then what the text says, then where the file lay. What decides is one table, `WEIGHTS`. Where
the evidence does not decide, the region is empty and the candidates are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from .gazetteer import Gazetteer, NamedPlace
from .model import Region

WEIGHTS: dict[str, dict[int, int]] = {
    # evidence: points by the level of the parent it speaks for (6 county, 4 city, 2 province)
    "office": {6: 12, 4: 5, 2: 2},  # the text names its government: 正宁县人民政府门户网站
    "prose": {6: 8, 4: 4, 2: 1},  # the text names the place
    "telephone": {6: 3, 4: 3, 2: 3},  # an area code in the text
    "postcode": {6: 3, 4: 3, 2: 1},
    "folder": {6: 3, 4: 2, 2: 1},  # the file lay in a folder of that name, or the sidecar's organ bears it
    "account": {6: 2, 4: 1, 2: 0},  # the text names an account or a page of it: 云上孟津, 正宁发布, 甘肃政务服务网-正宁
}
"""A county named in the text outweighs everything but another one: all folders together weigh less."""

_EVERYDAY = frozenset(
    {
        "城区",
        "郊区",
        "矿区",
        "东区",
        "西区",
        "南山区",
        "东山区",
        "中山区",
        "平山区",
        "港口区",
        "新市区",
        "新城区",
        "老城区",
        "市中区",
        "城中区",
    }
)
"""District names that are everyday words or the tail of other names: evidence only where they stand by themselves."""
_ALONE = r"(?:^|[^\u4e00-\u9fff]|通过|依托|登录|按照|根据|[在由对向据])"
_OFFICE = ("人民政府", "政府", "县委", "区委", "市委", "委")
_ACCOUNT = "(?:云上{0}|服务网-{0}|{0}(?:发布|融媒|政务|公安|政府网|微))"
_TELEPHONE = re.compile(r"(?<!\d)(0(?:10|2\d|[3-9]\d\d))[-—－ )]{1,2}\d{7,8}(?!\d)")
_POSTCODE = re.compile(r"(?:邮编|邮政编码|邮码)\s{0,3}:?\s{0,3}(\d{6})(?!\d)")
_COUNTY_END = re.compile("[县区市旗]")
_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_MAX_TEXT = 200_000
_MAX_SCAN = 20_000
_MAX_GOVERNMENTS = 60
_DECIDES = 2
"""The least evidence that gives a place to an organ whose name has none: two levels of folders, or more."""


@dataclass(eq=False)
class Surroundings:
    """What is known of a document beside the organ's name. `text` is folded, `source` the file's path."""

    text: str
    source: str
    sidecar_organ: str | None
    gazetteer: Gazetteer

    def points(self, code: str) -> int:
        """How strongly all this speaks for the place `code` itself, not for its parents."""
        level, total = len(code), 0
        names = self.gazetteer.names_of(code)
        if any(self.has_office(name) for name in names):
            total += WEIGHTS["office"][level]
        elif any(self.has_name(name) for name in names):
            total += WEIGHTS["prose"][level]
        elif self._has_account(code):
            total += WEIGHTS["account"][level]
        total += WEIGHTS["telephone"][level] * (code in self._telephone)
        total += WEIGHTS["postcode"][level] * (code in self._postcode)
        total += WEIGHTS["folder"][level] * (code in self.folders)
        return total

    def has_name(self, name: str) -> bool:
        """Whether the text speaks of a place of this full name. Short and everyday names must stand by themselves."""
        if name not in self._clipped:
            return False
        return not _needs_room(name) or re.search(f"{_ALONE}{name}", self._clipped) is not None

    def has_office(self, name: str) -> bool:
        return self.has_name(name) and any(f"{name}{office}" in self._clipped for office in _OFFICE)

    def _has_account(self, code: str) -> bool:
        short = self.gazetteer.short_name(code)
        return bool(short and short in self._clipped and re.search(_ACCOUNT.format(short), self._clipped))

    @cached_property
    def _clipped(self) -> str:
        return self.text if len(self.text) <= _MAX_TEXT else self.text[:_MAX_TEXT]

    @cached_property
    def _telephone(self) -> frozenset[str]:
        prefixes = {match[1] for match in islice(_TELEPHONE.finditer(self._clipped), 20)}
        return frozenset(code for prefix in prefixes for code in self.gazetteer.area_codes.get(prefix, ()))

    @cached_property
    def _postcode(self) -> frozenset[str]:
        codes = {match[1] for match in islice(_POSTCODE.finditer(self._clipped), 20)}
        prefixes = {code[:length] for code in codes for length in (2, 3)}
        return frozenset(code for prefix in prefixes for code in self.gazetteer.postcodes.get(prefix, ()))

    @cached_property
    def folders(self) -> frozenset[str]:
        """The places that the folders, the file's name and the sidecar's organ give, each inside the one before it."""
        parts = self.source.replace("\\", "/").split("/")
        codes = self._nested(part for folder in parts[-8:] for part in _HAN.split(folder) if part)
        return frozenset((*codes, *self._nested([self.sidecar_organ] if self.sidecar_organ else [])))

    def _nested(self, words: Iterable[str]) -> list[str]:
        found: list[str] = []
        scope: list[str] = []
        for word in words:
            named = self.gazetteer.place_named_by(word)
            codes = list(named.codes) if not named.is_short else []
            codes = codes or list(self.gazetteer.codes_of_short(word))
            if codes and len(codes[0]) == 9 and not named.is_narrowed:
                continue  # the township's own name again: it tells nothing of its county
            inside = [code for code in codes if code.startswith(tuple(scope))] if scope else codes
            if inside:
                found += (code[:length] for code in inside for length in (2, 4, 6) if length <= len(code))
                scope = inside
        return found

    @cached_property
    def folder_counties(self) -> frozenset[str]:
        return frozenset(code for code in self.folders if len(code) == 6)

    def speaks_of_counties(self) -> bool:
        """Whether the beginning of the text names any county at all."""
        scanned = self._clipped[:_MAX_SCAN]
        for match in _COUNTY_END.finditer(scanned):
            name = self.gazetteer.place_ending_at(scanned, match.end())
            if name and any(len(code) == 6 for code in self.gazetteer.codes_of(name)) and self.has_name(name):
                return True
        return False

    def seats_of(self, organ: str) -> set[str]:
        """The cities and counties whose governments the text speaks of, or whose `organ` it names in full: 住建局 of 安阳县住建局."""
        place_before = re.compile(rf"[县区市旗州盟](?=(?:人民)?政府|{re.escape(organ)})")
        found = islice(place_before.finditer(self._clipped), _MAX_GOVERNMENTS)
        names = {self.gazetteer.place_ending_at(self._clipped, match.end()) for match in found}
        return {code for name in names if name and self.has_name(name) for code in self.gazetteer.codes_of(name)}


class Resolution(NamedTuple):
    """`region` is empty where the evidence does not decide; `candidates` then lists the codes that remain possible."""

    region: Region
    candidates: tuple[str, ...] = ()


def resolve_place(named: NamedPlace, surroundings: Surroundings) -> Resolution:
    """The place of an organ whose name gives the places `named`.

    A parent in the name decides first, then a county that the text names, then the points of `WEIGHTS`. A township that is
    alone in bearing its name is still left open when everything speaks of other counties, for the list may be younger than
    the report.
    """
    gazetteer = surroundings.gazetteer
    candidates = named.codes
    if not candidates:
        return _place_of_nameless(named.rest, surroundings)
    if len(candidates) == 1 and (named.is_narrowed or (len(candidates[0]) < 9 and not named.is_short)):
        return Resolution(gazetteer.region(candidates[0]))
    if len(candidates[0]) == 9:
        counties = {code[:6] for code in candidates}
        spoken = [
            county for county in counties if any(surroundings.has_name(name) for name in gazetteer.names_of(county))
        ]
        if len(spoken) == 1:
            inside = [code for code in candidates if code.startswith(spoken[0])]
            if len(inside) == 1:
                return Resolution(gazetteer.region(inside[0]))
    scores = _scores(candidates, surroundings)
    best = max(scores.values())
    winners = [code for code, score in scores.items() if score == best]
    if (
        len(winners) == 1
        and (best > 0 or len(candidates) == 1)
        and not _is_elsewhere(winners[0], named, best, surroundings)
    ):
        return Resolution(gazetteer.region(winners[0]))
    return Resolution(Region(), tuple(sorted(winners)))


def _scores(candidates: Sequence[str], surroundings: Surroundings) -> dict[str, int]:
    """The points of the places above each candidate."""
    points: dict[str, int] = {}
    scores = {}
    for code in candidates:
        above = [code[:length] for length in (2, 4, 6) if length < len(code)]
        for parent in above:
            if parent not in points:
                points[parent] = surroundings.points(parent)
        scores[code] = sum(points[parent] for parent in above)
    return scores


def _is_elsewhere(code: str, named: NamedPlace, score: int, surroundings: Surroundings) -> bool:
    """Whether everything that names a county names another one than that of the township `code`, or than the place `code`
    whose short name the organ bears."""
    if len(code) < 9:
        return named.is_short and score + surroundings.points(code) == 0 and surroundings.speaks_of_counties()
    if surroundings.folder_counties:
        return code[:6] not in surroundings.folder_counties and score < WEIGHTS["prose"][4]
    return score == 0 and surroundings.speaks_of_counties()


def _place_of_nameless(organ: str, surroundings: Surroundings) -> Resolution:
    """The county, else the city, whose `organ` or government the text speaks of or in whose folder the file lay: 教育局, 城关小学."""
    known = surroundings.seats_of(organ) | set(surroundings.folders)
    for length in (6, 4, 2):
        scores = {
            code: score + surroundings.points(code)
            for code, score in _scores([code for code in known if len(code) == length], surroundings).items()
        }
        if scores:
            best = max(scores.values())
            winners = sorted(code for code, score in scores.items() if score == best)
            if len(winners) == 1 and best >= _DECIDES:
                return Resolution(surroundings.gazetteer.region(winners[0]))
            return Resolution(Region(), tuple(winners))
    return Resolution(Region())


def _needs_room(name: str) -> bool:
    return len(name) == 2 or name in _EVERYDAY
