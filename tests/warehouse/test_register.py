"""The register of who has to file: what is read of it, what is refused and in which words, and that it never stops a build."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dagster_project.register import REGISTER, RegisterRow, read_register
from dagster_project.warehouse.ingest import ingest
from dagster_project.warehouse.landing import create_schema, sync_register

HEADER = "organ,level,type,region_code,since,until,deadline\n"


def register(folder: Path, content: str | bytes) -> list[RegisterRow]:
    (folder / REGISTER).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_register(folder)


def test_no_file_is_no_register(tmp_path: Path) -> None:
    assert read_register(tmp_path) == []


def test_place_level_and_type_are_read_from_the_name(tmp_path: Path) -> None:
    rows = register(tmp_path, "organ\n正宁县西坡镇人民政府\n\n甘肃省正宁县财政局\n")
    assert rows == [
        RegisterRow(2, "正宁县西坡镇人民政府", "township", "government", "621025107"),
        RegisterRow(4, "甘肃省正宁县财政局", "county", "department", "621025"),
    ]


def test_what_the_register_says_goes_before_the_name(tmp_path: Path) -> None:
    rows = register(tmp_path, f"{HEADER}西坡镇人民政府,street,office,621025107,2020,2024,02-15\n")
    assert rows == [RegisterRow(2, "西坡镇人民政府", "street", "office", "621025107", 2020, 2024, "02-15")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_excel_saves_it_either_way(tmp_path: Path, encoding: str) -> None:
    (row,) = register(tmp_path, f"{HEADER}正宁县财政局,,,,,,\r\n".encode(encoding))
    assert (row.organ, row.problem) == ("正宁县财政局", None)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",,,621025,,,", "缺少机关名称；请填写 organ 列"),
        ("西坡镇人民政府,,,,,,", "所在地不止一处；请填写 region_code"),
        ("某局,,,,,,", "所在地无法从名称判断；请填写 region_code"),
        ("正宁县财政局,,,999999,,,", "没有区划代码 999999"),
        ("正宁县财政局,,,110101,,,", "区划代码 110101 与“正宁县财政局”的所在地 621025 不符"),
        ("正宁县财政局,,,,,,,又一列", "列数多于表头"),
        ("正宁县财政局,区县,,,,,", "level 列不能为“区县”；应为 province、city、county、township、street 之一"),
        ("正宁县财政局,,局,,,,", "type 列不能为“局”"),
        ("正宁县财政局,,,,去年,,", "since 列“去年”不是年份"),
        ("正宁县财政局,,,,2023,2021,", "起始年份 2023 晚于截止年份 2021"),
        ("正宁县财政局,,,,,,02-29", "deadline 列“02-29”不是日期"),
        ("正宁县财政局,,,,,,2024-01-31", "deadline 列“2024-01-31”不是日期"),
        ("正宁县\x1b财政局,,,621025,,,", "机关名称含有无法显示的字符"),
        ("彭阳县教育局,,,,,2020,", "与第 3 行重复"),
    ],
)
def test_a_bad_row_says_what_to_do_and_stops_no_other(tmp_path: Path, line: str, told: str) -> None:
    rows = register(tmp_path, f"{HEADER}正宁县教育局,,,,,,\n彭阳县教育局,,,,,,\n{line}\n正宁县水务局,,,,,,\n")
    assert [row.problem for row in rows[:2]] == [None, None]
    assert told in str(rows[2].problem)
    assert (rows[2].line, rows[3].line, rows[3].problem) == (4, 5, None)


def test_periods_of_one_organ_may_follow_one_another(tmp_path: Path) -> None:
    rows = register(tmp_path, f"{HEADER}正宁县教育局,,,,2019,2020,\n正宁县教育局,,,,2022,,\n")
    assert [row.problem for row in rows] == [None, None]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("机关,级别\n正宁县财政局,县\n", "表头应为 organ,level,type,region_code,since,until,deadline"),
        ("", "表头应为"),
        (b"\xff\xfe\x00\xd8", "编码无法识别；请另存为 UTF-8"),
        (f'{HEADER}"{"x" * 200_000}",,,,,,\n', "不是有效的 CSV"),
    ],
)
def test_a_file_that_is_no_register_is_one_problem(tmp_path: Path, content: str | bytes, told: str) -> None:
    (row,) = register(tmp_path, content)
    assert told in str(row.problem)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text(f"{HEADER}正宁县财政局,,,,,,\n", encoding="utf-8")
    (tmp_path / REGISTER).symlink_to(tmp_path / "elsewhere.csv")
    assert "不要用链接" in str(read_register(tmp_path)[0].problem)


def test_the_register_is_landed_anew_by_every_ingest_and_its_bad_rows_are_told(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / REGISTER).write_text(f"{HEADER}正宁县财政局,,,,,,\n某局,,,,,,\n", encoding="utf-8")
    with duckdb.connect() as connection:
        summary = ingest(connection, inbox, lambda done, total: None)
        assert (summary.new, summary.rejected, summary.registered) == (0, [], 1)
        (bad,) = summary.bad_register_rows
        assert (bad["path"], bad["reason"]) == ("_register.csv 第 3 行", "register_row")
        landed = "SELECT line, organ, region_code, problem IS NULL FROM raw.register ORDER BY line"
        assert connection.sql(landed).fetchall() == [(2, "正宁县财政局", "621025", True), (3, "某局", None, False)]
        (inbox / REGISTER).unlink()
        assert ingest(connection, inbox, lambda done, total: None).registered == 0
        assert connection.sql("SELECT count(*) FROM raw.register").fetchall() == [(0,)]


def test_forty_thousand_rows_land_at_once() -> None:
    rows = [RegisterRow(line, f"机关{line}", "county", "department", "621025") for line in range(2, 40_002)]
    with duckdb.connect() as connection:
        create_schema(connection)
        sync_register(connection, rows)
        assert connection.sql("SELECT count(*) FROM raw.register").fetchall() == [(40_000,)]
