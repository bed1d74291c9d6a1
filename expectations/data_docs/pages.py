"""How Data Docs look: for each kind of page what it says (the renderer, as Great Expectations calls it) and its HTML (the view)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult
from jinja2 import Environment, PackageLoader, StrictUndefined

_SHOWN = 20
"""Unexpected rows that a page shows of each expectation."""
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
        batch = result.meta["batch_spec"]
        return {
            "suite": result.suite_name,
            "table": f"{batch['schema_name']}.{batch['table_name']}",
            "run": result.meta["run_id"]["run_name"],
            "time": result.meta["run_id"]["run_time"],
            "success": result.success,
            "checks": [_check(outcome) for outcome in result.results],
        }


def _check(outcome: Any) -> Mapping[str, Any]:
    config = outcome.expectation_config
    found = outcome.result.get("details", {}).get("unexpected_rows", [])
    return {
        "name": config.meta["check"],
        "description": config.description,
        "severity": config.severity,
        "success": outcome.success,
        "checked": config.meta["checked_rows"],
        "unexpected": outcome.result.get("observed_value"),
        "rows": found[:_SHOWN],
        "query": config.kwargs["unexpected_rows_query"],
    }


class IndexContent:
    """What the index says: every suite of the run with its table, the failed ones first."""

    def render(self, links: Mapping[str, Any]) -> Mapping[str, Any]:
        results = links.get("validations_links", [])
        return {
            "run": results[0]["run_name"] if results else "",
            "time": max((result["run_time"].isoformat() for result in results), default=""),
            "suites": [
                {
                    "name": result["expectation_suite_name"],
                    "table": f"{result['batch_spec']['schema_name']}.{result['batch_spec']['table_name']}",
                    "success": result["validation_success"],
                    "page": result["filepath"],
                }
                for result in sorted(
                    results, key=lambda result: (result["validation_success"], result["run_time"].timestamp())
                )
            ],
        }


class _View:
    template: str

    def render(self, content: Mapping[str, Any], **_: Any) -> str:
        return _TEMPLATES.get_template(self.template).render(content, to_index=_TO_INDEX)


class ResultView(_View):
    template = "result.html.j2"


class IndexView(_View):
    template = "index.html.j2"
