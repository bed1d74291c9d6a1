"""Boundaries: complete against the gazetteer, without gaps between neighbours. The map: what has no rate is grey."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

import dashboard
from dashboard.components.charts import CONFIG
from dashboard.figures.boundaries import boundaries
from dashboard.figures.region_map import MapPlace, Status, figure, legend, not_drawn
from dashboard.i18n import Translator

FOLDER = Path(dashboard.__file__).parent / "assets/boundaries"
FILES = {path.stem: path for path in FOLDER.glob("*.json")}
GAZETTEER = Path(dashboard.__file__).parent.parent / "dbt/seeds/region.csv"
BEYOND_THE_GAZETTEER = {"71", "81", "82"}
WITHOUT_BOUNDARY = {"232762", "232763", "232764", "460323", "659011", "659012"}
"""松岭区, 新林区, 呼中区, 中沙群岛, 新星市, 白杨市."""
WITHOUT_MAP = {"4603"}
"""三沙市: islands too small for areas."""
APART = {
    ("00", "46"), ("00", "71"), ("2102", "210224"), ("2327", "232761"), ("31", "310151"), ("33", "3309"), ("3309", "330921"),
    ("3309", "330922"), ("3505", "350527"), ("4405", "440523"), ("46", "4603"), ("6502", "650202"), ("6540", "654003"),
}  # fmt: skip
"""Map and division: islands and exclaves, which have no border with another division of the map."""

ENCLAVES = {
    "12": 1, "15": 1, "1507": 1, "3405": 1, "3408": 1, "3417": 1, "3705": 1, "3715": 1, "4206": 1, "4210": 1, "4212": 1, "4404": 1,
    "4406": 1, "4408": 1, "4409": 1, "5104": 1, "5205": 1, "6208": 1, "6323": 1, "6527": 4, "6528": 2, "6529": 1, "6531": 1,
    "6532": 3, "6540": 2, "6542": 1, "6543": 1,
}  # fmt: skip
"""Map → holes in it: land of others."""

Point = tuple[float, ...]
Ring = list[Point]


@dataclass(frozen=True)
class Indicator:
    name_zh: str = "实质公开率"
    name_en: str = "Disclosure rate"
    unit: str = "件"


def divisions() -> dict[str, str]:
    with GAZETTEER.open(encoding="utf-8", newline="") as lines:
        rows = {row["region_code"]: row["region_name"] for row in csv.DictReader(lines)}
    return {code: name for code, name in rows.items() if len(code) <= 6}


def is_place(name: str) -> bool:
    return name not in ("市辖区", "县") and not name.endswith("直辖县级行政区划")


def features(name: str) -> list[dict[str, Any]]:
    drawn = json.loads(FILES[name].read_text("utf-8"))["features"]
    return [feature for feature in drawn if feature["id"].isdigit()]


def rings(feature: dict[str, Any]) -> list[Ring]:
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[tuple(point) for point in ring] for polygon in polygons for ring in polygon]


def doubled_area(ring: Ring) -> float:
    """Negative where the ring runs clockwise."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))


def outlines(edges: Iterable[tuple[Point, Point]]) -> list[Ring]:
    """The edges, joined end to start."""
    following: dict[Point, list[Point]] = defaultdict(list)
    for start, end in edges:
        following[start].append(end)
    joined = []
    while any(following.values()):
        ring = [next(start for start, ends in following.items() if ends)]
        while following[ring[-1]]:
            ring.append(following[ring[-1]].pop())
            # A ring that touches itself is two.
            if ring[-1] in ring[:-1]:
                at = ring.index(ring[-1])
                joined.append(ring[at:])
                ring = ring[: at + 1]
    return joined


def place(code: str, status: Status = "rated", share: str = "0.5", name: str = "某地") -> MapPlace:
    if status == "rated":
        return MapPlace(code, name, Decimal(share), status, Decimal(share) * 100, Decimal(100), 7)
    if status == "too_few":
        return MapPlace(code, name, None, status, Decimal(4), Decimal(12), 3)
    return MapPlace(code, name, None, status, None, None, 2 if status == "not_assessable" else 0)


