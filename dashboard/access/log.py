"""The log of who came in, who was refused, who gave which verdict and who changed which account. It is only ever added to; SQLite itself
refuses anything else."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .database import connect, now

Event = Literal[
    "login", "login_refused", "login_locked", "logout", "verdict", "added", "changed", "disabled", "enabled", "password"
]


@dataclass(frozen=True)
class Entry:
    """`at` is UTC. `account` is whom it is about: null for a login under a name that no account has, which may be a mistyped password.
    `given_by` is who changed an account, a login name of this machine. `detail` says what was changed or judged."""

    event_id: int
    at: str
    event: Event
    account: str | None
    address: str | None
    given_by: str | None
    detail: str | None


def add(
    connection: sqlite3.Connection,
    event: Event,
    account: str | None,
    *,
    address: str | None = None,
    given_by: str | None = None,
    detail: str | None = None,
) -> None:
    connection.execute(
        "insert into event (at, event, account, address, given_by, detail) values (?, ?, ?, ?, ?, ?)",
        (now(), event, account, address, given_by, detail),
    )


def entries(path: Path, account: str | None = None, most: int = -1) -> list[Entry]:
    """The newest `most`, or all, in order."""
    with connect(path) as connection:
        rows = connection.execute(
            """
            select * from (
                select event_id, at, event, account, address, given_by, detail from event
                where ?1 is null or account = ?1 collate nocase order by event_id desc limit ?2
            ) order by event_id
            """,
            (account, most),
        )
        return [Entry(*row) for row in rows]
