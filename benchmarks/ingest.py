"""Text reports a second from the inbox into the landing tables, all cores at work. Run by `make bench`.

Measured three times, each into a warehouse of its own. The best is the one to compare: whatever else a machine does makes the others slower,
never faster. What writes the tables is imported where it is used, as on the command line: a reading process loads the script that it was
started from, and has no use for DuckDB.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from dagster_project.warehouse.paths import WarehousePaths

RUNS = 3


def seconds_to_land(corpus: Path, paths: WarehousePaths) -> tuple[float, int]:
    """How long it took, and how many of the documents were new."""
    from dagster_project.warehouse.connections import connect_build
    from dagster_project.warehouse.ingest import ingest

    started = perf_counter()
    with connect_build(paths) as connection:
        summary = ingest(connection, corpus, lambda done, total: None)
    return perf_counter() - started, summary.new


def main(corpus: Path) -> None:
    print(f"ingest: text reports into landing, {os.cpu_count()} cores, wall time", flush=True)
    first, again = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            paths = WarehousePaths(Path(folder))
            seconds, count = seconds_to_land(corpus, paths)
            first.append(seconds)
            again.append(seconds_to_land(corpus, paths)[0])
        print(f"  first   {seconds:8.1f} s   {count / seconds:8,.0f} reports/s   ({count:,} reports)", flush=True)
    print(f"  best    {min(first):8.1f} s   {count / min(first):8,.0f} reports/s")
    print(f"  again   {min(again):8.1f} s   {count / min(again):8,.0f} files/s, nothing new")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
