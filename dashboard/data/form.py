"""The cells of the statutory form and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

from .release import Release

_CELLS = """
select distinct on (table_code, row_code, column_code)
    table_code, row_code, row_zh, row_en, column_code, column_zh, column_en
from dim_form_cell
order by table_code, row_code, column_code, form desc
"""


@dataclass(frozen=True)
class FormCell:
    table_code: str
    row_code: str
    row_zh: str
    row_en: str
    column_code: str
    column_zh: str
    column_en: str


def form_cells(release: Release) -> tuple[FormCell, ...]:
    """The cells of both versions, each once, with the newer labels where they differ."""
    return tuple(FormCell(**row) for row in release.rows(_CELLS))
