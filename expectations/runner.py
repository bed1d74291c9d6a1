"""Runs suites with Great Expectations against a DuckDB file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import great_expectations as gx

from .engine import open_warehouse
from .suites import Suite


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one expectation. `observed` is what it saw: for a rule, the number of places that fail."""

    check: str
    description: str
    success: bool
    observed: str


class ExpectationError(Exception):
    """An expectation could not be run at all (a missing table or column, say)."""


def run_suites(database: Path, suites: Sequence[Suite]) -> list[CheckResult]:
    """Every expectation of `suites`, run inside DuckDB.

    Raises:
        ExpectationError: when an expectation raised instead of answering.
    """
    results = []
    with open_warehouse(database) as (context, source):
        for suite in suites:
            asset = source.add_table_asset(name=suite.name, table_name=suite.table, schema_name=suite.schema)
            definition = context.validation_definitions.add(
                gx.ValidationDefinition(
                    name=suite.name,
                    data=asset.add_batch_definition_whole_table("whole table"),
                    suite=context.suites.add(gx.ExpectationSuite(suite.name, expectations=list(suite.expectations))),
                )
            )
            for outcome in definition.run(result_format="BASIC").results:
                config = outcome.expectation_config
                assert config is not None  # only results read back from a store lack it
                if outcome.exception_info.get("raised_exception"):
                    raise ExpectationError(f"{suite.name}: {outcome.exception_info['exception_message']}")
                results.append(
                    CheckResult(
                        check=config.meta["check"],
                        description=config.description or "",
                        success=bool(outcome.success),
                        observed=str(outcome.result.get("observed_value", outcome.result.get("unexpected_count", ""))),
                    )
                )
    return results
