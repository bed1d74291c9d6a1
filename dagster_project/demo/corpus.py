"""Writing a corpus: the issuers' reports below a folder, and the gold file of what every one of them prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from .blocks import PrintedDocument
from .filing import FiledReport, Filer
from .formats import TEXT_FORMATS, print_document
from .layouts.registry import DocumentLayout, Layout
from .organs import Issuer, issuers_in_order
from .variety import Variety

GOLD_FILE = "_gold.jsonl"

_HIDES_COUNTY_SHARE = 0.05
"""Share of the towns whose reports do not name their county, where the path does."""
_SIDECAR_SHARE = 0.4


@dataclass(frozen=True)
class SampleFile:
    """One file, and the line of the gold file for each report in it; `sidecar` is what a note beside it says, if there is one."""

    path: str
    data: bytes
    gold: tuple[dict[str, Any], ...]
    sidecar: dict[str, str] | None = None


def write_corpus(
    directory: Path,
    reports: int,
    seed: int,
    variety: Variety | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> None:
    """Write `reports` synthetic reports below `directory` and their gold file `_gold.jsonl` into it.

    The same count, seed and variety (plain text without one) give the same bytes. `on_progress` is told the number of reports
    written so far, after each file. A folder that is not empty (hidden files aside) raises FileExistsError, for stale reports would
    not be in the gold file; more reports than there are organs to file them raise ValueError. The gold file appears last: where it
    is, the corpus is complete.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if any(not entry.name.startswith(".") for entry in directory.iterdir()):
        raise FileExistsError(f"目录不为空，示例语料需要一个空目录：{directory}")
    unfinished = directory / f"{GOLD_FILE}.part"
    written = 0
    folders: set[Path] = set()
    with unfinished.open("w", encoding="utf-8", newline="\n") as gold:
        for file in sample_files(reports, seed, variety):
            path = directory / file.path
            if path.parent not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(path.parent)
            path.write_bytes(file.data)
            if file.sidecar is not None:
                note = json.dumps(file.sidecar, ensure_ascii=False, indent=2)
                path.with_name(f"{path.name}.meta.json").write_bytes(f"{note}\n".encode())
            for line in file.gold:
                gold.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            written += len(file.gold)
            if on_progress is not None:
                on_progress(written)
    unfinished.rename(directory / GOLD_FILE)


def sample_files(reports: int, seed: int, variety: Variety | None = None) -> Iterator[SampleFile]:
    """The files of the corpus, an issuer at a time, with exactly as many reports as asked for."""
    variety = variety or Variety()
    left, number = reports, 0
    for issuer in issuers_in_order(seed):
        if left <= 0:
            return
        tells_place = variety.is_common or variety.is_flat
        filer = Filer(issuer if tells_place else _telling_less(issuer, seed), seed)
        years = sorted(filer.years_filed)
        while years and left > 0:
            form, layout = ("txt", filer.layout) if variety.is_common else variety.in_turn(number)
            count = min(layout.per_file if isinstance(layout, DocumentLayout) else 1, len(years), left)
            made, years = years[:count], years[count:]
            yield _file(filer, made, form, layout, variety, number)
            left -= count
            number += 1
    if left > 0:
        raise ValueError(f"示例语料最多 {reports - left} 份报告")


def _telling_less(issuer: Issuer, seed: int) -> Issuer:
    """The issuer; a few towns do not print the county they belong to."""
    if issuer.level != "township" or Random(f"{seed}/{issuer.key}/county").random() >= _HIDES_COUNTY_SHARE:
        return issuer
    return replace(issuer, organ=issuer.organ.removeprefix(str(issuer.region.county)), hides_county=True)


def _file(filer: Filer, years: Sequence[int], form: str, layout: Layout, variety: Variety, number: int) -> SampleFile:
    reports = [filer.report(year, layout) for year in years]
    data, encoding = _printed([report.content for report in reports], form, layout)
    path = _path(filer.issuer, years, form, number if variety.is_flat else None)
    sidecar = _sidecar(reports[0], path) if variety.has_sidecars and form in ("html", "mhtml") else None
    shows_date = sidecar is not None or (isinstance(layout, DocumentLayout) and layout.has_portal)
    return SampleFile(
        path,
        data,
        tuple(
            {
                "source": path,
                "part": part,
                "format": form,
                "layout": layout.name,
                "encoding": encoding,
                **report.gold(shows_date=shows_date),
                "url": sidecar["url"] if sidecar else None,
            }
            for part, report in enumerate(reports, start=1)
        ),
        sidecar,
    )


def _printed(contents: Sequence[str | PrintedDocument], form: str, layout: Layout) -> tuple[bytes, str | None]:
    """(the file, its encoding if it is text): several reports follow one another in one document."""
    if isinstance(contents[0], str):
        return contents[0].encode(), "utf-8"
    assert isinstance(layout, DocumentLayout)
    document = PrintedDocument(
        tuple(block for content in contents if isinstance(content, PrintedDocument) for block in content.blocks)
    )
    encoding = layout.encoding
    try:
        data = print_document(document, form, style=layout.style, encoding=encoding)
    except UnicodeEncodeError:
        # A rare name that Big5 lacks; plain text has no way to write it, so nobody would have saved it so.
        encoding = "utf-8"
        data = print_document(document, form, style=layout.style, encoding=encoding)
    return data, encoding if form in TEXT_FORMATS else None


def _path(issuer: Issuer, years: Sequence[int], form: str, number: int | None) -> str:
    """Below the folders of its place; with a `number` in one folder, told apart by it."""
    name = f"{issuer.organ}{'、'.join(map(str, years))}年.{form}"
    if number is not None:
        return f"{number + 1:06d}_{name}"
    region = issuer.region
    return "/".join((*(place for place in (region.province, region.city, region.county) if place), name))


def _sidecar(report: FiledReport, path: str) -> dict[str, str] | None:
    """What the collector of the page noted of it, for a share of the pages."""
    rng = Random(path)
    if rng.random() >= _SIDECAR_SHARE:
        return None
    day = report.published_on
    return {
        "url": f"https://www.gongkai.example/zwgk/{day:%Y/%m/%d}/art_{rng.randint(1000, 999999)}.html",
        "published_on": day.isoformat(),
        "organ": report.issuer.organ,
    }
