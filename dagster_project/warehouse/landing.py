"""The landing zone: schema `raw` of the build database, where the parser's reports arrive unchanged.

Grain: `raw.file` a row per file in the inbox now; `raw.document` a row per document content (its bytes), whichever
files hold it and whether or not one still does; `raw.cell`, `raw.finding`, `raw.section` and `raw.claim` its parts. The
DDL of the schema lives here only; dbt reads it as a source.

Every function takes an open DuckDB connection and leaves no transaction open. Each write is one transaction, so a
process killed at any moment leaves whole batches or nothing, and repeating a write changes nothing.

What does not belong here: finding and parsing files (the ingest asset), or what a report means (dbt).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

import duckdb
import pyarrow as pa

from dagster_project.report_parser.model import Report

_DDL = """
CREATE SCHEMA IF NOT EXISTS raw;

CREATE TABLE IF NOT EXISTS raw.file (
    path VARCHAR PRIMARY KEY,
    sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    modified_at TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS raw.document (
    report_key VARCHAR PRIMARY KEY,
    sha256 VARCHAR NOT NULL,
    parser_version VARCHAR NOT NULL,
    media_type VARCHAR,
    encoding VARCHAR,
    title VARCHAR,
    organ VARCHAR,
    year INTEGER,
    form VARCHAR,
    province VARCHAR,
    city VARCHAR,
    county VARCHAR,
    township VARCHAR,
    region_code VARCHAR,
    period_start DATE,
    period_end DATE,
    signed_on DATE,
    is_sample BOOLEAN NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    parsed_at TIMESTAMP NOT NULL
);

-- The parts have no primary key: an index over millions of cells costs more than the load. `land` keeps them unique.
CREATE TABLE IF NOT EXISTS raw.cell (
    report_key VARCHAR NOT NULL,
    table_code VARCHAR NOT NULL,
    row_code VARCHAR NOT NULL,
    column_code VARCHAR NOT NULL,
    value DECIMAL(18, 6),
    raw VARCHAR,
    state VARCHAR NOT NULL,
    line INTEGER
);

CREATE TABLE IF NOT EXISTS raw.finding (
    report_key VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS raw.section (
    report_key VARCHAR NOT NULL,
    section_code VARCHAR NOT NULL,
    heading VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    line INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS raw.claim (
    report_key VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    value DECIMAL(18, 6) NOT NULL,
    is_approximate BOOLEAN NOT NULL,
    sentence VARCHAR NOT NULL,
    line INTEGER NOT NULL
);
"""

_DOCUMENT_COLUMNS = {
    "sha256": "sha256",
    "media_type": "media_type",
    "encoding": "encoding",
    "title": "title",
    "organ": "organ",
    "year": "year",
    "form": "form",
    "province": "region.province",
    "city": "region.city",
    "county": "region.county",
    "township": "region.township",
    "region_code": "region.code",
    "period_start": "period_start",
    "period_end": "period_end",
    "signed_on": "signed_on",
    "is_sample": "is_sample",
    "status": "status",
    "reason": "reason",
}
"""Column of `raw.document` → attribute of `Report`."""

_PARTS = {
    "cell": (
        "cells",
        {
            "table_code": "table",
            "row_code": "row",
            "column_code": "column",
            "value": "value",
            "raw": "raw",
            "state": "state",
            "line": "line",
        },
    ),
    "finding": ("findings", {"code": "code", "severity": "severity", "message": "message"}),
    "section": ("sections", {"section_code": "code", "heading": "heading", "text": "text", "line": "line"}),
    "claim": (
        "claims",
        {
            "kind": "kind",
            "code": "code",
            "value": "value",
            "is_approximate": "is_approximate",
            "sentence": "sentence",
            "line": "line",
        },
    ),
}
"""Part table → (attribute of `Report` that holds its records, column → attribute of the record)."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file that lies in the inbox. `modified_at` must carry its time zone: it is stored as UTC."""

    path: str
    sha256: str
    size_bytes: int
    modified_at: datetime


def report_key(sha256: str) -> str:
    """The key of the document with these bytes: the first 16 hex digits of their SHA-256."""
    return sha256[:16]


def create_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create schema `raw` and its tables where they do not exist yet."""
    with _transaction(connection):
        connection.execute(_DDL)


def landed_sha256(connection: duckdb.DuckDBPyConnection, parser_version: str) -> set[str]:
    """SHA-256 of every document that this version of the parser has read: these need no second reading."""
    rows = connection.execute("SELECT sha256 FROM raw.document WHERE parser_version = ?", [parser_version]).fetchall()
    return {sha256 for (sha256,) in rows}


def sync_files(connection: duckdb.DuckDBPyConnection, files: Iterable[InboxFile]) -> None:
    """Make `raw.file` the listing of the inbox: `files` are all the files in it now, each path once."""
    listing = list(files)
    columns = {name: [getattr(file, name) for file in listing] for name in InboxFile.__slots__}
    with _transaction(connection), _batch(connection, "file", columns):
        connection.execute("INSERT OR REPLACE INTO raw.file BY NAME SELECT * FROM batch")
        connection.execute("DELETE FROM raw.file WHERE path NOT IN (SELECT path FROM batch)")


def land(
    connection: duckdb.DuckDBPyConnection, reports: Iterable[Report], parser_version: str, parsed_at: datetime
) -> None:
    """Write a batch of reports in one transaction; a document that is there already is replaced, parts and all.

    Two reports on the same bytes are one document. `parsed_at` must carry its time zone: it is stored as UTC. Raises
    pyarrow.ArrowInvalid, and writes nothing, if a value has more than six decimal places.
    """
    by_key = {report_key(report.sha256): report for report in reports}
    keys, batch = list(by_key), list(by_key.values())
    documents: dict[str, list[Any]] = {
        "report_key": keys,
        "parser_version": [parser_version] * len(keys),
        "parsed_at": [parsed_at] * len(keys),
        **_columns(batch, _DOCUMENT_COLUMNS),
    }
    with _transaction(connection):
        stale = _already_landed(connection, keys)
        with _batch(connection, "document", documents):
            connection.execute("INSERT OR REPLACE INTO raw.document BY NAME SELECT * FROM batch")
        for table, (attribute, fields) in _PARTS.items():
            if stale:
                # Parts only stand beside their document, so a batch of new documents need not search the whole table.
                connection.execute(f"DELETE FROM raw.{table} WHERE report_key IN (SELECT unnest(?))", [stale])
            parts = [getattr(report, attribute) for report in batch]
            owners = chain.from_iterable(repeat(key, len(part)) for key, part in zip(keys, parts, strict=True))
            columns = {"report_key": list(owners), **_columns(list(chain.from_iterable(parts)), fields)}
            with _batch(connection, table, columns):
                connection.execute(f"INSERT INTO raw.{table} BY NAME SELECT * FROM batch")


def _columns(records: Sequence[Any], fields: Mapping[str, str]) -> dict[str, list[Any]]:
    return {column: list(map(attrgetter(attribute), records)) for column, attribute in fields.items()}


def _already_landed(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> list[str]:
    query = "SELECT report_key FROM raw.document WHERE report_key IN (SELECT unnest(?))"
    return [key for (key,) in connection.execute(query, [keys]).fetchall()]


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def _batch(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, list[Any]]) -> Iterator[None]:
    """Offer `columns` to SQL as the view `batch`, typed as raw.`table` is: the DDL is the only home of the types."""
    empty: pa.Table = connection.sql(f"SELECT * FROM raw.{table} LIMIT 0").to_arrow_table()
    schema = pa.schema([empty.schema.field(name) for name in columns])
    connection.register("batch", pa.table(columns, schema=schema))
    try:
        yield
    finally:
        connection.unregister("batch")