def statuses(drawn: dict[str, Any], geo: str = "geo") -> dict[str, list[str]]:
    return {
        trace.get("name", "rated"): trace["locations"]
        for trace in drawn["data"]
        if trace["type"] == "choropleth" and trace["geo"] == geo
    }


def test_every_division_of_the_gazetteer_is_on_its_map() -> None:
    names = divisions()
    on_map = {name: {feature["id"] for feature in features(name)} for name in FILES}
    provinces = {code for code in names if len(code) == 2}
    cities = {code for code, name in names.items() if len(code) == 4 and is_place(name)}
    # 71 to 79 at the end of a code are development zones, which have no territory of their own in law.
    counties = {code for code in names if len(code) == 6 and code[4] != "7"} - WITHOUT_BOUNDARY
    assert on_map["00"] == provinces | BEYOND_THE_GAZETTEER
    assert set(FILES) == {"00"} | provinces | cities - WITHOUT_MAP
    for province in provinces:
        direct = {code for code in counties if code[:2] == province and code[:4] not in cities}
        assert on_map[province] == {code for code in cities if code[:2] == province} | direct, province
    for city in cities - WITHOUT_MAP:
        assert on_map[city] == {code for code in counties if code[:4] == city}, city


def test_a_boundary_bears_the_name_of_the_gazetteer() -> None:
    names = divisions() | {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}
    for name in FILES:
        for feature in features(name):
            assert feature["properties"] == {"name": names[feature["id"]]}


def test_neighbours_share_their_border() -> None:
    """No edge belongs to three divisions, nor to two on the same side of it (an overlap). What no two share is the outline of the map: it has
    the holes that enclaves of others make, and a gap between neighbours would be one more."""
    apart, holes = set(), Counter()
    for name in FILES:
        owners: dict[frozenset[Point], list[tuple[str, Point, Point]]] = defaultdict(list)
        for feature in features(name):
            for ring in rings(feature):
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                for start, end in pairwise(ring):
                    owners[frozenset((start, end))].append((feature["id"], start, end))
        shared = [pair for pair in owners.values() if len(pair) > 1]
        for (one, start, _), (other, _, end) in shared:
            assert (one != other, start == end) == (True, True), (name, one, other)
        codes = {feature["id"] for feature in features(name)}
        if len(codes) > 1:
            apart |= {(name, code) for code in codes - {code for pair in shared for code, _, _ in pair}}
        outline = outlines((start, end) for (_, start, end), *more in owners.values() if not more)
        holes[name] = sum(doubled_area(ring) > 0 for ring in outline)
    assert apart == APART
    assert +holes == ENCLAVES


def test_rings_run_clockwise() -> None:
    """The other way round the browser would paint the rest of the world."""
    for name in FILES:
        for feature in features(name):
            assert sum(map(doubled_area, rings(feature))) < 0, (name, feature["id"])


def test_the_files_are_small() -> None:
    sizes = {name: path.stat().st_size for name, path in FILES.items()}
    assert sizes["00"] <= 150_000
    assert max(size for name, size in sizes.items() if len(name) == 2 and name != "00") <= 80_000
    assert max(size for name, size in sizes.items() if len(name) == 4) <= 40_000
    assert sum(sizes.values()) <= 6_200_000


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("region", [None, "46", "62", "6210"])
def test_figures_are_valid_and_show_every_division_once(region: str | None, language: Any) -> None:
    codes = [feature["id"] for feature in features(region or "00")]
    drawn = figure(Translator(language), region, [place(codes[0]), place(codes[1], "too_few")], Indicator())
    assert drawn is not None
    go.Figure(drawn)  # raises on a property that plotly does not know
    located = [code for group in statuses(drawn).values() for code in group]
    assert sorted(located) == sorted(codes)
    assert ("geo2" in drawn["layout"]) == (region in (None, "46"))


