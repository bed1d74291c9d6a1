"""Data quality: where reports contradict themselves, each finding with what people said of it, and the rules.

Three parts, one shown at a time: an overview that leads from a county to its reports and their notices, the findings, the catalogue.
"""

from __future__ import annotations

import sqlite3

from dash import Dash, Input, Output, State, dcc, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from expectations.ledger import AmbiguousFingerprint, MissingReason, UnknownFinding
from expectations.notices import FORMATS

from ..address import Address
from ..components import cards, charts, quality
from ..components.heading import heading, no_reports
from ..components.numbers import MISSING, percent, written
from ..components.paged import table_panel
from ..components.tools import downloads
from ..components.verdict import CHOICES, verdict_panel
from ..data import quality as data
from ..data.release import ReleaseUnavailableError, Warehouse
from ..downloads import MOST_NOTICES, notices_href
from ..figures import quality as figures
from ..view import Page, View

_PARTS = ("overview", "findings", "rules")
_NAMED_IN_SUMMARY = 3
_LONGEST_WORDS = 1000
"""Letters of a verdict's reason and name."""


def _body(view: View, saved: str | None = None) -> list[Component]:
    """`saved` is the fingerprint of the finding whose verdict was just written."""
    part = view.address.options.get("part")
    counts = data.Counts(**view.rows(data.COUNTS)[0])
    if part == "rules":
        return [heading(view), _parts(view, part), _rules(view)]
    if not counts.reports:
        return [heading(view), no_reports(view, counts.reports_to_correct)]
    shown = _findings(view, saved) if part == "findings" else _overview(view, counts)
    return [heading(view), _parts(view, part), *shown]


PAGE = Page("/quality", "quality", _body)


