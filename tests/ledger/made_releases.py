"""Small published releases, with the tables that the ledger reads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

_TABLES = """
create table dim_report (report_key varchar, organ_key varchar, year integer, is_current boolean);
create table dim_rule (rule_id varchar, severity varchar);
create table fct_rule_result (
    report_key varchar, organ_key varchar, year integer, rule_id varchar, place varchar, status varchar, severity varchar,
    left_value decimal(38, 6), right_value decimal(38, 6), difference decimal(38, 6)
);
create table release_info (run_id varchar, published_at timestamp);
"""


@dataclass(frozen=True)
class Result:
    """What a rule says of a report at a place: by default that `a`'s report of 2022 breaks H1 in its total column, 3 against 2."""

    status: str = "fail"
    place: str = "application.total"
    rule_id: str = "H1"
    report_key: str = "a-2022"
    organ_key: str = "a"
    year: int = 2022
    severity: str = "error"
    left: Decimal | None = Decimal(3)
    right: Decimal | None = Decimal(2)
    is_current: bool = True


def write_release(
    folder: Path, day: int, *results: Result, rules: tuple[str, ...] = ("H1", "H2", "H5"), has_severity: bool = True
) -> tuple[Path, str]:
    """The release of a day in January 2026, with the reports that `results` speak of; returns its file and id."""
    folder.mkdir(exist_ok=True)
    release_id = f"202601{day:02}T000000-abcdef01"
    path = folder / f"{release_id}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(_TABLES)
        connection.executemany("insert into dim_rule values (?, 'error')", [[rule] for rule in rules])
        reports = {(result.report_key, result.organ_key, result.year, result.is_current) for result in results}
        if reports:
            _insert(connection, "dim_report", sorted(reports))
            _insert(connection, "fct_rule_result", [_row(result) for result in results])
        if not has_severity:
            connection.execute("alter table fct_rule_result drop column severity")
        connection.execute("insert into release_info values (?, ?)", [release_id, f"2026-01-{day:02} 00:00:00"])
    return path, release_id


def _row(result: Result) -> tuple[Any, ...]:
    difference = None if result.left is None or result.right is None else result.left - result.right
    return (
        result.report_key,
        result.organ_key,
        result.year,
        result.rule_id,
        result.place,
        result.status,
        result.severity,
        result.left,
        result.right,
        difference,
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    batch = pa.table({f"c{i}": pa.array(column) for i, column in enumerate(zip(*rows, strict=True))})
    connection.register("batch", batch)
    connection.execute(f"insert into {table} select * from batch")
