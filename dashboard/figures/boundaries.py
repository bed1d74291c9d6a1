"""The division boundaries that ship with the project, a file a map; where they come from: dashboard/assets/boundaries/README.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "assets/boundaries"
ADDRESS = "/assets/boundaries/"
"""Where a browser fetches them."""
_NATION = "00"


@dataclass(frozen=True)
class Boundaries:
    """What a map of a place shows: the divisions below it."""

    address: str
    names: dict[str, str]
    """Division code → name, of every division that has a boundary."""
    maritime_line: tuple[tuple[tuple[float, float], ...], ...]
    """Strokes of (longitude, latitude); empty where the map does not reach the South China Sea."""
    islands: tuple[tuple[float, float], ...]
    """A point for each group of islands in the South China Sea, which are too small for an area."""


@lru_cache
def boundaries(region: str | None) -> Boundaries | None:
    """Of the nation by province (None), a province by city, or a city by county; by counties, too, where these report to the province.
    None for a place without a map, which a county is."""
    name = f"{region or _NATION}.json"
    if name not in {path.name for path in _FOLDER.glob("*.json")}:
        return None
    features = json.loads((_FOLDER / name).read_text("utf-8"))["features"]
    return Boundaries(
        address=ADDRESS + name,
        names={each["id"]: each["properties"]["name"] for each in features if each["id"].isdigit()},
        maritime_line=tuple(tuple(map(_point, line)) for line in _coordinates(features, "maritime")),
        islands=tuple(map(_point, _coordinates(features, "islands"))),
    )


def _coordinates(features: list[dict[str, Any]], name: str) -> list[Any]:
    return [point for each in features if each["id"] == name for point in each["geometry"]["coordinates"]]


def _point(pair: list[float]) -> tuple[float, float]:
    return pair[0], pair[1]
