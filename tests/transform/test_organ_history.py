"""Organs through changes of name, and reports through their versions, as the real dbt builds them."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pytest
from made_reports import content_hash, make_report
from small_warehouse import DBT_DIRECTORY, Dbt, land_all

from dagster_project.report_parser.form import FORMS
from dagster_project.report_parser.model import CellState, Report
from dagster_project.warehouse.record_batches import report_key

MENGJIN, SONGZHUANG, STREET = "410308", "410308103", "410308005"
WITH_DATA_TESTS = ("--exclude-resource-type", "unit_test")
ORGANS_ONLY = ("--select", "+dim_organ_name", "+dim_report", "--exclude-resource-type", "unit_test", "test")
RAISED_TOWN = f"place,raised,2022,{MENGJIN},甲镇,{STREET},,甲镇改设街道\n"
MISTAKEN_ROWS = (
    f"place,merged,2021,,乙县,{MENGJIN},,来源代码缺失\n"
    f"place,renamed,2022,{MENGJIN},丙县,{MENGJIN},,第二个前身\n"
    "organ,renamed,2019,,乡村工作局,,扶贫开发办公室,继任者\n"
    "organ,renamed,2019,,扶贫工作局,,乡村工作局,早已改名的继任者\n"
    "place,merged,2021,999999,丁县,410308,,代码不存在\n"
)
"""No code, a second predecessor of one place, a successor that had changed before its predecessor did, a code that is on no list."""


def history() -> list[Report]:
    received = ("application", "new_received", "total")
    granted = ("application", "granted", "total")
    return [
        make_report("a/bureau 2019", "洛阳市孟津县教育局", 2019, region_code=MENGJIN, form="2019"),
        make_report("b/bureau 2022", "孟津区教育局", 2022, region_code=MENGJIN),
        make_report("a/town 2020", "孟津县送庄镇人民政府", 2020, region_code=SONGZHUANG, form="2019"),
        make_report("b/town 2021", "孟津区送庄镇人民政府", 2021, region_code=SONGZHUANG),
        make_report("a/merged", "吉利区教育局", 2019, region_code=MENGJIN, form="2019"),
        make_report("a/merged government", "洛阳市吉利区人民政府", 2019, region_code=MENGJIN, form="2019"),
        make_report("a/raised 2020", "孟津县甲镇人民政府", 2020, region_code=MENGJIN, form="2019"),
        make_report("b/raised 2022", "孟津区河阳街道办事处", 2022, region_code=STREET),
        make_report("c/poverty", "孟津县扶贫开发办公室", 2020, region_code=MENGJIN, form="2019"),
        make_report("c/rural", "孟津区乡村振兴局", 2022, region_code=MENGJIN),
        # The same organ where its reports do not say whose they are: one folder, with and without the year.
        make_report("孟津/2021/finance", "孟津区财政局", 2021, region_code=MENGJIN),
        make_report("孟津/2022/finance", "财政局", 2022),
        make_report("elsewhere/finance", "财政局", 2022),
        # Three versions; the second keeps the first one's sign-off.
        make_report("v1", "孟津区水利局", 2022, region_code=MENGJIN, printed={received: 3, granted: 3}),
        make_report(
            "v2",
            "孟津区水利局",
            2022,
            region_code=MENGJIN,
            printed={received: 4, granted: CellState.BLANK},
            published_on=date(2023, 2, 15),
        ),
        make_report("v3", "孟津区水利局", 2022, region_code=MENGJIN, form="2019", signed_on=date(2023, 5, 1)),
    ]


def build(folder: Path, dbt: Dbt, reports: list[Report], *options: str) -> duckdb.DuckDBPyConnection:
    database = folder / "build.duckdb"
    land_all(database, reports)
    process = (dbt.build_part if options == ORGANS_ONLY else dbt.build)(database, *options)
    assert process.returncode == 0, process.stdout
    return duckdb.connect(str(database), read_only=True)


@pytest.fixture(scope="module")
def built(dbt: Dbt, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with build(tmp_path_factory.mktemp("history"), dbt, history(), *WITH_DATA_TESTS) as connection:
        yield connection


@pytest.fixture(scope="module")
def with_another_row(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same reports in another order, after someone added a row to the seed."""
    folder = tmp_path_factory.mktemp("another_row")
    with build(folder, with_rows(folder, RAISED_TOWN), history()[::-1], *ORGANS_ONLY) as connection:
        yield connection


