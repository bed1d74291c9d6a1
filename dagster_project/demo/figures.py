"""From a simulated year to the cells of a form: leaves, subtotals and totals, all of them consistent."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dagster_project.report_parser.form import (
    APPLICANTS,
    DISPUTE_RESULTS,
    DISPUTE_TRACKS,
    FORMS,
    TOTAL,
    CellName,
    FormVersion,
)

from .applications import OUTCOMES, ApplicationYear, ByApplicant
from .disclosures import DisclosureYear

Figure = int | Decimal


def figures_of(
    version: FormVersion, applications: ApplicationYear, disclosures: DisclosureYear
) -> dict[CellName, Figure]:
    """The value of every cell of the form, in printed order."""
    return {
        **_disclosure(version, disclosures),
        **_application(version, applications),
        **_dispute(applications),
    }


def _disclosure(version: FormVersion, year: DisclosureYear) -> dict[CellName, Figure]:
    known: dict[tuple[str, str], Figure] = {}
    for code, documents in year.documents.items():
        known[code, "issued"] = known[code, "newly_made"] = known[code, "newly_disclosed"] = documents.issued
        known[code, "repealed"] = documents.repealed
        known[code, "in_force"] = known[code, "total_disclosed"] = documents.in_force
    for code, items in year.items.items():
        known[code, "previous_items"] = items.previous
        known[code, "change"] = items.change
    for code, count in year.decisions.items():
        known[code, "decisions"] = count
    known["fees", "amount"] = year.fees
    known["procurement", "projects"] = year.projects
    # Money without a project would be a riddle, not a figure.
    known["procurement", "amount"] = year.procurement if year.projects else 0
    table = FORMS[version].by_code["disclosure"]
    return {
        (table.code, row.code, column.code): known[row.code, column.code]
        for row in table.rows
        for column in row.columns
    }


def _application(version: FormVersion, year: ApplicationYear) -> dict[CellName, Figure]:
    rows = {
        "new_received": year.new_received,
        "carried_in": year.carried_in,
        **year.outcomes,
        "other_handling": _sum(counts for code, counts in year.outcomes.items() if code.startswith("other_")),
        "processed_total": _sum(year.outcomes[code] for code in OUTCOMES),
        "carried_forward": year.carried_forward,
    }
    cells: dict[CellName, Figure] = {}
    for row in FORMS[version].by_code["application"].rows:
        counts = rows[row.code]
        for applicant, count in zip(APPLICANTS, counts, strict=True):
            cells["application", row.code, applicant.code] = count
        cells["application", row.code, TOTAL.code] = sum(counts)
    return cells


def _sum(rows: Iterable[ByApplicant]) -> ByApplicant:
    return [sum(column) for column in zip(*rows, strict=True)]


def _dispute(year: ApplicationYear) -> dict[CellName, Figure]:
    cells: dict[CellName, Figure] = {}
    for track in DISPUTE_TRACKS:
        counts = [year.disputes[track.code, result.code] for result in DISPUTE_RESULTS]
        for result, count in zip(DISPUTE_RESULTS, counts, strict=True):
            cells["dispute", track.code, result.code] = count
        cells["dispute", track.code, TOTAL.code] = sum(counts)
    return cells
