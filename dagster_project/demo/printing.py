"""How an issuer prints a value: separators, minus signs, and marks that stand where a zero belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from dagster_project.report_parser.form import DISPUTE_TRACKS, TOTAL, CellName
from dagster_project.report_parser.model import CellState

from .figures import Figure

Scope = Literal["disputes", "rules", "application rows", "applicant columns"]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell as it stands in the document: its text, and what the text says."""

    text: str
    value: Figure | None
    state: CellState


_ZERO = PrintedCell("0", 0, CellState.NUMBER)


@dataclass(frozen=True)
class Typography:
    """An issuer's habits, the same every year."""

    thousands: bool
    minus: str
    plus: str
    fee_unit: str

    def text(self, name: CellName, value: Figure) -> str:
        digits = f"{abs(value):,}" if self.thousands else f"{abs(value)}"
        sign = self.minus if value < 0 else self.plus if name[2] == "change" and value > 0 else ""
        unit = self.fee_unit if name[1:] == ("fees", "amount") and value else ""
        return f"{sign}{digits}{unit}"

    def cell(self, name: CellName, value: Figure) -> PrintedCell:
        # Nearly all cells of nearly all reports, and no habit changes how it looks.
        if not value:
            return _ZERO
        return PrintedCell(self.text(name, value), value, CellState.NUMBER)


@dataclass(frozen=True)
class Mark:
    """Zeros of `scope` are printed as `text` (empty: the cells are left blank)."""

    text: str
    scope: Scope


def draw_typography(rng: Random) -> Typography:
    return Typography(
        thousands=rng.random() < 0.05,
        minus="−" if rng.random() < 0.15 else "-",
        plus="+" if rng.random() < 0.25 else "",
        fee_unit="万元" if rng.random() < 0.04 else "",
    )


_DASHES = ("/", "/", "-", "—", "无")
_SCOPES: tuple[Scope, ...] = ("disputes", "disputes", "rules", "application rows", "applicant columns")


def draw_mark(rng: Random, blanks_are_certain: bool) -> Mark | None:
    """The mark of one report; most have none. Blanks only where the layout's positions tell which cell is empty."""
    if rng.random() >= 0.07:
        return None
    texts = ("", "", "", "/", "-", "—", "无") if blanks_are_certain else _DASHES
    return Mark(rng.choice(texts), rng.choice(_SCOPES))


def draw_blanks(rng: Random) -> Mark:
    """A mark that leaves zeros out."""
    return Mark("", rng.choice(_SCOPES))


def draw_dashes(rng: Random) -> Mark:
    """A mark that puts something else where a zero belongs."""
    return Mark(rng.choice(_DASHES), rng.choice(_SCOPES))


def print_cells(
    figures: Mapping[CellName, Figure], typography: Typography, mark: Mark | None
) -> dict[CellName, PrintedCell]:
    """Every cell as printed."""
    printed = {name: typography.cell(name, value) for name, value in figures.items()}
    if mark is not None:
        state = CellState.DASH if mark.text else CellState.BLANK
        for name in _marked(figures, mark.scope):
            printed[name] = PrintedCell(mark.text, None, state)
    return printed


def _marked(figures: Mapping[CellName, Figure], scope: Scope) -> Iterator[CellName]:
    """The zeros of a scope: whole rows at a time, but single cells of the applicant columns."""
    if scope == "applicant columns":
        for name, value in figures.items():
            if name[0] == "application" and name[2] != TOTAL.code and not value:
                yield name
        return
    rows: dict[tuple[str, str], list[CellName]] = {}
    for name in figures:
        rows.setdefault(name[:2], []).append(name)
    tracks = {("dispute", track.code) for track in DISPUTE_TRACKS}
    for key, names in rows.items():
        in_scope = {
            "disputes": key in tracks,
            "rules": key == ("disclosure", "rules"),
            # The first row is what readers look at: nobody leaves it out.
            "application rows": key[0] == "application" and key[1] != "new_received",
        }[scope]
        if in_scope and not any(figures[name] for name in names):
            yield from names
