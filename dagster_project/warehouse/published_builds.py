"""Which build was published last, and so what has changed since: the memory of the incremental build.

`intermediate.published_build` holds one row: the generation of `int_report_state` that the release shows, the fingerprint of the code
that made it, and the release's id. It is written after the link moved. A build that ends before that, wherever it ends, leaves the row
as it was, and the next build takes in everything that changed since the row: more than it need, but never less.
"""

from __future__ import annotations

import duckdb

CHANGED_REPORTS = """
    select report_key from intermediate.int_report_state
    where generation > (select coalesce(max(generation), 0) from intermediate.published_build)
"""
"""The reports whose rows differ from those of the published build, or may: a query with the one column `report_key`."""


def published_with(connection: duckdb.DuckDBPyConnection) -> tuple[str, str] | None:
    """(fingerprint of the code, id of the release) of the last published build; None before the first."""
    tables = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'intermediate' and table_name = 'published_build'"
    ).fetchall()
    if not tables:
        return None
    rows = connection.sql("select project, release_id from intermediate.published_build").fetchall()
    return rows[0] if rows else None


def note_published(connection: duckdb.DuckDBPyConnection, project: str, release_id: str) -> None:
    """Remember that the marts as they are now were made by the code `project` and are published."""
    connection.begin()
    connection.execute("delete from intermediate.published_build")
    connection.execute(
        "insert into intermediate.published_build select max(generation), ?, ? from intermediate.int_report_state",
        [project, release_id],
    )
    connection.commit()