def with_rows(folder: Path, rows: str) -> Dbt:
    """dbt on a copy of the project with more successions."""
    project = shutil.copytree(DBT_DIRECTORY, folder / "dbt", ignore=shutil.ignore_patterns("target", "logs"))
    with (project / "seeds" / "organ_succession.csv").open("a", encoding="utf-8") as seed:
        seed.write(rows)
    return Dbt(folder / "target", project)


def organ_of(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    key = report_key(content_hash(name), 1)
    ((organ,),) = connection.execute("select organ_key from dim_report where report_key = ?", [key]).fetchall()
    return str(organ)


def names(connection: duckdb.DuckDBPyConnection, organ_key: str) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select organ_name, region_code, first_year, last_year, is_current from dim_organ_name where organ_key = ?"
        " order by first_year",
        [organ_key],
    ).fetchall()


def organ(connection: duckdb.DuckDBPyConnection, organ_key: str) -> tuple[Any, ...]:
    (row,) = connection.execute(
        "select organ_name, first_year, last_year, last_form, is_active, successor_organ_key from dim_organ"
        " where organ_key = ?",
        [organ_key],
    ).fetchall()
    return row


def test_a_raised_county_leaves_its_bureaus_and_towns_their_keys(built: duckdb.DuckDBPyConnection) -> None:
    bureau = organ_of(built, "a/bureau 2019")
    assert organ_of(built, "b/bureau 2022") == bureau
    assert names(built, bureau) == [
        ("孟津县教育局", MENGJIN, 2019, 2019, False),
        ("孟津区教育局", MENGJIN, 2022, 2022, True),
    ]
    assert organ(built, bureau) == ("孟津区教育局", 2019, 2022, "2021", True, None)
    town = organ_of(built, "a/town 2020")
    assert organ_of(built, "b/town 2021") == town
    assert names(built, town) == [("送庄镇人民政府", SONGZHUANG, 2020, 2021, True)]


def test_a_merged_county_is_another_organ_that_ended(built: duckdb.DuckDBPyConnection) -> None:
    bureau, merged = organ_of(built, "a/bureau 2019"), organ_of(built, "a/merged")
    assert merged != bureau
    assert organ(built, merged) == ("吉利区教育局", 2019, 2019, "2019", False, bureau)
    # The government of 孟津区 has no report here, so there is no organ to name.
    assert organ(built, organ_of(built, "a/merged government"))[-2:] == (False, None)


def test_an_organ_renamed_everywhere_and_then_merged(built: duckdb.DuckDBPyConnection) -> None:
    rural = organ_of(built, "c/rural")
    assert organ_of(built, "c/poverty") == rural
    assert [name for name, *_ in names(built, rural)] == ["孟津县扶贫开发办公室", "孟津区乡村振兴局"]
    assert organ(built, rural)[-2:] == (False, None)


def test_a_new_row_joins_the_reports_of_a_raised_town_and_touches_no_other_key(
    built: duckdb.DuckDBPyConnection, with_another_row: duckdb.DuckDBPyConnection
) -> None:
    town = organ_of(built, "a/raised 2020")
    assert organ_of(built, "b/raised 2022") != town
    assert organ_of(with_another_row, "a/raised 2020") == organ_of(with_another_row, "b/raised 2022") == town
    assert names(with_another_row, town) == [
        ("甲镇人民政府", MENGJIN, 2020, 2020, False),
        ("河阳街道办事处", STREET, 2022, 2022, True),
    ]
    keys = "select report_key, organ_key from dim_report where organ_key <> ? and report_key <> ? order by all"
    other = [town, report_key(content_hash("b/raised 2022"), 1)]
    assert with_another_row.execute(keys, other).fetchall() == built.execute(keys, other).fetchall()


