"""One report: what it prints, where it contradicts itself, and where it came from."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from expectations.notices import FORMATS

from ..address import Address
from ..components import states
from ..components.attributes import hyphened
from ..components.prose import claims_panel, text_panel
from ..components.report_header import report_header
from ..components.rules import findings_panel, rules_panel
from ..components.statutory import broken_by_cell, statutory_tables
from ..data.release import Release
from ..data.report import Report
from ..data.report import report as read
from ..downloads import notice_href
from ..i18n import Translator

PREFIX = "/report/"
_SAMPLES = {"blank": "", "dash": "—", "text": "…", "absent": "", "broken": "12"}
"""The looks a cell can have → what stands in the sample of it."""


def render(t: Translator, release: Release, address: Address) -> tuple[str, list[Component], bool]:
    """(title, content, whether the report is a sample)."""
    key = address.path.removeprefix(PREFIX)
    report = read(release, key)
    if report is None:
        back = states.link_button(t("state.no_report.back"), Address("/report", language=address.language).href)
        title = t("state.no_report.title")
        return title, [states.empty(title, t("state.no_report.text", key=key), action=back)], False
    broken = broken_by_cell(report.results)
    tables = statutory_tables(t, report.cells, broken) if report.cells else [html.P(t("report.no_cells"))]
    content = [
        report_header(t, address, report),
        _legend(t),
        *tables,
        rules_panel(t, report.results, report.passed, report.cells, report.suggestions, _notices(t, report)),
        claims_panel(t, report.claims),
        *text_panel(t, report.text),
        findings_panel(t, report.findings),
    ]
    title = t("report.heading", organ=report.header.organ_name, year=report.header.year)
    return title, content, report.header.is_sample


def _notices(t: Translator, report: Report) -> list[Component]:
    """Links to the correction notice; it asks for the current version of a report, and for what is an error in it."""
    to_correct = [result for result in report.results if result.status == "fail" and result.severity == "error"]
    if not to_correct or not report.header.is_current:
        return []
    key = report.header.report_key
    return [
        html.Div(
            [
                t("notice.title"),
                *(html.A(form, href=notice_href(key, form), className="button", download="") for form in FORMATS),
            ],
            className="notices",
            title=t("notice.text"),
        )
    ]


def _legend(t: Translator) -> Component:
    """What the looks of a cell mean, in the looks themselves."""
    return html.Div(
        [
            html.P([t("report.tables"), html.Small(t("report.lines"))]),
            html.Ul(
                [
                    html.Li([html.Span(words, className=f"sample-cell is-{state}"), t(f"legend.{state}")])
                    for state, words in _SAMPLES.items()
                ],
                className="legend",
                **hyphened(aria_label=t("legend.title")),
            ),
        ],
        className="tables-head",
    )
