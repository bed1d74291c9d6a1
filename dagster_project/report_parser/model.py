"""What the parser returns: frozen records, one `Report` for each document.

Values are exact decimals as printed, never floats and never repaired. What does not belong here: how anything is read.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal


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


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the form. `raw` is the printed text, `line` its 1-based line in the decoded document."""

    table: str
    row: str
    column: str
    value: Decimal | None
    raw: str | None
    state: CellState
    line: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure stated in prose. `line` is where its sentence begins."""

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


@dataclass(frozen=True, slots=True)
class Section:
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


@dataclass(frozen=True, slots=True)
class Report:
    """One document as read. `sha256` is that of the bytes, so equal documents have equal reports.

    `form` is detected from the labels, never from the year; it is "mixed" when labels of both versions stand in one document
    and None when no label tells.
    """

    source: str
    sha256: str
    media_type: str | None
    encoding: str | None
    title: str | None
    organ: str | None
    year: int | None
    form: Literal["2019", "2021", "mixed"] | None
    region: Region
    period_start: date | None
    period_end: date | None
    signed_on: date | None
    is_sample: bool
    status: Status
    reason: str | None
    cells: tuple[Cell, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values for JSON: dates in ISO form, whole numbers as int, other decimals as text."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
