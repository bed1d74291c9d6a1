"""Signing in and out. The pages are made on the server, without a script: nobody who is not signed in gets any of the app's own code."""

from __future__ import annotations

import math
from pathlib import Path

from flask import Flask, Response, make_response, redirect, render_template_string, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from ..i18n import Language, Translator
from . import current, sessions
from .accounts import Accounts, Locked
from .policy import Policy, client_address

_FOLDER = Path(__file__).parent
_PAGE = (_FOLDER / "templates" / "signin.html").read_text(encoding="utf-8")
_LONGEST_NEXT = 8000


def register(server: Flask, accounts: Accounts, policy: Policy) -> None:
    if policy.proxy_header is None:
        _register_login(server, accounts, policy)
    else:
        # The proxy has asked already.
        server.get("/login")(lambda: redirect("/", 303))

    @server.get("/login/style.css")
    def login_style() -> AnyResponse:
        return send_from_directory(_FOLDER / "static", "style.css")


def _register_login(server: Flask, accounts: Accounts, policy: Policy) -> None:
    @server.get("/login")
    def login_page() -> AnyResponse:
        if current.is_signed_in():
            return redirect(_next(request.args.get("next", "")), 303)
        return _form(_language())

    @server.post("/login")
    def log_in() -> AnyResponse:
        language, name = _language(), request.form.get("name", "")
        if not sessions.is_form_token(request.form.get("csrf", "")):
            return _form(language, "login.expired", 400, name=name)
        try:
            kept = accounts.log_in(name, request.form.get("password", ""), client_address(policy))
        except Locked as locked:
            minutes = math.ceil(locked.seconds / 60)
            answer = _form(language, "login.locked", 429, name=name, minutes=minutes)
            answer.headers["Retry-After"] = str(locked.seconds)
            return answer
        if kept is None:
            return _form(language, "login.refused", 401, name=name)
        sessions.begin(kept)
        return redirect(_next(request.form.get("next", "")), 303)

    @server.post("/logout")
    def log_out() -> AnyResponse:
        # With a wrong token the page is of an earlier session: the present one goes on.
        if sessions.is_form_token(request.form.get("csrf", "")):
            accounts.note("logout", current.account(), address=client_address(policy))
            sessions.end()
        return redirect("/login", 303)


def page_of_refusal(reason: str, status: int) -> Response:
    """A page that says why, and leads back; `reason` is a key of the catalogue."""
    t = Translator(_language())
    return _page(t, status, title=t("login.refusal"), reason=t(reason), back=t("login.back"))


def _form(
    language: Language, reason: str | None = None, status: int = 200, *, name: str = "", minutes: int = 0
) -> Response:
    t = Translator(language)
    return _page(
        t,
        status,
        is_form=True,
        title=t("login.title"),
        reason=t(reason, minutes=minutes) if reason else None,
        name=name,
        next=_next(request.values.get("next", "")),
        csrf=sessions.form_token(),
        labels={word: t(f"login.{word}") for word in ("name", "password", "submit", "help")},
        other="zh" if language == "en" else "en",
        other_language=t("nav.switch_language"),
    )


def _page(t: Translator, status: int, **values: object) -> Response:
    frame = {"app": t("app.name"), "app_title": t("app.title"), "tagline": t("app.tagline"), "language": t.language}
    return make_response(render_template_string(_PAGE, **frame, **values), status)


def _language() -> Language:
    """As chosen, else as the page that was asked for; Chinese first."""
    wanted = request.values.get("lang") or ("en" if "lang=en" in request.values.get("next", "") else "")
    return "en" if wanted == "en" else "zh"


def _next(wanted: str) -> str:
    """Where to go after signing in: a page of this server, never the address of another."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/login", "/logout"))
    return wanted if is_ours and wanted.isprintable() and len(wanted) <= _LONGEST_NEXT else "/"
