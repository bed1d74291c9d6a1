"""What starts a build by itself: a new file in the inbox, and every night.

A run waits its turn in Dagster's queue (`dagster_home.py`), and for builds that Dagster knows nothing of at the writer's lock (`BuildRun`).
"""

from __future__ import annotations

import time as clock
from datetime import time
from pathlib import Path

import dagster as dg

from dagster_project.defs.build_run import INBOX_TAG, TRIGGER_TAG
from dagster_project.inbox import fingerprint
from dagster_project.register import REGISTER
from dagster_project.warehouse.health import CHINA
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.runs import is_build_running, read_runs

_AT_WORK = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
_LOOK_EVERY_SECONDS = 60
_STARTING_SECONDS = 120
"""How long after its start a run may be without the lock."""
_TWO_LOOKS_APART = 5
"""Seconds in which a run that waits for the lock takes it, once it is free."""


def inbox_sensor(job_name: str, inbox: Path, paths: WarehousePaths) -> dg.SensorDefinition:
    """Starts a build when the inbox holds something else than the last build read, and has stood still between two looks."""

    @dg.sensor(
        name="inbox",
        job_name=job_name,
        minimum_interval_seconds=_LOOK_EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Builds when files were added, removed or changed in the inbox. It looks every minute, and waits until"
        " nothing has moved from one look to the next: a folder that is being copied is left alone.",
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        end_dead_runs(context.instance, paths)
        if is_build_running(paths):
            return dg.SkipReason("正在构建 a build is at work")
        now = fingerprint(inbox, also=REGISTER) if inbox.is_dir() else None
        runs = read_runs(paths)
        if now is None:
            return dg.SkipReason(f"收件目录不存在或是空的 no files in {inbox}")
        if now == next((run.inbox for run in runs if run.inbox), None):
            return dg.SkipReason("收件目录自上次构建以来没有变化 nothing changed since the last build")
        if now != context.cursor:
            context.update_cursor(now)
            return dg.SkipReason("收件目录有变化，等它稳定下来 it changed: waiting until it stands still")
        # The same inbox may come back after another one was built, so its fingerprint alone would not do.
        key = f"{now}:{runs[0].run_id if runs else ''}"
        return dg.RunRequest(run_key=key, tags={TRIGGER_TAG: "sensor", INBOX_TAG: now})

    return sensor


def nightly_schedule(job_name: str, at: time, paths: WarehousePaths) -> dg.ScheduleDefinition:
    """Starts a build every night: deadlines pass without a file moving, and what failed for a passing reason is tried again."""

    @dg.schedule(
        name="nightly",
        job_name=job_name,
        cron_schedule=f"{at.minute} {at.hour} * * *",
        execution_timezone=CHINA.tzname(None),
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Builds every night (GONGKAI_NIGHTLY, Beijing time), whether or not the inbox changed.",
    )
    def schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        end_dead_runs(context.instance, paths)
        return dg.RunRequest(tags={TRIGGER_TAG: "schedule"})

    return schedule


def end_dead_runs(instance: dg.DagsterInstance, paths: WarehousePaths) -> None:
    """Have Dagster know of runs that died without a word (kill -9, power cut): it would wait for them for ever, and start nothing.

    Whoever builds holds the lock. So a run that Dagster believes at work while nobody holds it is dead.
    """
    begun_before = clock.time() - _STARTING_SECONDS
    records = instance.get_run_records(dg.RunsFilter(statuses=_AT_WORK))
    suspects = [record.dagster_run for record in records if record.update_timestamp.timestamp() < begun_before]
    if not suspects or is_build_running(paths):
        return
    clock.sleep(_TWO_LOOKS_APART)
    if is_build_running(paths):
        return
    for run in suspects:
        current = instance.get_run_by_id(run.run_id)
        if current is not None and current.status in _AT_WORK:
            instance.report_run_failed(current, "进程已不在，运行记为失败 its process is gone: marked as failed")
