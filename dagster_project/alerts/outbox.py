"""The outbox, `outbox.sqlite` in the warehouse: what has been told to whom, and the messages that are on their way.

A message and the note of what it tells are written in one transaction, so nothing is told twice and nothing is forgotten, wherever a
process dies. An attempt to send is noted before it begins: one whose end is not noted may have reached the channel, and the message
says so when it is sent again. Times are UTC, ISO 8601 to the second.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_WAIT_SECONDS = 60
_KEPT = timedelta(days=90)
"""How long a message is kept after it was sent or discarded."""
_FIRST_RETRY = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)

_TABLES = """
create table if not exists route (
    name text primary key,
    event_id integer not null,
    collected_at text not null
) without rowid;
create table if not exists told (
    route text not null,
    fingerprint text not null,
    is_open integer not null,
    primary key (route, fingerprint)
) without rowid;
create table if not exists trouble (
    key text primary key,
    zh text not null,
    en text not null
) without rowid;
create table if not exists organ (
    organ_key text primary key,
    organ_name text not null,
    place text not null,
    region_code text
) without rowid;
create table if not exists message (
    message_id integer primary key autoincrement,
    number text not null,
    receiver text not null,
    channel integer not null,
    title text not null,
    body text not null,
    language text not null,
    queued_at text not null,
    attempts integer not null default 0,
    began_at text,
    next_try_at text,
    error text,
    sent_at text,
    discarded_at text
);
create index if not exists message_waiting on message (receiver, channel) where sent_at is null and discarded_at is null;
"""
"""`route`: the last event of the ledger that each route has taken in. `told`: what each route was last told of a finding; it speaks where
a ledger that was lost tells again what it told before. `trouble`: what is wrong with the pipeline, as the operators know it. `organ`: every organ ever
seen, for one that has left the release still has a name. `message`: a message for one channel, the receiver's address number
`channel`; `began_at` is set while an attempt is under way."""


@dataclass(frozen=True)
class Message:
    """A message for one channel. `number` is the same for all channels of one digest; `began_at` tells of an attempt that was cut off."""

    message_id: int
    number: str
    receiver: str
    channel: int
    title: str
    body: str
    language: str
    queued_at: str
    attempts: int
    began_at: str | None
    next_try_at: str | None
    error: str | None


_COLUMNS = ", ".join(Message.__dataclass_fields__)
_WAITING = "sent_at is null and discarded_at is null"


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The outbox for one piece of work; its tables are made where there are none. Every statement outside `transaction` is one by itself."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None, uri=True)) as connection:
        if not connection.execute("select 1 from sqlite_master where name = 'message'").fetchall():
            connection.execute("pragma journal_mode = wal")
            connection.executescript(f"begin immediate; {_TABLES} commit;")
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection, *, keep: bool = True) -> Iterator[None]:
    """All or nothing; nothing as well without `keep`, for whoever only wants to see what would happen."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit" if keep else "rollback")


def put(
    connection: sqlite3.Connection,
    number: str,
    receiver: str,
    channel: int,
    text: tuple[str, str],
    language: str,
    now: datetime,
) -> None:
    """Queue a message (title, body) for one channel."""
    connection.execute(
        "insert into message (number, receiver, channel, title, body, language, queued_at) values (?, ?, ?, ?, ?, ?, ?)",
        [number, receiver, channel, *text, language, stamp(now)],
    )


def waiting(connection: sqlite3.Connection) -> list[Message]:
    """The messages that no channel has taken yet, the oldest of each channel first."""
    rows = connection.execute(f"select {_COLUMNS} from message where {_WAITING} order by receiver, channel, message_id")
    return [Message(*row) for row in rows]


def next_of(connection: sqlite3.Connection, receiver: str, channel: int) -> Message | None:
    """The oldest message that waits for a channel."""
    rows = connection.execute(
        f"select {_COLUMNS} from message where {_WAITING} and receiver = ? and channel = ? order by message_id limit 1",
        [receiver, channel],
    ).fetchall()
    return Message(*rows[0]) if rows else None


def begin(connection: sqlite3.Connection, message: Message, now: datetime) -> None:
    """Note that an attempt begins."""
    connection.execute(
        "update message set attempts = attempts + 1, began_at = ? where message_id = ?",
        [stamp(now), message.message_id],
    )


def sent(connection: sqlite3.Connection, message: Message, now: datetime) -> None:
    """Note that the channel has the message."""
    connection.execute(
        "update message set sent_at = ?, began_at = null, next_try_at = null, error = null where message_id = ?",
        [stamp(now), message.message_id],
    )


def failed(connection: sqlite3.Connection, message: Message, error: str, now: datetime) -> None:
    """Note that an attempt failed, and when the next is due: after a minute, then after twice as long each time, up to six hours."""
    wait = min(_FIRST_RETRY * 2 ** min(message.attempts, 20), _LONGEST_WAIT)
    connection.execute(
        "update message set began_at = null, error = ?, next_try_at = ? where message_id = ?",
        [error, stamp(now + wait), message.message_id],
    )


def discard(connection: sqlite3.Connection, receiver: str, now: datetime) -> int:
    """Give up what waits for a receiver; returns how many messages that were."""
    return connection.execute(
        f"update message set discarded_at = ? where {_WAITING} and receiver = ?", [stamp(now), receiver]
    ).rowcount


def last_sent(connection: sqlite3.Connection) -> dict[tuple[str, int], str]:
    """When each channel last took a message."""
    rows = connection.execute(
        "select receiver, channel, max(sent_at) from message where sent_at is not null group by 1, 2"
    )
    return {(receiver, channel): at for receiver, channel, at in rows}


def forget_old(connection: sqlite3.Connection, now: datetime) -> None:
    """Drop messages that nobody asks about any more."""
    connection.execute("delete from message where coalesce(sent_at, discarded_at) < ?", [stamp(now - _KEPT)])
