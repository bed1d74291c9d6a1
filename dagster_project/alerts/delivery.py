"""Getting the outbox's messages through their channels.

The guarantee: a message that was queued is sent until its channel has taken it. It is sent once, unless the process dies, or the connection
breaks, between the channel's taking it and our noting that: then it is sent again, under the same number, and says so.
"""

from __future__ import annotations

import fcntl
import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

from dagster_project.settings import load_settings
from dagster_project.warehouse.paths import WarehousePaths

from . import outbox
from .channels import NotDelivered, open_channel, send
from .collect import new_number, queue_findings, queue_troubles
from .outbox import Message, stamp
from .routes import BadRoutes, Receiver, Routes, load_routes
from .wording import as_sent, trial

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivery:
    """How many messages were sent, those that still wait, and what keeps alerts from being told at all."""

    sent: int = 0
    waiting: list[Message] = field(default_factory=list)
    obstacle: str | None = None

    @property
    def problems(self) -> list[str]:
        """A line for each channel that does not take its messages, and the obstacle."""
        failing = {(message.receiver, message.channel): message.error for message in self.waiting if message.error}
        lines = [f"{receiver} 的第 {channel} 个地址：{error}" for (receiver, channel), error in failing.items()]
        return [*([self.obstacle] if self.obstacle else []), *lines]


def undelivered(paths: WarehousePaths, file: Path) -> Delivery:
    """What waits, and what is wrong with the routes in `file`; nothing is queued or sent."""
    obstacle = None
    try:
        load_routes(file)
    except BadRoutes as error:
        obstacle = str(error)
    if not paths.outbox.exists():
        return Delivery(obstacle=obstacle)
    with outbox.opened(paths.outbox) as connection:
        return Delivery(0, outbox.waiting(connection), obstacle)


def tell_quietly(paths: WarehousePaths, file: Path, *, at_once: bool = False) -> Delivery:
    """Tell what there is to tell by the routes in `file`, if there is one. Whatever goes wrong is an obstacle in the result and in the log:
    alerts never fail a build."""
    try:
        routes = load_routes(file)
        return tell(paths, routes, load_settings().nightly, at_once=at_once) if routes else Delivery()
    except Exception as error:
        _log.exception("告警未能发送 alerts could not be told")
        return Delivery(obstacle=str(error) or type(error).__name__)


def tell(
    paths: WarehousePaths,
    routes: Routes,
    nightly: time | None = None,
    *,
    now: datetime | None = None,
    at_once: bool = False,
) -> Delivery:
    """Queue what there is to tell, and deliver what is due. A channel that does not work is no error: its messages wait.

    `nightly` is when a build has to begin each night, None where nothing was promised. `at_once` tries again what failed a moment ago,
    too.
    """
    moment = now or datetime.now(UTC)
    queue_findings(paths, routes, moment)
    queue_troubles(paths, routes, moment, nightly)
    with outbox.opened(paths.outbox) as connection:
        sent = 0
        with _only_sender(paths) as is_alone:
            # Who does not get to send need not: the other goes on until nothing is due.
            channels = (
                {(message.receiver, message.channel) for message in outbox.waiting(connection)} if is_alone else ()
            )
            for receiver, channel in sorted(channels):
                sent += _deliver(connection, routes, receiver, channel, at_once=at_once)
        return Delivery(sent, outbox.waiting(connection))


def _deliver(connection: sqlite3.Connection, routes: Routes, receiver: str, channel: int, *, at_once: bool) -> int:
    """Send what waits for a channel, in order, as far as it takes it; returns how many messages it took."""
    sent = 0
    while message := outbox.next_of(connection, receiver, channel):
        if message.next_try_at and message.next_try_at > stamp(datetime.now(UTC)) and not at_once:
            break
        try:
            address = _address(routes, message)
            outbox.begin(connection, message, datetime.now(UTC))
            send(open_channel(address), message.title, as_sent(message), message.number, address)
        except NotDelivered as error:
            outbox.failed(connection, message, str(error), datetime.now(UTC))
            break
        outbox.sent(connection, message, datetime.now(UTC))
        sent += 1
    return sent


def send_trials(receivers: Iterable[Receiver]) -> Iterator[tuple[str, int, str | None]]:
    """Send a test message through each channel, past the outbox; yields receiver, number of the address, and the error or None."""
    for receiver in receivers:
        title, body = trial(receiver, number := new_number(datetime.now(UTC)))
        for channel in range(1, len(receiver.to) + 1):
            address = receiver.address(channel)
            try:
                send(open_channel(address), title, body, number, address)
            except NotDelivered as error:
                yield receiver.name, channel, str(error)
            else:
                yield receiver.name, channel, None


def _address(routes: Routes, message: Message) -> str:
    named: dict[str, Receiver] = {receiver.name: receiver for receiver in routes.receivers}
    if message.receiver not in named or message.channel > len(named[message.receiver].to):
        raise NotDelivered(
            f"路由文件里没有 {message.receiver} 的第 {message.channel} 个地址；改回路由文件，或用 gongkai alert discard 放弃"
            " the routes file has no such address: put it back, or discard the message"
        )
    return named[message.receiver].address(message.channel)


@contextmanager
def _only_sender(paths: WarehousePaths) -> Iterator[bool]:
    """Whether nobody else sends just now; nobody else begins to while the block runs. The lock ends with its process."""
    with paths.outbox.with_suffix(".lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
