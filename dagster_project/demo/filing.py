"""One issuer's reports over the years: what it has to tell, how it tells it, and the gold line of each report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from random import Random
from typing import Any

from dagster_project.report_parser.form import CellName, FormVersion, expected_version
from dagster_project.report_parser.sample import SAMPLE_NOTICE

from .applications import simulate_applications
from .blocks import PrintedDocument
from .channels import simulate_channels
from .disclosures import simulate_disclosures
from .document import compose
from .figures import Figure, figures_of
from .identities import Broken
from .layouts.labels import LABEL_HABITS
from .layouts.mirrors import mirrored
from .layouts.registry import COMMON, DocumentLayout, Layout, TextLayout
from .mistakes import SHARE as MISTAKE_SHARE
from .mistakes import plant
from .mistakes_form import (
    broken_form,
    due_on,
    left_out,
    lower_stock,
    publication,
    rules_claimed,
    spoil_prose,
    without_tables,
)
from .narrative import Habits, Narrative, Year, draw_habits, tell
from .organs import Issuer
from .printing import Mark, PrintedCell, draw_blanks, draw_dashes, draw_mark, draw_typography, print_cells
from .profile import draw_profile
from .structure import document_of

YEARS = range(2019, 2026)

_WRONG_FORM_SHARE = 0.012
_GAP_SHARE = 0.18
"""Share of the issuers that miss some year before the last."""
_STOPPED_SHARE = 0.05
"""Share of the issuers that have not filed for the last year."""


@dataclass(frozen=True)
class FiledReport:
    """One report. `content` is plain text or a document, as its layout wants it; `published_on` is the day it went online."""

    issuer: Issuer
    year: int
    version: FormVersion
    cells: Mapping[CellName, PrintedCell]
    planted: list[Broken]
    narrative: Narrative
    content: str | PrintedDocument
    published_on: date

    def gold(self, *, shows_date: bool) -> dict[str, Any]:
        """What the report prints, for the gold file. `shows_date`: its page, or the note beside it, tells `published_on`."""
        signed_on = self.narrative.signed_on
        form = broken_form(
            self.issuer, self.year, self.version, self.cells, self.published_on if shows_date else signed_on
        )
        return {
            "organ": self.issuer.organ,
            "year": self.year,
            "form": self.version,
            "region": asdict(self.issuer.region),
            "place_told_by": "path" if self.issuer.hides_county else "text",
            "signed_on": signed_on.isoformat() if signed_on else None,
            "cells": [
                {"table": table, "row": row, "column": column, "value": _plain(cell.value), "state": cell.state}
                for (table, row, column), cell in self.cells.items()
            ],
            "claims": [stated._asdict() for stated in self.narrative.stated],
            "planted": [asdict(broken) for broken in (*self.planted, *form)],
            "published_on": self.published_on.isoformat() if shows_date else None,
        }


class Filer:
    """An issuer with everything that stays the same over its years. The seed and the issuer decide all of it."""

    def __init__(self, issuer: Issuer, seed: int) -> None:
        self.issuer = issuer
        self._stream = f"{seed}/{issuer.key}"
        rng = Random(self._stream)
        profile = draw_profile(rng, issuer)
        profile = replace(profile, rules=profile.rules + rules_claimed(Random(f"{self._stream}/rules"), issuer))
        self.layout = rng.choices(COMMON, [layout.share for layout in COMMON])[0]
        """How it sets plain text, unless another layout is asked for."""
        self._label_habit = rng.choice(LABEL_HABITS)
        self._typography = draw_typography(rng)
        self._habits = draw_habits(rng)
        self.years_filed = _years_filed(rng)
        self._is_late_adopter = rng.random() < _WRONG_FORM_SHARE
        self._applications = simulate_applications(rng, profile, len(YEARS))
        self._disclosures = simulate_disclosures(rng, profile, len(YEARS))
        self._channels = simulate_channels(rng, issuer, len(YEARS))

    def report(self, year: int, layout: Layout) -> FiledReport:
        """The report on `year` in `layout`."""
        # A stream for each report: what happens in one year never shifts the next.
        rng = Random(f"{self._stream}/{year}")
        index = YEARS.index(year)
        # A late adopter goes on with the trial form for two years after it was replaced.
        version = expected_version(year - 2 if self._is_late_adopter else year)
        cells = print_cells(
            figures_of(version, self._applications[index], self._disclosures[index]),
            self._typography,
            _mark(rng, layout),
        )
        planted: list[Broken] = []
        if rng.random() < MISTAKE_SHARE:
            cells, planted = plant(rng, version, cells, self._typography)
        # Streams of their own again: a slip of one kind does not shift those of another.
        form_rng = Random(f"{self._stream}/{year}/form")
        cells = lower_stock(form_rng, cells, self._typography)
        texts = {name: cell.text for name, cell in cells.items()}
        lost = left_out(form_rng)
        cells, planted = without_tables(cells, planted, lost)
        told = Year(year, version, self._applications[index], self._disclosures[index], self._channels[index])
        content: str | PrintedDocument
        if isinstance(layout, TextLayout):
            tables = layout.render(version, texts, rng, any(not text for text in texts.values()))
            narrative = tell(rng, self.issuer, self._habits, told)
            shows_title = True
        else:
            narrative = tell(rng, self.issuer, _habits(self._habits, layout), told)
            shows_title = not layout.tells_in_prose
        published_on = publication(rng, narrative.signed_on, due_on(self.issuer, year))
        narrative, spoiled = spoil_prose(form_rng, narrative, year, lost, shows_title=shows_title)
        if isinstance(layout, TextLayout):
            content = compose(narrative, tables, layout, self._label_habit, lost)
        else:
            content = self._document(rng, narrative, version, texts, layout, published_on, lost)
        return FiledReport(self.issuer, year, version, cells, [*planted, *spoiled], narrative, content, published_on)

    def _document(
        self,
        rng: Random,
        narrative: Narrative,
        version: FormVersion,
        texts: Mapping[CellName, str],
        layout: DocumentLayout,
        published_on: date,
        lost: tuple[str, ...],
    ) -> PrintedDocument:
        document = document_of(
            narrative.title,
            narrative.sections,
            version,
            texts,
            opening=narrative.opening,
            closing=narrative.closing,
            notice=SAMPLE_NOTICE,
            left_out=lost,
        )
        document = document.with_cells(lambda cell: cell._replace(text=self._label_habit(cell.text)))
        if layout.has_portal:
            document = mirrored(document, rng, self.issuer.organ, published_on)
        return layout.change(document, rng) if layout.change else document


def _mark(rng: Random, layout: Layout) -> Mark | None:
    """What stands for zeros in a report of this layout."""
    match layout:
        case DocumentLayout(marks="blanks"):
            return draw_blanks(rng)
        case DocumentLayout(marks="dashes"):
            return draw_dashes(rng)
    return draw_mark(rng, layout.blanks_are_certain)


def _habits(habits: Habits, layout: DocumentLayout) -> Habits:
    """Who omits the title still tells who and when: in the opening and the signature."""
    return replace(habits, has_opening=True, is_signed=True) if layout.tells_in_prose else habits


def _years_filed(rng: Random) -> frozenset[int]:
    years = set(YEARS)
    if rng.random() < _GAP_SHARE:
        years -= set(rng.sample(YEARS[:-1], rng.choice((1, 1, 1, 2))))
    if rng.random() < _STOPPED_SHARE:
        years.discard(YEARS[-1])
    return frozenset(years)


def _plain(value: Figure | None) -> int | str | None:
    """As `Report.as_dict` writes values: whole numbers as numbers, other decimals as text."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else str(value)
