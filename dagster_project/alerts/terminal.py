"""What a person sees of the alerts in the terminal."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dagster_project.warehouse.health import CHINA
from dagster_project.warehouse.paths import WarehousePaths

from . import outbox
from .channels import open_channel
from .collect import queue_findings, queue_troubles
from .routes import Receiver, Route, Routes


def print_preview(paths: WarehousePaths, routes: Routes, nightly: time | None, output: TextIO) -> None:
    """What would be sent now, as the first channel of each route would get it; digests whose time is still to come say when that is."""
    console = Console(file=output, highlight=False, soft_wrap=True)
    now = datetime.now(UTC)
    queued = [
        *queue_troubles(paths, routes, now, nightly, is_preview=True),
        *queue_findings(paths, routes, now, is_preview=True),
    ]
    for message in queued:
        title, body = message.texts[0]
        console.print(
            f"[bold]{escape(message.receiver.name)}[/]  {len(message.texts)} 个通道 channels{_when(message.receiver, now)}"
        )
        console.print(f"{escape(title)}\n{escape(body)}\n")
    if not queued:
        console.print("没有新的内容要发送 nothing new to send")


def _when(receiver: Receiver, now: datetime) -> str:
    if not isinstance(receiver, Route) or receiver.digest.at is None:
        return ""
    return f"  将于 {receiver.digest.next_due(now).astimezone(CHINA):%Y-%m-%d %H:%M}（北京时间）发送 to be sent then"


def print_routes(paths: WarehousePaths, routes: Routes, output: TextIO) -> None:
    """Every channel of every route: when it last took a message, how many wait, and why."""
    console = Console(file=output, highlight=False)
    with outbox.opened(paths.outbox) as connection:
        waiting, last_sent = outbox.waiting(connection), outbox.last_sent(connection)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("路由 route", "通道 channel", "上次送达 last sent", "等待 waiting"):
        table.add_column(heading)
    listed = {
        (receiver.name, channel): receiver
        for receiver in routes.receivers
        for channel in range(1, len(receiver.to) + 1)
    }
    for name, channel in listed | dict.fromkeys((message.receiver, message.channel) for message in waiting):
        count = sum((message.receiver, message.channel) == (name, channel) for message in waiting)
        receiver = listed.get((name, channel))
        service = (
            str(open_channel(receiver.address(channel)).service_name) if receiver else "路由文件里没有 not in the file"
        )
        sent_at = last_sent.get((name, channel))
        table.add_row(
            escape(name), f"{channel} {service}", _local(sent_at) if sent_at else "—", str(count) if count else "—"
        )
    console.print(table)
    print_waiting(waiting, console)


def print_waiting(waiting: list[outbox.Message], console: Console) -> None:
    """The messages that did not get through, each with its error and the time of the next attempt."""
    for message in waiting:
        if message.error:
            again = f"，{_local(message.next_try_at)} 再试 next try" if message.next_try_at else ""
            console.print(
                f"[red]未送达 not delivered[/] {escape(message.receiver)} {message.channel}：{escape(message.title)}"
                f"（{message.attempts} 次 attempts{again}）\n  {escape(message.error)}"
            )


def _local(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp).astimezone():%Y-%m-%d %H:%M:%S}"
