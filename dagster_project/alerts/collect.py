"""Queueing what there is to tell: findings for each route whose time has come, pipeline trouble for the operators."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache

import duckdb

from dagster_project.warehouse.health import CHINA, troubles
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.releases import published

from . import outbox, wording
from .channels import longest, open_channel
from .news import News, attach_ledger, gather, last_event, remember_organs
from .routes import Receiver, Route, Routes


@dataclass(frozen=True)
class Queued:
    """A message for a receiver: (title, body) for each of its addresses, as long as the channel bears."""

    receiver: Receiver
    texts: tuple[tuple[str, str], ...]


def queue_findings(paths: WarehousePaths, routes: Routes, now: datetime, *, is_preview: bool = False) -> list[Queued]:
    """Put what is new in the ledger into the outbox, for every route whose time has come.

    A preview takes the time of every route as come, and leaves the outbox as it was.
    """
    if not (paths.ledger.exists() and paths.current.exists()):
        return []
    queued = []
    with duckdb.connect(paths.current.resolve(), read_only=True) as release, outbox.opened(paths.outbox) as connection:
        names = cache(lambda language: wording.Names.read(release, language))
        attach_ledger(connection, paths.ledger)
        with outbox.transaction(connection, keep=not is_preview):
            newest = last_event(connection)
            due = [route for route in routes.routes if _is_due(connection, route, now) or is_preview]
            behind = {route: after for route in due if (after := _taken_in(connection, route, newest)) < newest}
            if behind:
                remember_organs(connection, release)
            for route, after in behind.items():
                news = gather(connection, release, route, after)
                if news:
                    queued.append(_digest(connection, news, route, names(route.language), now))
            connection.executemany(
                "update route set event_id = ?, collected_at = ? where name = ?",
                [(newest, outbox.stamp(now), route.name) for route in due],
            )
            outbox.forget_old(connection, now)
    return queued


def _is_due(connection: sqlite3.Connection, route: Route, now: datetime) -> bool:
    """Whether the route's time came since it last looked. One that is seen for the first time begins to count now."""
    connection.execute("insert or ignore into route values (?, 0, ?)", [route.name, outbox.stamp(now)])
    collected_at = connection.execute("select collected_at from route where name = ?", [route.name]).fetchall()[0][0]
    return route.digest.at is None or outbox.stamp(route.digest.last_due(now)) > collected_at


def _taken_in(connection: sqlite3.Connection, route: Route, newest: int) -> int:
    """The last event that the route has taken in. A ledger that has not come so far is another one, and is read from its beginning."""
    event_id = int(connection.execute("select event_id from route where name = ?", [route.name]).fetchall()[0][0])
    return event_id if event_id <= newest else 0


def _digest(connection: sqlite3.Connection, news: News, route: Route, names: wording.Names, now: datetime) -> Queued:
    number = new_number(now)
    queued = Queued(route, tuple(wording.digest(news, route, names, number, room) for room in _rooms(route)))
    _put(connection, queued, number, now)
    return queued


def queue_troubles(
    paths: WarehousePaths, routes: Routes, now: datetime, nightly: time | None, *, is_preview: bool = False
) -> list[Queued]:
    """Put into the outbox what has gone wrong in the pipeline since the operators were last told, or that nothing is wrong any more."""
    receiver = routes.operators
    if receiver is None:
        return []
    found = {trouble.key: trouble for trouble in troubles(paths, now, nightly)}
    with outbox.opened(paths.outbox) as connection, outbox.transaction(connection, keep=not is_preview):
        told = {key: {"zh": zh, "en": en} for key, zh, en in connection.execute("select key, zh, en from trouble")}
        came = [trouble for key, trouble in found.items() if key not in told]
        # One failure after another is no recovery.
        over = [] if found else [texts[receiver.language] for texts in told.values()]
        if not came and not over:
            return []
        connection.execute("delete from trouble")
        connection.executemany(
            "insert into trouble values (?, ?, ?)",
            [(trouble.key, trouble.zh, trouble.en) for trouble in found.values()],
        )
        number = new_number(now)
        summaries = [trouble.zh if receiver.language == "zh" else trouble.en for trouble in came]
        serves = published(paths)
        queued = Queued(
            receiver,
            tuple(wording.operations(receiver, summaries, over, serves, number, room) for room in _rooms(receiver)),
        )
        _put(connection, queued, number, now)
    return [queued]


def new_number(now: datetime) -> str:
    """What tells a message from all others: the day in Beijing and eight random digits."""
    return f"{now.astimezone(CHINA):%Y%m%d}-{secrets.token_hex(4)}"


def _rooms(receiver: Receiver) -> list[int]:
    """How many bytes each of the receiver's channels takes."""
    return [longest(open_channel(receiver.address(channel))) for channel in range(1, len(receiver.to) + 1)]


def _put(connection: sqlite3.Connection, queued: Queued, number: str, now: datetime) -> None:
    for channel, text in enumerate(queued.texts, start=1):
        outbox.put(connection, number, queued.receiver.name, channel, text, queued.receiver.language, now)
