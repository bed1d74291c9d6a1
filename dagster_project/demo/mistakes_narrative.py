"""Slips in the prose: its writer remembers another year than the tables print, so that rules S6 to S10 break.

The prose is told from a `Year` that differs in one figure, or in none at all where there was something; whatever it then states is
compared with the printed cells. As `identities.py` is for the hard rules, this is a second, independent reading of those rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from dagster_project.report_parser.form import FORMS, CellName, FormVersion
from dagster_project.report_parser.model import CellState

from .identities import Broken
from .narrative import Narrative, Year
from .printing import PrintedCell

SHARE = 0.012
"""Share of the reports that get a slip of each kind, where they have what it takes."""

Cells = Mapping[CellName, PrintedCell]


def misremembered(rng: Random, year: Year) -> Year:
    """`year`, or for a few reports what is told of it by mistake."""
    for slip in _SLIPS:
        if rng.random() < SHARE:
            year = slip(rng, year)
    return year


def _applications(rng: Random, year: Year) -> Year:
    table = year.applications
    match rng.choice(("received", "carried", "processed", "forward")):
        case "received":
            table = replace(table, new_received=_one_wrong(rng, table.new_received))
        case "carried":
            table = replace(table, carried_in=_one_wrong(rng, table.carried_in))
        case "processed":
            table = replace(table, outcomes={**table.outcomes, "granted": _one_wrong(rng, table.outcomes["granted"])})
        case _:
            table = replace(table, carried_forward=_one_wrong(rng, table.carried_forward))
    return replace(year, applications=table)


def _all_done(_: Random, year: Year) -> Year:
    """均已办结, although some are carried forward."""
    table = year.applications
    granted = [done + left for done, left in zip(table.outcomes["granted"], table.carried_forward, strict=True)]
    none_left = [0] * len(granted)
    return replace(
        year,
        applications=replace(table, outcomes={**table.outcomes, "granted": granted}, carried_forward=none_left),
    )


def _no_applications(_: Random, year: Year) -> Year:
    table = year.applications
    none = [0] * len(table.new_received)
    return replace(year, applications=replace(table, new_received=none, carried_in=none))


def _disputes(rng: Random, year: Year) -> Year:
    counts = year.applications.disputes
    if rng.random() < 0.4:
        wrong = dict.fromkeys(counts, 0)
    else:
        track = rng.choice([key for key in counts if key[1] == "upheld"])
        wrong = {**counts, track: counts[track] + rng.randint(1, 3)}
    return replace(year, applications=replace(year.applications, disputes=wrong))


def _disclosures(rng: Random, year: Year) -> Year:
    told = year.disclosures
    documents = told.documents["normative_documents"]
    match rng.choice(("issued", "in_force", "decisions", "nothing")):
        case "issued":
            documents = replace(documents, issued=_wrong(rng, documents.issued))
        case "in_force":
            documents = replace(documents, in_force=_wrong(rng, documents.in_force))
        case "decisions":
            penalties = told.decisions["penalties"]
            wrong = _wrong(rng, penalties) if rng.random() < 0.5 else 2 * penalties
            told = replace(told, decisions={**told.decisions, "penalties": wrong})
        case _:
            documents = replace(documents, issued=0)
            told = replace(told, decisions=dict.fromkeys(told.decisions, 0))
    return replace(year, disclosures=replace(told, documents={**told.documents, "normative_documents": documents}))


def _whole(rng: Random, year: Year) -> Year:
    return replace(year, pieces=_wrong(rng, year.pieces))


_SLIPS: tuple[Callable[[Random, Year], Year], ...] = (
    _applications,
    _all_done,
    _no_applications,
    _disputes,
    _disclosures,
    _whole,
)


def _wrong(rng: Random, count: int) -> int:
    """A count that is plausible and not `count`."""
    more = count + rng.choice((1, 2, 9, 10))
    return rng.choice((more, count - 1)) if count else more


def _one_wrong(rng: Random, counts: Sequence[int]) -> list[int]:
    """The first count wrong: natural persons, who apply most."""
    return [_wrong(rng, counts[0]), *counts[1:]]


# --- What contradicts the printed cells -------------------------------------------------------------------------------

_TOTALS = {
    "received": ("new_received", "total"),
    "received_natural_person": ("new_received", "natural_person"),
    "carried_in": ("carried_in", "total"),
    "processed": ("processed_total", "total"),
    "carried_forward": ("carried_forward", "total"),
    "not_held": ("unavailable_not_held", "total"),
}
_SUITS = ("direct_litigation", "litigation_after_reconsideration")
_MEASURES = {
    "normative_documents_issued": ("normative_documents", ("issued", "newly_made", "newly_disclosed")),
    "normative_documents_in_force": ("normative_documents", ("in_force",)),
    "rules_issued": ("rules", ("issued", "newly_made")),
    "licences": ("licences", ("decisions",)),
    "penalties": ("penalties", ("decisions",)),
    "coercive_measures": ("coercive_measures", ("decisions",)),
}


def contradictions(version: FormVersion, cells: Cells, narrative: Narrative) -> list[Broken]:
    """Every failure among S6 to S10, each place once, in printed order."""
    found = [*_against_tables(version, cells, narrative), *_missummed(narrative)]
    return list(dict.fromkeys(found))


def _against_tables(version: FormVersion, cells: Cells, narrative: Narrative) -> Iterator[Broken]:
    for stated in narrative.stated:
        value = stated.value
        match stated.kind:
            case "application":
                row, column = _TOTALS[stated.code]
                new: CellName = ("application", row, column)
                readings = [[new], [new, ("application", "carried_in", column)]] if row == "new_received" else [[new]]
                if not _fits_any(cells, readings, value):
                    yield Broken("S6", ".".join(new))
            case "dispute" if stated.code == "reconsideration":
                if not _fits_any(cells, [[("dispute", "reconsideration", "total")]], value):
                    yield Broken("S7", "dispute.reconsideration.total")
            case "dispute":
                suits: list[CellName] = [("dispute", track, "total") for track in _SUITS]
                if not _fits_any(cells, [suits, suits[:1], suits[1:]], value):
                    yield Broken("S7", "dispute.litigation.total")
            case "disclosure" if not stated.is_approximate:
                measures = _cells_of(version, stated.code)
                if measures and not _fits_any(cells, [[name] for name in measures], value):
                    yield Broken("S8", ".".join(measures[0]))
            case "none":
                for name in _denied(version, stated.code):
                    if (cells[name].value or 0) > 0:
                        yield Broken("S10", ".".join(name))


def _missummed(narrative: Narrative) -> Iterator[Broken]:
    channels = {stated.code: stated.value for stated in narrative.stated if stated.kind == "channel"}
    whole = channels.pop("all")
    parts = sum(channels.values())
    if parts > whole or (parts < whole and narrative.lists_all_channels):
        yield Broken("S9", "claim.channel.all")


def _denied(version: FormVersion, code: str) -> list[CellName]:
    match code:
        case "application_received":
            return [("application", "new_received", "total")]
        case "application_carried_in" | "application_carried_forward":
            return [("application", code.removeprefix("application_"), "total")]
        case "dispute_reconsideration":
            return [("dispute", "reconsideration", "total")]
        case "dispute_litigation":
            return [("dispute", track, "total") for track in _SUITS]
    # 未制发 says nothing of older documents that were disclosed in the year.
    return [name for name in _cells_of(version, code) if name[2] != "newly_disclosed"]


def _cells_of(version: FormVersion, code: str) -> list[CellName]:
    """The cells of table 2 that `code` may be said of; none where the form does not count it, nor for fees of processing."""
    if code not in _MEASURES:
        return []
    row, columns = _MEASURES[code]
    names = set(FORMS[version].cells())
    return [name for column in columns if (name := ("disclosure", row, column)) in names]


def _fits_any(cells: Cells, readings: Iterable[Sequence[CellName]], value: int) -> bool:
    return any(_fits([cells[name] for name in reading], value) for reading in readings)


def _fits(printed: Sequence[PrintedCell], value: int) -> bool:
    """Whether the cells may come to `value`: an empty one is any count, and of other words nobody can say what they are."""
    if any(cell.state in (CellState.TEXT, CellState.ABSENT) for cell in printed):
        return True
    known = sum((Decimal(cell.value or 0) for cell in printed), Decimal(0))
    return known == value or (known < value and any(cell.value is None for cell in printed))
