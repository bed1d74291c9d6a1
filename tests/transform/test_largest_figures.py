"""A report of the largest figures that the parser takes: nothing that is added up overflows, or one report would hold back all others."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from made_reports import Printed, make_report
from small_warehouse import XIPO, Dbt, land_all

from dagster_project.report_parser.claims import CLAIM_KINDS
from dagster_project.report_parser.form import FORMS, CellName, FormVersion
from dagster_project.report_parser.model import Claim
from expectations.suggestions import write_suggestions

MOST, MOST_MONEY = Decimal(10**9 - 1), Decimal("999999999999.999999")
YEARS: dict[int, FormVersion] = {2019: "2019", 2020: "2019", 2021: "2021", 2022: "2021", 2023: "2021", 2024: "2021"}


def all_at_most(form: FormVersion) -> dict[CellName, Printed]:
    return {
        (table.code, row.code, column.code): str(MOST_MONEY if column.is_money else MOST)
        for table in FORMS[form].tables
        for row in table.rows
        for column in row.columns
    }


@pytest.fixture(scope="module")
def database(dbt: Dbt, tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("largest") / "build.duckdb"
    claims = tuple(Claim(kind.kind, kind.code, MOST, False, f"{kind.code}。", 12) for kind in CLAIM_KINDS)
    reports = [
        make_report(
            f"most-{year}",
            "西坡镇人民政府",
            year,
            region_code=XIPO,
            form=form,
            printed=all_at_most(form),
            claims=claims,
        )
        for year, form in YEARS.items()
    ]
    land_all(database, [*reports, make_report("county", "正宁县人民政府", 2023, region_code=XIPO[:6])])
    outcome = dbt.build(database)
    assert outcome.returncode == 0, outcome.stdout
    return database


def test_they_are_added_up(database: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        sums = connection.sql(
            "select new_received, processed, disclosure_fees_amount from mart_report where new_received > 0 and year = 2023"
        ).fetchall()
        (outcomes,) = connection.sql("select count(*) from dim_outcome where in_form_2021").fetchall()[0]
    assert sums == [(6 * MOST, 6 * outcomes * MOST, MOST_MONEY)]


def test_every_rule_is_asked_of_them(database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        write_suggestions(connection)
        (broken,) = connection.sql(
            "select count(*) from fct_rule_result where rule_id = 'H2' and status = 'fail' and left_value = ?",
            params=[MOST],
        ).fetchall()[0]
    assert broken
