"""A dbt that was loaded ahead does what it is told, and does not outlive the build that it waits for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from dagster_project import dbt_process

_LOAD_AND_SLEEP = """
import time
from dagster_project import dbt_process
dbt_process.load_ahead()
print(dbt_process._waiting[0].pid, flush=True)
time.sleep(300)
"""


def test_it_waits_for_its_orders_and_is_dbt_then() -> None:
    dbt_process.load_ahead()
    dbt_process.load_ahead()  # one that waits is enough
    process = dbt_process.start(["--version"], {"NO_COLOR": "1"})
    assert process.stdout is not None
    assert b"duckdb" in process.stdout.read()
    assert process.wait() == 0


def test_what_dbt_refuses_ends_with_its_exit_code() -> None:
    process = dbt_process.start(["no-such-command"], {})
    assert process.stdout is not None
    assert b"No such command" in process.stdout.read()
    assert process.wait() == 2


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
