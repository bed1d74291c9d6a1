"""Slips of form and date: a part left out, another year's number, a stock below its floor, rules of who may make none, a late page.

Each function that spoils something says which rules break thereby; `broken_form` reads from the printed cells what else is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from dagster_project.report_parser.form import FORMS, CellName, FormVersion, expected_version
from dagster_project.report_parser.model import CellState

from .identities import Broken
from .narrative import Narrative
from .organs import Issuer
from .printing import PrintedCell, Typography

_LEFT_OUT_SHARE = 0.015
_TITLE_SHARE = 0.015
_STALE_SHARE = 0.02
_FLOOR_SHARE = 0.06
"""Of the reports that have a stock to get wrong, which is every fourth."""
_LATE_ONLINE_SHARE = 0.01
_CLAIMS_RULES_SHARE = 0.04
"""Share of the issuers without the power to make rules that count something else as such, every year."""

_PARTS = (
    ("section.problems",),
    ("section.other",),
    ("disclosure",),
    ("dispute",),
    ("section.dispute", "dispute"),
)
_STATED_IN = {"section.other": ("processing_fee",), "section.dispute": ("dispute_", "reconsideration", "litigation")}
"""How the codes begin of what is stated in a section and nowhere else."""

_ABSENT = PrintedCell("", None, CellState.ABSENT)


def makes_rules(issuer: Issuer) -> bool:
    """Governments of provinces and cities do; departments, counties, and the offices of 地区 and 盟 do not."""
    place = str(getattr(issuer.region, issuer.level))
    return issuer.department is None and issuer.level in ("province", "city") and not place.endswith(("地区", "盟"))


def rules_claimed(rng: Random, issuer: Issuer) -> int:
    """The stock of rules that an issuer without the power claims to have: none, but for a few."""
    return rng.randint(1, 4) if not makes_rules(issuer) and rng.random() < _CLAIMS_RULES_SHARE else 0


def due_on(issuer: Issuer, year: int) -> date:
    """条例 第49条."""
    return date(year + 1, 1, 31) if issuer.department else date(year + 1, 3, 31)


def publication(rng: Random, signed_on: date | None, due: date) -> date:
    """When the report went online: some days after it was signed and before it was due, but for a few that lay about."""
    if signed_on is not None and signed_on > due:
        return signed_on + timedelta(days=rng.randint(0, 20))
    if rng.random() < _LATE_ONLINE_SHARE:
        return due + timedelta(days=rng.randint(1, 60))
    return min(due, (signed_on or date(due.year, 1, 20)) + timedelta(days=rng.randint(0, 20)))


def lower_stock(
    rng: Random, cells: Mapping[CellName, PrintedCell], typography: Typography
) -> dict[CellName, PrintedCell]:
    """`cells`, in a few reports with a stock of normative documents that is less than the year's own leave."""
    stock, floor = _floors(cells)["normative_documents"]
    if floor <= 0 or cells[stock].value is None or rng.random() >= _FLOOR_SHARE:
        return dict(cells)
    return {**cells, stock: typography.cell(stock, rng.randrange(floor))}


def left_out(rng: Random) -> tuple[str, ...]:
    """The sections and tables that a report lacks, named as H7 does: none, but for a few."""
    return rng.choice(_PARTS) if rng.random() < _LEFT_OUT_SHARE else ()


def without_tables(
    cells: Mapping[CellName, PrintedCell], planted: list[Broken], lost: tuple[str, ...]
) -> tuple[dict[CellName, PrintedCell], list[Broken]]:
    """The cells, absent where their table is lost, and the rules that are still broken."""
    cells = {name: _ABSENT if name[0] in lost else cell for name, cell in cells.items()}
    return cells, [broken for broken in planted if broken.place.partition(".")[0] not in lost]


def spoil_prose(
    rng: Random, narrative: Narrative, year: int, lost: tuple[str, ...], *, shows_title: bool
) -> tuple[Narrative, list[Broken]]:
    """The words without the lost sections, in a few reports with the year before in the title or at the head of a sentence.

    A title can only be told to be wrong where an opening states the period. A figure under another year would be no claim about
    this one: such sentences are left alone.
    """
    planted = [Broken("H7", place) for place in lost]
    gone = tuple(code for place in lost for code in _STATED_IN.get(place, ()))
    narrative = replace(
        narrative,
        sections={code: texts for code, texts in narrative.sections.items() if f"section.{code}" not in lost},
        stated=[stated for stated in narrative.stated if not gone or not stated.code.startswith(gone)],
    )
    if shows_title and narrative.opening and rng.random() < _TITLE_SHARE:
        title = [line.replace(str(year), str(year - 1)) for line in narrative.title]
        return replace(narrative, title=title), [*planted, Broken("H7", "title"), Broken("S11", "title")]
    places = [
        (code, index)
        for code, texts in narrative.sections.items()
        for index, text in enumerate(texts)
        if code != "problems" and re.match(rf"{year}年，(?!.*(?:[\d元][件条]|未|没有))", text)
    ]
    if not places or rng.random() >= _STALE_SHARE:
        return narrative, planted
    code, index = rng.choice(places)
    texts = list(narrative.sections[code])
    texts[index] = texts[index].replace(f"{year}年，", f"{year - 1}年，", 1)
    return replace(narrative, sections={**narrative.sections, code: texts}), [
        *planted,
        Broken("S11", f"section.{code}"),
    ]


def broken_form(
    issuer: Issuer, year: int, version: FormVersion, cells: Mapping[CellName, PrintedCell], shown_on: date | None
) -> list[Broken]:
    """What the printed cells and the day that the document shows break among H8 and S2 to S5."""
    broken = [Broken("H8", "published_on")] if shown_on and shown_on > due_on(issuer, year) else []
    for stock, floor in _floors(cells).values():
        value = cells[stock].value
        if value is not None and value < floor:
            broken.append(Broken("S2", ".".join(stock)))
    if not makes_rules(issuer):
        broken += [Broken("S3", ".".join(name)) for name in cells if name[1] == "rules" and cells[name].value]
    if version != expected_version(year):
        broken.append(Broken("S4", "form"))
    return broken + [Broken("S5", table) for table in _unfilled(version, cells)]


def _floors(cells: Mapping[CellName, PrintedCell]) -> dict[str, tuple[CellName, int]]:
    """For rules and normative documents: the cell of the stock, and how many it must at least be."""

    def count(row: str, column: str) -> int:
        cell = cells.get(("disclosure", row, column))
        return int(cell.value) if cell and cell.value is not None else 0

    floors = {}
    for row in ("rules", "normative_documents"):
        stock = ("disclosure", row, "in_force")
        floor = count(row, "issued") - count(row, "repealed")
        if stock not in cells:
            stock, floor = ("disclosure", row, "total_disclosed"), count(row, "newly_disclosed")
        floors[row] = (stock, floor)
    return floors


def _unfilled(version: FormVersion, cells: Mapping[CellName, PrintedCell]) -> Iterator[str]:
    for table in FORMS[version].tables:
        states = {cells[table.code, row.code, column.code].state for row in table.rows for column in row.columns}
        if states & {CellState.BLANK, CellState.DASH}:
            yield table.code
