"""Running the build job from the command line: the same Dagster job that the UI runs, in this process."""

from __future__ import annotations

import gc
import uuid
from contextlib import redirect_stderr, redirect_stdout

from dagster_project import dbt_process
from dagster_project.dagster_home import prepare_dagster_home
from dagster_project.dbt_project import dbt_environment, prepare_manifest
from dagster_project.settings import Settings
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.runs import AnotherBuildRuns, RunRecord, is_build_running, read_runs


class BuildDidNotStart(Exception):
    """The job ended before it opened a record; the message says where its log is."""


def run_build(
    settings: Settings, *, from_landing: bool = False, full_refresh: bool = False, accept_loss: bool = False
) -> RunRecord:
    """Run the whole pipeline; returns the build's record, whether it published or failed. What the tools print goes to a log.

    `from_landing` leaves the inbox unread, `full_refresh` builds every model anew, `accept_loss` publishes however much less there is than in
    the last release.

    Raises:
        AnotherBuildRuns: when another build is at work.
        BuildDidNotStart: when the job could not even open its record.
    """
    paths = WarehousePaths(settings.warehouse)
    paths.runs.mkdir(parents=True, exist_ok=True)
    if is_build_running(paths):
        raise AnotherBuildRuns(paths)
    prepare_dagster_home(paths.dagster_home)
    config = {
        "inbox": str(settings.inbox),
        "warehouse": str(settings.warehouse),
        "keep_releases": settings.keep_releases,
        "alerts": str(settings.alerts),
        "full_refresh": full_refresh,
        "accept_loss": accept_loss,
    }
    run_id = str(uuid.uuid4())
    log = paths.runs / "last.log"
    with log.open("w", encoding="utf-8") as output, redirect_stdout(output), redirect_stderr(output):
        prepare_manifest()
        dbt_process.load_ahead(dbt_environment(paths))
        # Dagster takes seconds to import, and the definitions need the manifest: so not at the top. What it loads stays until the end: to
        # look through it for garbage, again and again and once more when all is done, would take seconds more.
        gc.disable()
        import dagster as dg

        from dagster_project.definitions import BUILD_JOB, FROM_LANDING_JOB, defs
        from dagster_project.defs.build_run import TRIGGER_TAG

        gc.freeze()
        gc.enable()
        with dg.DagsterInstance.get() as instance:
            defs.resolve_job_def(FROM_LANDING_JOB if from_landing else BUILD_JOB).execute_in_process(
                run_config={"resources": {"build": {"config": config}}},
                instance=instance,
                run_id=run_id,
                # Whoever stopped a build at the terminal does not want it started again.
                tags={TRIGGER_TAG: "cli", "dagster/max_retries": "0"},
                raise_on_error=False,
            )
    for record in read_runs(paths):
        if record.run_id == run_id:
            return record
    raise BuildDidNotStart(f"构建未能开始；详情见 {log}。")
