"""What surrounds every page: header, banner for sample data, footer."""

from __future__ import annotations

from datetime import timedelta

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from ..access.permissions import may_open
from ..address import Address
from ..data.about import About
from ..i18n import Translator
from .account import account_menu
from .attributes import hyphened

LINKS = (
    ("/", "overview"),
    ("/applications", "applications"),
    ("/disclosure", "disclosure"),
    ("/disputes", "disputes"),
    ("/filing", "filing"),
    ("/quality", "quality"),
    ("/organ", "organs"),
    ("/compare", "compare"),
    ("/report", "reports"),
    ("/sql", "sql"),
    ("/dictionary", "dictionary"),
    ("/methods", "methods"),
)
"""Pages in the order of the navigation: path, and name in the catalogue."""
_BEIJING = timedelta(hours=8)
"""The clock of the readers against UTC; it has no summer time."""


def frame(
    t: Translator, address: Address, content: list[Component], about: About | None, *, sample_report: bool = False
) -> list[Component]:
    """The page. `about` is None when no release can be read; `sample_report` says that the shown report is a sample."""
    return [
        html.A(t("nav.skip"), href="#content", className="skip"),
        _header(t, address),
        *([_sample_banner(t, sample_report)] if about and (about.has_sample or sample_report) else []),
        html.Main(content, id="content", className="content"),
        *([_footer(t, about)] if about else []),
    ]


def _header(t: Translator, address: Address) -> Component:
    return html.Header(
        [
            html.Div(
                [
                    dcc.Link(
                        [
                            html.Span("公开", className="brand-mark", **hyphened(aria_hidden="true")),
                            html.Span(
                                [html.Strong(t("app.title")), html.Small(t("app.tagline"))], className="brand-words"
                            ),
                        ],
                        href=Address(language=address.language).href,
                        className="brand",
                    ),
                    html.Button(
                        "◐",
                        id="scheme",
                        type="button",
                        className="tool is-round",
                        title=t("nav.switch_scheme"),
                        **hyphened(aria_label=t("nav.switch_scheme")),
                    ),
                    dmc.Button(
                        t("nav.switch_language"), id="language", variant="default", size="xs", className="language"
                    ),
                    account_menu(t),
                ],
                className="header-inner",
            ),
            html.Nav(
                html.Div(
                    [
                        dcc.Link(
                            t(f"nav.{name}"),
                            # The region, the year and the filters go along to every page.
                            href=address.at(path).href,
                            className="nav-link is-here" if _is_at(address, path) else "nav-link",
                        )
                        for path, name in LINKS
                        if may_open(path)
                    ],
                    className="nav-inner",
                ),
                **hyphened(aria_label=t("nav.label")),
            ),
        ],
        className="header",
    )


def _is_at(address: Address, path: str) -> bool:
    return address.path == path or (path != "/" and address.path.startswith(f"{path}/"))


def _sample_banner(t: Translator, sample_report: bool) -> Component:
    words = t("banner.sample_report" if sample_report else "banner.sample_release")
    return html.Div(
        html.Div([html.Span("!", className="banner-mark", **hyphened(aria_hidden="true")), words]),
        className="banner",
        role="note",
    )


def _footer(t: Translator, about: About) -> Component:
    time = f"{about.published_at + _BEIJING:%Y-%m-%d %H:%M:%S}"
    return html.Footer(t("footer.release", run=about.run_id, time=time), className="footer", id="release-note")
