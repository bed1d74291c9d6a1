"""Dagster's history of runs, kept in files that stay open: everything that Dagster does with its own."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterEventType

from dagster_project.dagster_home import prepare_dagster_home
from dagster_project.event_log import _MOST_OPEN, EventLog


@dg.asset
def thing() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 3})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))  # put back afterwards
    home = tmp_path / '仓库 "1"'
    prepare_dagster_home(home)
    return home


def test_runs_are_written_where_dagster_itself_looks(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with dg.DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, EventLog)
        run = dg.materialize([thing], instance=instance)
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}", encoding="utf-8")
    with dg.DagsterInstance.get() as instance:
        assert not isinstance(instance.event_log_storage, EventLog)
        kept = [entry.dagster_event_type for entry in instance.all_logs(run.run_id)]
        wanted = {DagsterEventType.RUN_START, DagsterEventType.ASSET_MATERIALIZATION, DagsterEventType.RUN_SUCCESS}
        assert wanted <= set(kept)
        latest = instance.get_latest_materialization_event(thing.key)
        assert latest is not None
        assert latest.asset_materialization is not None
        assert latest.asset_materialization.metadata["rows"].value == 3


def test_few_files_are_open_at_once(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        runs = [dg.materialize([thing], instance=instance).run_id for _ in range(_MOST_OPEN + 2)]
        assert all(instance.all_logs(run) for run in runs)
        storage = instance.event_log_storage
        assert isinstance(storage, EventLog)
        assert len(storage._engines) == _MOST_OPEN
    assert storage._engines == {}


def test_what_is_wiped_is_gone_and_new_runs_are_kept(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        before = dg.materialize([thing], instance=instance)
        instance.wipe()
        assert instance.get_latest_materialization_event(thing.key) is None
        assert list(instance.all_logs(before.run_id)) == []
        after = dg.materialize([thing], instance=instance)
        assert list(instance.all_logs(after.run_id))