def test_only_a_rate_has_a_colour() -> None:
    places = [place("6201", share="0.25"), place("6202", "too_few"), place("6203", "not_assessable"), place("6204", "no_report"),
              place("6205", share="0.75")]  # fmt: skip
    drawn = figure(Translator("zh"), "62", places, Indicator())
    assert drawn is not None
    rated, *grey = drawn["data"]
    assert (rated["locations"], rated["customdata"], rated["z"]) == (["6201", "6205"], ["6201", "6205"], [25, 75])
    named = {trace["name"]: trace["locations"][0] for trace in grey}
    assert named == {
        "样本不足（不足 30 件）": "6202", "无法判断": "6203", "无报告": "6204",
    }  # fmt: skip
    assert [name for name, _ in legend(drawn)] == list(named)
    for _, colour in legend(drawn):
        red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
        assert max(red, green, blue) - min(red, green, blue) < 30


def test_a_click_beyond_the_places_leads_nowhere() -> None:
    """台湾省 and others that the reports do not cover are drawn, and have no page."""
    drawn = figure(Translator("zh"), None, [place("62", "no_report")], Indicator())
    assert drawn is not None
    (trace, *_) = drawn["data"]
    clicks = dict(zip(trace["locations"], trace["customdata"], strict=True))
    assert (clicks["62"], clicks["71"]) == ("62", None)


def test_a_hover_tells_the_rate_and_what_it_is_a_rate_of() -> None:
    places = [
        MapPlace("6201", "兰州市", Decimal("0.61234"), "rated", Decimal(1234), Decimal(2015), 88),
        place("6202", "too_few", name="<b>嘉峪关市"),
    ]
    drawn = figure(Translator("zh"), "62", places, Indicator())
    assert drawn is not None
    words = [trace["text"][0] for trace in drawn["data"][:2]]
    assert words[0] == "<b>兰州市</b><br>实质公开率 <b>61.2%</b><br>1,234 / 2,015 件<br>报告 88 份"
    assert words[1] == "<b>&lt;b&gt;嘉峪关市</b><br>样本不足（不足 30 件）<br>4 / 12 件<br>报告 3 份"
    english = figure(Translator("en"), "62", places, Indicator())
    assert english is not None
    assert english["data"][0]["text"] == [
        "<b>兰州市</b><br>Disclosure rate <b>61.2%</b><br>1,234 / 2,015<br>Reports: 88"
    ]


def test_rates_that_hardly_differ_do_not_span_the_scale() -> None:
    for shares in (["0.5"], ["0.49", "0.50"], ["0.001"], ["0.995", "1"], ["2.5", "2.51"]):
        places = [place(f"620{number}", share=share) for number, share in enumerate(shares, start=1)]
        drawn = figure(Translator("zh"), "62", places, Indicator())
        assert drawn is not None
        rated = drawn["data"][0]
        assert rated["zmax"] - rated["zmin"] >= 5
        assert 0 <= rated["zmin"] <= min(rated["z"]) <= max(rated["z"]) <= rated["zmax"]


def test_a_place_without_boundary_is_named_and_not_lost() -> None:
    zone, town = place("130171"), place("130102")
    assert not_drawn("1301", [zone, town]) == (zone,)
    assert not_drawn("4603", [place("460321")]) == (place("460321"),)


@pytest.mark.parametrize("region", ["621025", "4603", "99", "../62", "world/world_110m", ""])
def test_there_is_no_map_of_what_is_no_province_or_city(region: str) -> None:
    if region:
        assert boundaries(region) is None
        assert figure(Translator("zh"), region, [], Indicator()) is None
    else:
        assert boundaries(region) == boundaries(None)


def test_a_figure_names_no_other_host() -> None:
    drawn = figure(Translator("zh"), None, [place("62")], Indicator())
    assert "//" not in json.dumps(drawn)
    assert str(CONFIG["topojsonURL"]).startswith("/assets/")
