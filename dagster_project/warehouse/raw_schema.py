"""The schema of the landing zone: the tables of schema `raw`, their columns and types. Their only home.

Grain: `file` a row per file in the inbox now; `register` a row per line of the inbox's register; `document` a row per report read, whichever files hold it and whether or not one
still does; `cell`, `finding`, `section`, `claim` and `metadata` its parts. dbt reads them as sources.

Arrow types, for that is how the reports arrive (`record_batches.py`); the DDL is derived.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from dagster_project.report_parser import CellState
from dagster_project.report_parser.form import FORMS

_TEXT = pa.string()
_WHOLE = pa.int32()
_FIGURE = pa.decimal128(18, 6)
_MOMENT = pa.timestamp("us")

_SQL_TYPES = {
    _TEXT: "VARCHAR",
    _WHOLE: "INTEGER",
    _FIGURE: "DECIMAL(18,6)",
    _MOMENT: "TIMESTAMP",
    pa.int64(): "BIGINT",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.list_(_TEXT): "VARCHAR[]",
}

_TABLE_CODES, _ROW_CODES, _COLUMN_CODES = zip(*(name for form in FORMS.values() for name in form.cells()), strict=True)
_CODES: dict[str, Iterable[str]] = {
    "table_code": dict.fromkeys(_TABLE_CODES),
    "row_code": dict.fromkeys(_ROW_CODES),
    "column_code": dict.fromkeys(_COLUMN_CODES),
    "state": CellState,
}
"""The columns of `cell` that hold nothing but these codes: in a table of millions of rows an enumeration takes half the time to write."""

Columns = dict[str, pa.DataType]


def _schema(required: Columns, optional: Columns) -> pa.Schema:
    return pa.schema(
        [
            *(pa.field(name, kind, nullable=False) for name, kind in required.items()),
            *(pa.field(name, kind) for name, kind in optional.items()),
        ]
    )


FILE = _schema({"path": _TEXT, "sha256": _TEXT, "size_bytes": pa.int64(), "modified_at": _MOMENT}, {})

DOCUMENT = _schema(
    {
        "report_key": _TEXT,
        "sha256": _TEXT,
        "part": _WHOLE,
        "context": _TEXT,
        "parser_version": _TEXT,
        "is_sample": pa.bool_(),
        "status": _TEXT,
        "parsed_at": _MOMENT,
    },
    {
        "reason": _TEXT,
        "media_type": _TEXT,
        "encoding": _TEXT,
        "title": _TEXT,
        "organ": _TEXT,
        "organ_level": _TEXT,
        "organ_type": _TEXT,
        "year": _WHOLE,
        "form": _TEXT,
        "province": _TEXT,
        "city": _TEXT,
        "county": _TEXT,
        "township": _TEXT,
        "region_code": _TEXT,
        "candidates": pa.list_(_TEXT),
        "period_start": pa.date32(),
        "period_end": pa.date32(),
        "signed_on": pa.date32(),
        "published_on": pa.date32(),
        "url": _TEXT,
        "problems": _TEXT,
        "measures": _TEXT,
        "processing_fee": _TEXT,
    },
)

# The parts have no primary key: an index over millions of cells costs more than the load. `landing.land` keeps them unique.
PARTS: dict[str, pa.Schema] = {
    "cell": _schema(
        {"report_key": _TEXT, "table_code": _TEXT, "row_code": _TEXT, "column_code": _TEXT, "state": _TEXT},
        {"value": _FIGURE, "raw": _TEXT, "line": _WHOLE},
    ),
    "finding": _schema({"report_key": _TEXT, "code": _TEXT, "severity": _TEXT, "message": _TEXT}, {}),
    "section": _schema(
        {"report_key": _TEXT, "section_code": _TEXT, "heading": _TEXT, "text": _TEXT, "line": _WHOLE}, {}
    ),
    "claim": _schema(
        {
            "report_key": _TEXT,
            "kind": _TEXT,
            "code": _TEXT,
            "value": _FIGURE,
            "is_approximate": pa.bool_(),
            "sentence": _TEXT,
            "line": _WHOLE,
        },
        {},
    ),
    "metadata": _schema({"report_key": _TEXT, "label": _TEXT, "value": _TEXT}, {}),
}

REGISTER = _schema(
    {"line": _WHOLE},
    {
        "organ": _TEXT,
        "organ_level": _TEXT,
        "organ_type": _TEXT,
        "region_code": _TEXT,
        "since": _WHOLE,
        "until": _WHOLE,
        "deadline": _TEXT,
        "problem": _TEXT,
    },
)

TABLES: dict[str, pa.Schema] = {"file": FILE, "register": REGISTER, "document": DOCUMENT, **PARTS}
_PRIMARY_KEYS = {"file": "path", "document": "report_key"}
_LONG_TEXTS = ("text", "problems", "measures")
"""Columns of paragraphs: the compression that DuckDB would choose takes three times as long to write them."""


def column_types(schema: pa.Schema) -> dict[str, str]:
    """The columns with their types, as DuckDB tells them."""
    return {field.name: _enumeration(field.name) or _SQL_TYPES[field.type] for field in schema}


def _enumeration(column: str) -> str | None:
    codes = ", ".join(f"'{code}'" for code in _CODES.get(column, ()))
    return f"ENUM({codes})" if codes else None


def ddl() -> str:
    """The statements that create schema `raw` and its tables where they do not exist yet."""
    statements = ["CREATE SCHEMA IF NOT EXISTS raw"]
    for table, schema in TABLES.items():
        columns = [_definition(table, schema.field(name), kind) for name, kind in column_types(schema).items()]
        statements.append(f"CREATE TABLE IF NOT EXISTS raw.{table} ({', '.join(columns)})")
    return ";\n".join(statements) + ";"


def _definition(table: str, column: pa.Field, kind: str) -> str:
    definition = f"{column.name} {kind}"
    if column.name in _LONG_TEXTS:
        definition += " USING COMPRESSION zstd"
    if _PRIMARY_KEYS.get(table) == column.name:
        return f"{definition} PRIMARY KEY"
    return definition if column.nullable else f"{definition} NOT NULL"
