"""A whole build over the landing tables, then one with 100 more reports: time, memory and the release's size. Run by `make bench`.

`python -m benchmarks.build WAREHOUSE REPORTS` lands as many sample reports in an empty folder and leaves the warehouse there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from time import perf_counter

from dagster_project.warehouse.paths import WarehousePaths

_GONGKAI = Path(sys.executable).with_name("gongkai")
_LOOK_SECONDS = 0.3
_PAGE = 4096


def main(warehouse: Path, reports: int) -> None:
    started = perf_counter()
    _run("demo", str(warehouse), "--into-landing", "--reports", str(reports), "--seed", "1")
    print(f"build: {reports:,} sample reports landed in {perf_counter() - started:.0f} s")
    _build(warehouse, "everything")
    _run("demo", str(warehouse), "--into-landing", "--reports", "100", "--seed", "2")
    _build(warehouse, "100 more")


def _build(warehouse: Path, what: str) -> None:
    started = perf_counter()
    peak = _run("build", "--from-landing", "--warehouse", str(warehouse))
    seconds = perf_counter() - started
    paths = WarehousePaths(warehouse)
    record = json.loads(max(paths.runs.glob("*.json")).read_text(encoding="utf-8"))
    size = paths.current.resolve().stat().st_size
    print(f"  {what:12}{seconds:6.1f} s   peak memory {peak / 2**30:4.1f} GiB   release {size / 1e6:,.0f} MB")
    for stage, taken in record["seconds"].items():
        print(f"    {stage:16}{taken:6.1f} s")


def _run(*arguments: str) -> int:
    """Run `gongkai`; returns the most memory in bytes that it and the processes below it held at once.

    Raises CalledProcessError if it fails.
    """
    with subprocess.Popen([_GONGKAI, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = 0
        ended = threading.Event()
        threading.Thread(target=lambda: (process.wait(), ended.set()), daemon=True).start()
        while not ended.wait(_LOOK_SECONDS):
            peak = max(peak, sum(map(_resident, _tree(process.pid))))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return peak


def _tree(pid: int) -> list[int]:
    """The process and all below it."""
    found, waiting = [], [pid]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:
                continue  # it ended meanwhile
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), int(sys.argv[2]))
