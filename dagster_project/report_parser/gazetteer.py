"""The division codes of China, and finding the place that a report speaks of.

Data: `data/region.csv`, the statistical division codes as of 2023-06-30 (31 provinces, 342 cities, 2,978 counties, 41,352
townships). A code is text; its prefix of 2, 4, 6 or 9 digits is the province, city, county or township, so a parent is a
prefix. Hong Kong, Macau and Taiwan are not in the list.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .model import Region

LEVELS = {2: "province", 4: "city", 6: "county", 9: "township"}
PSEUDO_CITIES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""City-level entries of the code list that are no place of their own: the county reports to the province directly."""

_PLACE_ENDINGS = frozenset("省市区县旗州盟")
_COMMON_WORDS = frozenset({"城区", "郊区", "矿区"})
"""Real district names that are also everyday words: no evidence when they stand in prose."""


@dataclass(frozen=True)
class Resolution:
    """`region` is empty where the evidence does not decide; `candidates` then lists the codes that remain possible."""

    region: Region
    candidates: tuple[str, ...] = ()


class Gazetteer:
    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self.names: dict[str, str] = dict(rows)
        self._codes: dict[str, list[str]] = defaultdict(list)
        for code, name in self.names.items():
            if name not in PSEUDO_CITIES:
                self._codes[name].append(code)
        self._longest = max(map(len, self._codes))

    def region(self, code: str) -> Region:
        """The region of `code` with the names of its parents."""
        by_level = {level: self.names.get(code[:length]) for length, level in LEVELS.items() if length <= len(code)}
        if by_level.get("city") in PSEUDO_CITIES:
            by_level["city"] = None
        return Region(**by_level, code=code)

    def leading_places(self, organ: str) -> list[str]:
        """The place names an organ's name begins with, outermost first: 灵武市临河镇人民政府 → [灵武市, 临河镇]."""
        places, start = [], 0
        while name := self._longest_name_at(organ, start):
            places.append(name)
            start += len(name)
        return places

    def resolve(self, organ: str, text: str) -> Resolution:
        """The place of `organ`, told apart from places of the same name by what `text` mentions.

        The parents named in the organ's own name decide first. Of several places that remain, the one whose county, city
        and province are mentioned wins; a tie leaves the place open. A place that is alone in bearing the name is still left
        open when the text speaks of other counties only, for the list may be younger than the report.
        """
        places = self.leading_places(organ)
        if not places:
            return Resolution(Region())
        candidates = self._codes[places[-1]]
        for parent in places[:-1]:
            inside = [code for code in candidates if any(code.startswith(above) for above in self._codes[parent])]
            candidates = inside or candidates
        if len(places) > 1 and len(candidates) == 1:
            return Resolution(self.region(candidates[0]))
        mentioned = self.mentioned_places(text)
        scores = {code: self._score(code, mentioned) for code in candidates}
        best = max(scores.values())
        winners = [code for code, score in scores.items() if score == best]
        if len(winners) == 1 and (best > 0 or len(winners[0]) < 9 or not self._counties(mentioned)):
            return Resolution(self.region(winners[0]))
        return Resolution(Region(), tuple(sorted(winners)))

    def mentioned_places(self, text: str) -> Counter[str]:
        """Names of provinces, cities and counties in `text`, with how often each stands there."""
        found: Counter[str] = Counter()
        for end, char in enumerate(text, start=1):
            if char in _PLACE_ENDINGS:
                for start in range(max(0, end - self._longest), end - 1):
                    name = text[start:end]
                    if name in self._codes and name not in _COMMON_WORDS:
                        found[name] += 1
                        break
        return found

    def _longest_name_at(self, text: str, start: int) -> str | None:
        for end in range(min(len(text), start + self._longest), start + 1, -1):
            if text[start:end] in self._codes:
                return text[start:end]
        return None

    def _score(self, code: str, mentioned: Counter[str]) -> int:
        """Evidence that `text` speaks of this place: a county counts more than any city, a city more than any province."""
        weights = {2: 1, 4: 2, 6: 4}
        return sum(
            weight for length, weight in weights.items() if length < len(code) and mentioned[self.names[code[:length]]]
        )

    def _counties(self, mentioned: Counter[str]) -> list[str]:
        return [name for name in mentioned if any(len(code) == 6 for code in self._codes[name])]


@cache
def default_gazetteer() -> Gazetteer:
    """The gazetteer of `data/region.csv`, read once per process."""
    rows = csv.reader(files(__package__).joinpath("data/region.csv").read_text(encoding="utf-8").splitlines())
    next(rows)
    return Gazetteer((code, name) for code, name in rows)
