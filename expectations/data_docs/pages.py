"""How Data Docs look: for each kind of page what it says (the renderer, as Great Expectations calls it) and its HTML (the view)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.data_context import AbstractDataContext
from great_expectations.expectations.metadata_types import FailureSeverity as Severity
from jinja2 import Environment, PackageLoader, StrictUndefined

from ..suites import FINDINGS, LANDING, MARTS, RESULTS, SUGGESTIONS

_SHOWN = 20
"""Unexpected rows that a page shows of each expectation."""
_SUITES = {suite.name: suite for suite in (*LANDING, *MARTS, *RESULTS, *FINDINGS, *SUGGESTIONS)}
_TEMPLATES = Environment(
    loader=PackageLoader("expectations", "data_docs"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TO_INDEX = "../../../../index.html"
"""From a result's page, which Great Expectations puts at validations/<suite>/<run>/<time>/<batch>.html."""


class ResultContent:
    """What the page of a suite says: each expectation, how many rows it looked at and how many of them it did not expect."""

    def render(self, result: ExpectationSuiteValidationResult) -> Mapping[str, Any]:
        run: Any = result.meta["run_id"]
        return {
            "suite": result.suite_name,
            "table": ".".join(_SUITES[result.suite_name].subject),
            "run": run["run_name"],
            "time": run["run_time"],
            "checks": [_check(result.suite_name, outcome) for outcome in result.results],
        }


def _check(suite: str, outcome: Any) -> Mapping[str, Any]:
    config = outcome.expectation_config
    rows = outcome.result.get("details", {}).get("unexpected_rows", [])[:_SHOWN]
    return {
        "name": config.meta["check"],
        "description": config.description,
        "state": _state(suite, outcome),
        "checked": config.meta["checked_rows"],
        "unexpected": outcome.result.get("observed_value", 0),
        "columns": [name for name in rows[0] if any(row[name] is not None for row in rows)] if rows else [],
        "rows": rows,
        "query": config.kwargs["unexpected_rows_query"],
    }


def _state(suite: str, outcome: Any) -> str:
    """pass; fail, which holds the build back; or flagged, which does not."""
    if outcome.success:
        return "pass"
    is_structural = _SUITES[suite].holds_back and Severity(outcome.expectation_config.severity) is Severity.CRITICAL
    return "fail" if is_structural else "flagged"


class IndexContent:
    """What the index says: every suite of the run with its table, the failed ones first."""

    def __init__(self, data_context: AbstractDataContext) -> None:
        self._context = data_context

    def render(self, links: Mapping[str, Any]) -> Mapping[str, Any]:
        results = links.get("validations_links", [])
        suites = [self._suite(result) for result in results]
        order = list(_SUITES)
        return {
            "run": results[0]["run_name"] if results else "",
            "time": max((result["run_time"].isoformat() for result in results), default=""),
            "suites": sorted(
                suites,
                key=lambda suite: (["fail", "flagged", "pass"].index(suite["state"]), order.index(suite["name"])),
            ),
        }

    def _suite(self, result: Mapping[str, Any]) -> Mapping[str, Any]:
        name = result["expectation_suite_name"]
        return {
            "name": name,
            "table": ".".join(_SUITES[name].subject),
            "checks": len(_SUITES[name].expectations),
            "state": "pass" if result["validation_success"] else self._worst(result),
            "page": result["filepath"],
        }

    def _worst(self, result: Mapping[str, Any]) -> str:
        """The state of a suite that did not pass whole: Great Expectations' links do not tell a warning from a failure."""
        outcomes: Any = self._context.get_validation_result(
            expectation_suite_name=result["expectation_suite_name"],
            run_id=result["run_id"],
            batch_identifier=result["batch_identifier"],
        )
        states = {_state(result["expectation_suite_name"], outcome) for outcome in outcomes.results}
        return "fail" if "fail" in states else "flagged"


class _View:
    template: str

    def render(self, content: Mapping[str, Any], **_: Any) -> str:
        return _TEMPLATES.get_template(self.template).render(content, to_index=_TO_INDEX)


class ResultView(_View):
    template = "result.html.j2"


class IndexView(_View):
    template = "index.html.j2"
