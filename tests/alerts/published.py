"""Small releases, written and taken into a real ledger: each day's says which rules the organs' reports break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from dagster_project.report_parser.form import FORMS
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.releases import point_to
from expectations.ledger import Ledger
from expectations.rules import RULES

ORGANS = {
    "baiyang": ("彭阳县白阳镇人民政府", "640425100", "宁夏回族自治区", "固原市", "彭阳县"),
    "xipo": ("正宁县西坡镇人民政府", "621025107", "甘肃省", "庆阳市", "正宁县"),
    "guyuan": ("固原市人民政府", "6404", "宁夏回族自治区", "固原市", None),
    "nowhere": ("某局", None, None, None, None),
}
"""Organ key → name, division code, and the names of its province, city and county."""

_TABLES = """
create table dim_report (report_key varchar, organ_key varchar, year integer, is_current boolean);
create table dim_organ (
    organ_key varchar, organ_name varchar, region_code varchar, province_name varchar, city_name varchar, county_name varchar
);
create table dim_rule (rule_id varchar, severity varchar, title_zh varchar, title_en varchar);
create table dim_form_cell (
    form varchar, table_code varchar, row_code varchar, row_zh varchar, row_en varchar, column_code varchar, column_zh varchar,
    column_en varchar
);
create table fct_rule_result (
    report_key varchar, organ_key varchar, year integer, rule_id varchar, place varchar, status varchar, severity varchar,
    left_value decimal(38, 6), right_value decimal(38, 6), difference decimal(38, 6), detail varchar
);
create table release_info (run_id varchar, published_at timestamp);
"""


@dataclass(frozen=True)
class Broken:
    """A rule that an organ's report on a year breaks: by default H1 in the total column, 2 against 1."""

    organ: str = "baiyang"
    rule_id: str = "H1"
    place: str = "application.total"
    year: int = 2023
    severity: str = "error"
    left: Decimal | None = Decimal(2)
    right: Decimal | None = Decimal(1)
    detail: str | None = None


def publish(paths: WarehousePaths, day: int, *broken: Broken, organs: tuple[str, ...] = tuple(ORGANS)) -> None:
    """Publish a release of a day in January 2026 with a report of each organ on 2022 and 2023, and take it into the ledger. What is not
    broken passes."""
    paths.releases.mkdir(parents=True, exist_ok=True)
    release_id = f"202601{day:02}T000000-abcdef01"
    release = paths.releases / f"{release_id}.duckdb"
    reports = [(f"{organ}-{year}", organ, year, True) for organ in organs for year in (2022, 2023)]
    with duckdb.connect(str(release)) as connection:
        connection.execute(_TABLES)
        _insert(connection, "dim_report", reports)
        _insert(connection, "dim_organ", [(organ, *ORGANS[organ]) for organ in organs])
        _insert(connection, "dim_rule", [(rule.rule_id, rule.severity, rule.title_zh, rule.title_en) for rule in RULES])
        _insert(connection, "dim_form_cell", _cells())
        if broken:
            _insert(connection, "fct_rule_result", [_result(one) for one in broken])
        connection.execute("insert into release_info values (?, ?)", [release_id, datetime(2026, 1, day, tzinfo=UTC)])
    point_to(paths, release_id)
    Ledger(paths.ledger).sync(release, release_id)


def _result(one: Broken) -> tuple[Any, ...]:
    difference = None if one.left is None or one.right is None else one.left - one.right
    place = (f"{one.organ}-{one.year}", one.organ, one.year, one.rule_id, one.place)
    return (*place, "fail", one.severity, one.left, one.right, difference, one.detail)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    batch = pa.table({f"c{i}": pa.array(column) for i, column in enumerate(zip(*rows, strict=True))})
    connection.register("batch", batch)
    connection.execute(f"insert into {table} select * from batch")


def _cells() -> list[tuple[Any, ...]]:
    return [
        (version, table.code, row.code, row.zh, row.en, column.code, column.zh, column.en)
        for version, form in FORMS.items()
        for table in form.tables
        for row in table.rows
        for column in row.columns
    ]
