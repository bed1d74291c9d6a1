"""The whole way, by the real command line: what is published, what is refused, and what a killed build leaves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

FIXTURES = Path(__file__).parent.parent / "report_parser" / "fixtures"
FACTS = (
    "fct_application",
    "fct_outcome",
    "fct_disclosure",
    "fct_dispute",
    "fct_reported_total",
    "report_cell",
    "fct_rule_result",
)


def answer(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str((warehouse / "current.duckdb").resolve()), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def content(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: answer(warehouse, f"select * from {table} order by all") for table in (*FACTS, "dim_report", "dim_organ")
    }


def status(gongkai: Any, warehouse: Path) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(gongkai("status", "--json", "--warehouse", warehouse).stdout)
    return state


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixtures, a copy whose printed total is altered, and files that are no reports."""
    folder = tmp_path_factory.mktemp("inbox")
    for fixture in FIXTURES.glob("*.txt"):
        shutil.copy2(fixture, folder)
    tabs = (FIXTURES / "tabs_with_lost_tab_and_blanks.txt").read_text(encoding="utf-8")
    row = next(line for line in tabs.splitlines() if "本年新收政府信息公开申请数量" in line)
    head, separator, _ = row.rstrip("\t").rpartition("\t")
    altered = tabs.replace(row, f"{head}{separator}2\t")
    assert altered != tabs
    (folder / "altered.txt").write_text(altered, encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "page.txt").write_text("欢迎访问本网站。\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, gongkai: Any, inbox: Path) -> Path:
    folder = tmp_path_factory.mktemp("built")
    gongkai("build", "--inbox", inbox, "--warehouse", folder)
    return folder


def test_no_total_is_counted_twice(built: Path) -> None:
    for fact, rows, columns in (
        (
            "fct_outcome",
            "row_code not in ('new_received', 'carried_in', 'processed_total', 'carried_forward')",
            "column_code != 'total'",
        ),
        ("fct_dispute", "true", "column_code != 'total'"),
        ("fct_disclosure", "true", "true"),
    ):
        table = {"fct_outcome": "application", "fct_dispute": "dispute", "fct_disclosure": "disclosure"}[fact]
        leaves = (
            "select sum(value) from report_cell join dim_report using (report_key)"
            f" where is_current and table_code = '{table}' and {rows} and {columns}"
        )
        assert answer(built, f"select sum(value) from {fact}") == answer(built, leaves)


def test_an_altered_total_is_published_as_printed_and_flagged(built: Path) -> None:
    failed = answer(
        built,
        "select source, rule_id, place, left_value, right_value, len(cells) from fct_rule_result"
        " join dim_report using (report_key) where fct_rule_result.status = 'fail'"
        " and rule_id in ('H1', 'H2', 'H3', 'H4', 'H5', 'S6') order by rule_id",
    )
    assert failed == [
        ("altered.txt", "H1", "application.total", 2, 1, 4),
        ("altered.txt", "H2", "application.new_received", 2, 1, 7),
        # 收到政府信息公开申请1项, says its prose.
        ("altered.txt", "S6", "application.new_received.total", 1, 2, 1),
    ]
    printed = answer(
        built,
        "select value, raw from report_cell join dim_report using (report_key) where source = 'altered.txt'"
        " and row_code = 'new_received' and column_code = 'total'",
    )
    assert printed == [(2, "2")]


def test_blanks_leave_a_rule_open(built: Path) -> None:
    states = answer(
        built,
        "select distinct fct_rule_result.status from fct_rule_result join dim_report using (report_key)"
        " where source = 'altered.txt' and place = 'dispute.reconsideration'",
    )
    assert states == [("not_assessable",)]


def test_bad_files_are_listed_with_their_reason(gongkai: Any, built: Path) -> None:
    expected = [("binary.txt", "binary"), ("empty.txt", "empty"), ("page.txt", "not_a_report")]
    assert answer(built, "select path, reason from mart_document where status = 'rejected' order by path") == expected
    shown = gongkai("status", "--warehouse", built).stdout
    listed = status(gongkai, built)["runs"][0]["rejected"]
    assert [(refused["path"], refused["reason"]) for refused in listed] == expected
    assert all(refused["message"] and refused["path"] in shown for refused in listed)


def test_a_new_warehouse_has_the_same_rows(gongkai: Any, inbox: Path, built: Path, tmp_path: Path) -> None:
    gongkai("build", "--inbox", inbox, "--warehouse", tmp_path)
    assert content(tmp_path) == content(built)


def test_a_killed_build_leaves_the_release_and_the_next_completes_and_reads_nothing_again(
    gongkai: Any, inbox: Path, built: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(built, warehouse, symlinks=True)
    release = status(gongkai, warehouse)["published"]
    executable = Path(sys.executable).parent / "gongkai"
    killed = subprocess.Popen(
        [executable, "build", "--inbox", inbox, "--warehouse", warehouse],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not any(run["stage"] == "transform" for run in status(gongkai, warehouse)["runs"]):
        assert time.monotonic() < deadline, "the build does not reach dbt"
    busy = gongkai("build", "--inbox", inbox, "--warehouse", warehouse, check=False)
    assert busy.returncode == 1
    assert "另一次构建" in busy.stderr
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    state = status(gongkai, warehouse)
    assert state["published"] == release
    assert state["runs"][0]["state"] == "interrupted"
    assert content(warehouse) == content(built)
    files = len(list(inbox.iterdir()))
    assert f"0 new 新增 · {files} unchanged" in gongkai("build", "--inbox", inbox, "--warehouse", warehouse).stdout
    assert content(warehouse) == content(built)

    assert status(gongkai, warehouse)["published"] != release
    gongkai("rollback", "--warehouse", warehouse)
    assert status(gongkai, warehouse)["published"] == release
    assert gongkai("rollback", "--warehouse", warehouse, check=False).returncode == 1


def test_nothing_is_published_without_a_report(gongkai: Any, tmp_path: Path) -> None:
    inbox, warehouse = tmp_path / "inbox", tmp_path / "warehouse"
    inbox.mkdir()
    (inbox / "empty.txt").touch()
    outcome = gongkai("build", "--inbox", inbox, "--warehouse", warehouse, check=False)
    assert outcome.returncode == 1
    state = status(gongkai, warehouse)
    assert state["published"] is None
    assert state["runs"][0]["failed_stage"] == "landing_gate"
    assert "empty.txt" in gongkai("status", "--warehouse", warehouse).stdout


def test_dagster_finds_the_definitions_valid() -> None:
    """The installed command, as `make dev` would load it."""
    dagster = Path(sys.executable).parent / "dagster"
    subprocess.run(
        [dagster, "definitions", "validate", "--module-name", "dagster_project.definitions"],
        check=True,
        capture_output=True,
        env=os.environ | {"DAGSTER_DISABLE_TELEMETRY": "1"},
    )


def test_only_the_codes_of_cells_are_enumerations_in_a_release(warehouse: Path) -> None:
    with duckdb.connect(warehouse / "current.duckdb", read_only=True) as release:
        enumerations = release.sql(
            "select table_name, column_name from duckdb_columns() where data_type like 'ENUM%' order by all"
        ).fetchall()
    assert enumerations == [("report_cell", name) for name in ("column_code", "row_code", "state", "table_code")]
