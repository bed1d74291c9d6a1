"""What starts builds by itself, on a real inbox, a real Dagster instance and the real lock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.dagster_home import prepare_dagster_home
from dagster_project.defs import automation, ingest
from dagster_project.defs.automation import end_dead_runs, inbox_sensor, nightly_schedule
from dagster_project.defs.build_run import BuildRun
from dagster_project.inbox import fingerprint
from dagster_project.settings import InvalidSetting, load_settings
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.runs import AnotherBuildRuns, Run, read_runs, writing


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "甘肃省").mkdir(parents=True)
    (folder / "甘肃省" / "a.txt").write_text("一", encoding="utf-8")
    return folder


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


@pytest.fixture
def instance(paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv("DAGSTER_HOME", "")  # restored afterwards
    prepare_dagster_home(paths.dagster_home)
    with dg.DagsterInstance.get() as instance:
        yield instance


class Sensor:
    """Looks as the daemon does: with the cursor that the last look left."""

    def __init__(self, inbox: Path, paths: WarehousePaths, instance: dg.DagsterInstance) -> None:
        self._sensor = inbox_sensor("build", inbox, paths)
        self._instance = instance
        self._cursor: str | None = None

    def look(self) -> dg.RunRequest | None:
        context = dg.build_sensor_context(instance=self._instance, cursor=self._cursor)
        told = self._sensor(context)
        self._cursor = context.cursor
        return told if isinstance(told, dg.RunRequest) else None


@pytest.fixture
def sensor(inbox: Path, paths: WarehousePaths, instance: dg.DagsterInstance) -> Sensor:
    return Sensor(inbox, paths, instance)


def built(paths: WarehousePaths, inbox: Path, run_id: str) -> None:
    """Leave the record of a build that read what lies in the inbox now."""
    run = Run.start(paths, run_id)
    run.record.inbox = fingerprint(inbox, also="_register.csv")
    run.finish()


def test_an_inbox_is_built_when_it_stands_still(sensor: Sensor, inbox: Path) -> None:
    assert sensor.look() is None
    (inbox / "甘肃省" / "b.txt").write_text("二", encoding="utf-8")  # still being copied
    assert sensor.look() is None
    request = sensor.look()
    assert request is not None
    assert request.tags["gongkai/trigger"] == "sensor"
    again = sensor.look()
    assert again is not None
    assert again.run_key == request.run_key  # Dagster starts a run once for a key


def test_nothing_is_built_twice_and_what_came_back_is_built_again(
    sensor: Sensor, inbox: Path, paths: WarehousePaths
) -> None:
    sensor.look()
    first = sensor.look()
    built(paths, inbox, "1" * 36)
    assert [sensor.look(), sensor.look()] == [None, None]
    (inbox / "甘肃省" / "a.txt").rename(inbox / "a.txt")
    sensor.look()
    second = sensor.look()
    built(paths, inbox, "2" * 36)
    (inbox / "a.txt").rename(inbox / "甘肃省" / "a.txt")
    sensor.look()
    third = sensor.look()
    assert first is not None
    assert second is not None
    assert third is not None
    assert len({first.run_key, second.run_key, third.run_key}) == 3


def test_a_build_at_work_is_left_alone(sensor: Sensor, paths: WarehousePaths) -> None:
    sensor.look()
    with writing(paths):
        assert sensor.look() is None
    assert sensor.look() is not None


def test_an_empty_or_missing_inbox_starts_nothing(sensor: Sensor, inbox: Path) -> None:
    (inbox / "甘肃省" / "a.txt").unlink()
    assert [sensor.look(), sensor.look()] == [None, None]
    (inbox / "甘肃省").rmdir()
    inbox.rmdir()
    assert [sensor.look(), sensor.look()] == [None, None]


def test_the_fingerprint_sees_every_change_and_no_other(inbox: Path) -> None:
    def now() -> str | None:
        return fingerprint(inbox, also="_register.csv")

    seen = [now()]
    document = inbox / "甘肃省" / "a.txt"
    changes = (
        lambda: document.write_text("一二", encoding="utf-8"),
        lambda: document.with_name("a.txt.meta.json").write_text("{}", encoding="utf-8"),
        lambda: document.rename(inbox / "a.txt"),
        lambda: (inbox / "_register.csv").write_text("organ\n", encoding="utf-8"),
    )
    for change in changes:
        change()
        seen.append(now())
    assert len(set(seen)) == 1 + len(changes)
    (inbox / "_gold.jsonl").write_text("{}", encoding="utf-8")
    (inbox / ".rsync").mkdir()
    assert now() == seen[-1]


def test_the_night_is_beijings(paths: WarehousePaths) -> None:
    at = load_settings({"GONGKAI_NIGHTLY": "23:30"}).nightly
    assert at is not None
    schedule = nightly_schedule("build", at, paths)
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("30 23 * * *", "Asia/Shanghai")
    assert load_settings({"GONGKAI_NIGHTLY": "off"}).nightly is None
    with pytest.raises(InvalidSetting, match="GONGKAI_NIGHTLY"):
        load_settings({"GONGKAI_NIGHTLY": "25:00"})


def test_a_dead_run_is_ended_and_a_living_one_is_not(
    instance: dg.DagsterInstance, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automation, "_STARTING_SECONDS", 0)
    monkeypatch.setattr(automation, "_TWO_LOOKS_APART", 0.1)

    @dg.job
    def nothing() -> None:
        pass

    run = instance.create_run_for_job(nothing)
    instance.report_dagster_event(
        dg.DagsterEvent(event_type_value="PIPELINE_START", job_name="nothing"), run_id=run.run_id
    )
    with writing(paths):
        end_dead_runs(instance, paths)
        assert _status(instance, run.run_id) is dg.DagsterRunStatus.STARTED
    end_dead_runs(instance, paths)
    assert _status(instance, run.run_id) is dg.DagsterRunStatus.FAILURE


def _status(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def test_a_run_waits_for_the_build_before_it(paths: WarehousePaths) -> None:
    holding = Run.start(paths, "first build")
    with pytest.raises(AnotherBuildRuns):
        Run.start(paths, "at the terminal")
    threading.Timer(0.5, holding.finish).start()
    began = time.monotonic()
    waited = Run.start(paths, "by the schedule", "schedule", wait_seconds=30)
    assert 0.4 < time.monotonic() - began < 10
    assert waited.record.trigger == "schedule"
    waited.finish()


@pytest.mark.parametrize("comes_back", [True, False])
def test_an_inbox_that_is_not_there_is_waited_for_and_never_read_as_empty(
    comes_back: bool, inbox: Path, paths: WarehousePaths, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_WAIT_SECONDS", 1)
    unmounted = inbox.rename(inbox.with_name("unmounted"))
    if comes_back:
        threading.Timer(0.5, lambda: unmounted.rename(inbox)).start()
    build = BuildRun(
        inbox=str(inbox), warehouse=str(paths.root), keep_releases=1, alerts=str(paths.root / "alerts.toml")
    )
    outcome = dg.materialize(
        [ingest.landing_tables], resources={"build": build}, instance=instance, raise_on_error=False
    )
    assert outcome.success == comes_back
    [record] = read_runs(paths)
    assert record.trigger == "ui"
    assert record.files.get("new") == (1 if comes_back else None)
    assert comes_back or "收件目录不存在" in str(record.error)


def test_runs_take_turns_and_start_again_only_if_their_process_died(instance: dg.DagsterInstance) -> None:
    assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1  # type: ignore[union-attr]
    retries = instance.get_settings("run_retries")
    assert (retries["enabled"], retries["max_retries"], retries["retry_on_asset_or_op_failure"]) == (True, 1, False)