def register(app: Dash, warehouse: Warehouse) -> None:
    @app.callback(
        Output("verdict-message", "children"),
        Input("verdict-submit", "n_clicks"),
        State("verdict-finding", "data"),
        State("verdict-choice", "value"),
        State("verdict-reason", "value"),
        State("verdict-name", "value"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def judge(
        clicks: int | None,
        fingerprint: str,
        choice: str | None,
        reason: str | None,
        name: str | None,
        pathname: str | None,
        search: str | None,
    ) -> str:
        """Writes the verdict into the ledger and draws the page with it."""
        if not clicks:
            raise PreventUpdate
        address = Address.parse(pathname, search)
        view = View.of(warehouse.current(), address)
        if choice not in CHOICES:
            return view.t("verdict.missing.choice")
        reason, name = (reason or "").strip(), (name or "").strip()
        if not name:
            return view.t("verdict.missing.name")
        if len(reason) + len(name) > _LONGEST_WORDS:
            return view.t("verdict.too_long", most=_LONGEST_WORDS)
        try:
            warehouse.ledger().give_verdict(fingerprint, choice, reason or None, name)
            set_props("body", {"children": _body(view, fingerprint)})
        except MissingReason:
            return view.t("verdict.missing.reason")
        except (UnknownFinding, AmbiguousFingerprint):
            return view.t("verdict.gone")
        except (sqlite3.Error, OSError, ReleaseUnavailableError) as error:
            app.logger.error("a verdict cannot be written: %s", error)
            return view.t("verdict.failed")
        return view.t("verdict.saved")


def _parts(view: View, shown: str | None) -> Component:
    t = view.t
    chosen = shown if shown in _PARTS else _PARTS[0]
    return html.Nav(
        [
            dcc.Link(
                t(f"quality.part.{part}"),
                href=view.address.to(options={} if part == _PARTS[0] else {"part": part}).href,
                className="part is-here" if part == chosen else "part",
            )
            for part in _PARTS
        ],
        className="parts",
        **{"aria-label": t("quality.parts")},
    )


def _overview(view: View, counts: data.Counts) -> list[Component]:
    wrong: list[Component] = [_reports(view, counts.reports_to_correct)]
    if not counts.broken_reports:
        wrong = [html.P(view.t("quality.reports.none"), className="panel")]
    elif view.region is None or view.region.county is None:
        t = view.t
        wrong.insert(
            0,
            table_panel(view, quality.COUNTIES, title=t("quality.counties.title"), text=t("quality.counties.text")),
        )
    return [
        html.Section(_cards(view, counts), className="cards is-five"),
        *wrong,
        html.Div(_charts(view), className="charts"),
    ]


def _cards(view: View, counts: data.Counts) -> list[Component]:
    t, unit = view.t, view.t("unit.finding")

    def card(name: str, figure: int, unit: str, note: str, kind: str = "") -> Component:
        return cards.card(
            name, t(f"quality.card.{name}"), written(figure), unit, note, t(f"quality.card.{name}.help"), kind=kind
        )

    share = percent(counts.broken_reports, counts.judged_reports) if counts.judged_reports else MISSING
    return [
        card(
            "broken",
            counts.broken_reports,
            t("card.reports.unit"),
            t("quality.card.broken.note", reports=written(counts.judged_reports), share=share),
            "is-alert" if counts.broken_reports else "",
        ),
        card(
            "errors",
            counts.errors,
            unit,
            t("quality.card.errors.note", new=written(counts.new_errors), reopened=written(counts.reopened_errors)),
        ),
        card("warnings", counts.warnings, unit, t("quality.card.warnings.note")),
        card("resolved", counts.resolved_errors, unit, t("quality.card.resolved.note")),
        card(
            "judged",
            counts.confirmed + counts.dismissed,
            unit,
            t("quality.card.judged.note", confirmed=written(counts.confirmed), dismissed=written(counts.dismissed)),
        ),
    ]


def _reports(view: View, to_correct: int) -> Component:
    t = view.t
    if to_correct > MOST_NOTICES:
        zips: list[Component | str] = [t("quality.zip.too_many", count=written(to_correct), most=MOST_NOTICES)]
    else:
        zips = [
            t("quality.zip", count=to_correct),
            *(html.A(form, href=notices_href(view.address, form), className="tool", download="") for form in FORMATS),
        ]
    return table_panel(
        view,
        quality.BROKEN_REPORTS,
        # Whoever chose a county is led here, and no longer sees the heading of the page.
        title=f"{t('quality.reports.title')} · {view.place}" if view.region else t("quality.reports.title"),
        text=t("quality.reports.text"),
        actions=[html.Div(zips, className="zips")] if to_correct else [],
    )


def _charts(view: View) -> list[Component]:
    t = view.t
    by_rule = tuple(data.RuleYear(**row) for row in view.rows(data.RULE_YEARS))
    regions = tuple(data.RegionCount(**row) for row in view.rows(data.REGIONS))
    drawn = []
    if by_rule:
        latest = view.year or max(each.year for each in by_rule)
        worst = sorted((each for each in by_rule if each.year == latest), key=lambda each: -each.broken_reports)
        drawn.append(
            charts.chart_panel(
                view,
                "quality_rule_years",
                data.RULE_YEARS,
                figures.rule_years(t, by_rule),
                t(
                    "chart.quality_rule_years.summary",
                    place=view.place,
                    year=latest,
                    values=", ".join(
                        f"{each.rule_id} {t.label(each, 'title')} {written(each.broken_reports)}"
                        for each in worst[:_NAMED_IN_SUMMARY]
                    ),
                ),
                height=figures.rule_years_height(by_rule),
            )
        )
    if regions:
        drawn.append(
            charts.chart_panel(
                view,
                "quality_regions",
                data.REGIONS,
                figures.regions(t, regions),
                t(
                    "chart.quality_regions.summary",
                    place=view.place,
                    values=", ".join(
                        f"{each.region_name} {written(each.broken_reports)}" for each in regions[:_NAMED_IN_SUMMARY]
                    ),
                ),
                height=figures.regions_height(regions),
                drill=True,
            )
        )
    return drawn


def _findings(view: View, saved: str | None) -> list[Component]:
    t = view.t
    chosen = []
    if view.address.options.get("finding"):
        found = view.rows(data.FINDING)
        chosen = [verdict_panel(view, data.Finding(**found[0]) if found else None, saved)]
    return [
        html.Section(quality.finding_options(view, view.release.rows(data.RULE_NAMES)), className="filters"),
        *chosen,
        table_panel(view, quality.FINDINGS, title=t("quality.findings.title"), text=t("quality.findings.text")),
    ]


def _rules(view: View) -> Component:
    t = view.t
    verdicts = {row["rule_id"]: row for row in view.rows(data.JUDGED)}
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [html.H2(t("quality.rules.title")), html.P(t("quality.rules.text"), className="panel-text")]
                    ),
                    downloads(view, data.RULES),
                ],
                className="panel-head",
            ),
            quality.rule_table(view, view.rows(data.RULES), verdicts),
        ],
        className="panel",
        id="rule-catalogue",
    )
