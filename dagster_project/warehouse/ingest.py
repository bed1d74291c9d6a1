"""From the inbox to the landing tables, incrementally.

A document is known by the hash of its bytes and was read by a version of the parser: the same bytes are read again only by
another version. Every file stays listed, whatever became of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dagster_project import inbox
from dagster_project.report_parser import parser_version

from . import landing

_BATCH = 200
"""Reports landed in one transaction: what a killed build has to read again at most."""


@dataclass(frozen=True)
class IngestSummary:
    """`new` and `unchanged` count files; `rejected` lists path, reason and message of every refused file in the inbox."""

    new: int
    unchanged: int
    rejected: list[dict[str, str]]


def ingest(
    connection: duckdb.DuckDBPyConnection, folder: Path, on_progress: Callable[[int, int], None]
) -> IngestSummary:
    """Land every document of `folder` that this parser version has not read yet. `on_progress` is told (read, to read)."""
    landing.create_schema(connection)
    version = parser_version()
    files = [inbox.identify(path, folder) for path in inbox.walk(folder)]
    landing.sync_files(connection, files)
    landed = landing.landed_sha256(connection, version)
    unread = {file.sha256: file for file in files if file.sha256 not in landed}
    pending = list(unread.values())
    for start in range(0, len(pending), _BATCH):
        reports = []
        for done, file in enumerate(pending[start : start + _BATCH], start=start):
            on_progress(done, len(pending))
            reports.append(inbox.read(folder / file.path, file.path, file.sha256))
        landing.land(connection, reports, version, datetime.now(UTC))
    on_progress(len(pending), len(pending))
    new = sum(file.sha256 in unread for file in files)
    return IngestSummary(new, len(files) - new, _rejected(connection))


def _rejected(connection: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    rows = connection.execute(
        """
        select file.path, document.reason, coalesce(any_value(finding.message), '')
        from raw.file as file
        inner join raw.document as document on file.sha256 = document.sha256
        left join raw.finding as finding
            on document.report_key = finding.report_key and document.reason = finding.code
        where document.status = 'rejected'
        group by all
        order by file.path
        """
    ).fetchall()
    return [{"path": path, "reason": reason, "message": message} for path, reason, message in rows]
