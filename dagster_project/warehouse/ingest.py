"""From the inbox to the landing tables, incrementally.

A document is known by the hash of its bytes and that of its context (its folders, its sidecar), and was read by a version of the
parser: it is read again only when one of the three is new. Every file stays listed, whatever became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dagster_project.inbox import InboxFile, list_files, list_names
from dagster_project.reading import read_files, readers
from dagster_project.register import REGISTER, RegisterRow, read_register
from dagster_project.report_parser import parser_version

from . import landing
from .record_batches import Batch, to_landing

_TRANSACTION_FILES = 1_000
"""Files landed in one transaction: what a killed build has to read again at most."""
_LOG_SIZE = "512MB"
"""How long DuckDB's log of transactions may be before its rows are written a second time, to where they belong. DuckDB's own 16 MB has it do so every
2,000 reports, each time with the rows of the last half-filled groups again. After a build that was killed the log is read first: 3 s at most."""


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
    """Land every document of `folder` that this parser version has not read yet. `on_progress` is told how many files need no more
    work, and how many there are."""
    # The other cores read, and two threads that write cost half as much CPU time again as one.
    connection.execute("SET threads = 1")
    connection.execute(f"SET checkpoint_threshold = '{_LOG_SIZE}'")
    landing.create_schema(connection)
    # Where nothing was read yet, the processes that will read get ready meanwhile.
    with nullcontext() if landing.has_documents(connection) else readers(to_landing) as started:
        register = read_register(folder)
        landing.sync_register(connection, register)
        inbox = _Inbox(folder, landing.landed(connection, parser_version()), on_progress)
        for files in (inbox.unread(), inbox.moved()):
            batches: list[Batch] = []
            for count, batch in read_files(files, to_landing, started=started):
                inbox.took(count)
                batches.append(batch)
                if sum(len(batch["document"]) for batch in batches) >= _TRANSACTION_FILES:
                    landing.land(connection, batches)
                    batches = []
            if batches:
                landing.land(connection, batches)
    landing.sync_files(connection, inbox.files)
    new = sum(file.sha256 in inbox.given for file in inbox.files)
    bad_rows = [_told(row, row.problem) for row in register if row.problem]
    return IngestSummary(new, len(inbox.files) - new, _rejected(connection), len(register) - len(bad_rows), bad_rows)


class _Inbox:
    """The files of an inbox, as far as they are listed, and which of them are to be read.

    The file of a document that was never read is given out as soon as it is listed: its bytes were just taken from the disk, and the
    system still holds them. Of files with the same bytes the one with the least path is the document's source, which is certain when all
    are listed. `given` has the files given out, by their SHA-256.
    """

    def __init__(self, folder: Path, landed: Set[tuple[str, str]], on_progress: Callable[[int, int], None]) -> None:
        self.files: list[InboxFile] = []
        self.given: dict[str, InboxFile] = {}
        self._folder = folder
        self._landed = landed
        self._sources: dict[str, InboxFile] = {}
        self._waiting = 0
        self._names_by_folder = list_names(folder)
        self._names = sum(len(names) for _, names in self._names_by_folder)
        self._on_progress = on_progress
        self._tell()

    def unread(self) -> Iterator[InboxFile]:
        """Lists the inbox, and gives out a file of each document that was never read."""
        known = {sha256 for sha256, _ in self._landed}
        for file in list_files(self._folder, self._folder, self._names_by_folder):
            self.files.append(file)
            source = self._sources.get(file.sha256)
            if source is None or file.path < source.path:
                self._sources[file.sha256] = file
            if source is None and file.sha256 not in known:
                yield self._given_out(file)
            else:
                self._tell()
        self._names = len(self.files)
        self._tell()

    def moved(self) -> Iterator[InboxFile]:
        """When all are listed: the sources of documents that were read, ever or just now, as found elsewhere."""
        for file in self._sources.values():
            read = self.given.get(file.sha256)
            if read is not file and (read or (file.sha256, file.context) not in self._landed):
                yield self._given_out(file)

    def took(self, count: int) -> None:
        """So many of the files given out were read."""
        self._waiting -= count
        self._tell()

    def _given_out(self, file: InboxFile) -> InboxFile:
        self.given[file.sha256] = file
        self._waiting += 1
        return file

    def _tell(self) -> None:
        """How many names and zips hold is known when all are listed; until then their names are counted."""
        self._on_progress(len(self.files) - self._waiting, max(self._names, len(self.files)))


def _told(row: RegisterRow, problem: str) -> dict[str, str]:
    return {"path": f"{REGISTER} 第 {row.line} 行", "reason": "register_row", "message": problem}


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
