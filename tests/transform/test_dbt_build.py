"""The marts that the real dbt builds from a small landed database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import duckdb
import pytest
from made_reports import content_hash
from small_warehouse import XIPO, Dbt, land_all, landed_reports

from dagster_project.report_parser.form import FORMS
from dagster_project.report_parser.gazetteer import default_gazetteer
from dagster_project.warehouse.record_batches import report_key


def key(name: str, part: int = 1) -> str:
    return report_key(content_hash(name), part)


def rows(marts: duckdb.DuckDBPyConnection, query: str, *parameters: str) -> list[tuple[Any, ...]]:
    return marts.execute(query, parameters).fetchall()


def test_the_build_passes_all_its_tests(build: tuple[Path, CompletedProcess[str]]) -> None:
    _, process = build
    assert process.returncode == 0, process.stdout
    assert "WARN=0 ERROR=0 SKIP=0" in process.stdout


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT sum(value) FROM fct_disclosure WHERE item_code = 'penalties'", 6),
        ("SELECT sum(value) FROM fct_disclosure WHERE item_code = 'fees'", Decimal("976.81")),
        ("SELECT sum(value) FROM fct_disclosure WHERE measure_code = 'change'", -35),
        ("SELECT sum(value) FROM fct_outcome", 1 + 4),
        ("SELECT sum(new_received) FROM fct_application", 1 + 5),
        ("SELECT sum(carried_forward) FROM fct_application", 1),
        ("SELECT sum(value) FROM fct_dispute", 1),
        ("SELECT sum(value) FROM fct_reported_total WHERE row_code = 'new_received'", 1 + 5),
        ("SELECT sum(value) FROM fct_reported_total WHERE row_code = 'processed_total'", 2 * (1 + 4)),
    ],
)
def test_a_sum_counts_each_figure_once(marts: duckdb.DuckDBPyConnection, query: str, expected: Decimal | int) -> None:
    assert rows(marts, query) == [(expected,)]


def test_facts_and_totals_hold_every_cell_of_the_form(marts: duckdb.DuckDBPyConnection) -> None:
    """A report has its rows whether or not its cells hold numbers."""
    query = """
        SELECT
            (SELECT 3 * count(*) FROM fct_application WHERE report_key = $1),
            (SELECT count(*) FROM fct_outcome WHERE report_key = $1)
            + (SELECT count(*) FROM fct_disclosure WHERE report_key = $1)
            + (SELECT count(*) FROM fct_dispute WHERE report_key = $1)
            + (SELECT count(*) FROM fct_reported_total WHERE report_key = $1)
    """
    for name, form in (("baiyang", FORMS["2021"]), ("songzhuang", FORMS["2019"])):
        ((applications, others),) = rows(marts, query, key(name))
        assert applications == 18
        assert applications + others == len(list(form.cells()))


def test_a_blank_is_a_row_without_a_value(marts: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT result_code, value FROM fct_dispute WHERE report_key = ? AND track_code = 'reconsideration'"
    assert dict(rows(marts, query, key("baiyang"))) == dict.fromkeys(("upheld", "corrected", "other", "pending"))
    counts = "SELECT number_cells, blank_cells FROM dim_report WHERE report_key = ?"
    assert rows(marts, counts, key("baiyang")) == [(195, 5)]


def test_a_superseded_version_stays_out_of_the_facts_only(marts: duckdb.DuckDBPyConnection) -> None:
    versions = """
        SELECT report_key, is_current FROM dim_report
        WHERE organ_key = (SELECT organ_key FROM dim_report WHERE report_key = ?)
    """
    assert dict(rows(marts, versions, key("xipo"))) == {key("xipo"): True, key("xipo-superseded"): False}
    cells = "SELECT count(*), max(value) FROM report_cell WHERE report_key = ?"
    assert rows(marts, cells, key("xipo-superseded")) == [(200, 900)]
    assert rows(marts, "SELECT count(*) FROM fct_outcome WHERE report_key = ?", key("xipo-superseded")) == [(0,)]


def test_an_organ_is_one_under_both_its_names(marts: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT organ_name, organ_level, organ_type, county_name FROM dim_organ WHERE region_code = ?"
    assert rows(marts, query, XIPO) == [("正宁县西坡镇人民政府", "township", "government", "正宁县")]
    assert rows(marts, query, XIPO[:6]) == [("正宁县财政局", "county", "department", "正宁县")]


def test_a_removed_file_leaves_the_marts(marts: duckdb.DuckDBPyConnection) -> None:
    assert rows(marts, "SELECT count(*) FROM raw.cell WHERE report_key = ?", key("removed")) == [(200,)]
    for table in ("dim_report", "report_cell", "report_finding", "mart_document"):
        assert rows(marts, f"SELECT count(*) FROM {table} WHERE report_key = ?", key("removed")) == [(0,)]


def test_every_file_is_accounted_for(marts: duckdb.DuckDBPyConnection) -> None:
    documents = dict(rows(marts, "SELECT path, status FROM mart_document"))
    assert len(documents) == len(landed_reports()) - 1  # one removed, one there twice, two in one file
    assert documents["reject.txt"] == "rejected"
    assert documents["unknown-year.txt"] == "partial"
    assert documents["copy of baiyang.txt"] == documents["baiyang.txt"] == "parsed"
    assert rows(marts, "SELECT source FROM dim_report WHERE report_key = ?", key("baiyang")) == [("baiyang.txt",)]
    assert rows(marts, "SELECT count(*) FROM dim_report") == [(9,)]


def test_reports_of_one_file_are_reports_of_their_own(marts: duckdb.DuckDBPyConnection) -> None:
    listed = rows(marts, "SELECT part, report_key, organ FROM mart_document WHERE path = 'volume.txt' ORDER BY part")
    assert listed == [(1, key("volume"), "彭阳县教育局"), (2, key("volume", 2), "彭阳县水务局")]
    reports = "SELECT part, is_current, source FROM dim_report WHERE sha256 = ? ORDER BY part"
    assert rows(marts, reports, content_hash("volume")) == [(1, True, "volume.txt"), (2, True, "volume.txt")]


def test_organs_of_one_name_in_unknown_places_do_not_displace_each_other(marts: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT source, organ_key, is_current, organ_level, region_code
        FROM dim_report INNER JOIN dim_organ USING (organ_key) WHERE report_key IN (?, ?) ORDER BY source
    """
    found = rows(marts, query, key("甲县/2022"), key("乙县/2022"))
    assert [(source, *others) for source, _, *others in found] == [
        ("乙县/2022.txt", True, "township", None),
        ("甲县/2022.txt", True, "township", None),
    ]
    assert len({organ for _, organ, *_ in found}) == 2
    places = rows(marts, "SELECT DISTINCT candidates FROM mart_document WHERE path LIKE '_县/2022.txt'")
    assert places == [(f"{XIPO};140826101",)]


