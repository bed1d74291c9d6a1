"""What Great Expectations says: the gates before dbt and before publishing, and what the rules found.

A gate that fails stops the run, and the last release goes on serving. A rule that fails is a publisher's error: the report is
published and flagged.
"""

from collections.abc import Callable, Iterator, Sequence

import dagster as dg

from dagster_project.defs.build_run import BuildRun
from dagster_project.warehouse.comparison import compare_landing, compare_marts
from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.published_builds import CHANGED_REPORTS
from dagster_project.warehouse.releases import published
from expectations.results import TABLES, write_results
from expectations.runner import CheckResult, run_checkpoint
from expectations.suggestions import FCT_SUGGESTION, write_suggestions
from expectations.suites import FINDINGS, LANDING, MARTS, RESULTS, SUGGESTIONS, Severity, Suite

_SHOWN = 20
"""Unexpected rows that a check shows in Dagster; Data Docs show as many."""
_SEVERITIES = {Severity.CRITICAL: dg.AssetCheckSeverity.ERROR, Severity.WARNING: dg.AssetCheckSeverity.WARN}


def _gate(name: str, suites: Sequence[Suite], compare: Callable[..., None]) -> dg.AssetChecksDefinition:
    """The suites as blocking checks: what comes after waits for them and does not run if one fails."""

    @dg.multi_asset_check(name=name, specs=_check_specs(suites, blocking=True))
    def gate(build: BuildRun) -> Iterator[dg.AssetCheckResult]:
        with build.run.stage(name):
            compare(build.paths, accept_loss=build.accept_loss)
            results = _run(name, suites, build)
        _hold_back(build, name, results)
        for result in results:
            yield _told(result, _SEVERITIES[result.severity], {"served": published(build.paths) or "无 none"})

    return gate


def _check_specs(suites: Sequence[Suite], *, blocking: bool) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            expectation.meta["check"],
            asset=dg.AssetKey(suite.subject),
            description=expectation.description,
            blocking=blocking and expectation.severity is Severity.CRITICAL,
        )
        for suite in suites
        for expectation in suite.expectations
    ]


def _run(name: str, suites: Sequence[Suite], build: BuildRun) -> list[CheckResult]:
    return run_checkpoint(name, suites, build.paths.build, build.data_docs, build.run.release_id)


def _hold_back(build: BuildRun, stage: str, results: Sequence[CheckResult]) -> None:
    """Note why nothing is published, if a structural check failed."""
    failed = [result for result in results if not result.success and result.severity is Severity.CRITICAL]
    if failed:
        build.run.fail(stage, " ".join(_reason(result) for result in failed), held_back=True)


def _reason(result: CheckResult) -> str:
    table = ".".join(result.suite.subject)
    first = "，".join(f"{name}={value}" for name, value in result.examples[0].items())
    return f"{table} {result.check}：{result.description} 不符 unexpected {result.unexpected_rows:,} 行 rows：{first}。"


def _told(result: CheckResult, severity: dg.AssetCheckSeverity, more: dict[str, str]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=result.success,
        asset_key=dg.AssetKey(result.suite.subject),
        check_name=result.check,
        severity=severity,
        description=result.description if result.success else _reason(result),
        metadata={
            "severity": result.severity.value,
            "checked_rows": result.checked_rows,
            "unexpected_rows": result.unexpected_rows,
            "examples": dg.MetadataValue.json(list(result.examples[:_SHOWN])),
            **more,
        },
    )


landing_gate = _gate("landing_gate", LANDING, compare_landing)
mart_gate = _gate("mart_gate", MARTS, compare_marts)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["main", table],
            description=description,
            group_name="expectations",
            owners=["team:data-quality"],
            deps=[
                ["main", read]
                for read in ("report_cell", "report_section", "report_claim", "dim_report", "dim_organ", "mart_filing")
            ],
        )
        for table, (description, _) in TABLES.items()
    ],
    check_specs=[*_check_specs(RESULTS, blocking=True), *_check_specs(FINDINGS, blocking=False)],
)
def rule_results(build: BuildRun) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Ask every rule of every report that changed."""
    with build.run.stage("expectations"):
        with connect_build(build.paths) as connection:
            write_results(connection, None if build.starts_anew else CHANGED_REPORTS)
            build.run.record.rules_broken = connection.sql(
                "select count(*) from fct_rule_result where status = 'fail'"
            ).fetchall()[0][0]
            rows = {table: connection.sql(f"select count(*) from {table}").fetchall()[0][0] for table in TABLES}
        structural = _run("results", RESULTS, build)
        findings = _run("findings", FINDINGS, build)
    _hold_back(build, "expectations", structural)
    for table, count in rows.items():
        yield dg.MaterializeResult(["main", table], metadata={"dagster/row_count": count})
    for result in structural:
        yield _told(result, _SEVERITIES[result.severity], {"served": published(build.paths) or "无 none"})
    for result in findings:
        # The severity is the rule's; for the warehouse a report that breaks it is nothing to stop for.
        yield _told(result, dg.AssetCheckSeverity.WARN, {})


@dg.asset(
    key=["main", "fct_suggestion"],
    description=FCT_SUGGESTION[0],
    group_name="expectations",
    owners=["team:data-quality"],
    deps=[["main", "fct_rule_result"], ["main", "report_cell"], ["main", "report_finding"]],
    check_specs=_check_specs(SUGGESTIONS, blocking=False),
)
def suggestions(build: BuildRun) -> dg.MaterializeResult:
    """Look for the smallest change that would mend each report that changed and breaks an identity."""
    with build.run.stage("suggestions"):
        with connect_build(build.paths) as connection:
            write_suggestions(connection, None if build.starts_anew else CHANGED_REPORTS)
            rows = connection.sql("select count(*) from fct_suggestion").fetchall()[0][0]
        results = _run("suggestions", SUGGESTIONS, build)
    return dg.MaterializeResult(
        metadata={"dagster/row_count": rows},
        check_results=[_told(result, dg.AssetCheckSeverity.WARN, {}) for result in results],
    )
