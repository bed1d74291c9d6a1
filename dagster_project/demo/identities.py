"""Which of the form's hard identities (H1 to H5) a set of printed cells breaks.

The gold file needs an answer that does not come from the pipeline it tests, so this is a second, independent reading of the
rules in plain Python; `expectations/rules/` remains their home.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dagster_project.report_parser.form import APPLICANTS, FORMS, TOTAL, CellName, FormVersion

from .figures import Figure
from .printing import PrintedCell


@dataclass(frozen=True)
class Broken:
    """A rule that fails at a place; `place` is `table.row`, `table.column` or, for H5, the cell."""

    rule_id: str
    place: str


@dataclass(frozen=True)
class _Identity:
    rule_id: str
    place: str
    left: tuple[CellName, ...]
    right: tuple[CellName, ...]


def broken_rules(version: FormVersion, cells: Mapping[CellName, PrintedCell]) -> list[Broken]:
    """Every failure among H1 to H5, in the order of the rules and of the form. A blank or dash is some number from 0 up."""
    failed = [Broken(identity.rule_id, identity.place) for identity in _identities(version) if _fails(identity, cells)]
    return failed + [Broken("H5", ".".join(name)) for name in _outside_domain(version, cells)]


def _identities(version: FormVersion) -> Iterator[_Identity]:
    rows = FORMS[version].by_code["application"].rows
    outcomes = [row.code for row in rows if row.group]
    columns = [column.code for column in (*APPLICANTS, TOTAL)]

    def cells(
        row_codes: Iterable[str], column_codes: Iterable[str], table: str = "application"
    ) -> tuple[CellName, ...]:
        return tuple((table, row, column) for row in row_codes for column in column_codes)

    for column in columns:
        left = cells(("new_received", "carried_in"), [column])
        yield _Identity("H1", f"application.{column}", left, cells(("processed_total", "carried_forward"), [column]))
    for row in rows:
        yield _Identity(
            "H2", f"application.{row.code}", cells([row.code], [TOTAL.code]), cells([row.code], columns[:-1])
        )
    for column in columns:
        yield _Identity("H3", f"application.{column}", cells(["processed_total"], [column]), cells(outcomes, [column]))
    for track in FORMS[version].by_code["dispute"].rows:
        results = [column.code for column in track.columns if column != TOTAL]
        yield _Identity(
            "H4",
            f"dispute.{track.code}",
            cells([track.code], [TOTAL.code], "dispute"),
            cells([track.code], results, "dispute"),
        )


def _fails(identity: _Identity, cells: Mapping[CellName, PrintedCell]) -> bool:
    """Whether no reading of the unknown cells as numbers from 0 up makes both sides equal."""
    left, left_is_open = _side(identity.left, cells)
    right, right_is_open = _side(identity.right, cells)
    return (left < right and not left_is_open) or (left > right and not right_is_open)


def _side(names: Iterable[CellName], cells: Mapping[CellName, PrintedCell]) -> tuple[Figure, bool]:
    """(sum of the known cells, whether some cell is unknown)."""
    total, is_open = Decimal(0), False
    for name in names:
        value = cells[name].value
        if value is None:
            is_open = True
        else:
            total += value
    return total, is_open


def _outside_domain(version: FormVersion, cells: Mapping[CellName, PrintedCell]) -> Iterator[CellName]:
    for table in FORMS[version].tables:
        for row in table.rows:
            for column in row.columns:
                name = (table.code, row.code, column.code)
                value = cells[name].value
                if value is None or column.code == "change":
                    continue
                if value < 0 or (column.unit != "万元" and value != int(value)):
                    yield name
