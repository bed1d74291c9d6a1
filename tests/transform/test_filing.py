"""Who had to file: under a register, with the day of the deadlines set, by the real dbt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from made_reports import make_report
from small_warehouse import XIPO, Dbt, land_all, landed_reports

from dagster_project.register import REGISTER, read_register
from dagster_project.warehouse.landing import sync_register

LINES = """\
organ,level,type,region_code,since,until,deadline
西坡镇人民政府,,,621025107,2021,2023,02-28
甘肃省庆阳市正宁县财政局,,,,2022,2022,
彭阳县白阳镇人民政府,,,,2023,,
正宁县教育局,,,,2022,2022,
某局,,,,2022,2022,
"""


@pytest.fixture(scope="module")
def registered(dbt: Dbt, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small warehouse with a register in its inbox, held against 15 February 2024."""
    folder = tmp_path_factory.mktemp("registered")
    (folder / REGISTER).write_text(LINES, encoding="utf-8")
    database = folder / "build.duckdb"
    late = make_report("jiaoyuju", "正宁县教育局", 2022, region_code=XIPO[:6], signed_on=date(2023, 2, 3))
    land_all(database, [*landed_reports(), late])
    with duckdb.connect(str(database)) as connection:
        sync_register(connection, read_register(folder))
    options = ("--select", "+mart_filing", "+dim_report", "--indirect-selection", "cautious")
    process = dbt.build_part(
        database, *options, "--exclude-resource-type", "unit_test", "--vars", "{today: 2024-02-15}"
    )
    assert process.returncode == 0, process.stdout
    with duckdb.connect(str(database), read_only=True) as connection:
        yield connection


def rows(marts: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return marts.execute(query).fetchall()


def test_the_register_is_the_list_and_its_organs_are_those_of_the_reports(
    registered: duckdb.DuckDBPyConnection,
) -> None:
    """Xipo's reports name its county, the register does not: one organ all the same."""
    query = """
        SELECT organ_name, year, due_on::VARCHAR, filing_status, published_by, days_late FROM mart_filing
        WHERE expected_by = 'register' ORDER BY year, organ_name
    """
    assert rows(registered, query) == [
        ("正宁县西坡镇人民政府", 2021, "2022-02-28", "missing", None, 717),
        ("正宁县教育局", 2022, "2023-01-31", "late", "signed", 3),
        ("正宁县西坡镇人民政府", 2022, "2023-02-28", "filed", "signed", 0),
        ("正宁县财政局", 2022, "2023-01-31", "filed", "signed", 0),
        ("彭阳县白阳镇人民政府", 2023, "2024-03-31", "filed", "published", 0),
        ("正宁县西坡镇人民政府", 2023, "2024-02-28", "not_due", None, None),
    ]


def test_a_report_that_the_register_does_not_ask_for_is_shown_and_not_counted(
    registered: duckdb.DuckDBPyConnection,
) -> None:
    query = """
        SELECT count(*), bool_or(is_expected), bool_and(report_key IS NOT NULL) FROM mart_filing
        WHERE expected_by = 'unregistered'
    """
    assert rows(registered, query) == [(5, False, True)]


def test_without_a_register_nobody_is_expected_but_who_reported_and_whom_the_corpus_covers(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    """No government above a town has reported, so no place is covered: not the 40,000 towns of the country."""
    assert rows(marts, "SELECT DISTINCT expected_by FROM mart_filing ORDER BY 1") == [("earlier_report",), ("report",)]
    never = "SELECT count(*) FROM mart_filing LEFT JOIN dim_organ USING (organ_key) WHERE dim_organ.organ_key IS NULL"
    assert rows(marts, never) == [(0,)]
    every = "SELECT count(*) FROM dim_report WHERE is_current AND report_key NOT IN (SELECT report_key FROM mart_filing WHERE report_key IS NOT NULL)"
    assert rows(marts, every) == [(0,)]
