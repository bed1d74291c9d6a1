"""Who is signed in, and the way out."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from ..access import current, sessions
from ..i18n import Translator


def account_menu(t: Translator) -> Component:
    """The account with its role and region, and a button to sign out; nothing on the machine itself, where nobody signed in."""
    who = current.account()
    if who == current.LOCAL:
        return html.Span(hidden=True)
    role = t(f"role.{who.role}")
    token = sessions.log_out_token()
    return html.Div(
        [
            html.Span(
                [html.Strong(who.name), html.Small(f"{role} · {who.place or who.scope}" if who.scope else role)],
                className="account-name",
            ),
            *([_log_out(t, token)] if token else []),
        ],
        className="account",
    )


def _log_out(t: Translator, token: str) -> Component:
    # A form, so that it works as a page of its own: the session ends with a new page, not with a callback.
    return html.Form(
        html.Button(t("account.log_out"), type="submit", name="csrf", value=token, className="button", id="log-out"),
        action="/logout",
        method="post",
    )
