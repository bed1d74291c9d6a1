"""What Great Expectations says: the gates before dbt and before publishing, and the rules of arithmetic.

A gate that fails stops the run, and the last release goes on serving. A rule that fails is a publisher's error: the report is
published and flagged.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from dagster_project.defs.build_run import BuildRun
from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.published_builds import CHANGED_REPORTS
from expectations.results import TABLES, write_results
from expectations.runner import run_suites
from expectations.suggestions import FCT_SUGGESTION, write_suggestions
from expectations.suites import ARITHMETIC, CATALOGUE, LANDING, MARTS, SUGGESTIONS, Suite


def _asset_key(suite: Suite) -> dg.AssetKey:
    return dg.AssetKey([suite.schema, suite.table])


def _gate(name: str, suites: Sequence[Suite]) -> dg.AssetChecksDefinition:
    """The suites as blocking checks: what comes after waits for them and does not run if one fails."""

    @dg.multi_asset_check(name=name, specs=_check_specs(suites, blocking=True))
    def gate(build: BuildRun) -> Iterator[dg.AssetCheckResult]:
        with build.run.stage(name):
            results = list(_check_results(build, suites, dg.AssetCheckSeverity.ERROR))
        failed = [result for result in results if not result.passed]
        if failed:
            build.run.fail(name, "；".join(f"{result.check_name}：{result.description}" for result in failed))
        yield from results

    return gate


def _check_specs(suites: Sequence[Suite], *, blocking: bool) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            expectation.meta["check"], asset=_asset_key(suite), description=expectation.description, blocking=blocking
        )
        for suite in suites
        for expectation in suite.expectations
    ]


def _check_results(
    build: BuildRun, suites: Sequence[Suite], severity: dg.AssetCheckSeverity
) -> Iterator[dg.AssetCheckResult]:
    keys = {expectation.meta["check"]: _asset_key(suite) for suite in suites for expectation in suite.expectations}
    for result in run_suites(build.paths.build, suites):
        yield dg.AssetCheckResult(
            passed=result.success,
            asset_key=keys[result.check],
            check_name=result.check,
            severity=severity,
            description=result.description,
            metadata={"observed": result.observed},
        )


landing_gate = _gate("landing_gate", LANDING)
mart_gate = _gate("mart_gate", MARTS)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["main", table],
            description=description,
            group_name="expectations",
            owners=["team:data-quality"],
            deps=[["main", "report_cell"], ["main", "dim_report"]],
        )
        for table, (description, _) in TABLES.items()
    ],
    check_specs=_check_specs((*CATALOGUE, *ARITHMETIC), blocking=False),
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
        checks = list(_check_results(build, (*CATALOGUE, *ARITHMETIC), dg.AssetCheckSeverity.WARN))
    for table, count in rows.items():
        yield dg.MaterializeResult(["main", table], metadata={"dagster/row_count": count})
    yield from checks


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
        checks = list(_check_results(build, SUGGESTIONS, dg.AssetCheckSeverity.WARN))
    return dg.MaterializeResult(metadata={"dagster/row_count": rows}, check_results=checks)
