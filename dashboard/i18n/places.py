"""What the places that rules speak of are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from . import Translator

_OUTSIDE_THE_TABLES = ("report", "title", "form", "published_on")
_GROUPS = ("denied", "unavailable", "rejected", "other_handling")
"""Of outcomes: the form has a heading for each and no cell of its own."""
_TRACKS = ("total", "upheld", "corrected")
"""What the prose says of 行政诉讼, both tracks of table 4 together."""
_STATED = (
    ("channel", "all"),
    ("application", "received"),
    ("application", "processed"),
    ("dispute", "reconsideration"),
    ("dispute", "litigation"),
)
"""Wholes that the prose states with their parts."""
_SECTIONS = ("overview", "disclosure", "application", "dispute", "problems", "other")


class LabelledCell(Protocol):
    """A cell of the form with its codes and, as `row_zh`, `row_en`, `column_zh` and `column_en`, its labels."""

    @property
    def table_code(self) -> str: ...
    @property
    def row_code(self) -> str: ...
    @property
    def column_code(self) -> str: ...


def place_labels(t: Translator, cells: Iterable[LabelledCell]) -> dict[str, str]:
    """Labels of everything that a place can name: table, table.row, table.column and cell, and what lies outside the tables."""
    labels = {place: t(f"rules.place.{place}") for place in _OUTSIDE_THE_TABLES}
    labels |= {f"application.{group}.total": t(f"rules.place.group.{group}") for group in _GROUPS}
    labels |= {f"dispute.litigation.{track}": t(f"rules.place.litigation.{track}") for track in _TRACKS}
    labels |= {f"claim.{kind}.{code}": t(f"rules.place.claim.{kind}.{code}") for kind, code in _STATED}
    labels |= {f"section.{section}": t(f"rules.place.section.{section}") for section in _SECTIONS}
    for cell in cells:
        row, column = t.label(cell, "row"), t.label(cell, "column")
        table = t(f"rules.table.{cell.table_code}")
        labels[cell.table_code] = table
        labels[f"{cell.table_code}.{cell.row_code}"] = t("rules.place.row", table=table, label=row)
        labels[f"{cell.table_code}.{cell.column_code}"] = t("rules.place.column", table=table, label=column)
        labels[f"{cell.table_code}.{cell.row_code}.{cell.column_code}"] = f"{row} × {column}"
    return labels
