"""A dbt that was loaded ahead does what it is told, and does not outlive the build that it waits for."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from dagster_project import dbt_process
from dagster_project.dbt_project import DBT_PROJECT, dbt_environment
from dagster_project.warehouse.paths import WarehousePaths

_LOAD_AND_SLEEP = """
import time
from dagster_project import dbt_process
dbt_process.load_ahead({})
print(dbt_process._waiting[0][1].pid, flush=True)
time.sleep(300)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return dbt_environment(WarehousePaths(tmp_path))


def end(process: subprocess.Popen[bytes]) -> tuple[str, int]:
    """What it printed, and its exit code."""
    assert process.stdout is not None
    return process.stdout.read().decode(), process.wait()


def test_it_waits_for_its_orders_and_is_dbt_then(environment: dict[str, str], tmp_path: Path) -> None:
    dbt_process.load_ahead(environment)
    (waiting,) = dbt_process._waiting
    dbt_process.load_ahead(environment)
    assert dbt_process._waiting == [waiting]  # one that waits is enough
    printed, code = end(dbt_process.start(["build", "--select", "form", "form_cell"], environment))
    assert code == 0
    told = [json.loads(line)["info"]["name"] for line in printed.splitlines()]
    assert told.count("EndOfRunSummary") == 1
    assert "PartialParsingEnabled" not in told  # the project had been read before
    with duckdb.connect(tmp_path / "build.duckdb", read_only=True) as connection:
        assert connection.sql("from seeds.form").fetchall()


def test_one_that_waits_for_another_warehouse_is_let_go(environment: dict[str, str], tmp_path: Path) -> None:
    dbt_process.load_ahead(environment)
    ((_, waiting),) = dbt_process._waiting
    there = tmp_path / "there"
    there.mkdir()
    _, code = end(dbt_process.start(["build", "--select", "form"], dbt_environment(WarehousePaths(there))))
    assert code == 0
    assert waiting.returncode == 0
    assert (there / "build.duckdb").exists()
    assert not (tmp_path / "build.duckdb").exists()


def test_what_dbt_refuses_ends_with_its_exit_code(environment: dict[str, str]) -> None:
    printed, code = end(dbt_process.start(["no-such-command"], environment))
    assert "No such command" in printed
    assert code == 2


def test_a_model_that_fails_ends_with_its_exit_code(environment: dict[str, str]) -> None:
    # Nothing has landed in this database.
    printed, code = end(dbt_process.start(["build", "--select", "stg_cell"], environment))
    assert "raw" in printed
    assert code == 1


def test_a_project_that_does_not_parse_is_told_of(environment: dict[str, str], tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    (project / "models" / "broken.sql").write_text("select * from {{ ref('no_such_model') }}", encoding="utf-8")
    printed, code = end(dbt_process.start(["build"], {**environment, "DBT_PROJECT_DIR": str(project)}))
    assert "no_such_model" in printed
    assert code == 2


def test_it_ends_with_a_build_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _LOAD_AND_SLEEP], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        waiting = int(build.stdout.readline())
        assert _is_alive(waiting)
        os.kill(build.pid, signal.SIGKILL)
    deadline = time.monotonic() + 120
    while _is_alive(waiting) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _is_alive(waiting)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
