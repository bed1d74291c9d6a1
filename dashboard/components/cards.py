"""The row of cards on the overview: one figure each, with what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from ..data.overview import ApplicationYear, Change, Counts
from ..i18n import Translator
from .attributes import hyphened
from .numbers import SMALLEST_DENOMINATOR, percent, written
from .spark import spark

_LONG = 9
"""Characters of a figure beside which its unit has no room on a card: it is written smaller."""


def cards(
    t: Translator,
    counts: Counts,
    change: Change | None,
    by_year: Sequence[ApplicationYear],
    year: int | None,
    quality: str,
) -> list[Component]:
    """`change` is None when the selection has no like-for-like year before it; `year` is None for all years. `quality` is the address of the
    page that says which reports are broken."""

    def trend(values: Iterable[Decimal | int | None]) -> Component:
        return spark([each.year for each in by_year], list(values), year)

    return [
        card(
            "reports",
            t("card.reports"),
            written(counts.reports),
            t("card.reports.unit"),
            t("card.reports.note", organs=written(counts.organs)),
            t("card.reports.help"),
            trend(each.reports or None for each in by_year),
        ),
        _received(t, counts, change, year is not None, trend(each.received for each in by_year)),
        _processed(t, counts, change, year is not None, trend(each.processed for each in by_year)),
        _disclosed(t, counts, change, trend(_rate(each) for each in by_year)),
        _disputes(t, counts, trend(each.disputes for each in by_year)),
        _broken(t, counts, trend(each.broken for each in by_year), quality),
    ]


def _rate(year: ApplicationYear) -> Decimal | None:
    if year.disclosed is None or year.processed is None or year.processed < SMALLEST_DENOMINATOR:
        return None
    return round(100 * year.disclosed / year.processed, 1)


def card(
    name: str,
    title: str,
    figure: str,
    unit: str,
    note: str,
    explanation: str,
    trend: Component | None = None,
    kind: str = "",
    href: str = "",
) -> Component:
    """One figure. `explanation` is behind the question mark; `kind` is is-grey for too few cases, is-alert for what is amiss; the figure leads to
    `href`."""
    look = "figure is-long" if len(figure) > _LONG else "figure"
    shown = dcc.Link(figure, href=href, className=look) if href else html.Span(figure, className=look)
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
            html.P([shown, html.Span(unit, className="unit")]),
            *([] if trend is None else [trend]),
            html.P(note, className="note"),
        ],
        id=f"card-{name}",
        className=f"card {kind}".strip(),
    )


def _processed(t: Translator, counts: Counts, change: Change | None, one_year: bool, trend: Component) -> Component:
    if not one_year:
        # What one year carries forward the next one carries in: a sum over years would count it again and again.
        note = t("card.all_years")
    else:
        note = t("card.processed.note", carried_forward=written(counts.carried_forward))
        if change and change.processed is not None and change.previous_processed:
            ratio = percent(change.processed - change.previous_processed, change.previous_processed, signed=True)
            note = f"{t('card.change', change=ratio)} · {note}"
    explanation = t("card.processed.help", unknown=_unknown(t, counts.processed_unknown))
    return card("processed", t("card.processed"), written(counts.processed), t("unit.case"), note, explanation, trend)


def _unknown(t: Translator, count: int) -> str:
    return t("card.unknown", count=written(count)) if count else ""


def _received(t: Translator, counts: Counts, change: Change | None, one_year: bool, trend: Component) -> Component:
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
    return card("received", t("card.received"), written(counts.received), t("unit.case"), note, explanation, trend)


def _disclosed(t: Translator, counts: Counts, change: Change | None, trend: Component) -> Component:
    numerator, denominator = written(counts.disclosed), written(counts.processed)
    explanation = t("card.disclosed.help", numerator=numerator, denominator=denominator)
    note = t("card.disclosed.note", numerator=numerator, denominator=denominator)
    if counts.disclosed is None or counts.processed is None or counts.processed < SMALLEST_DENOMINATOR:
        return card(
            "disclosed", t("card.disclosed"), t("card.disclosed.too_few"), "", note, explanation, trend, kind="is-grey"
        )
    rate = percent(counts.disclosed, counts.processed)
    points = _points(change)
    if points is not None:
        note = f"{t('card.points', points=f'{points:+.1f}')} · {note}"
    return card("disclosed", t("card.disclosed"), rate, "", note, explanation, trend)


def _points(change: Change | None) -> Decimal | None:
    """The change of the disclosure rate, like for like, in percentage points; None below the smallest denominator in either year."""
    if change is None or change.disclosed is None or change.previous_disclosed is None:
        return None
    if min(change.processed or 0, change.previous_processed or 0) < SMALLEST_DENOMINATOR:
        return None
    now, before = change.processed or Decimal(1), change.previous_processed or Decimal(1)
    return 100 * (change.disclosed / now - change.previous_disclosed / before)


def _disputes(t: Translator, counts: Counts, trend: Component) -> Component:
    note = t("card.disputes.note", reconsiderations=written(counts.reconsiderations), lawsuits=written(counts.lawsuits))
    explanation = t("card.disputes.help", unknown=_unknown(t, counts.disputes_unknown))
    # A track without a single number leaves the whole unknown.
    tracks = (counts.reconsiderations, counts.lawsuits)
    stated = [track for track in tracks if track is not None]
    total = sum(stated, Decimal(0)) if len(stated) == len(tracks) else None
    return card("disputes", t("card.disputes"), written(total), t("unit.case"), note, explanation, trend)


def _broken(t: Translator, counts: Counts, trend: Component, href: str) -> Component:
    note = t(
        "card.broken.note",
        share=percent(counts.broken_reports, counts.reports),
        unassessed=written(counts.unassessed_reports),
    )
    return card(
        "broken",
        t("card.broken"),
        written(counts.broken_reports),
        t("card.reports.unit"),
        note,
        t("card.broken.help"),
        trend,
        kind="is-alert" if counts.broken_reports else "",
        href=href,
    )
