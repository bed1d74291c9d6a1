"""What the rules cost over a built warehouse, results written included: each of them, those about one report, all. Run by `make bench`.

`python -m benchmarks.rules WAREHOUSE` reads the marts and leaves the warehouse alone. The yardstick, in the same run, is one bare scan:
every value of every column of the tables that the rules read.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import duckdb

from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.paths import WarehousePaths
from expectations.results import TABLES, write_results
from expectations.rules import REPORT_TABLES, RULES, Rule

_READ = (*REPORT_TABLES, "dim_organ", "mart_filing")


def main(warehouse: Path) -> None:
    with (
        tempfile.TemporaryDirectory(dir=warehouse) as folder,
        connect_build(WarehousePaths(Path(folder))) as connection,
    ):
        _show_marts(connection, WarehousePaths(warehouse).build)
        (reports,) = connection.sql("select count(*) from dim_report").fetchall()[0]
        # The first scan fetches the file, the second is what memory allows.
        scan = min(_seconds(lambda: _scan(connection)) for _ in range(2))
        print(f"rules: {reports:,} reports; one bare scan of their tables takes {scan:.2f} s")

        def asked(rules: Sequence[Rule]) -> float:
            return _seconds(lambda: write_results(connection, rules=rules))

        def show(what: str, seconds: float) -> None:
            print(f"  {what:28}{seconds:7.2f} s{seconds / scan:8.1f} scans")

        prepared = asked(())
        show("preparation", prepared)
        for rule in RULES:
            show(f"{rule.rule_id} {rule.rule_name}", asked((rule,)) - prepared)
        show("rules about one report", asked([rule for rule in RULES if rule.scope == "report"]))
        show("all rules", asked(RULES))


def _show_marts(connection: duckdb.DuckDBPyConnection, build: Path) -> None:
    """Every mart of `build` as a view, but those that the rules write."""
    connection.execute(f"attach '{build}' as built (read_only)")
    for (table,) in connection.execute(
        "select table_name from information_schema.tables where table_catalog = 'built' and table_schema = 'main'"
    ).fetchall():
        if table not in TABLES:
            connection.execute(f"create view {table} as from built.main.{table}")


def _scan(connection: duckdb.DuckDBPyConnection) -> None:
    for table in _READ:
        connection.execute(f"select max(columns(*)) from {table}").fetchall()


def _seconds(work: Callable[[], None]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
