"""From the inbox to the landing tables, incrementally.

A document is known by the hash of its bytes and that of its context (its folders, its sidecar), and was read by a version of the
parser: it is read again only when one of the three is new. Every file stays listed, whatever became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dagster_project.inbox import InboxFile, list_files
from dagster_project.reading import read_files, readers
from dagster_project.register import REGISTER, RegisterRow, read_register
from dagster_project.report_parser import Report, parser_version

from . import landing
from .record_batches import Batch, to_batch

_TRANSACTION_FILES = 1_000
"""Files landed in one transaction: what a killed build has to read again at most."""


@dataclass(frozen=True)
class IngestSummary:
    """`new` and `unchanged` count files; `rejected` lists path, reason and message of every refused file in the inbox, and
    `bad_register_rows` of every line of its register that cannot be used. `registered` counts those that can."""

    new: int
    unchanged: int
    rejected: list[dict[str, str]]
    registered: int
    bad_register_rows: list[dict[str, str]]


def ingest(
    connection: duckdb.DuckDBPyConnection, folder: Path, on_progress: Callable[[int, int], None]
) -> IngestSummary:
    """Land every document of `folder` that this parser version has not read yet. `on_progress` is told (read, to read)."""
    # The other cores read, and two threads that write cost half as much CPU time again as one.
    connection.execute("SET threads = 1")
    landing.create_schema(connection)
    landed = landing.landed(connection, parser_version())
    # Where nothing was read yet, the processes that will read get ready while the files are listed.
    with nullcontext() if landed else readers(to_landing) as started:
        files = list(list_files(folder, root=folder))
        landing.sync_files(connection, files)
        register = read_register(folder)
        landing.sync_register(connection, register)
        # Of files with the same bytes the one with the least path is read: that is the document's source.
        documents = {file.sha256: file for file in sorted(files, key=lambda file: file.path, reverse=True)}
        pending = [file for file in documents.values() if (file.sha256, file.context) not in landed]
        pending.sort(key=lambda file: file.path)

        on_progress(0, len(pending))
        done = 0
        batches: list[Batch] = []
        for count, batch in read_files(pending, to_landing, started=started):
            done += count
            on_progress(done, len(pending))
            batches.append(batch)
            if sum(len(batch["document"]) for batch in batches) >= _TRANSACTION_FILES:
                landing.land(connection, batches)
                batches = []
        if batches:
            landing.land(connection, batches)
    read = {file.sha256 for file in pending}
    new = sum(file.sha256 in read for file in files)
    bad_rows = [_told(row, row.problem) for row in register if row.problem]
    return IngestSummary(new, len(files) - new, _rejected(connection), len(register) - len(bad_rows), bad_rows)


def _told(row: RegisterRow, problem: str) -> dict[str, str]:
    return {"path": f"{REGISTER} 第 {row.line} 行", "reason": "register_row", "message": problem}


def to_landing(files: Sequence[InboxFile], reports: Sequence[Report]) -> Batch:
    """The rows to land, made in the process that read the files."""
    contexts = {file.sha256: file.context for file in files}
    return to_batch(reports, contexts, parser_version(), datetime.now(UTC))


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