def test_a_bare_name_joins_its_neighbour_in_the_folder_only(built: duckdb.DuckDBPyConnection) -> None:
    finance = organ_of(built, "孟津/2021/finance")
    assert organ_of(built, "孟津/2022/finance") == finance
    assert organ(built, finance) == ("孟津区财政局", 2021, 2022, "2021", True, None)
    assert names(built, finance) == [("孟津区财政局", MENGJIN, 2021, 2021, True)]
    assert organ_of(built, "elsewhere/finance") != finance


def test_versions_are_numbered_from_the_first(built: duckdb.DuckDBPyConnection) -> None:
    versions = built.execute(
        "select source, version, versions, is_current, version_on, version_on_basis from dim_report where versions > 1"
        " order by version"
    ).fetchall()
    assert versions == [
        ("v1.txt", 1, 3, False, date(2023, 1, 20), "signed"),
        ("v2.txt", 2, 3, False, date(2023, 2, 15), "published"),
        ("v3.txt", 3, 3, True, date(2023, 5, 1), "signed"),
    ]


def test_a_revision_lists_the_cells_that_changed(built: duckdb.DuckDBPyConnection) -> None:
    revisions = built.execute(
        "select version_before, row_code, value_before, value_after, raw_before, raw_after, state_before, state_after,"
        " revised_on, revised_on_basis from fct_revision where version_after = 2 order by row_code"
    ).fetchall()
    assert revisions == [
        (1, "granted", 3, None, "3", "", "number", "blank", date(2023, 2, 15), "published"),
        (1, "new_received", 3, 4, "3", "4", "number", "number", date(2023, 2, 15), "published"),
    ]
    # The third is in the other form: what only one of the two has is null on the other side.
    sides = built.execute(
        "select count(*) filter (state_before is null), count(*) filter (state_after is null), count(*) from fct_revision"
        " where version_after = 3"
    ).fetchall()
    old, new = set(FORMS["2019"].cells()), set(FORMS["2021"].cells())
    assert sides == [(len(old - new), len(new - old), len(old ^ new) + 2)]


@pytest.mark.parametrize(
    ("day", "received"), [("2023-01-19", None), ("2023-01-20", 3), ("2023-02-15", 4), ("2024-01-01", 0)]
)
def test_the_state_of_knowledge_at_a_date(built: duckdb.DuckDBPyConnection, day: str, received: int | None) -> None:
    known = built.execute(
        """
        select sum(cell.value)
        from dim_report as report
        inner join report_cell as cell using (report_key)
        where report.organ_key = ? and cell.row_code = 'new_received' and cell.column_code = 'total'
            and report.version = (
                select max(version) from dim_report as known
                where known.organ_key = report.organ_key and known.year = report.year and known.version_on <= ?
            )
        """,
        [organ_of(built, "v1"), day],
    ).fetchall()
    assert known == [(received,)]


def test_every_change_of_name_that_the_parser_knows_is_a_succession() -> None:
    """Names that went out of use in the years of the form: without a succession an organ would be two."""
    aliases = files("dagster_project.report_parser").joinpath("data/place_alias.csv").read_text(encoding="utf-8")
    known = {
        (row["region_code"], row["alias"], row["until"])
        for row in csv.DictReader(aliases.splitlines())
        if int(row["until"]) >= FORMS["2019"].first_year
    }
    seed = (DBT_DIRECTORY / "seeds" / "organ_succession.csv").read_text(encoding="utf-8")
    successions = {
        (row["predecessor_region_code"], row["predecessor_name"], row["since"])
        for row in csv.DictReader(seed.splitlines())
    }
    assert known
    assert known - successions == set()


def test_mistaken_successions_fail_the_build(tmp_path: Path) -> None:
    process = with_rows(tmp_path, MISTAKEN_ROWS).build_part(
        tmp_path / "build.duckdb", "--select", "organ_succession", "region"
    )
    assert process.returncode == 1
    assert {test: int(rows) for rows, test in re.findall(r" FAIL (\d+) (\w+)", process.stdout)} == {
        "successions_are_complete_and_lead_somewhere": 3,
        "organ_succession_is_sound": 1,
    }
