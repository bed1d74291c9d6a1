"""The settings: the one place that reads the environment.

Every setting has a default that works from a fresh checkout; all are listed in .env.example. Paths are absolute from here on,
so no later step depends on the working directory.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
"""The checkout: dbt/ and var/ stand below it."""


class InvalidSetting(Exception):
    """A setting that cannot be used; the message names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """`inbox`: folder of reports. `warehouse`: folder of the databases. `host`, `port`: where the dashboard is served.
    `workers`: its processes. `keep_releases`: how many releases stay on disk, the published one included.
    `nightly`: when a build begins each night, Beijing time; None for no nightly build. `alerts_file`: the alerts' routes, a path from
    the warehouse. `office`: who signs correction notices. `login_always`: people sign in even where only this machine listens.
    `proxy_user_header`: the header in which a reverse proxy names who it let in, None for none; it is believed when it comes from one of
    `proxy_addresses`. `session_hours`: how long a session lasts unused. `cookie_always_secure`: the session's cookie goes over TLS only."""

    inbox: Path
    warehouse: Path
    host: str
    port: int
    workers: int
    keep_releases: int
    nightly: time | None
    alerts_file: str
    office: str
    login_always: bool
    proxy_user_header: str | None
    proxy_addresses: tuple[IPv4Network | IPv6Network, ...]
    session_hours: int
    cookie_always_secure: bool

    @property
    def alerts(self) -> Path:
        """The routes file. Each warehouse has its own, unless the path is absolute: samples must not alert anyone."""
        return self.warehouse / Path(self.alerts_file).expanduser()


DEFAULTS: dict[str, str] = {
    "GONGKAI_INBOX": str(PROJECT / "var" / "inbox"),
    "GONGKAI_WAREHOUSE": str(PROJECT / "var" / "warehouse"),
    "GONGKAI_HOST": "127.0.0.1",
    "GONGKAI_PORT": "8050",
    "GONGKAI_WORKERS": "2",
    "GONGKAI_KEEP_RELEASES": "5",
    "GONGKAI_NIGHTLY": "02:00",
    "GONGKAI_ALERTS": "alerts.toml",
    "GONGKAI_OFFICE": "（发文机关）",
    "GONGKAI_LOGIN": "auto",
    "GONGKAI_PROXY_USER_HEADER": "off",
    "GONGKAI_PROXY_ADDRESSES": "127.0.0.1,::1",
    "GONGKAI_SESSION_HOURS": "12",
    "GONGKAI_COOKIE_SECURE": "auto",
}


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force. An empty variable counts as not set.

    Raises:
        InvalidSetting: when a number is not a whole number of at least 1, a time not HH:MM, or a word none of those that it may be.
    """
    values = {name: environment.get(name) or default for name, default in DEFAULTS.items()}
    return Settings(
        inbox=Path(values["GONGKAI_INBOX"]).expanduser().absolute(),
        warehouse=Path(values["GONGKAI_WAREHOUSE"]).expanduser().absolute(),
        host=values["GONGKAI_HOST"],
        port=_whole_number("GONGKAI_PORT", values),
        workers=_whole_number("GONGKAI_WORKERS", values),
        keep_releases=_whole_number("GONGKAI_KEEP_RELEASES", values),
        nightly=_time_of_day("GONGKAI_NIGHTLY", values),
        alerts_file=values["GONGKAI_ALERTS"],
        office=values["GONGKAI_OFFICE"],
        login_always=_is_always("GONGKAI_LOGIN", values),
        proxy_user_header=_header("GONGKAI_PROXY_USER_HEADER", values),
        proxy_addresses=_networks("GONGKAI_PROXY_ADDRESSES", values),
        session_hours=_whole_number("GONGKAI_SESSION_HOURS", values),
        cookie_always_secure=_is_always("GONGKAI_COOKIE_SECURE", values),
    )


def _whole_number(name: str, values: Mapping[str, str]) -> int:
    if not values[name].isascii() or not values[name].isdigit() or int(values[name]) < 1:
        raise InvalidSetting(f"{name}={values[name]!r}：应为不小于 1 的整数（默认 {DEFAULTS[name]}）。")
    return int(values[name])


def _time_of_day(name: str, values: Mapping[str, str]) -> time | None:
    if values[name] == "off":
        return None
    try:
        return datetime.strptime(values[name], "%H:%M").replace(tzinfo=UTC).time()
    except ValueError as error:
        raise InvalidSetting(
            f"{name}={values[name]!r}：应为 HH:MM（北京时间），或 off（默认 {DEFAULTS[name]}）。"
        ) from error


def _is_always(name: str, values: Mapping[str, str]) -> bool:
    if values[name] not in ("auto", "always"):
        raise InvalidSetting(f"{name}={values[name]!r}：应为 auto 或 always（默认 {DEFAULTS[name]}）。")
    return values[name] == "always"


def _header(name: str, values: Mapping[str, str]) -> str | None:
    if values[name] == "off":
        return None
    if not re.fullmatch(r"[A-Za-z0-9-]+", values[name]):
        raise InvalidSetting(f"{name}={values[name]!r}：应为请求头名称（字母、数字、连字符），或 off（默认）。")
    return values[name]


def _networks(name: str, values: Mapping[str, str]) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in values[name].split(","))
    except ValueError as error:
        raise InvalidSetting(
            f"{name}={values[name]!r}：应为以逗号分隔的 IP 地址或网段（默认 {DEFAULTS[name]}）。"
        ) from error


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where what a user did is kept between sessions, as the XDG base directories have it. It need not exist."""
    base = environment.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "gongkai"
