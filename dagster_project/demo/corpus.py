"""Writing a corpus: the issuers' reports below a folder, and the gold file of what every one of them prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from dagster_project.report_parser.form import FormVersion, expected_version

from .applications import simulate_applications
from .channels import simulate_channels
from .disclosures import simulate_disclosures
from .document import compose
from .figures import Figure, figures_of
from .identities import Broken
from .layouts.labels import LABEL_HABITS
from .layouts.registry import LAYOUTS
from .mistakes import SHARE as MISTAKE_SHARE
from .mistakes import plant
from .narrative import Year, draw_habits, tell
from .organs import Issuer, issuers_in_order
from .printing import draw_mark, draw_typography, print_cells
from .profile import draw_profile

GOLD_FILE = "_gold.jsonl"
YEARS = range(2019, 2026)

_WRONG_FORM_SHARE = 0.012
_GAP_SHARE = 0.18
"""Share of the issuers that miss some year before the last."""
_STOPPED_SHARE = 0.05
"""Share of the issuers that have not filed for the last year."""


@dataclass(frozen=True)
class SampleReport:
    """One document and its line of the gold file."""

    path: str
    text: str
    gold: dict[str, Any]


def write_corpus(directory: Path, reports: int, seed: int, on_progress: Callable[[int], None] | None = None) -> None:
    """Write `reports` synthetic reports below `directory` and their gold file `_gold.jsonl` into it.

    The same count and seed give the same bytes. `on_progress` is told the number of reports written so far, after each.
    A folder that is not empty (hidden files aside) raises FileExistsError, for stale reports would not be in the gold file;
    more reports than there are organs to file them raise ValueError. The gold file appears last: where it is, the corpus is complete.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if any(not entry.name.startswith(".") for entry in directory.iterdir()):
        raise FileExistsError(f"目录不为空，示例语料需要一个空目录：{directory}")
    unfinished = directory / f"{GOLD_FILE}.part"
    written = 0
    folders: set[Path] = set()
    with unfinished.open("w", encoding="utf-8", newline="\n") as gold:
        for report in sample_reports(reports, seed):
            path = directory / report.path
            if path.parent not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(path.parent)
            path.write_bytes(report.text.encode())
            gold.write(json.dumps(report.gold, ensure_ascii=False, separators=(",", ":")) + "\n")
            written += 1
            if on_progress is not None:
                on_progress(written)
    unfinished.rename(directory / GOLD_FILE)


def sample_reports(reports: int, seed: int) -> Iterator[SampleReport]:
    """The reports of the corpus, an issuer at a time, exactly as many as asked for."""
    left = reports
    for issuer in issuers_in_order(seed):
        if left <= 0:
            return
        for report in _reports_of(issuer, seed):
            yield report
            left -= 1
            if left <= 0:
                return
    if left > 0:
        raise ValueError(f"示例语料最多 {reports - left} 份报告")


def _reports_of(issuer: Issuer, seed: int) -> Iterator[SampleReport]:
    rng = Random(f"{seed}/{issuer.key}")
    profile = draw_profile(rng, issuer)
    layout = rng.choices(LAYOUTS, [layout.share for layout in LAYOUTS])[0]
    label_habit = rng.choice(LABEL_HABITS)
    typography = draw_typography(rng)
    habits = draw_habits(rng)
    filed = _years_filed(rng)
    late_adopter = rng.random() < _WRONG_FORM_SHARE
    applications = simulate_applications(rng, profile, len(YEARS))
    disclosures = simulate_disclosures(rng, profile, len(YEARS))
    channels = simulate_channels(rng, issuer, len(YEARS))
    for index, year in enumerate(YEARS):
        if year not in filed:
            continue
        # A stream for each report: what happens in one year never shifts the next.
        rng = Random(f"{seed}/{issuer.key}/{year}")
        version = _version(year, late_adopter)
        cells = print_cells(
            figures_of(version, applications[index], disclosures[index]),
            typography,
            draw_mark(rng, layout.blanks_are_certain),
        )
        planted: list[Broken] = []
        if rng.random() < MISTAKE_SHARE:
            cells, planted = plant(rng, version, cells, typography)
        texts = {name: cell.text for name, cell in cells.items()}
        tables = layout.render(version, texts, rng, any(not text for text in texts.values()))
        told = Year(year, version, applications[index], disclosures[index], channels[index])
        narrative = tell(rng, issuer, habits, told)
        path = _path(issuer, year)
        gold = {
            "source": path,
            "organ": issuer.organ,
            "year": year,
            "form": version,
            "region": asdict(issuer.region),
            "signed_on": narrative.signed_on.isoformat() if narrative.signed_on else None,
            "layout": layout.name,
            "cells": [
                {"table": table, "row": row, "column": column, "value": _plain(cell.value), "state": cell.state}
                for (table, row, column), cell in cells.items()
            ],
            "planted": [asdict(broken) for broken in planted],
        }
        yield SampleReport(path, compose(narrative, tables, layout, label_habit), gold)


def _years_filed(rng: Random) -> frozenset[int]:
    years = set(YEARS)
    if rng.random() < _GAP_SHARE:
        years -= set(rng.sample(YEARS[:-1], rng.choice((1, 1, 1, 2))))
    if rng.random() < _STOPPED_SHARE:
        years.discard(YEARS[-1])
    return frozenset(years)


def _version(year: int, late_adopter: bool) -> FormVersion:
    """A late adopter goes on with the trial form for two years after it was replaced."""
    return expected_version(year - 2 if late_adopter else year)


def _path(issuer: Issuer, year: int) -> str:
    region = issuer.region
    places = [place for place in (region.province, region.city, region.county) if place]
    return "/".join((*places, f"{issuer.organ}{year}年.txt"))


def _plain(value: Figure | None) -> int | str | None:
    """As `Report.as_dict` writes values: whole numbers as numbers, other decimals as text."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else str(value)