def test_prose_reaches_its_tables(marts: duckdb.DuckDBPyConnection) -> None:
    report = "SELECT published_on, url FROM dim_report WHERE report_key = ?"
    assert rows(marts, report, key("baiyang")) == [(date(2024, 1, 25), "https://www.pengyang.gov.cn/report.html")]
    channels = "SELECT channel_code, value, is_approximate, sentence FROM fct_channel ORDER BY channel_code"
    sentence = "其中网站34条，微信公众号360条。"
    assert rows(marts, channels) == [("website", 34, False, sentence), ("wechat", 360, False, sentence)]
    assert rows(marts, "SELECT sum(value), max(line) FROM report_claim WHERE kind = 'channel'") == [(2 * 394, 12)]
    assert rows(marts, "FROM report_text") == [(key("baiyang"), "公开内容不够丰富。", "下一步加强培训。", None)]
    sections = rows(marts, "SELECT section_code, heading, line FROM report_section ORDER BY line")
    assert sections == [("overview", "一、总体情况", 11), ("problems", "五、存在的主要问题及改进情况", 90)]
    card = rows(marts, "SELECT label, value FROM report_metadata ORDER BY label")
    assert card == [("发布日期", "2024-01-25"), ("索引号", "640425-2024-1")]


def test_a_report_without_tables_is_a_report_without_figures(marts: duckdb.DuckDBPyConnection) -> None:
    report = "SELECT form, status, is_current, absent_cells FROM dim_report WHERE report_key = ?"
    assert rows(marts, report, key("pictures")) == [(None, "partial", True, 0)]
    assert rows(marts, "SELECT count(*) FROM fct_outcome WHERE report_key = ?", key("pictures")) == [(0,)]


def test_places_are_the_same_as_the_parsers(marts: duckdb.DuckDBPyConnection) -> None:
    gazetteer = default_gazetteer()
    built = rows(marts, "SELECT region_code, province_name, city_name, county_name, township_name FROM dim_region")
    expected = ((code, gazetteer.region(code)) for code in gazetteer.names)
    assert sorted(built) == sorted(
        ((code, place.province, place.city, place.county, place.township) for code, place in expected)
    )


def test_a_rebuild_from_nothing_gives_the_same_rows(
    dbt: Dbt, build: tuple[Path, CompletedProcess[str]], tmp_path: Path
) -> None:
    """Keys and rows depend on what the reports say, not on the order in which they came."""
    again = tmp_path / "again.duckdb"
    land_all(again, landed_reports()[::-1])
    process = dbt.build(again, "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
    assert process.returncode == 0, process.stdout
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{build[0]}' AS first (READ_ONLY); ATTACH '{again}' AS second (READ_ONLY)")
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'first' AND schema_name = 'main'"
        ).fetchall()
        assert len(tables) == 32  # the rules' two as well
        for (table,) in tables:
            first, second = f"FROM first.{table}", f"FROM second.{table}"
            query = f"({first} EXCEPT ALL {second}) UNION ALL ({second} EXCEPT ALL {first})"
            assert connection.execute(query).fetchall() == [], table
