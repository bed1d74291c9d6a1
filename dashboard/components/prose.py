"""What a report says in words: the figures its sentences state, and its sections on problems and fees."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from ..data.report import Claim, Text
from ..i18n import Translator
from .attributes import hyphened
from .numbers import written


def claims_panel(t: Translator, claims: Sequence[Claim]) -> Component:
    """A row per sentence, with every figure read from it."""
    if not claims:
        table: Component = html.P(t("claims.empty"), className="panel-text")
    else:
        head = html.Tr([html.Th(t("claims.sentence"), scope="col"), html.Th(t("claims.stated"), scope="col")])
        rows = [
            _sentence(t, line, sentence, list(stated))
            for (line, sentence), stated in groupby(claims, key=lambda claim: (claim.line, claim.sentence))
        ]
        table = html.Table([html.Thead(head), html.Tbody(rows)], className="claims")
    return html.Section(
        [
            html.H2(t("claims.title")),
            *([html.P(t("claims.text"), className="panel-text")] if claims else []),
            table,
        ],
        className="panel",
        id="claims",
    )


def _sentence(t: Translator, line: int, sentence: str, claims: Sequence[Claim]) -> Component:
    figures = [
        html.Li(
            [html.Span(t.label(claim, "claim")), *([] if claim.kind == "none" else [html.Strong(_figure(t, claim))])]
        )
        for claim in claims
    ]
    return html.Tr(
        [
            html.Td([html.Q(sentence), html.Small(t("cell.line", line=line))]),
            html.Td(html.Ul(figures)),
        ],
        **hyphened(data_line=str(line)),
    )


def _figure(t: Translator, claim: Claim) -> str:
    value = written(claim.value)
    return t("claims.approximate", value=value) if claim.is_approximate else value


def text_panel(t: Translator, text: Text) -> list[Component]:
    """Nothing where the report says nothing of these."""
    parts = {"problems": text.problems, "measures": text.measures, "processing_fee": text.processing_fee}
    told = [
        html.Div([html.H3(t(f"text.{name}")), html.P(words)], className="passage", **hyphened(data_part=name))
        for name, words in parts.items()
        if words
    ]
    if not told:
        return []
    return [
        html.Section(
            [html.H2(t("text.title")), html.Div(told, className="passages")],
            className="panel",
            id="text",
        )
    ]
