"""Text reports a second from the inbox into the landing tables, all cores at work. Run by `make bench`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.ingest import ingest
from dagster_project.warehouse.paths import WarehousePaths


def main(corpus: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = WarehousePaths(Path(folder))
        started = perf_counter()
        with connect_build(paths) as connection:
            summary = ingest(connection, corpus, lambda done, total: None)
        first = perf_counter() - started
        started = perf_counter()
        with connect_build(paths) as connection:
            ingest(connection, corpus, lambda done, total: None)
        again = perf_counter() - started
    count = summary.new
    print(f"ingest: {count:,} text reports into landing, {os.cpu_count()} cores, wall time")
    print(f"  first   {first:8.1f} s   {count / first:8,.0f} reports/s")
    print(f"  again   {again:8.1f} s   {count / again:8,.0f} files/s, nothing new")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
