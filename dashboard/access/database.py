"""The file of the accounts: its tables, and how it is opened. It lies beside the ledger, is only for its owner to read, and goes into
backups."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

_WAIT_SECONDS = 20

_TABLES = """
create table if not exists account (
    name text primary key collate nocase,
    role text not null check (role in ('viewer', 'analyst', 'steward', 'admin')),
    scope text,
    place text,
    password_hash text,
    is_enabled integer not null default 1,
    version integer not null default 1,
    created_at text not null
) without rowid;
create table if not exists attempt (
    attempt_id integer primary key,
    name text not null collate nocase,
    address text not null,
    at real not null
);
create index if not exists attempt_at on attempt (at);
create table if not exists event (
    event_id integer primary key autoincrement,
    at text not null,
    event text not null,
    account text,
    address text,
    given_by text,
    detail text
);
create trigger if not exists event_is_not_changed before update on event
begin select raise(abort, 'the log is only added to'); end;
create trigger if not exists event_is_not_removed before delete on event
begin select raise(abort, 'the log is only added to'); end;
"""


@contextmanager
def connect(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for one piece of work, closed afterwards; the file is made where there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
        if not connection.execute("select 1 from sqlite_master where name = 'event_is_not_removed'").fetchall():
            # No write-ahead log: it would be made and removed with each of the many short looks, and writers are rare.
            connection.executescript(f"begin immediate; {_TABLES} commit;")
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection inside the file's one write transaction: committed at the end, undone by an error."""
    with connect(path) as connection:
        connection.execute("begin immediate")
        try:
            yield connection
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")


def now() -> str:
    """UTC, ISO 8601 to the second."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
