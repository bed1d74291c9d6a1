"""Runs suites with Great Expectations against a DuckDB file: a checkpoint with a validation of each suite, and Data Docs of what it found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.checkpoint import UpdateDataDocsAction
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context import EphemeralDataContext
from great_expectations.expectations import Expectation
from sqlalchemy import text

from .engine import DuckDBDatasource, open_warehouse
from .suites import Severity, Suite


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one expectation: rows looked at, rows that should not be there, and the first of these."""

    suite: Suite
    check: str
    description: str
    success: bool
    severity: Severity
    checked_rows: int
    unexpected_rows: int
    examples: Sequence[Mapping[str, Any]]


class ExpectationError(Exception):
    """An expectation could not be run at all (a missing table or column, say)."""


def run_checkpoint(name: str, suites: Sequence[Suite], database: Path, docs: Path, run_name: str) -> list[CheckResult]:
    """Every expectation of `suites`, run inside DuckDB as the checkpoint `name`; its Data Docs are written below `docs`.

    Raises:
        ExpectationError: when an expectation raised instead of answering.
    """
    with open_warehouse(database, docs) as (context, source):
        checkpoint = gx.Checkpoint(
            name=name,
            validation_definitions=[_validation(context, source, suite) for suite in suites],
            actions=[UpdateDataDocsAction(name="data docs")],
            # With rows: each query is for those that should not be there, and Great Expectations fetches 200 of them at most.
            result_format="COMPLETE",
        )
        outcome = context.checkpoints.add(checkpoint).run(run_id=RunIdentifier(run_name=run_name))
    results = {result.suite_name: result for result in outcome.run_results.values()}
    return [result for suite in suites for result in _read(suite, results[suite.name])]


def _validation(context: EphemeralDataContext, source: DuckDBDatasource, suite: Suite) -> gx.ValidationDefinition:
    asset = source.add_table_asset(name=suite.name, table_name=suite.table, schema_name=suite.schema)
    return context.validation_definitions.add(
        gx.ValidationDefinition(
            name=suite.name,
            data=asset.add_batch_definition_whole_table("whole table"),
            suite=context.suites.add(gx.ExpectationSuite(suite.name, expectations=_counted(source, suite))),
        )
    )


def _counted(source: DuckDBDatasource, suite: Suite) -> list[Expectation]:
    """The suite's expectations, each with the number of rows that it looks at: in one scan for all."""
    told = [each.meta or {} for each in suite.expectations]
    counts = ", ".join(f"count(*) filter (where {meta['checked']})" for meta in told)
    query = text(f"select {counts} from {suite.schema}.{suite.table}")
    with source.get_execution_engine().get_connection() as connection:
        rows = connection.execute(query).one()
    return [
        each.copy(update={"meta": {**meta, "checked_rows": count}})
        for each, meta, count in zip(suite.expectations, told, rows, strict=True)
    ]


def _read(suite: Suite, result: Any) -> Iterator[CheckResult]:
    for outcome in result.results:
        config = outcome.expectation_config
        if outcome.exception_info.get("raised_exception"):
            raise ExpectationError(f"{suite.name}：{outcome.exception_info['exception_message']}")
        yield CheckResult(
            suite=suite,
            check=config.meta["check"],
            description=config.description,
            success=bool(outcome.success),
            severity=Severity(config.severity),
            checked_rows=config.meta["checked_rows"],
            unexpected_rows=outcome.result["observed_value"],
            # As JSON can hold them: what is no number, text or null is told as text.
            examples=json.loads(json.dumps(outcome.result["details"]["unexpected_rows"], default=str)),
        )
