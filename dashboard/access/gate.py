"""The gate: every request passes it before anything else. It finds out who asks, and whether they may; what is not known to be open is shut.

A page is answered with the login page, anything else with 401: a callback, a download, an asset. Decision 0028.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from dash import Dash
from flask import Flask, Response, g, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from . import current, headers, login, permissions, sessions
from .accounts import Accounts
from .current import LOCAL, Account, Role
from .policy import Policy, comes_from_here, comes_from_proxy

_CALLBACKS = "/_dash-update-component"
_READING = ("GET", "HEAD", "OPTIONS")
_NOT_HERE = (
    "本机之外的访问须先登录：请管理员设置 GONGKAI_LOGIN=always（或 GONGKAI_PROXY_USER_HEADER）后重新启动。"
    " Whoever comes from elsewhere has to sign in: set GONGKAI_LOGIN=always (or GONGKAI_PROXY_USER_HEADER) and start again."
)


def register(app: Dash, warehouse: Path, policy: Policy) -> None:
    """Puts the gate before the server of `app`, all of whose callbacks are there by the first request."""
    server: Flask = app.server
    accounts = Accounts(warehouse / "accounts.sqlite")
    if policy.login:
        sessions.configure(server, sessions.session_key(warehouse), policy)
        login.register(server, accounts, policy)
    headers.register(app)

    @server.before_request
    def gate() -> AnyResponse | tuple[Response, int] | None:
        if request.method not in _READING and not _is_same_origin():
            return _refused("来自其他网站的请求 a request of another site", 403)
        if not policy.login and not comes_from_here() and request.path not in permissions.PUBLIC:
            return _refused(_NOT_HERE, 403)
        who = _account(accounts, policy)
        if who is not None:
            current.sign_in(who)
        if request.path in permissions.PUBLIC or (request.path == "/metrics" and comes_from_here()):
            return None
        if who is None:
            return _ask_to_sign_in(policy)
        needed, is_background = permissions.role_for_path(request.path), False
        if request.path == _CALLBACKS and request.method == "POST":
            callback = _callback(app.callback_map)
            if callback is None:
                return _refused("没有这个回调 there is no such callback", 400)
            g.callback, needed, is_background = callback.name, callback.role, callback.is_background
        if not who.may(needed) or (who.scope and permissions.is_below(request.path, permissions.WHOLE_COUNTRY_ONLY)):
            return _forbidden(needed)
        if policy.login and not is_background:
            sessions.stay()
        return None


class _Callback:
    """What the table of permissions says of a callback, from what the app has registered and not from what the request claims."""

    def __init__(self, output: str, registered: Mapping[str, Any]) -> None:
        self.name = output.removeprefix("..").partition("...")[0] if "." in output else _of_inputs(registered["inputs"])
        """Something short that a person who reads the metrics recognises."""
        ids = [*_ids_of_output(output), *(part["id"] for kind in ("inputs", "state") for part in registered[kind])]
        self.role: Role = permissions.role_for_components(name for identity in ids for name in _names(identity))
        self.is_background = output in permissions.BACKGROUND


def _of_inputs(inputs: list[dict[str, str]]) -> str:
    """A callback without outputs is known by a number; what sets it off says more."""
    return f"on {inputs[0]['id']}.{inputs[0]['property']}"


def _callback(registered: Mapping[str, Any]) -> _Callback | None:
    body = request.get_json(silent=True)
    output = body.get("output") if isinstance(body, dict) else None
    return _Callback(output, registered[output]) if isinstance(output, str) and output in registered else None


def _ids_of_output(output: str) -> Iterator[str]:
    """`..a.children...b.data..` has a and b. A callback without outputs is known by a number, which is no component's."""
    for part in output.removeprefix("..").removesuffix("..").split("..."):
        yield part.rpartition(".")[0]


def _names(identity: str) -> Iterator[str]:
    """A component's id, or the words in the id of a pattern."""
    if identity.startswith("{"):
        yield from (value for value in json.loads(identity.replace("\\.", ".")).values() if isinstance(value, str))
    else:
        yield identity


def _account(accounts: Accounts, policy: Policy) -> Account | None:
    if not policy.login:
        return LOCAL
    if policy.proxy_header is None:
        return sessions.account_of_session(accounts)
    name = request.headers.get(policy.proxy_header, "") if comes_from_proxy(policy) else ""
    # A header is bytes; names are written in UTF-8.
    kept = accounts.named(name.encode("latin-1").decode("utf-8", "replace")) if name else None
    return kept.account if kept and kept.is_enabled else None


def _is_same_origin() -> bool:
    """Whether a page of this server sent it. Browsers say so of every request that may change something; what says nothing is refused."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    return origin is not None and urlsplit(origin).netloc == request.host


def _ask_to_sign_in(policy: Policy) -> AnyResponse | tuple[Response, int]:
    if request.method == "GET" and _is_for_eyes():
        if policy.proxy_header is None:
            return redirect(f"/login?next={quote(request.full_path.rstrip('?'))}", 303)
        return login.page_of_refusal("login.no_account", 403)
    return _refused("请先登录 sign in first", 401)


def _forbidden(needed: Role) -> AnyResponse | tuple[Response, int]:
    if request.method == "GET" and _is_for_eyes():
        return login.page_of_refusal("login.forbidden", 403)
    return _refused(current.RoleNeeded(needed).description or "", 403)


def _is_for_eyes() -> bool:
    """Whether a browser wants to show the answer: a page, not a file or what a script asked for."""
    return "text/html" in request.headers.get("Accept", "")


def _refused(why: str, status: int) -> tuple[Response, int]:
    return jsonify(error=why), status
