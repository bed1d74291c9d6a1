"""A person's word on a finding: what it is about, and the form."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from ..access import current
from ..data.quality import Finding
from ..data.report import is_told_in_words
from ..view import View
from .numbers import written
from .quality import place_href

CHOICES = ("confirmed", "dismissed", "withdrawn")
_DAY = 10
"""Letters of a time that are its day."""


def verdict_panel(view: View, finding: Finding | None, saved: str | None = None) -> Component:
    """`finding` is None when the release and the ledger have no such; `saved` is the fingerprint whose verdict was just written."""
    t = view.t
    close = dcc.Link(t("verdict.close"), href=view.address.opting("finding", None).href, className="button")
    if finding is None:
        return _panel(
            [html.Div([html.H2(t("quality.judge")), close], className="panel-head"), html.P(t("verdict.gone"))]
        )
    title = t("verdict.title", rule=finding.rule_id, title=t.label(finding, "title"))
    return _panel(
        [
            html.Div([html.H2(title), close], className="panel-head"),
            html.Div(
                [html.Dl(_facts(view, finding), className="facts is-finding"), _form(view, finding, saved)],
                className="verdict-columns",
            ),
        ]
    )


def _panel(content: list[Component]) -> Component:
    return html.Section(content, className="panel", id="verdict", tabIndex=-1)


def _facts(view: View, finding: Finding) -> list[Component]:
    t = view.t
    place = view.places.get(finding.place, finding.place)
    facts: list[tuple[str, list[Component | str]]] = [
        ("verdict.where", [f"{finding.organ_name} · {finding.year}"]),
        (
            "quality.column.place",
            [
                place,
                *(
                    [" ", dcc.Link(t("verdict.report"), href=place_href(view, vars(finding)), className="tool")]
                    if finding.report_key
                    else []
                ),
            ],
        ),
        ("verdict.formula", [finding.formula]),
    ]
    if finding.left_value is not None and not is_told_in_words(finding.place, finding.detail):
        sides = {name: written(getattr(finding, f"{name}_value")) for name in ("left", "right")}
        facts.append(("verdict.sides", [t("verdict.sides.value", difference=written(finding.difference), **sides)]))
    if finding.detail:
        facts.append(("quality.column.detail", [finding.detail]))
    facts.append(("quality.column.status", [t(f"quality.status.{finding.status}")]))
    if finding.first_seen:
        facts.append(("verdict.since", [finding.first_seen[:_DAY]]))
    if finding.verdict:
        said = t(
            "verdict.standing.value",
            verdict=t(f"quality.verdict.{finding.verdict}"),
            reason=finding.reason or "—",
            name=finding.given_by,
            day=(finding.given_at or "")[:_DAY],
        )
        facts.append(("verdict.standing", [html.Span(said, id="verdict-standing")]))
    return [html.Div([html.Dt(t(key)), html.Dd(value)], className="fact") for key, value in facts]


def _form(view: View, finding: Finding, saved: str | None) -> Component:
    t = view.t
    if finding.status == "unrecorded":
        return html.P(t("verdict.unrecorded"), className="notice")
    who = current.account()
    if not who.may("steward"):
        return html.P(t("verdict.no_steward"), className="notice")
    # Whoever sits at the machine itself has no name of their own.
    is_named = who != current.LOCAL
    offered = [choice for choice in CHOICES if choice != "withdrawn" or finding.verdict]
    return html.Div(
        [
            dcc.Store(id="verdict-finding", data=finding.fingerprint),
            dmc.RadioGroup(
                dmc.Stack([dmc.Radio(label=t(f"verdict.{choice}"), value=choice) for choice in offered], gap="xs"),
                id="verdict-choice",
                label=t("verdict.choice"),
                value=None,
            ),
            dmc.Textarea(
                id="verdict-reason",
                label=t("verdict.reason"),
                placeholder=t("verdict.reason.hint"),
                value="",
                autosize=True,
                minRows=2,
            ),
            dmc.TextInput(
                id="verdict-name",
                label=t("verdict.name"),
                value=who.name if is_named else "",
                disabled=is_named,
                # Who judges ten findings writes the name once.
                persistence=not is_named,
                persistence_type="session",
            ),
            html.Div(
                [
                    html.Button(t("verdict.submit"), id="verdict-submit", type="button", className="button is-primary"),
                    html.Span(
                        t("verdict.saved") if saved == finding.fingerprint else "", id="verdict-message", role="status"
                    ),
                ],
                className="editor-bar",
            ),
        ],
        className="verdict-form",
    )
