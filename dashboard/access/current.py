"""Who asks, during a request: every page, query and download goes by `account()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from flask import g, has_request_context
from werkzeug.exceptions import Forbidden, Unauthorized

Role = Literal["viewer", "analyst", "steward", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may: look; ask in SQL; give verdicts; everything."""


@dataclass(frozen=True)
class Account:
    """`scope` is the division code of the region whose rows the account gets, with all that lies below, and `place` that region's name;
    None for every region."""

    name: str
    role: Role
    scope: str | None = None
    place: str | None = None

    def may(self, role: Role) -> bool:
        """Whether the account has the role, or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)


LOCAL = Account("local", "admin")
"""Whoever sits at the machine itself, where no login is asked for; and a program that uses this code: it has the files anyway."""


class RoleNeeded(Forbidden):
    """The account lacks the `role` that this takes."""

    def __init__(self, role: Role) -> None:
        super().__init__(f"需要 {role} 角色；请向管理员申请。 This takes the role {role}: ask an administrator.")
        self.role = role


def account() -> Account:
    """The account of the present request; `LOCAL` outside of any.

    Raises:
        werkzeug.exceptions.Unauthorized: when nobody is signed in. The gate answers before it comes to that.
    """
    if not has_request_context():
        return LOCAL
    found: Account | None = g.get("account")
    if found is None:
        raise Unauthorized
    return found


def sign_in(who: Account) -> None:
    """From here on the present request is theirs."""
    g.account = who


def is_signed_in() -> bool:
    return g.get("account") is not None


def require(role: Role) -> Account:
    """The account, which has the role.

    Raises:
        RoleNeeded: when it has not.
        werkzeug.exceptions.Unauthorized: when nobody is signed in.
    """
    who = account()
    if not who.may(role):
        raise RoleNeeded(role)
    return who


_LONGEST_IN_ADDRESS = 6
"""Digits of a county's code: pages are filtered by nothing smaller."""


def region_shown(asked: str | None) -> str | None:
    """The region that a page is about: the one that is asked for, unless that is above the account's own or none at all. The figures are
    those of the account's region, and must not stand under the name of another."""
    scope = account().scope
    return scope[:_LONGEST_IN_ADDRESS] if scope and scope.startswith(asked or "") else asked


def town_of_account() -> list[str]:
    """The name of the account's town, where its region is one: all it sees is of that town."""
    who = account()
    return [who.place] if who.place and len(who.scope or "") > _LONGEST_IN_ADDRESS else []
