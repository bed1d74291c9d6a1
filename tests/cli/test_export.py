"""`gongkai export`: every table in every format, a manifest that tells the truth, and folders that are not ours left alone."""

from __future__ import annotations

import codecs
import hashlib
import json
import subprocess
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from python_calamine import CalamineWorkbook

import dagster_project.export
from dagster_project.export import ExportFailed, export_release, prepare
from dagster_project.workbooks import MOST_CHARACTERS, write_workbook

Gongkai = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small release with what is hard to export."""
    file = tmp_path_factory.mktemp("warehouse") / "run-1.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            """
            create table release_info as
            select 'run-1' as run_id, timestamp '2024-05-06 07:08:09' as published_at, 'p1' as parser_version, true as has_sample;
            create table fct_outcome as
            select * from (values
                ('0012', 3.000000::decimal(18, 6), true, date '2024-01-31', ['a', 'b']),
                ('1e5', 976.814200, false, null, []),
                ('=1+1', null, null, null, null)
            ) as t(code, value, is_current, signed_on, cells);
            comment on column fct_outcome.value is 'As printed.';
            create table empty_table (code varchar);
            create table report_section as select '公' || repeat('文', 40000) as "text";
            create table report_cell as select i::varchar as code, i as number from range(25) as t(i);
            """
        )
    return file


def exported(release: Path, folder: Path, form: Any) -> dict[str, Any]:
    done: list[int] = []
    expected = prepare(release, folder)
    export_release(release, folder, form, done.append)
    assert sum(done) == expected
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {path.name for path in folder.iterdir()} == {"manifest.json", *(file["file"] for file in manifest["tables"])}
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(f".{folder.name}.")] == []
    for file in manifest["tables"]:
        assert hashlib.sha256((folder / file["file"]).read_bytes()).hexdigest() == file["sha256"]
    return manifest


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx"])
def test_the_manifest_tells_what_there_is(form: str, release: Path, tmp_path: Path) -> None:
    manifest = exported(release, tmp_path / "export", form)
    assert {name: manifest[name] for name in ("release", "published_at", "parser_version", "has_sample", "format")} == {
        "release": "run-1",
        "published_at": "2024-05-06T07:08:09Z",
        "parser_version": "p1",
        "has_sample": True,
        "format": form,
    }
    assert {file["table"]: (file["file"], file["rows"]) for file in manifest["tables"]} == {
        "empty_table": (f"empty_table.{form}", 0),
        "fct_outcome": (f"fct_outcome.{form}", 3),
        "release_info": (f"release_info.{form}", 1),
        "report_cell": (f"report_cell.{form}", 25),
        "report_section": (f"report_section.{form}", 1),
    }
    (outcome,) = (file for file in manifest["tables"] if file["table"] == "fct_outcome")
    assert outcome["columns"][:2] == [
        {"name": "code", "type": "VARCHAR", "description": None},
        {"name": "value", "type": "DECIMAL(18,6)", "description": "As printed."},
    ]


def test_parquet_is_the_release(release: Path, tmp_path: Path) -> None:
    manifest = exported(release, tmp_path / "export", "parquet")
    with duckdb.connect(str(release), read_only=True) as connection:
        for file in manifest["tables"]:
            read = connection.sql(f"from '{tmp_path}/export/{file['file']}'")
            table = connection.table(file["table"])
            assert (read.columns, read.types) == (table.columns, table.types)
            assert read.fetchall() == table.fetchall()


def test_csv_opens_in_excel_and_in_programs(release: Path, tmp_path: Path) -> None:
    exported(release, tmp_path / "export", "csv")
    content = (tmp_path / "export" / "fct_outcome.csv").read_bytes()
    assert content.startswith(
        codecs.BOM_UTF8 + b"code,value,is_current,signed_on,cells\n0012,3.000000,true,2024-01-31,"
    )
    assert duckdb.sql(f"from read_csv('{tmp_path}/export/fct_outcome.csv', all_varchar = true)").columns[0] == "code"


def test_xlsx_keeps_codes_as_text_numbers_as_numbers_and_unknowns_empty(release: Path, tmp_path: Path) -> None:
    manifest = exported(release, tmp_path / "export", "xlsx")
    workbook = CalamineWorkbook.from_path(tmp_path / "export" / "fct_outcome.xlsx")
    head, *rows = workbook.get_sheet_by_name("fct_outcome").to_python()
    assert head == ["code", "value", "is_current", "signed_on", "cells"]
    assert [row[:3] for row in rows] == [["0012", 3.0, True], ["1e5", 976.8142, False], ["=1+1", "", ""]]
    assert str(rows[0][3]) == "2024-01-31"
    assert [row[4] for row in rows] == ['["a", "b"]', "[]", ""]
    (text,) = (
        CalamineWorkbook.from_path(tmp_path / "export" / "report_section.xlsx").get_sheet_by_index(0).to_python()[1]
    )
    assert (len(text), text[-7:]) == (MOST_CHARACTERS, "……（已截断）"[-7:])
    assert manifest["notes"] == [
        "report_section：1 个单元格超过 Excel 的 32,767 个字符，已截断并注明；全文请导出 parquet 或 csv。"
    ]


def test_a_long_table_becomes_several_workbooks(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dagster_project.export, "MOST_ROWS", 10)  # a sheet has a million: too long for a test
    manifest = exported(release, tmp_path / "export", "xlsx")
    files = [(file["file"], file["rows"]) for file in manifest["tables"] if file["table"] == "report_cell"]
    assert files == [("report_cell-1.xlsx", 10), ("report_cell-2.xlsx", 10), ("report_cell-3.xlsx", 5)]
    rows = [
        row
        for name, _ in files
        for row in CalamineWorkbook.from_path(tmp_path / "export" / name).get_sheet_by_index(0).to_python()[1:]
    ]
    assert rows == [[str(number), float(number)] for number in range(25)]


def test_no_digit_is_lost_in_a_workbook(tmp_path: Path) -> None:
    row = (2**60, Decimal("12345678901234567.5"), Decimal("0.000001"), 0.1, datetime(2024, 1, 2, 3, 4, 5))  # noqa: DTZ001
    write_workbook(tmp_path / "a.xlsx", "a" * 40, list("abcde"), [row])
    (_, read) = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert read == [str(2**60), "12345678901234567.5", 0.000001, 0.1, row[4]]


# --- The folder ------------------------------------------------------------------------------------------------------


def test_an_earlier_export_is_replaced_whole(release: Path, tmp_path: Path) -> None:
    exported(release, tmp_path / "export", "csv")
    exported(release, tmp_path / "export", "parquet")
    assert not list((tmp_path / "export").glob("*.csv"))


def test_an_empty_folder_is_taken(release: Path, tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    exported(release, tmp_path / "export", "csv")


@pytest.mark.parametrize("with_export", [False, True])
def test_a_folder_with_other_files_is_left_alone(with_export: bool, release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    if with_export:
        exported(release, folder, "csv")
    folder.mkdir(exist_ok=True)
    (folder / "thesis.docx").write_text("mine", encoding="ascii")
    before = sorted(folder.iterdir())
    with pytest.raises(ExportFailed, match=r"thesis\.docx"):
        prepare(release, folder)
    with pytest.raises(ExportFailed, match=r"thesis\.docx"):
        export_release(release, folder, "csv", lambda rows: None)
    assert sorted(folder.iterdir()) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_a_failed_export_leaves_the_earlier_one(release: Path, tmp_path: Path) -> None:
    manifest = exported(release, tmp_path / "export", "csv")

    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_release(release, tmp_path / "export", "parquet", stop)
    assert json.loads((tmp_path / "export" / "manifest.json").read_text(encoding="utf-8")) == manifest
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_place_that_cannot_be_a_folder_says_so(place: str, release: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportFailed, match="请"):
        export_release(release, tmp_path / place, "csv", lambda rows: None)


def test_the_command_exports_the_published_release(gongkai: Gongkai, warehouse: Path, tmp_path: Path) -> None:
    outcome = gongkai("export", tmp_path / "export", "--warehouse", warehouse)
    manifest = json.loads((tmp_path / "export" / "manifest.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(warehouse / "current.duckdb"), read_only=True) as connection:
        for file in manifest["tables"]:
            assert connection.table(file["table"]).shape == (file["rows"], len(file["columns"]))
        assert len(manifest["tables"]) == len(connection.sql("from duckdb_tables()"))
    assert manifest["release"] in outcome.stdout


def test_the_command_refuses_a_folder_that_is_not_its_own(gongkai: Gongkai, warehouse: Path) -> None:
    outcome = gongkai("export", warehouse, "--warehouse", warehouse, check=False)
    assert outcome.returncode == 1
    assert "请另选一个目录" in outcome.stderr
