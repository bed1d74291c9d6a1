"""The accounts: who may come in, with which role, for which region. Every call opens the file, does its work and closes it."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from . import log, passwords, throttle
from .current import LOCAL, Account, Role
from .database import connect, now, writing

_NAME = re.compile(r"[\w.@-]{1,64}")
_SCOPE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}")


class BadAccount(Exception):
    """The account cannot be made or changed; the message says why."""


class Locked(Exception):
    """Too many tries; `seconds` to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Kept:
    """An account as it is kept. `version` changes with all that ends its sessions: a new password, a new role, being disabled."""

    account: Account
    is_enabled: bool
    has_password: bool
    version: int
    created_at: str


class Accounts:
    """The accounts in the file `path`, which is made when one is added."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, account: Account, password: str | None, given_by: str) -> None:
        """Without a password it can only come through a proxy that has identified it.

        Raises:
            BadAccount: when the name or region is none, or the name is taken.
            passwords.WeakPassword
        """
        name = plain(account.name)
        if not _NAME.fullmatch(name) or name.casefold() == LOCAL.name:
            raise BadAccount(
                f"账号名 {account.name!r} 不可用：1 至 64 个字母、汉字、数字或 . @ - _，且不是 local"
                " a name has letters, digits, . @ - _ and is not 'local'"
            )
        scope = _scope(account.scope)
        kept = None if password is None else _checked(password, name)
        try:
            with writing(self.path) as connection:
                connection.execute(
                    "insert into account (name, role, scope, place, password_hash, created_at) values (?, ?, ?, ?, ?, ?)",
                    (name, account.role, scope, account.place, kept, now()),
                )
                log.add(connection, "added", name, given_by=given_by, detail=_told(account.role, scope))
        except sqlite3.IntegrityError as error:
            raise BadAccount(f"账号 {name} 已存在 there is an account {name}") from error

    def all(self) -> list[Kept]:
        """By name. Empty where there is no file; none is made."""
        if not self.path.exists():
            return []
        with connect(self.path) as connection:
            return [_kept(row) for row in connection.execute(f"{_SELECT} order by name")]

    def named(self, name: str) -> Kept | None:
        """The account of that name, in whatever case it is written."""
        if not self.path.exists():
            return None
        with connect(self.path) as connection:
            row = connection.execute(f"{_SELECT} where name = ?", [plain(name)]).fetchone()
        return _kept(row) if row else None

    def can_anybody_log_in(self) -> bool:
        return any(kept.is_enabled and kept.has_password for kept in self.all())

    def change(self, account: Account, given_by: str) -> None:
        """Another role or region for the account of that name.

        Raises BadAccount.
        """
        role, scope, place = account.role, _scope(account.scope), account.place
        self._change(account.name, {"role": role, "scope": scope, "place": place}, "changed", given_by)

    def set_enabled(self, name: str, is_enabled: bool, given_by: str) -> None:
        """Raises BadAccount."""
        self._change(name, {"is_enabled": is_enabled}, "enabled" if is_enabled else "disabled", given_by)

    def set_password(self, name: str, password: str, given_by: str) -> None:
        """Raises BadAccount, passwords.WeakPassword."""
        self._change(name, {"password_hash": _checked(password, plain(name))}, "password", given_by)

    def _change(self, name: str, changes: dict[str, object], event: log.Event, given_by: str) -> None:
        columns = ", ".join(f"{column} = ?" for column in changes)
        with writing(self.path) as connection:
            found = connection.execute(
                f"update account set {columns}, version = version + 1 where name = ? returning name, role, scope",
                (*changes.values(), plain(name)),
            ).fetchone()
            if found is None:
                raise BadAccount(f"没有账号 {name}；gongkai user list 列出全部 there is no account {name}")
            detail = _told(found[1], found[2]) if event == "changed" else None
            log.add(connection, event, found[0], given_by=given_by, detail=detail)
            # Whoever was locked out and asked for a new password must not be told to wait.
            connection.execute("delete from attempt where name = ?", [found[0]])

    def log_in(self, name: str, password: str, address: str) -> Kept | None:
        """The account, if that is its password and it is enabled. Who it was not, and why, only the log tells.

        Raises:
            Locked: when there were too many tries, under this name or from this address.
        """
        name = plain(name)[:64]
        with writing(self.path) as connection:
            row = connection.execute(f"{_SELECT} where name = ?", [name]).fetchone()
            known = row[0] if row else None
            attempt, wait = throttle.begin(connection, name, address)
            if wait:
                log.add(connection, "login_locked", known, address=address)
        if wait:
            raise Locked(wait)
        # Outside of the transaction: this is slow on purpose.
        is_right = passwords.matches(row[4] if row else None, password)
        with writing(self.path) as connection:
            # Anew, because it may have been disabled meanwhile.
            row = connection.execute(f"{_SELECT} where name = ?", [name]).fetchone()
            is_in = bool(is_right and row and row[5])
            if is_in:
                throttle.succeed(connection, attempt, name)
            log.add(connection, "login" if is_in else "login_refused", known, address=address)
        return _kept(row) if is_in else None

    def note(
        self, event: log.Event, account: Account, *, address: str | None = None, detail: str | None = None
    ) -> None:
        """Adds to the log what an account did."""
        with writing(self.path) as connection:
            log.add(connection, event, account.name, address=address, detail=detail)


_SELECT = "select name, role, scope, place, password_hash, is_enabled, version, created_at from account"


def _scope(code: str | None) -> str | None:
    # It becomes part of a file's name.
    if code is not None and not _SCOPE.fullmatch(code):
        raise BadAccount(f"范围 {code!r} 不是区划代码（2、4、6 或 9 位数字） no division code of 2, 4, 6 or 9 digits")
    return code


def _told(role: str, scope: str | None) -> str:
    return f"{role} {scope}" if scope else role


def plain(name: str) -> str:
    """One way of writing for what looks the same."""
    return unicodedata.normalize("NFKC", name).strip()


def _checked(password: str, name: str) -> str:
    passwords.check(password, name)
    return passwords.hashed(password)


def _kept(row: tuple[str, Role, str | None, str | None, str | None, int, int, str]) -> Kept:
    name, role, scope, place, kept, is_enabled, version, created_at = row
    return Kept(Account(name, role, scope, place), bool(is_enabled), kept is not None, version, created_at)
