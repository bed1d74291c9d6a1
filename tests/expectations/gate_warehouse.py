"""A landing zone and marts small enough to break in every way, and the real checkpoint over them."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from dagster_project.warehouse import landing
from dagster_project.warehouse.comparison import compare_landing, compare_marts
from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.releases import point_to
from expectations.runner import CheckResult, run_checkpoint
from expectations.suites import Suite

RELEASE = "20240311T020000-abcdef01"
_REPORTS = 100
_LANDED = f"""
    insert into raw.file select 'a' || n || '.txt', 'sha' || n, 1, now() from range({_REPORTS}) as t (n);
    insert into raw.document by name
        select 'key' || n as report_key, 'sha' || n as sha256, 1 as part, '' as context, 'v' as parser_version,
            false as is_sample, 'parsed' as status, now() as parsed_at, year(today()) - 1 as year
        from range({_REPORTS}) as t (n);
    insert into raw.cell by name
        select 'key' || n as report_key, 'application' as table_code, 'granted' as row_code, 'total' as column_code,
            'number' as state, 1 as value
        from range({_REPORTS}) as t (n);
"""
_MARTS = f"""
    create table dim_organ as select 'o' || n as organ_key, '甲' || n as organ_name, '62' as region_code
        from range({_REPORTS}) as t (n);
    create table dim_report as
        select 'key' || n as report_key, 'o' || n as organ_key, 2023 as year, '2021' as form, true as is_current,
            date '2024-01-10' as signed_on, date '2024-01-11' as published_on,
            4 as number_cells, 0 as blank_cells, 0 as dash_cells, 0 as text_cells, 0 as absent_cells
        from range({_REPORTS}) as t (n);
    create table dim_form as select '2021' as form, 4 as cell_count;
    create table report_cell as
        select report_key, unnest([
            {{'table_code': 'application', 'row_code': 'new_received', 'column_code': 'natural_person'}},
            {{'table_code': 'application', 'row_code': 'granted', 'column_code': 'natural_person'}},
            {{'table_code': 'disclosure', 'row_code': 'rules', 'column_code': 'issued'}},
            {{'table_code': 'dispute', 'row_code': 'reconsideration', 'column_code': 'upheld'}}
        ], recursive := true), 1::decimal(18, 6) as value
        from dim_report;
    create table fct_application as select report_key, value as new_received from report_cell where row_code = 'new_received';
    create table fct_outcome as select report_key, value from report_cell where row_code = 'granted';
    create table fct_disclosure as select report_key, value from report_cell where table_code = 'disclosure';
    create table fct_dispute as select report_key, value from report_cell where table_code = 'dispute';
    create table mart_document as select report_key, 'parsed' as status from dim_report;
"""


Ask = Callable[..., dict[tuple[str, str], CheckResult]]


def write_warehouse(paths: WarehousePaths) -> None:
    """A warehouse whose build and release hold the same hundred reports, and are sound."""
    with connect_build(paths) as connection:
        landing.create_schema(connection)
        connection.execute(_LANDED + _MARTS)
    paths.releases.mkdir()
    with duckdb.connect(paths.releases / f"{RELEASE}.duckdb") as connection:
        connection.execute(_MARTS)
    point_to(paths, RELEASE)


def ask(
    paths: WarehousePaths, suites: tuple[Suite, ...], change: str = "select 1", *, accept_loss: bool = False
) -> dict[tuple[str, str], CheckResult]:
    """(table, check) → result, after the statements `change` were run in the build."""
    with connect_build(paths) as connection:
        connection.execute(change)
    compare_landing(paths, accept_loss=accept_loss)
    compare_marts(paths, accept_loss=accept_loss)
    results = run_checkpoint("test", suites, paths.build, paths.data_docs_runs / "run", "run")
    return {(".".join(result.suite.subject), result.check): result for result in results}
