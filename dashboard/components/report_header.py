"""Who reports, on which year and form, from which file; and the way to the other versions and years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from ..address import Address
from ..data.report import Report, Version
from ..i18n import Translator
from .grid import report_href
from .organ import organ_href

_SHORT = 12
"""Digits of the fingerprint that are shown; the copy button has them all."""
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
"""What becomes a link. An address comes from a stranger's file, and may as well be a script."""


def report_header(t: Translator, address: Address, report: Report) -> Component:
    header = report.header
    outdated = html.P(t("report.version.outdated"), className="notice", role="note")
    return html.Section(
        [
            html.Div(
                [html.H1(t("report.heading", organ=header.organ_name, year=header.year)), _years(t, address, report)],
                className="panel-head",
            ),
            *([] if header.is_current else [outdated]),
            html.Dl(_facts(t, address, report), className="facts"),
        ],
        className="panel",
        id="report-header",
    )


def _years(t: Translator, address: Address, report: Report) -> Component:
    links = [("report.previous", report.previous), ("report.following", report.following)]
    return html.Nav(
        [
            dcc.Link(t("report.organ"), href=organ_href(address, report.header.organ_key), className="button"),
            *(
                dcc.Link(t(key, year=year.year), href=report_href(address, year.report_key), className="button")
                for key, year in links
                if year
            ),
        ],
        className="years",
    )


def _facts(t: Translator, address: Address, report: Report) -> list[Component]:
    header = report.header
    start, end = header.period
    period = f"{_day(t, start)} – {_day(t, end)}" if start or end else t("report.unknown")
    facts: list[tuple[str, list[Component | str]]] = [
        ("title", [header.title or t("report.unknown")]),
        ("place", [" · ".join(header.places) or t("report.unknown")]),
        ("form", _form(t, report)),
        ("period", [period]),
        ("signed_on", [_day(t, header.signed_on)]),
        ("published_on", [_day(t, header.published_on)]),
        ("status", [t(f"report.status.{header.status}")]),
        ("source", _source(t, report)),
        ("sha256", [_fingerprint(t, header.sha256)]),
        *([("url", _link(header.url))] if header.url else []),
        ("versions", [_versions(t, address, report.versions, header.report_key)]),
    ]
    return [
        html.Div([html.Dt(t(f"report.{name}")), html.Dd(value)], className=f"fact is-{name}") for name, value in facts
    ]


def _day(t: Translator, day: date | None) -> str:
    return day.isoformat() if day else t("report.unknown")


def _form(t: Translator, report: Report) -> list[Component | str]:
    header = report.header
    if not report.cells:
        return [t("report.unknown")]
    laid_out = {"form": report.cells[0].form, "notice": report.cells[0].notice}
    mixed = header.form != report.cells[0].form
    words: list[Component | str] = [t("report.form.mixed" if mixed else "report.form.value", **laid_out)]
    if header.prescribed_form and header.form != header.prescribed_form:
        words.append(
            html.Span(["⚠ ", t("report.form.mismatch", form=header.prescribed_form)], className="chip is-warning")
        )
    return words


def _source(t: Translator, report: Report) -> list[Component | str]:
    header = report.header
    path: list[Component | str] = [html.Span(header.source, className="path")]
    if header.parts > 1:
        path.append(html.Span(t("report.part", part=header.part, parts=header.parts), className="chip"))
    return path


def _link(url: str) -> list[Component | str]:
    if not _WEB_ADDRESS.fullmatch(url):
        return [html.Span(url, className="path")]
    return [html.A(url, href=url, className="path", target="_blank", rel="noopener noreferrer")]


def _fingerprint(t: Translator, sha256: str) -> Component:
    return html.Span(
        [
            html.Code(sha256[:_SHORT], title=sha256),
            dmc.CopyButton(
                value=sha256,
                children=t("report.copy"),
                copiedChildren=t("report.copied"),
                color="gray",
                copiedColor="teal",
                variant="default",
                size="compact-xs",
            ),
        ],
        className="fingerprint",
    )


def _versions(t: Translator, address: Address, versions: Sequence[Version], shown: str) -> Component:
    def line(version: Version) -> Component:
        words = f"{_day(t, version.signed_on)} · {version.report_key}"
        here = version.report_key == shown
        return html.Li(
            [
                html.Span(words) if here else dcc.Link(words, href=report_href(address, version.report_key)),
                html.Span(
                    t("report.version.current" if version.is_current else "report.version.earlier"),
                    className="chip is-current" if version.is_current else "chip",
                ),
                *([html.Span(t("report.version.this"), className="chip")] if here else []),
            ]
        )

    return html.Ul([line(version) for version in versions], className="versions")
