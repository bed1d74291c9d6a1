"""The row of cards on the overview: one figure each, with what it is made of."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from ..data.overview import Change, Counts
from ..i18n import Translator
from .attributes import hyphened
from .numbers import SMALLEST_DENOMINATOR, percent, written


def cards(t: Translator, counts: Counts, change: Change | None, *, one_year: bool) -> list[Component]:
    """`change` is None when the selection has no like-for-like year before it; `one_year` is False for all years."""
    return [
        _card(
            "reports",
            t("card.reports"),
            written(counts.reports),
            t("card.reports.unit"),
            t("card.reports.note", organs=written(counts.organs)),
            t("card.reports.help"),
        ),
        _received(t, counts, change, one_year),
        _card(
            "processed",
            t("card.processed"),
            written(counts.processed),
            t("unit.case"),
            # What one year carries forward the next one carries in: a sum over years would count it again and again.
            t("card.processed.note", carried_forward=written(counts.carried_forward))
            if one_year
            else t("card.all_years"),
            t("card.processed.help", unknown=_unknown(t, counts.processed_unknown)),
        ),
        _disclosed(t, counts),
        _disputes(t, counts),
        _broken(t, counts),
    ]


def _card(name: str, title: str, figure: str, unit: str, note: str, explanation: str, kind: str = "") -> Component:
    return html.Article(
        [
            html.H2(
                [
                    title,
                    html.Button(
                        "?", className="help", type="button", **hyphened(data_tip=explanation, aria_label=explanation)
                    ),
                ]
            ),
            html.P([html.Span(figure, className="figure"), html.Span(unit, className="unit")]),
            html.P(note, className="note"),
        ],
        id=f"card-{name}",
        className=f"card {kind}".strip(),
    )


def _unknown(t: Translator, count: int) -> str:
    return t("card.unknown", count=written(count)) if count else ""


def _received(t: Translator, counts: Counts, change: Change | None, one_year: bool) -> Component:
    unknown = _unknown(t, counts.received_unknown)
    explanation = t("card.received.help_plain", unknown=unknown)
    if not one_year:
        note = t("card.all_years")
    elif change is None or not change.previous:
        note = t("card.received.none")
    else:
        ratio = percent(change.received - change.previous, change.previous, signed=True)
        note = t("card.received.change", change=ratio, organs=written(change.organs))
        explanation = t(
            "card.received.help", previous=written(change.previous), received=written(change.received), unknown=unknown
        )
    return _card("received", t("card.received"), written(counts.received), t("unit.case"), note, explanation)


def _disclosed(t: Translator, counts: Counts) -> Component:
    numerator, denominator = written(counts.disclosed), written(counts.processed)
    explanation = t("card.disclosed.help", numerator=numerator, denominator=denominator)
    note = t("card.disclosed.note", numerator=numerator, denominator=denominator)
    if counts.disclosed is None or counts.processed is None or counts.processed < SMALLEST_DENOMINATOR:
        return _card(
            "disclosed", t("card.disclosed"), t("card.disclosed.too_few"), "", note, explanation, kind="is-grey"
        )
    rate = percent(counts.disclosed, counts.processed)
    return _card("disclosed", t("card.disclosed"), rate, "", note, explanation)


def _disputes(t: Translator, counts: Counts) -> Component:
    note = t("card.disputes.note", reconsiderations=written(counts.reconsiderations), lawsuits=written(counts.lawsuits))
    explanation = t("card.disputes.help", unknown=_unknown(t, counts.disputes_unknown))
    # A track without a single number leaves the whole unknown.
    tracks = (counts.reconsiderations, counts.lawsuits)
    stated = [track for track in tracks if track is not None]
    total = sum(stated, Decimal(0)) if len(stated) == len(tracks) else None
    return _card("disputes", t("card.disputes"), written(total), t("unit.case"), note, explanation)


def _broken(t: Translator, counts: Counts) -> Component:
    note = t(
        "card.broken.note",
        share=percent(counts.broken_reports, counts.reports),
        unassessed=written(counts.unassessed_reports),
    )
    return _card(
        "broken",
        t("card.broken"),
        written(counts.broken_reports),
        t("card.reports.unit"),
        note,
        t("card.broken.help"),
        kind="is-alert" if counts.broken_reports else "",
    )
