"""The routes file, `alerts.toml`: who is told what, how often, in which language. docs/alerts.md describes it.

Secrets stay out of it: `${NAME}` in an address stands for an environment variable. The file is read anew for every use, and a mistake
anywhere in it stops all alerts, which then wait: half a file must not decide who hears of what.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal, cast, get_args
from urllib.parse import quote

from dagster_project.report_parser.gazetteer import default_gazetteer
from dagster_project.warehouse.health import CHINA
from dashboard.i18n import LANGUAGES, Language
from expectations.rules import RULES, Severity

from .channels import UnusableAddress, open_channel

Kind = Literal["new", "reopened", "resolved"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
OPERATORS = "operators"
"""The receiver of pipeline trouble; no route may have its name."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DIGEST = re.compile(rf"immediate|(?:daily|weekly (?:{'|'.join(_WEEKDAYS)})) (?:[01]\d|2[0-3]):[0-5]\d")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_NAME = re.compile(r"[^\s/\\]{1,40}")


class BadRoutes(Exception):
    """The routes file cannot be used; the message says where and what to change."""


@dataclass(frozen=True)
class Digest:
    """How often a route is told. `at` None: after every build. `weekday` None: every day; 0 is Monday."""

    at: time | None = None
    weekday: int | None = None

    def last_due(self, now: datetime) -> datetime:
        """The newest moment up to `now` at which the route's digest was due."""
        if self.at is None:
            return now
        due = datetime.combine(now.astimezone(CHINA).date(), self.at, CHINA)
        while due > now or self.weekday not in (None, due.weekday()):
            due -= timedelta(days=1)
        return due

    def next_due(self, now: datetime) -> datetime:
        """The first moment after `now` at which the route's digest is due."""
        return self.last_due(now) + timedelta(days=1 if self.weekday is None else 7)


@dataclass(frozen=True)
class Receiver:
    """Who gets messages. `to` holds the addresses as the file has them, `secrets` the values its variables stand for; `dashboard` is the
    address that links begin with."""

    name: str
    to: tuple[str, ...]
    language: Language
    dashboard: str
    secrets: Mapping[str, str] = field(repr=False, compare=False)

    def address(self, number: int) -> str:
        """Address `number`, counted from 1, with its secrets."""
        return _expanded(self.to[number - 1], self.secrets)


@dataclass(frozen=True)
class Route(Receiver):
    """Who is told of which findings. Empty `where` is everywhere, organs of unknown place included; else the division codes in which, or
    below which, an organ must stand."""

    where: tuple[str, ...]
    severities: tuple[str, ...]
    rules: tuple[str, ...]
    events: tuple[str, ...]
    digest: Digest


@dataclass(frozen=True)
class Routes:
    """The file's content."""

    operators: Receiver | None
    routes: tuple[Route, ...]

    @property
    def receivers(self) -> tuple[Receiver, ...]:
        return (*([self.operators] if self.operators else []), *self.routes)


