"""What the places that rules speak of are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from . import Translator

_OUTSIDE_THE_TABLES = ("report", "title", "form", "published_on")
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
    labels |= {f"section.{section}": t(f"rules.place.section.{section}") for section in _SECTIONS}
    for cell in cells:
        row, column = t.label(cell, "row"), t.label(cell, "column")
        table = t(f"rules.table.{cell.table_code}")
        labels[cell.table_code] = table
        labels[f"{cell.table_code}.{cell.row_code}"] = t("rules.place.row", table=table, label=row)
        labels[f"{cell.table_code}.{cell.column_code}"] = t("rules.place.column", table=table, label=column)
        labels[f"{cell.table_code}.{cell.row_code}.{cell.column_code}"] = f"{row} × {column}"
    return labels
