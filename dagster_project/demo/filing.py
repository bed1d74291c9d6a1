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
from .mistakes_history import (
    broken_since,
    busier,
    copied_sections,
    copies_last_year,
    falls_short,
    jump,
    jumps,
    leave_out_bureau,
    misplace_carried,
    misstate_stock,
    summing_up,
)
from .mistakes_narrative import contradictions, misremembered
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
    """An issuer with everything that stays the same over its years. The seed and the issuer decide all of it.

    `bureau` is one of those whose figures this government sums up.
    """

    def __init__(self, issuer: Issuer, seed: int, bureau: Filer | None = None) -> None:
        self.issuer = issuer
        self._stream = f"{seed}/{issuer.key}"
        rng = Random(self._stream)
        profile = draw_profile(rng, issuer)
        profile = replace(profile, rules=profile.rules + rules_claimed(Random(f"{self._stream}/rules"), issuer))
        if bureau:
            profile = busier(profile)
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
        self._printed: dict[int, Mapping[CellName, PrintedCell]] = {}
        self._bureau = bureau
        self._short_year = self._draw_short_year(bureau) if bureau else None
        self._jump_year = self._draw_jump_year()
        self._model: Filer | None = None
        self._copier: Filer | None = None
        self._twin_year: int | None = None

    def _draw_short_year(self, bureau: Filer) -> int | None:
        rng = Random(f"{self._stream}/summary")
        years = self._whole_years(bureau)
        return rng.choice(years) if years and falls_short(rng) else None

    def _whole_years(self, other: Filer) -> list[int]:
        """The years on which both report, and leave nothing out."""
        years = sorted(self.years_filed & other.years_filed)
        return [year for year in years if not (self._lost(year) or other._lost(year))]

    def _draw_jump_year(self) -> int | None:
        rng = Random(f"{self._stream}/jump")
        return rng.choice(sorted(self.years_filed)) if self._bureau is None and jumps(rng) else None

    def is_copied_by(self, other: Filer) -> None:
        """Let `other` tell one year, if there is one of which both report, in the words of this issuer."""
        if years := self._whole_years(other):
            self._copier, other._model = other, self
            self._twin_year = other._twin_year = Random(f"{self._stream}/twin").choice(years)

    def report(self, year: int, layout: Layout) -> FiledReport:
        """The report on `year` in `layout`. What it breaks against the year before is known if that was asked for first."""
        # A stream for each report: what happens in one year never shifts the next.
        rng = Random(f"{self._stream}/{year}")
        index = YEARS.index(year)
        version = self._version(year)
        cells = print_cells(
            figures_of(version, self._applications[index], self._disclosures[index]),
            self._typography,
            _mark(rng, layout),
        )
        planted: list[Broken] = []
        if rng.random() < MISTAKE_SHARE:
            cells, planted = plant(rng, version, cells, self._typography)
        else:
            cells, planted = self._plant_history(Random(f"{self._stream}/{year}/history"), year, cells)
        form_rng = Random(f"{self._stream}/{year}/form")
        cells = lower_stock(form_rng, cells, self._typography)
        texts = {name: cell.text for name, cell in cells.items()}
        lost = self._lost(year)
        cells, planted = without_tables(cells, planted, lost)
        self._printed[year] = cells
        planted += broken_since(self._printed.get(year - 1), cells)
        is_text = isinstance(layout, TextLayout)
        tables = layout.render(version, texts, rng, any(not text for text in texts.values())) if is_text else ""
        narrative, copied = self._narrative(year, self._habits if is_text else _habits(self._habits, layout))
        published_on = publication(rng, narrative.signed_on, due_on(self.issuer, year))
        narrative, spoiled = spoil_prose(
            form_rng, narrative, year, lost, shows_title=is_text or not layout.tells_in_prose
        )
        content: str | PrintedDocument
        if is_text:
            content = compose(narrative, tables, layout, self._label_habit, lost)
        else:
            content = self._document(rng, narrative, version, texts, layout, published_on, lost)
        planted += [*copied, *spoiled, *contradictions(version, cells, narrative)]
        return FiledReport(self.issuer, year, version, cells, planted, narrative, content, published_on)

    def _lost(self, year: int) -> tuple[str, ...]:
        """The sections and tables that the report on `year` lacks."""
        return left_out(Random(f"{self._stream}/{year}/lost"))

    def _version(self, year: int) -> FormVersion:
        # A late adopter goes on with the trial form for two years after it was replaced.
        return expected_version(year - 2 if self._is_late_adopter else year)

    def _plant_history(
        self, rng: Random, year: int, cells: Mapping[CellName, PrintedCell]
    ) -> tuple[dict[CellName, PrintedCell], list[Broken]]:
        others = [other for other in self.years_filed if other != year and not self._lost(other)]
        if self._bureau and year == self._short_year:
            bureau = self._bureau._disclosures[YEARS.index(year)]
            return leave_out_bureau(cells, self._typography, bureau, len(others))
        cells = misplace_carried(rng, cells, self._typography)
        cells = misstate_stock(rng, cells, self._typography)
        if year != self._jump_year:
            return cells, []
        return jump(
            rng,
            cells,
            self._typography,
            [self._disclosures[YEARS.index(other)] for other in others],
            sum(self._version(other) == "2021" for other in others),
        )

    def _narrative(self, year: int, habits: Habits) -> tuple[Narrative, list[Broken]]:
        """The words of a year, for a few in the choice of words of the year before: the sections that are nearly the same then."""
        own = self._told(year, year, habits)
        if year == self._twin_year and self._model:
            copy = self._told(year, year, habits, of=self._model)
            copied = copied_sections(copy, self._model._told(year, year, self._model._habits))
            return (copy, copied) if copied else (own, [])
        if year == self._twin_year and self._copier:
            return own, copied_sections(own, self._copier._told(year, year, self._copier._habits, of=self))
        if self._means_to_copy(year) and not self._means_to_copy(year - 1):
            copy = self._told(year, year - 1, habits)
            if copied := copied_sections(copy, self._told(year - 1, year - 1, habits)):
                return copy, copied
        return own, []

    def _means_to_copy(self, year: int) -> bool:
        # Who is copied, or copies from another, in one of the two years is enough of a case.
        is_twin = self._twin_year in (year, year - 1)
        return (
            not is_twin
            and {year, year - 1} <= self.years_filed
            and not (self._lost(year) or self._lost(year - 1))
            and copies_last_year(Random(f"{self._stream}/{year}/copy"))
        )

    def _told(self, year: int, words_of: int, habits: Habits, of: Filer | None = None) -> Narrative:
        """The figures of `year` in the choice of words that this issuer, or `of`, makes in the year `words_of`."""
        index = YEARS.index(year)
        channels = self._channels[index]
        done = Year(
            year,
            self._version(year),
            self._applications[index],
            self._disclosures[index],
            channels,
            sum(channels.values()),
        )
        told = misremembered(Random(f"{self._stream}/{year}/prose"), done)
        narrative = tell(Random(f"{(of or self)._stream}/{words_of}/words"), self.issuer, habits, told)
        return summing_up(narrative, self.issuer) if self._bureau else narrative

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
