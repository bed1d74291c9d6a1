"""How often a password may be tried: kept in the accounts' file, so that it holds over all processes and over a restart."""

from __future__ import annotations

import sqlite3
import time
from ipaddress import ip_address, ip_network

WINDOW = 15 * 60
"""Seconds that a failed try counts."""
MOST_PER_ACCOUNT = 5
MOST_PER_ADDRESS = 20
"""A town hall goes out through one address."""


def begin(connection: sqlite3.Connection, name: str, address: str) -> tuple[int, int]:
    """Takes note of a try before the password is looked at, so that many at the same time are as many.

    Returns (the try's number, 0), or (0, the seconds to wait) when there were too many; such a try is not counted.
    """
    now, place = time.time(), _network(address)
    connection.execute("delete from attempt where at < ?", [now - WINDOW])
    wait = max(
        _wait(connection, now, "name", name, MOST_PER_ACCOUNT),
        _wait(connection, now, "address", place, MOST_PER_ADDRESS),
    )
    if wait:
        return 0, wait
    cursor = connection.execute("insert into attempt (name, address, at) values (?, ?, ?)", (name, place, now))
    return int(cursor.lastrowid or 0), 0


def succeed(connection: sqlite3.Connection, attempt: int, name: str) -> None:
    """The password was right: what was mistyped before is forgotten, for the account. The address goes on counting the others."""
    connection.execute("delete from attempt where attempt_id = ? or name = ?", (attempt, name))


def _wait(connection: sqlite3.Connection, now: float, column: str, value: str, most: int) -> int:
    """Seconds until the oldest of the last `most` tries no longer counts; 0 where there were fewer."""
    oldest = connection.execute(
        f"select at from attempt where {column} = ? order by at desc limit 1 offset ?", (value, most - 1)
    ).fetchone()
    return max(1, round(oldest[0] + WINDOW - now)) if oldest else 0


def _network(address: str) -> str:
    """What a person has of addresses: one of version 4, and of version 6 a whole network."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    return str(parsed if parsed.version == 4 else ip_network(f"{address}/64", strict=False))
