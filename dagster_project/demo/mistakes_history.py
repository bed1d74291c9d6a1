"""Slips that only another report tells: what was carried over, a stock that does not follow, yuan for 万元, last year's words.

The figures of such a report still add up. `broken_since` reads from the printed cells of two years what they break, as
`identities` does for one report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from dagster_project.report_parser.form import APPLICANTS, TOTAL, CellName
from dagster_project.report_parser.model import CellState

from .disclosures import DisclosureYear
from .figures import Figure
from .identities import Broken
from .narrative import Narrative
from .organs import BUREAUS, Issuer, office
from .printing import PrintedCell, Typography
from .profile import Profile

Cells = Mapping[CellName, PrintedCell]

_BUSY = "市场监督管理局"
"""The bureau that imposes most penalties."""

_CARRIED_SHARE = 0.015
_STOCK_SHARE = 0.015
_JUMP_SHARE = 0.3
"""Of the issuers, in one of their years; most have no figure of a size then."""
_COPY_SHARE = 0.02
"""Of the reports that come after one of the year before; not all of them can be told in the same words."""

_FEES: CellName = ("disclosure", "fees", "amount")
_DECISIONS = ("licences", "penalties")
_LARGE = 500
"""Decisions a year from which on two digits too many are more than a busy year."""
_COPIED = 0.95
_SUMMARY_SHARE = 0.3
"""Of the county governments."""
_SHORT_SHARE = 0.5
"""Of those that sum up: they fall short of a bureau in some year."""
_TWIN_SHARE = 0.06
"""Of the departments that are bureaus (局)."""


def misplace_carried(rng: Random, cells: Cells, typography: Typography) -> dict[CellName, PrintedCell]:
    """`cells`, in a few reports with applications of this year among those carried in, or the other way round.

    Every column still balances, and every row still adds up.
    """
    names: dict[tuple[str, str], CellName] = {
        (row, column): ("application", row, column)
        for row in ("new_received", "carried_in")
        for column in (APPLICANTS[0].code, TOTAL.code)
    }
    values = {key: cells[name].value for key, name in names.items()}
    if rng.random() >= _CARRIED_SHARE or any(value is None for value in values.values()):
        return dict(cells)
    received, carried = (values[row, APPLICANTS[0].code] or 0 for row in ("new_received", "carried_in"))
    moved: Figure = min(rng.randint(1, 3), int(received)) or -min(1, int(carried))
    altered = dict(cells)
    for (row, _), name in names.items():
        value = (cells[name].value or 0) + (moved if row == "carried_in" else -moved)
        altered[name] = typography.cell(name, value)
    return altered


def misstate_stock(rng: Random, cells: Cells, typography: Typography) -> dict[CellName, PrintedCell]:
    """`cells`, in a few reports with a stock of normative documents that does not follow from the year's own changes."""
    name = ("disclosure", "normative_documents", "in_force")
    value = cells[name].value if name in cells else None
    if not value or rng.random() >= _STOCK_SHARE:
        return dict(cells)
    return {**cells, name: typography.cell(name, value + rng.randint(1, 5))}


def jumps(rng: Random) -> bool:
    """Whether an issuer prints yuan, or two digits too many, in one of its years."""
    return rng.random() < _JUMP_SHARE


def jump(
    rng: Random, cells: Cells, typography: Typography, others: Sequence[DisclosureYear], others_with_fees: int
) -> tuple[dict[CellName, PrintedCell], list[Broken]]:
    """`cells` with the fees in yuan or with decisions that have two digits too many, where they are of a size.

    `others` are the issuer's other years on file, `others_with_fees` how many of them print fees.
    """
    known: list[CellName] = []
    fees = cells[_FEES].value if _FEES in cells else None
    if fees and fees > 1 and others_with_fees >= 2:
        known.append(_FEES)
    if len(others) >= 3:
        known += [
            ("disclosure", row, "decisions")
            for row in _DECISIONS
            if min(year.decisions[row] for year in others) >= _LARGE
            and (cells["disclosure", row, "decisions"].value or 0) >= _LARGE
        ]
    if not known:
        return dict(cells), []
    name = rng.choice(known)
    value = cells[name].value
    assert value is not None
    wrong: Figure = int(value * 10_000) if name == _FEES else value * 100
    return {**cells, name: typography.cell(name, wrong)}, [Broken("S13", ".".join(name))]


def copies_last_year(rng: Random) -> bool:
    """Whether an issuer means to use its words of last year once more."""
    return rng.random() < _COPY_SHARE


def copied_sections(narrative: Narrative, other: Narrative) -> list[Broken]:
    """The sections that say nearly the same as `other`; none where its words would be nearly, but not quite, as alike."""
    alike = {code: _alike(narrative.sections[code], other.sections[code]) for code in ("overview", "problems")}
    if min(alike.values()) < _COPIED:
        return []
    return [Broken("S12", f"section.{code}") for code in alike]


