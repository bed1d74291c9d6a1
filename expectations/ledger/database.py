"""The ledger's file: its tables, how it is opened, and what is done when it is damaged."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

_WAIT_SECONDS = 60
"""How long a writer waits for another: a sync of a whole country takes seconds."""

_TABLES = """
create table if not exists finding (
    fingerprint text primary key,
    rule_id text not null,
    severity text not null,
    organ_key text not null,
    year integer not null,
    place text not null,
    report_key text not null,
    first_seen text not null,
    first_release text not null,
    last_seen text not null,
    last_release text not null,
    status text not null check (status in ('new', 'persisting', 'resolved', 'reopened')),
    status_since text not null
) without rowid;
create table if not exists finding_event (
    event_id integer primary key autoincrement,
    fingerprint text not null,
    event text not null check (event in ('new', 'resolved', 'reopened')),
    release_id text not null,
    at text not null,
    severity text not null,
    left_value numeric,
    right_value numeric,
    difference numeric,
    cause text
);
create index if not exists finding_event_of on finding_event (fingerprint);
create table if not exists verdict (
    verdict_id integer primary key autoincrement,
    fingerprint text not null,
    verdict text not null check (verdict in ('confirmed', 'dismissed', 'withdrawn')),
    reason text,
    given_by text not null,
    given_at text not null
);
create index if not exists verdict_of on verdict (fingerprint);
create table if not exists synced (
    release_id text primary key,
    at text not null
);
"""


@contextmanager
def connect(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for one piece of work, closed afterwards; the tables are made where there are none."""
    with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
        if not connection.execute("select 1 from sqlite_master where name = 'synced'").fetchall():
            connection.execute("pragma journal_mode = wal")
            connection.executescript(f"begin immediate; {_TABLES} commit;")
            # Whoever reads events remembers the last number it saw. A ledger that takes the place of a lost one goes on above it.
            connection.execute(
                "insert into sqlite_sequence (name, seq) select 'finding_event', ?"
                " where not exists (select 1 from sqlite_sequence where name = 'finding_event')",
                [time.time_ns() // 1000],
            )
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection inside the ledger's one write transaction: committed at the end, undone by an error."""
    with connect(path) as connection:
        connection.execute("begin immediate")
        try:
            yield connection
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")


def put_aside_if_damaged(path: Path) -> Path | None:
    """Rename a ledger that is no database or fails SQLite's own check, so that the next sync makes it anew. Nothing is deleted.

    Returns its new name, or None when it is sound or was never there.
    """
    if path.exists() and _is_sound(path):
        return None
    kept = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    # The log goes along, even without its database: a new ledger must not take it for its own.
    found = [suffix for suffix in ("", "-wal", "-shm") if path.with_name(path.name + suffix).exists()]
    for suffix in found:
        path.with_name(path.name + suffix).rename(kept.with_name(kept.name + suffix))
    return kept if found else None


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as connection:
            return bool(connection.execute("pragma integrity_check").fetchall() == [("ok",)])
    except sqlite3.OperationalError:
        raise  # locked, or not ours to open: that says nothing of its content
    except sqlite3.DatabaseError:
        return False
