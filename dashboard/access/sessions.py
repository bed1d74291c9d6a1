"""Sessions: a signed cookie that says which account, in which version. It holds no secret, and nothing of it is kept on the server."""

from __future__ import annotations

import os
import secrets
import time
from datetime import timedelta
from pathlib import Path

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface

from .accounts import Accounts, Kept
from .current import Account
from .policy import Policy, is_encrypted

COOKIE = "gongkai_session"
_REFRESH_SECONDS = 60
"""A session in use is signed anew this often: it ends when its signature is older than it may be."""


class _Cookies(SecureCookieSessionInterface):
    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def get_cookie_secure(self, app: Flask) -> bool:
        return self._policy.secure_cookie or is_encrypted(self._policy)


def session_key(warehouse: Path) -> bytes:
    """The key that signs the sessions of a warehouse, made once, only for its owner to read. All processes share it, and a restart keeps
    it; without the file everybody signs in again.

    Raises:
        OSError: when it cannot be read or made.
    """
    file = warehouse / "session.key"
    draft = warehouse / f".session.key.{os.getpid()}"
    if not file.exists():
        warehouse.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
            new.write(secrets.token_bytes(32))
        try:
            os.link(draft, file)  # unlike a renaming, never over the one of another process
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_bytes()


def configure(server: Flask, key: bytes, policy: Policy) -> None:
    server.secret_key = key
    server.session_interface = _Cookies(policy)
    server.permanent_session_lifetime = timedelta(hours=policy.session_hours)
    server.config.update(
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
    )


def begin(kept: Kept) -> None:
    """Nothing of what was before stays: whoever planted a session in this browser does not get into the new one."""
    session.clear()
    session.permanent = True
    session.update(account=kept.account.name, version=kept.version, signed_at=int(time.time()))


def end() -> None:
    session.clear()


def account_of_session(accounts: Accounts) -> Account | None:
    """Whose session it is, asked of the accounts at each request: a disabled account's is over at once."""
    name = session.get("account")
    kept = accounts.named(name) if name else None
    if kept is None or not kept.is_enabled or kept.version != session.get("version"):
        return None
    return kept.account


def stay() -> None:
    """Somebody is there: the session lasts from now on."""
    if "account" in session and time.time() - session.get("signed_at", 0) > _REFRESH_SECONDS:
        session["signed_at"] = int(time.time())


def form_token() -> str:
    """What a form of this session sends back, and a page of another site cannot know."""
    if "form" not in session:
        session.permanent = True
        session["form"] = secrets.token_urlsafe(24)
    token: str = session["form"]
    return token


def log_out_token() -> str | None:
    """The token of the form that signs out; None where a proxy signs people in, and out."""
    return form_token() if session.get("account") else None


def is_form_token(token: str) -> bool:
    known: str = session.get("form", "")
    return bool(known) and secrets.compare_digest(known.encode(), token.encode())
