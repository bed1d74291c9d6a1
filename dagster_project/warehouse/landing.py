"""The landing zone: schema `raw` of the build database, where the parser's reports arrive unchanged.

Every function takes an open DuckDB connection and leaves no transaction open. Each write is one transaction, so a
process killed at any moment leaves whole batches or nothing, and repeating a write changes nothing.

What does not belong here: finding and parsing files (`dagster_project.inbox`), or what a report means (dbt).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter

import duckdb
import pyarrow as pa

from dagster_project.inbox import InboxFile
from dagster_project.register import RegisterRow

from .raw_schema import FILE, PARTS, REGISTER, TABLES, column_types, ddl
from .record_batches import Batch

RETRIED = ("too_slow", "reader_died", "unreadable", "changed_while_read")
"""Reasons that may lie with the machine or the moment: such a document is read again by the next build."""


def create_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create schema `raw` and its tables where they do not exist yet.

    A landing zone of another release of Gongkai is dropped: everything in it can be read again from the inbox.
    """
    with _transaction(connection):
        connection.execute(ddl())
        found = connection.execute(
            "SELECT table_name, map(list(column_name), list(data_type)) FROM duckdb_columns() WHERE schema_name = 'raw' GROUP BY ALL"
        ).fetchall()
        if any(columns != column_types(TABLES[table]) for table, columns in found if table in TABLES):
            connection.execute("DROP SCHEMA raw CASCADE")
            connection.execute(ddl())


def has_documents(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether any document was ever read."""
    return bool(connection.execute("SELECT 1 FROM raw.document LIMIT 1").fetchall())


def landed(connection: duckdb.DuckDBPyConnection, parser_version: str) -> set[tuple[str, str]]:
    """(SHA-256, context) of every document that this version of the parser has read: these need no second reading."""
    query = """
        SELECT DISTINCT sha256, context FROM raw.document
        WHERE parser_version = ? AND coalesce(reason, '') NOT IN (SELECT unnest(?))
    """
    return set(connection.execute(query, [parser_version, list(RETRIED)]).fetchall())


def sync_files(connection: duckdb.DuckDBPyConnection, files: Iterable[InboxFile]) -> None:
    """Make `raw.file` the listing of the inbox: `files` are all the files in it now, each path once."""
    listing = list(files)
    columns = {name: list(map(attrgetter(name), listing)) for name in FILE.names}
    with _transaction(connection), _view(connection, pa.table(columns, schema=FILE)):
        insert = _insertion(connection.execute("FROM raw.file LIMIT 1").fetchall())
        connection.execute(f"{insert} INTO raw.file BY NAME SELECT * FROM batch")
        connection.execute("DELETE FROM raw.file WHERE path NOT IN (SELECT path FROM batch)")


def sync_register(connection: duckdb.DuckDBPyConnection, rows: Sequence[RegisterRow]) -> None:
    """Make `raw.register` the register of the inbox, rows with a problem included: `rows` are all its lines now."""
    columns = {name: list(map(attrgetter(name), rows)) for name in REGISTER.names}
    with _transaction(connection), _view(connection, pa.table(columns, schema=REGISTER)):
        connection.execute("DELETE FROM raw.register")
        connection.execute("INSERT INTO raw.register BY NAME SELECT * FROM batch")


def land(connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    """Write reports in one transaction; whatever was there of their documents is replaced, parts and all.

    No document stands in two of the batches.
    """
    with _transaction(connection):
        with _view(connection, pa.Table.from_batches([batch["document"] for batch in batches])):
            stale = connection.execute(
                "SELECT report_key FROM raw.document WHERE sha256 IN (SELECT sha256 FROM batch)"
            ).fetchall()
            if stale:
                connection.execute(
                    """
                    DELETE FROM raw.document
                    WHERE sha256 IN (SELECT sha256 FROM batch) AND report_key NOT IN (SELECT report_key FROM batch)
                    """
                )
            connection.execute(f"{_insertion(stale)} INTO raw.document BY NAME SELECT * FROM batch")
        for table in PARTS:
            if stale:
                # Parts only stand beside their document, so a batch of new documents need not search the whole table.
                keys = [key for (key,) in stale]
                connection.execute(f"DELETE FROM raw.{table} WHERE report_key IN (SELECT unnest(?))", [keys])
            rows = pa.Table.from_batches([batch[table] for batch in batches])
            if rows.num_rows:  # a statement takes milliseconds whatever it inserts, and a view of the rows one more
                connection.execute(f"INSERT INTO raw.{table} BY NAME SELECT * FROM rows")


def _insertion(stale: Sequence[object]) -> str:
    """How rows are inserted that may replace `stale` ones: to look each of them up takes three times as long."""
    return "INSERT OR REPLACE" if stale else "INSERT"


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
def _view(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """Offer `rows` to SQL as the view `batch`."""
    connection.register("batch", rows)
    try:
        yield
    finally:
        connection.unregister("batch")
