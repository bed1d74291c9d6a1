"""What the rules say about one report: the broken ones in full, the undecidable ones folded, the rest as a count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from dash import dcc, html
from dash.development.base_component import Component

from ..address import Address
from ..data.report import Finding, PrintedCell, RuleResult, Suggestion
from ..i18n import Translator
from ..i18n.places import place_labels
from .attributes import hyphened
from .grid import report_href
from .numbers import written
from .statutory import cell_id

_COLUMNS = ("rule", "place", "formula", "left", "right", "difference", "cells")
_WITHOUT_SIDES = ("rule", "place", "formula", "cells")
"""Of a rule that cannot be assessed: its sides would show unknown cells as 0."""
_FEW_CELLS = 4
"""Up to this many cells are named at once; more are folded."""


def rules_panel(
    t: Translator,
    results: Sequence[RuleResult],
    passed: int,
    cells: Sequence[PrintedCell],
    suggestions: Sequence[Suggestion],
    notices: Sequence[Component] = (),
) -> Component:
    """`notices` are the ways to a correction notice, where there is one to write."""
    failed = [result for result in results if result.status == "fail"]
    undecided = [result for result in results if result.status != "fail"]
    labels = place_labels(t, cells)
    return html.Section(
        [
            html.Div(
                [
                    html.H2(t("rules.title")),
                    html.Div(
                        [
                            html.Span(
                                ["⚠ ", t("rules.fail", count=len(failed))],
                                className="chip is-fail" if failed else "chip",
                            ),
                            html.Span(["? ", t("rules.not_assessable", count=len(undecided))], className="chip"),
                            html.Span(["✓ ", t("rules.pass", count=passed)], className="chip"),
                        ],
                        className="chips",
                    ),
                    *notices,
                ],
                className="panel-head",
            ),
            *_failed(t, failed, labels, evaluated=bool(results) or passed > 0),
            *_suggested(t, suggestions, labels),
            *_undecided(t, undecided, labels),
        ],
        className="panel",
        id="rules",
    )


def _failed(t: Translator, failed: Sequence[RuleResult], labels: dict[str, str], *, evaluated: bool) -> list[Component]:
    if not evaluated:
        return [html.P(t("rules.none"), className="panel-text")]
    if not failed:
        return [html.P(t("rules.none_broken"), className="panel-text")]
    return [html.P(t("rules.unaltered"), className="panel-text"), _table(t, failed, labels, _COLUMNS)]


def _suggested(t: Translator, suggestions: Sequence[Suggestion], labels: dict[str, str]) -> list[Component]:
    """What would mend each table, the smallest change or all that would do; never in the cell itself."""
    return [
        html.Div(
            [
                html.H3(t("suggestion.title", table=labels.get(table, table))),
                html.P(_how_certain(t, own[0].count, len(own)), className="panel-text"),
                html.Ul([_suggestion(t, suggestion, labels) for suggestion in own], className="findings"),
            ],
            className="suggestions",
            **hyphened(data_table=table),
        )
        for table, own in ((table, list(group)) for table, group in groupby(suggestions, attrgetter("table_code")))
    ]


def _how_certain(t: Translator, count: int, listed: int) -> str:
    if count == 1:
        return t("suggestion.one")
    return t("suggestion.several", count=count) if count == listed else t("suggestion.many", count=count, listed=listed)


def _suggestion(t: Translator, suggestion: Suggestion, labels: dict[str, str]) -> Component:
    names = {"cell": labels[suggestion.cell], "rules": t("suggestion.and").join(suggestion.rules)}
    values = {"printed": written(suggestion.printed_value), "suggested": written(suggestion.suggested_value)}
    if suggestion.other_cell:
        words = t("suggestion.swap", other=labels[suggestion.other_cell], **names, **values)
    else:
        words = t("suggestion.change", **names, **values)
    return html.Li(
        [
            html.A(words, href=f"#{cell_id(suggestion.cell)}"),
            html.Span(t(f"suggestion.fault.{suggestion.fault}"), className="chip"),
            html.Small(suggestion.reason),
        ]
    )


def _undecided(t: Translator, undecided: Sequence[RuleResult], labels: dict[str, str]) -> list[Component]:
    if not undecided:
        return []
    return [
        html.Details(
            [
                html.Summary(t("rules.not_assessable.title", count=len(undecided))),
                html.P(t("rules.not_assessable.text"), className="panel-text"),
                _table(t, undecided, labels, _WITHOUT_SIDES),
            ]
        )
    ]


def _table(t: Translator, results: Sequence[RuleResult], labels: dict[str, str], columns: Sequence[str]) -> Component:
    head = html.Tr([html.Th(t(f"rules.column.{column}"), scope="col", className=f"is-{column}") for column in columns])
    rows = [
        html.Tr(
            [_column(t, result, labels, column) for column in columns],
            **hyphened(data_rule=result.rule_id, data_place=result.place, data_status=result.status),
        )
        for result in results
    ]
    return html.Div(
        html.Table([html.Thead(head), html.Tbody(rows)], className="rules"),
        className="table-box",
        tabIndex=0,
        role="region",
        **hyphened(aria_label=t("rules.title")),
    )


def _column(t: Translator, result: RuleResult, labels: dict[str, str], column: str) -> Component:
    match column:
        case "rule":
            severity = html.Span(t(f"quality.severity.{result.severity}"), className=f"chip is-{result.severity}")
            return html.Th([html.Strong(result.rule_id), " ", t.label(result, "title"), " ", severity], scope="row")
        case "place":
            return html.Td([labels.get(result.place, result.place), *_rests_on(t, result)])
        case "formula":
            return html.Td(result.formula)
        case "cells":
            return html.Td(_cells(t, result.cells, labels), className="cells")
        case _:
            if result.is_told_in_words:
                return html.Td("")
            side = {"left": result.left_value, "right": result.right_value, "difference": result.difference}[column]
            return html.Td(written(side), className="number")


def _rests_on(t: Translator, result: RuleResult) -> list[Component]:
    """The sentence or fact behind a verdict, and the report that it compares with."""
    told: list[Component] = [html.Small(result.detail, className="detail")] if result.detail else []
    if result.other_report_key:
        told.append(
            dcc.Link(
                t("rules.other_report"),
                href=report_href(Address(language=t.language), result.other_report_key),
                className="other-report",
            )
        )
    return told


def _cells(t: Translator, names: Sequence[str], labels: dict[str, str]) -> list[Component]:
    links = html.Ul([html.Li(html.A(labels.get(name, name), href=f"#{cell_id(name)}", title=name)) for name in names])
    if len(names) <= _FEW_CELLS:
        return [links]
    return [html.Details([html.Summary(t("rules.cells", count=len(names))), links])]


def findings_panel(t: Translator, findings: Sequence[Finding]) -> Component:
    return html.Section(
        [
            html.H2(t("findings.title")),
            html.Ul(
                [
                    html.Li(
                        [
                            html.Span(t(f"severity.{finding.severity}"), className=f"chip is-{finding.severity}"),
                            html.Span(finding.message),
                            html.Code(finding.code),
                        ]
                    )
                    for finding in findings
                ],
                className="findings",
            )
            if findings
            else html.P(t("findings.none"), className="panel-text"),
        ],
        className="panel",
        id="findings",
    )
