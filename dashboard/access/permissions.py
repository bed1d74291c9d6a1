"""What takes more than to be signed in: the one table of it.

The gate asks before a request reaches anything; `Desk` (SQL) and `AccountLedger` (verdicts) ask again where the thing is done.
"""

from __future__ import annotations

from collections.abc import Iterable

from .current import ROLES, Role, account

PUBLIC = frozenset({"/login", "/login/style.css", "/healthz", "/readyz"})
"""What is answered to anybody. All else takes an account."""

_PATHS: dict[str, Role] = {
    "/sql": "analyst",
    "/metrics": "admin",
}
"""Pages and downloads, with what lies below."""

_COMPONENTS: dict[str, Role] = {
    "sql-": "analyst",
    "verdict-": "steward",
}
"""Beginnings of component ids: a callback that reads or writes one of them takes the role."""

WHOLE_COUNTRY_ONLY = ("/data-docs",)
"""What holds rows of every region, and so is for accounts without a scope."""

BACKGROUND = frozenset({"release.data"})
"""Callbacks that the browser makes by itself, without anybody there: they do not keep a session alive."""


def is_below(path: str, tops: Iterable[str]) -> bool:
    """Whether the path is one of `tops`, or lies below one."""
    return any(path == top or path.startswith(f"{top}/") for top in tops)


def role_for_path(path: str) -> Role:
    return next((role for top, role in _PATHS.items() if is_below(path, [top])), "viewer")


def may_open(path: str) -> bool:
    """Whether the account of the present request may open the page: for links to it, and for the page itself."""
    return account().may(role_for_path(path))


def role_for_components(ids: Iterable[str]) -> Role:
    """The highest role that any of the components takes."""
    needed = {role for identity in ids for start, role in _COMPONENTS.items() if identity.startswith(start)}
    return max(needed, key=ROLES.index, default="viewer")
