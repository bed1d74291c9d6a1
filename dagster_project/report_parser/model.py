"""What the parser returns: frozen records, one `Report` for each report that a document holds.

Values are exact decimals as printed, never floats and never repaired. What does not belong here: how anything is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, NamedTuple, overload

from .form import CellName


class CellState(StrEnum):
    """What stands in a cell. A cell has a value in state `number` only."""

    NUMBER = "number"
    BLANK = "blank"
    """The cell is there and empty."""
    DASH = "dash"
    """A mark that says "none": / - — 无."""
    TEXT = "text"
    """Other words, or figures that cannot be assigned to single cells with certainty."""
    ABSENT = "absent"
    """The document has no such cell."""


class Status(StrEnum):
    PARSED = "parsed"
    """Organ and year are known and every cell of the form was found."""
    PARTIAL = "partial"
    """A report, but its organ, its year or some cells are missing: see `findings`."""
    REJECTED = "rejected"
    """Not read as a report: see `reason`."""


class Cell(NamedTuple):
    """One cell of the form. `raw` is the printed text, `line` its 1-based line in the document's text."""

    table: str
    row: str
    column: str
    value: Decimal | None
    raw: str | None
    state: CellState
    line: int | None


@dataclass(frozen=True, slots=True)
class Cells(Sequence[Cell]):
    """The cells of a report in printed order, held by column: a warehouse takes columns, and a report has 200 cells."""

    names: tuple[CellName, ...] = ()
    values: tuple[Decimal | None, ...] = ()
    raws: tuple[str | None, ...] = ()
    states: tuple[CellState, ...] = ()
    lines: tuple[int | None, ...] = ()

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, index: int) -> Cell: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Cell, ...]: ...

    def __getitem__(self, index: int | slice) -> Cell | tuple[Cell, ...]:
        return tuple(self)[index]

    def __iter__(self) -> Iterator[Cell]:
        for (table, row, column), value, raw, state, line in zip(
            self.names, self.values, self.raws, self.states, self.lines, strict=True
        ):
            yield Cell(table, row, column, value, raw, state, line)


class Claim(NamedTuple):
    """A figure stated in prose; kinds and codes in `claims/kinds.py`. `line` is where its sentence begins."""

    kind: str
    code: str
    value: Decimal
    is_approximate: bool
    sentence: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should know about how the document was read."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: str


class Section(NamedTuple):
    """The text of one of the six sections; `code` as in `form.SECTIONS`."""

    code: str
    heading: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Region:
    """A place in the division codes; names and code are None where unknown. `code` is that of the lowest known level."""

    province: str | None = None
    city: str | None = None
    county: str | None = None
    township: str | None = None
    code: str | None = None


OrganLevel = Literal["province", "city", "county", "township", "street"]
"""The level of the place that an organ serves; a 街道 is told from 乡 and 镇."""
OrganType = Literal["government", "office", "department"]
"""人民政府 or 行政公署; 街道办事处 and other offices of a government; everything else."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a document from outside it: its sidecar `NAME.meta.json`. The document itself goes first."""

    organ: str | None = None
    url: str | None = None
    published_on: date | None = None


class Report(NamedTuple):
    """One report as read. `sha256` is that of the document's bytes; `part` counts the reports of one document from 1.

    `form` is detected from the labels, never from the year; it is "mixed" when labels of both versions stand in one report
    and None when no label tells. `candidates` are the region codes that remain possible where `region` is not decided.
    `problems` and `measures` are the two halves of section 五, `processing_fee` is what section 六 says of 信息处理费,
    each as printed. `metadata` holds the document's own index card (索引号, 发布机构, …) in printed order.
    """

    source: str
    sha256: str
    part: int
    media_type: str | None
    encoding: str | None
    title: str | None
    organ: str | None
    organ_level: OrganLevel | None
    organ_type: OrganType | None
    year: int | None
    form: Literal["2019", "2021", "mixed"] | None
    region: Region
    candidates: tuple[str, ...]
    period_start: date | None
    period_end: date | None
    signed_on: date | None
    published_on: date | None
    url: str | None
    is_sample: bool
    status: Status
    reason: str | None
    cells: Cells
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]
    problems: str | None
    measures: str | None
    processing_fee: str | None
    metadata: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values for JSON: dates in ISO form, whole numbers as int, other decimals as text."""
        plain = {name: _plain(value) for name, value in zip(self._fields, self, strict=True)}
        return {**plain, "cells": [_plain(cell._asdict()) for cell in self.cells]}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Claim | Section):
        value = value._asdict()
    if isinstance(value, Region | Finding):
        value = asdict(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
