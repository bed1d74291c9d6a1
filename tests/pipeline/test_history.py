"""Printed reports of a county through its change of name, one of them published twice, by the real command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

FIXTURES = Path(__file__).parent.parent / "report_parser" / "fixtures"
REPORT = (FIXTURES / "values_on_the_line_below.txt").read_text(encoding="utf-8")


def printed(place: str, year: int, signed: str, penalties: int) -> str:
    """The fixture as the report of a county's bureau on another year, signed on a day."""
    organ = f"{place}教育局"
    text = REPORT.replace("兴国县南坑乡人民政府", organ).replace("兴国县", place).replace("2022", str(year))
    row = "行政处罚\t0\t"
    assert text.count(row) == 1
    text = text.replace(row, row.replace("0", str(penalties)))
    return f"{text}\n{organ}\n{signed}\n"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory, gongkai: Any) -> Path:
    inbox, warehouse = tmp_path_factory.mktemp("inbox"), tmp_path_factory.mktemp("warehouse")
    folder = inbox / "河南省" / "洛阳市"
    folder.mkdir(parents=True)
    for name, text in {
        "孟津县2020": printed("孟津县", 2020, "2021年1月20日", 5),
        "孟津区2022": printed("孟津区", 2022, "2023年1月20日", 5),
        "孟津区2022更正": printed("孟津区", 2022, "2023年3月5日", 6),
        "吉利区2020": printed("吉利区", 2020, "2021年1月18日", 2),
    }.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    gongkai("build", "--inbox", inbox, "--warehouse", warehouse)
    return (warehouse / "current.duckdb").resolve()


def answer(release: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(release), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def test_the_county_s_bureau_is_one_organ_under_two_names(release: Path) -> None:
    assert answer(
        release,
        """
        select organ.organ_name, organ.first_year, organ.last_year, name.organ_name, name.first_year, name.is_current
        from dim_organ as organ inner join dim_organ_name as name using (organ_key)
        where organ.is_active order by name.first_year
        """,
    ) == [
        ("孟津区教育局", 2020, 2022, "孟津县教育局", 2020, False),
        ("孟津区教育局", 2020, 2022, "孟津区教育局", 2022, True),
    ]


def test_the_merged_district_s_bureau_names_its_successor(release: Path) -> None:
    assert answer(
        release,
        """
        select ended.organ_name, successor.organ_name
        from dim_organ as ended inner join dim_organ as successor on ended.successor_organ_key = successor.organ_key
        where not ended.is_active
        """,
    ) == [("吉利区教育局", "孟津区教育局")]


def test_the_correction_is_current_and_its_change_is_listed(release: Path) -> None:
    assert answer(
        release,
        """
        select revision.row_code, revision.column_code, value_before, value_after, revised_on, report.source
        from fct_revision as revision inner join dim_report as report on revision.report_key_after = report.report_key
        where report.is_current
        """,
    ) == [("penalties", "decisions", 5, 6, date(2023, 3, 5), "河南省/洛阳市/孟津区2022更正.txt")]
    facts = "select value from fct_disclosure where year = 2022 and item_code = 'penalties'"
    assert answer(release, facts) == [(6,)]