def _alike(paragraphs: Sequence[str], others: Sequence[str]) -> float:
    """The share of the characters whose clauses, figures apart, stand in the other text too; of the two texts the lesser one."""
    ours, theirs = (
        re.findall(r"[^，。；：！？]+", re.sub(r"\d", "", "".join(texts))) for texts in (paragraphs, others)
    )
    return min(
        sum(len(clause) for clause in one if clause in other) / sum(map(len, one))
        for one, other in ((ours, theirs), (theirs, ours))
    )


def kin(issuer: Issuer, seed: int) -> Issuer | None:
    """Another organ of the same place that an issuer's reports are held against: a bureau below a county's government, or
    a bureau beside a bureau. None for most issuers."""
    rng = Random(f"{seed}/{issuer.key}/kin")
    if issuer.department is None and issuer.level == "county" and rng.random() < _SUMMARY_SHARE:
        name = office(str(issuer.region.county))
        return replace(issuer, organ=f"{issuer.organ.removesuffix(name)}{_BUSY}", department=_BUSY)
    if issuer.department in BUREAUS and rng.random() < _TWIN_SHARE:
        other = rng.choice([bureau for bureau in BUREAUS if bureau not in (issuer.department, _BUSY)])
        return replace(issuer, organ=f"{issuer.organ.removesuffix(issuer.department)}{other}", department=other)
    return None


def sums_up(issuer: Issuer) -> bool:
    """Whether an issuer that has kin reports for it, too."""
    return issuer.department is None


def busier(profile: Profile) -> Profile:
    """A county's sizes beyond those of anyone below it, as whoever sums them up has them."""
    return replace(
        profile,
        applications=max(profile.applications, 260.0),
        growth=max(profile.growth, 0.0),
        licences=max(profile.licences, 9_000.0),
        penalties=max(profile.penalties, 2_700.0),
        coercive=max(profile.coercive, 290.0),
    )


def falls_short(rng: Random) -> bool:
    """Whether an issuer that sums up forgets a bureau in some year."""
    return rng.random() < _SHORT_SHARE


def leave_out_bureau(
    cells: Cells, typography: Typography, bureau: DisclosureYear, other_years: int
) -> tuple[dict[CellName, PrintedCell], list[Broken]]:
    """`cells` with fewer penalties than the one bureau imposed that imposes most, which is far from any other year, too."""
    name = ("disclosure", "penalties", "decisions")
    fewer = min(bureau.decisions["penalties"] // 2, int(cells[name].value or 0) // 30)
    if not fewer:
        return dict(cells), []
    place = ".".join(name)
    broken = [Broken("S14", place), *([Broken("S13", place)] if other_years >= 3 else [])]
    return {**cells, name: typography.cell(name, fewer)}, broken


def summing_up(narrative: Narrative, issuer: Issuer) -> Narrative:
    """The words, and that the report sums up what those below reported."""
    first, *others = narrative.sections["overview"]
    said = f"{first}本报告由{issuer.organ}办公室汇总各部门、各乡镇（街道）报送的数据编制。"
    return replace(narrative, sections={**narrative.sections, "overview": [said, *others]})


def broken_since(before: Cells | None, cells: Cells) -> list[Broken]:
    """Every failure of H6 and S1 against the report of the year before, where there is one."""
    if before is None:
        return []
    broken = []
    for column in (*(applicant.code for applicant in APPLICANTS), TOTAL.code):
        now, then = ("application", "carried_in", column), ("application", "carried_forward", column)
        if _differ([cells[now]], [before[then]]):
            broken.append(Broken("H6", ".".join(now)))
    for row in ("rules", "normative_documents"):
        in_force = ("disclosure", row, "in_force")
        if in_force not in cells or in_force not in before:
            continue
        repealed, issued = cells["disclosure", row, "repealed"], cells["disclosure", row, "issued"]
        if _differ([cells[in_force], repealed], [before[in_force], issued]):
            broken.append(Broken("S1", ".".join(in_force)))
    return broken


def _differ(left: Sequence[PrintedCell], right: Sequence[PrintedCell]) -> bool:
    """Whether no reading of the unknown cells as numbers from 0 up makes both sides equal."""
    if any(cell.state in (CellState.TEXT, CellState.ABSENT) for cell in (*left, *right)):
        return False
    sums = [sum((Decimal(value) for value in _known(side)), Decimal(0)) for side in (left, right)]
    is_open = [any(cell.value is None for cell in side) for side in (left, right)]
    return (sums[0] < sums[1] and not is_open[0]) or (sums[0] > sums[1] and not is_open[1])


def _known(cells: Sequence[PrintedCell]) -> Iterator[Figure]:
    return (cell.value for cell in cells if cell.value is not None)
