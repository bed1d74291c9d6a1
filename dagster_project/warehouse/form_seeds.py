"""Writes what the parser reads, as dbt seeds: `python -m dagster_project.warehouse.form_seeds`.

`form.csv` has a row per version of the statutory form, `form_cell.csv` a row per version and cell, `claim.csv` a row per kind of
claim and code. Every label and code of the dimensions comes from these; run this after changing `report_parser.form` or
`report_parser.claims` and commit the result.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dagster_project.report_parser import form as statutory
from dagster_project.report_parser.claims import CLAIM_KINDS

_SEEDS_DIRECTORY = Path(__file__).parents[2] / "dbt" / "seeds"
_GROUPS = {group.code: group for group in statutory.OUTCOME_GROUPS}


def seeds() -> dict[str, str]:
    """The content of every seed file, by file name."""
    return {
        "form.csv": _csv(_form_rows()),
        "form_cell.csv": _csv(_form_cell_rows()),
        "claim.csv": _csv(_claim_rows()),
    }


def _form_rows() -> Iterator[dict[str, object]]:
    for form in statutory.FORMS.values():
        yield {
            "form": form.version,
            "notice": form.notice,
            "first_year": form.first_year,
            "last_year": form.last_year,
        }


def _form_cell_rows() -> Iterator[dict[str, object]]:
    for form in statutory.FORMS.values():
        for table in form.tables:
            for row_order, row in enumerate(table.rows, start=1):
                group = _GROUPS[row.group] if row.group else None
                for column_order, column in enumerate(row.columns, start=1):
                    yield {
                        "form": form.version,
                        "table_code": table.code,
                        "table_zh": table.zh,
                        "table_en": table.en,
                        "row_code": row.code,
                        "row_zh": row.zh,
                        "row_en": row.en,
                        "row_order": row_order,
                        "group_code": group and group.code,
                        "group_zh": group and group.zh,
                        "group_en": group and group.en,
                        "column_code": column.code,
                        "column_zh": column.zh,
                        "column_en": column.en,
                        "column_order": column_order,
                        "unit": column.unit,
                        "article": row.article,
                        "is_total": str(column == statutory.TOTAL or row == statutory.PROCESSED_TOTAL).lower(),
                    }


def _claim_rows() -> Iterator[dict[str, object]]:
    for order, claim in enumerate(CLAIM_KINDS, start=1):
        yield {
            "kind": claim.kind,
            "code": claim.code,
            "claim_zh": claim.zh,
            "claim_en": claim.en,
            "unit": claim.unit,
            "sort_order": order,
        }


def _csv(rows: Iterable[Mapping[str, object]]) -> str:
    """`rows` as CSV text with a header and LF line ends; None is an empty field, which dbt loads as null."""
    content = io.StringIO()
    records = list(rows)
    writer = csv.DictWriter(content, fieldnames=list(records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return content.getvalue()


if __name__ == "__main__":
    for name, content in seeds().items():
        (_SEEDS_DIRECTORY / name).write_text(content, encoding="utf-8")
