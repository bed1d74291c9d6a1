"""What dbt costs beyond its SQL: `dbt build` against the same statements run straight in DuckDB. Run by `make bench`.

`python -m benchmarks.transform WAREHOUSE` takes the landing tables of a warehouse and leaves the warehouse alone. Both run every model
and every data test over the same rows, from nothing; the seeds are loaded before. dbt's start-up (imports, its own project, the
connection) is what a `dbt build` takes that selects nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import duckdb

from dagster_project.dbt_project import BUILD_DATABASE_VARIABLE, DBT_EXECUTABLE, DBT_PROJECT
from dagster_project.warehouse.paths import WarehousePaths

_RAN = ("model", "test")


class Cost(NamedTuple):
    """Seconds: on the clock, and of the processors."""

    wall: float
    cpu: float


def main(warehouse: Path) -> None:
    with tempfile.TemporaryDirectory(dir=warehouse) as name:
        folder = Path(name)
        landed = folder / "build.duckdb"
        reports = _copy_landing(WarehousePaths(warehouse).build, landed)
        dbt = _dbt(folder, landed)
        dbt("seed")
        dbt("compile")  # over landing tables and seeds only: every model as it is built from nothing
        statements = list(_statements(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["nodes"]))
        (folder / "straight").mkdir()
        other = Path(shutil.copy(landed, folder / "straight"))  # of the same name, which the statements hold

        start_up = _cost(lambda: dbt("build", "--select", "tag:nothing_bears_this_tag"))
        whole = _cost(lambda: dbt("build", "--exclude-resource-type", "unit_test", "seed"))
        straight = _cost(lambda: _run_straight(other, statements))
    beyond = Cost(whole.wall - start_up.wall, whole.cpu - start_up.cpu)
    print(f"transform: {reports:,} reports, {len(statements)} models and tests, from nothing; wall and CPU time")
    for what, cost in {"start-up": start_up, "dbt beyond it": beyond, "straight": straight}.items():
        print(f"  {what:14}{cost.wall:8.1f} s {cost.cpu:8.1f} s")
    print(f"  {'ratio':14}{beyond.wall / straight.wall:8.2f}   {beyond.cpu / straight.cpu:8.2f}")


def _copy_landing(source: Path, target: Path) -> int:
    """Copy schema raw, and what the rules said, into a new database; returns the number of documents."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        connection.execute("create schema raw")
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'source' and schema_name = 'raw'"
        ).fetchall():
            connection.execute(f"create table raw.{table} as from source.raw.{table}")
        connection.execute("create table main.fct_rule_result as from source.main.fct_rule_result")
        return int(connection.sql("select count(*) from raw.document").fetchall()[0][0])


def _dbt(folder: Path, database: Path) -> Callable[..., None]:
    places = [
        "--project-dir",
        DBT_PROJECT,
        "--profiles-dir",
        DBT_PROJECT,
        "--target-path",
        folder,
        "--log-path",
        folder,
    ]

    def run(command: str, *options: str) -> None:
        subprocess.run(
            [DBT_EXECUTABLE, "--quiet", command, *places, *options],
            env=os.environ | {BUILD_DATABASE_VARIABLE: str(database)},
            check=True,
        )

    return run


def _statements(nodes: dict[str, Any]) -> Iterator[str]:
    """What dbt runs, in an order that its dependencies allow; tests right after what they test."""
    order = TopologicalSorter(
        {key: [on for on in node["depends_on"].get("nodes", []) if on in nodes] for key, node in nodes.items()}
    )
    for node in map(nodes.__getitem__, order.static_order()):
        if node["resource_type"] not in _RAN:
            continue
        sql = node["compiled_code"]
        if node["resource_type"] == "test":
            yield f"select count(*) from ({sql})"
        else:
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            yield f"create {kind} {node['schema']}.{node['name']} as {sql}"


def _run_straight(database: Path, statements: list[str]) -> None:
    with duckdb.connect(str(database)) as connection:
        for schema in ("staging", "intermediate"):
            connection.execute(f"create schema if not exists {schema}")
        for statement in statements:
            connection.execute(statement).fetchall()


def _cost(work: Callable[[], None]) -> Cost:
    started, before = perf_counter(), _cpu()
    work()
    return Cost(perf_counter() - started, _cpu() - before)


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
