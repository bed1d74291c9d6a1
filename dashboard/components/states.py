"""Pages and panels that have nothing to show, and say why and what to do."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from ..i18n import Translator
from .attributes import hyphened


def empty(
    title: str, text: str | None = None, *, action: Component | None = None, command: str | None = None
) -> Component:
    return html.Section(
        [
            html.Div(className="empty-mark", **hyphened(aria_hidden="true")),
            html.H1(title),
            *([html.P(text)] if text else []),
            *([html.Code(command)] if command else []),
            *([action] if action else []),
        ],
        className="empty",
    )


def no_release(t: Translator) -> Component:
    return empty(t("state.no_release.title"), t("state.no_release.text"), command="gongkai build")


def unreadable_release(t: Translator) -> Component:
    return empty(t("state.unreadable.title"), t("state.unreadable.text"), command="gongkai rollback")


def link_button(words: str, href: str) -> Component:
    return dcc.Link(words, href=href, className="button")