def load_routes(file: Path, environment: Mapping[str, str] = os.environ) -> Routes | None:
    """The routes, or None where there is no file: then nobody is told anything.

    Raises:
        BadRoutes: when the file cannot be used.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRoutes(f"{file}：无法读取 cannot be read: {error}") from error
    try:
        return _routes(_Table(content, "顶层 top level"), environment)
    except _Mistake as mistake:
        raise BadRoutes(f"{file}：{mistake}") from None


class _Mistake(Exception):
    """Where in the file, and what to write instead."""


class _Table:
    """A table of the file that knows where it stands; what nobody took from it is a mistake."""

    def __init__(self, content: Mapping[str, Any], place: str) -> None:
        self.left, self.place = dict(content), place

    def mistake(self, key: str, expected: str) -> _Mistake:
        return _Mistake(f"{self.place}，{key}：{expected}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.left.pop(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.mistake(key, "须给出一段文字 give a text")
        return value.strip()

    def texts(self, key: str, allowed: tuple[str, ...] | None = None, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.left.pop(key, list(default))
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.mistake(key, '须为文字列表，如 ["…"] give a list of texts')
        unknown = [item for item in value if allowed is not None and item not in allowed]
        if unknown or len(set(value)) != len(value):
            raise self.mistake(
                key, f"{unknown or value} 不可用 not usable；可用且不重复 one each of: {'、'.join(allowed or ())}"
            )
        return tuple(value)

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        value = self.left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.mistake(key, f"须写作 [[{key}]] write it as [[{key}]]")
        return value

    def end(self) -> None:
        if self.left:
            raise self.mistake("、".join(self.left), "没有这样的键 no such key")


def _routes(table: _Table, environment: Mapping[str, str]) -> Routes:
    defaults = (table.text("dashboard"), table.text("language", "zh"))
    if not re.match(r"https?://[^/\s]+", defaults[0]):
        raise table.mistake("dashboard", "须为看板的地址，如 http://10.0.0.5:8050 give the address of the dashboards")
    operators = table.left.pop(OPERATORS, None)
    if operators is not None and not isinstance(operators, dict):
        raise table.mistake(OPERATORS, f"须写作 [{OPERATORS}] write it as [{OPERATORS}]")
    found = [
        _Table(content, f"第 {number} 个 [[route]]") for number, content in enumerate(table.tables("route"), start=1)
    ]
    table.end()
    routes = tuple(_route(route, defaults, environment) for route in found)
    names = [route.name for route in routes]
    for route in found:
        if names.count(route.place) > 1:
            raise route.mistake("name", "与另一路由同名 another route has this name")
    return Routes(_operators(operators, defaults, environment), routes)


def _operators(
    content: Mapping[str, Any] | None, defaults: tuple[str, str], environment: Mapping[str, str]
) -> Receiver | None:
    if content is None:
        return None
    table = _Table(content, f"[{OPERATORS}]")
    receiver = Receiver(OPERATORS, *_addressed(table, defaults, environment))
    table.end()
    return receiver


def _route(table: _Table, defaults: tuple[str, str], environment: Mapping[str, str]) -> Route:
    name = table.text("name")
    if not _NAME.fullmatch(name) or name == OPERATORS:
        raise table.mistake(
            "name", f"{name!r}：须不含空格与斜线、不超过 40 字，且不是 {OPERATORS} no spaces or slashes, at most 40"
        )
    table.place = name
    to, language, dashboard, secrets = _addressed(table, defaults, environment)
    digest = table.text("digest", "immediate")
    if not _DIGEST.fullmatch(digest):
        raise table.mistake(
            "digest", f'{digest!r}：须为 immediate、"daily 08:30" 或 "weekly monday 08:30" (times of Beijing)'
        )
    where = table.texts("where")
    unknown = [code for code in where if code not in default_gazetteer().names]
    if unknown:
        raise table.mistake("where", f"{unknown}：没有这样的区划代码，须为 2、4、6 或 9 位 no such division code")
    route = Route(
        name,
        to,
        language,
        dashboard,
        secrets,
        where,
        table.texts("severities", SEVERITIES, SEVERITIES),
        table.texts("rules", tuple(rule.rule_id for rule in RULES)),
        table.texts("events", KINDS, KINDS),
        _digest(digest),
    )
    table.end()
    return route


def _addressed(
    table: _Table, defaults: tuple[str, str], environment: Mapping[str, str]
) -> tuple[tuple[str, ...], Language, str, Mapping[str, str]]:
    """Where messages go and how they are written; every address must be one that could be sent to."""
    dashboard, language = table.text("dashboard", defaults[0]).rstrip("/"), table.text("language", defaults[1])
    if language not in LANGUAGES:
        raise table.mistake("language", f"{language!r}：须为 zh 或 en")
    to = table.texts("to")
    if not to:
        raise table.mistake("to", "须至少有一个地址 give at least one address")
    names = {name for address in to for name in _VARIABLE.findall(address)}
    missing = sorted(name for name in names if not environment.get(name))
    if missing:
        raise table.mistake("to", f"环境变量未设置 environment variable not set: {'、'.join(missing)}")
    secrets = {name: environment[name] for name in names}
    for number, address in enumerate(to, start=1):
        try:
            open_channel(_expanded(address, secrets))
        except UnusableAddress as error:
            raise table.mistake(f"to 的第 {number} 个地址 address {number}", str(error)) from None
    return to, cast(Language, language), dashboard, secrets


def _expanded(address: str, secrets: Mapping[str, str]) -> str:
    """A variable that is the whole address is one; within an address its value is escaped, for it may hold any character."""
    whole = _VARIABLE.fullmatch(address)
    return secrets[whole[1]] if whole else _VARIABLE.sub(lambda name: quote(secrets[name[1]], safe=""), address)


def _digest(text: str) -> Digest:
    period, *rest = text.split()
    if period == "immediate":
        return Digest()
    return Digest(time.fromisoformat(rest[-1]), _WEEKDAYS.index(rest[0]) if period == "weekly" else None)
