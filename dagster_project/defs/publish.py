"""The release that everybody reads."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from dagster_project.dbt_project import code_fingerprint, models_by_report
from dagster_project.defs.build_run import BuildRun
from dagster_project.defs.transform import dbt_models, rating_models
from dagster_project.defs.validate import rule_results, suggestions
from dagster_project.report_parser import parser_version
from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.health import STALE_AFTER
from dagster_project.warehouse.published_builds import note_published, published_with
from dagster_project.warehouse.releases import Update, drop_old_releases, point_to, read_back, write_release

RELEASE = dg.AssetKey(["release", "current"])


@dg.asset(
    key=RELEASE,
    description="The published release: every mart in one DuckDB file, behind the link current.duckdb.",
    group_name="release",
    owners=["team:warehouse"],
    freshness_policy=dg.FreshnessPolicy.time_window(warn_window=timedelta(hours=26), fail_window=STALE_AFTER),
    deps=[
        key
        for key in (*dbt_models.keys, *rule_results.keys, *suggestions.keys, *rating_models.keys)
        if key.path[0] == "main"
    ],
    check_specs=[
        dg.AssetCheckSpec("complete", asset=RELEASE, description="The release reads back with the rows of the build")
    ],
)
def release(build: BuildRun) -> Iterator[dg.MaterializeResult]:
    """Write the release, read it back, and only then move the link."""
    run = build.run
    with run.stage("publish"):
        rows = write_release(build.paths, run.release_id, parser_version(), _update(build))
        counts = read_back(build.paths, run.release_id)
        complete = counts.items() >= rows.items()
        if complete:
            point_to(build.paths, run.release_id)
            with connect_build(build.paths) as connection:
                note_published(connection, code_fingerprint(), run.release_id)
            run.record.release_id = run.release_id
            run.record.reports, run.record.cells = rows["dim_report"], rows["report_cell"]
            drop_old_releases(build.paths, build.keep_releases)
        else:
            run.fail("publish", "新版本读回的行数与构建库不一致，未发布。")
            # Nobody is to go back to it, and the ledger not to take it in.
            (build.paths.releases / f"{run.release_id}.duckdb").unlink()
    yield dg.MaterializeResult(
        metadata={"release_id": run.release_id, **{f"rows/{table}": count for table, count in rows.items()}},
        check_results=[dg.AssetCheckResult(passed=complete, check_name="complete")],
    )


def _update(build: BuildRun) -> Update | None:
    """What the last published release is still good for."""
    if build.starts_anew:
        return None
    with connect_build(build.paths) as connection:
        before = published_with(connection)
    return before and Update(before[1], models_by_report() | {"fct_rule_result", "fct_suggestion"})
