"""Landing: bulk, repeatable, whole batches or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from dagster_project.report_parser.model import Cell, CellState, Claim, Finding, Region, Report, Section, Status
from dagster_project.warehouse.landing import InboxFile, create_schema, land, landed_sha256, report_key, sync_files

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
TABLES = ("document", "cell", "finding", "section", "claim")


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_schema(connection)
        yield connection


def report(name: str, value: Decimal | None = Decimal("976.81")) -> Report:
    state = CellState.BLANK if value is None else CellState.NUMBER
    return Report(
        source=f"{name}.txt",
        sha256=f"{name:0<64}",
        media_type="text/plain",
        encoding="gb18030",
        title=None,
        organ="正宁县西坡镇人民政府",
        year=2022,
        form="2021",
        region=Region("甘肃省", "庆阳市", "正宁县", "西坡镇", "621025107"),
        period_start=date(2022, 1, 1),
        period_end=date(2022, 12, 31),
        signed_on=None,
        is_sample=False,
        status=Status.PARTIAL,
        reason=None,
        cells=(
            Cell("disclosure", "fees", "amount", value, None if value is None else str(value), state, 7),
            Cell("dispute", "reconsideration", "total", None, None, CellState.ABSENT, None),
        ),
        claims=(Claim("channel", "website", Decimal(42), True, "网站发布42余条。", 3),),
        findings=(Finding("absent_cells", "warning", "1 cell is absent"),),
        sections=(Section("overview", "一、总体情况", "……", 2),),
    )


def counts(connection: duckdb.DuckDBPyConnection) -> list[int]:
    return [connection.execute(f"SELECT count(*) FROM raw.{table}").fetchall()[0][0] for table in TABLES]


def dump(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    return [sorted(connection.execute(f"FROM raw.{table}").fetchall(), key=str) for table in TABLES]


def test_a_report_lands_as_it_was_read(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [report("a")], "7", AT)
    key = report_key(report("a").sha256)
    assert connection.execute("FROM raw.cell").fetchall() == [
        (key, "disclosure", "fees", "amount", Decimal("976.810000"), "976.81", "number", 7),
        (key, "dispute", "reconsideration", "total", None, None, "absent", None),
    ]
    document = connection.execute(
        """
        SELECT report_key, parser_version, organ, township, region_code, signed_on, status, parsed_at
        FROM raw.document
        """
    ).fetchall()
    assert document == [
        (key, "7", "正宁县西坡镇人民政府", "西坡镇", "621025107", None, "partial", AT.replace(tzinfo=None))
    ]
    assert connection.execute("FROM raw.claim").fetchall() == [
        (key, "channel", "website", Decimal(42), True, "网站发布42余条。", 3)
    ]


def test_landing_twice_changes_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [report("a"), report("b")], "7", AT)
    once = dump(connection)
    land(connection, [report("b"), report("a")], "7", AT)
    assert dump(connection) == once


def test_a_document_read_anew_replaces_its_parts(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [report("a"), report("b")], "7", AT)
    land(connection, [report("a", None), report("c")], "8", AT)
    assert counts(connection) == [3, 6, 3, 3, 3]
    values = connection.execute("SELECT report_key[1], value FROM raw.cell WHERE row_code = 'fees' ORDER BY report_key")
    assert values.fetchall() == [("a", None), ("b", Decimal("976.81")), ("c", Decimal("976.81"))]
    assert landed_sha256(connection, "8") == {report("a").sha256, report("c").sha256}
    assert landed_sha256(connection, "7") == {report("b").sha256}


def test_two_files_with_the_same_bytes_are_one_document(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [report("a"), replace(report("a"), source="copy.txt")], "7", AT)
    assert counts(connection) == [1, 2, 1, 1, 1]


def test_an_empty_batch_and_a_report_without_parts_land(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [], "7", AT)
    assert counts(connection) == [0, 0, 0, 0, 0]
    land(connection, [replace(report("a"), cells=(), claims=(), findings=(), sections=())], "7", AT)
    assert counts(connection) == [1, 0, 0, 0, 0]


def test_a_batch_that_fails_leaves_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [report("a")], "7", AT)
    before = dump(connection)
    with pytest.raises(pa.ArrowInvalid):
        land(connection, [report("a", None), report("b", Decimal("0.1234567"))], "7", AT)
    assert dump(connection) == before
    land(connection, [report("b")], "7", AT)


def test_files_follow_the_inbox(connection: duckdb.DuckDBPyConnection) -> None:
    beijing = datetime(2024, 3, 1, 20, tzinfo=timezone(timedelta(hours=8)))
    sync_files(connection, [InboxFile("a.txt", "s1", 1, AT), InboxFile("b.txt", "s2", 2, AT)])
    sync_files(connection, [InboxFile("b.txt", "s3", 3, beijing), InboxFile("c.txt", "s1", 1, AT)])
    at = AT.replace(tzinfo=None)
    listing = connection.execute("FROM raw.file ORDER BY path").fetchall()
    assert listing == [("b.txt", "s3", 3, at), ("c.txt", "s1", 1, at)]
    sync_files(connection, [])
    assert connection.execute("FROM raw.file").fetchall() == []


KILLED_IN_THE_MIDDLE = """
import os, signal, sys
import duckdb
sys.path.insert(0, {folder!r})
from test_landing import AT, report
from dagster_project.warehouse import landing

connection = duckdb.connect({database!r})
landing.create_schema(connection)
landing.land(connection, [report("a")], "7", AT)
# The second batch has written its documents and cells when the process is killed before it writes the findings.
batch_of = landing._batch
def die_at_findings(connection, table, columns):
    if table == "finding":
        os.kill(os.getpid(), signal.SIGKILL)
    return batch_of(connection, table, columns)
landing._batch = die_at_findings
landing.land(connection, [report("a", None), report("b")], "7", AT)
"""


def test_a_kill_in_the_middle_of_a_batch_leaves_the_batch_before(tmp_path: Path) -> None:
    database = tmp_path / "build.duckdb"
    script = KILLED_IN_THE_MIDDLE.format(folder=os.path.dirname(__file__), database=str(database))
    process = subprocess.run([sys.executable, "-c", script], check=False)
    assert process.returncode == -signal.SIGKILL
    with duckdb.connect(str(database)) as connection:
        assert counts(connection) == [1, 2, 1, 1, 1]
        assert connection.execute("SELECT value FROM raw.cell WHERE row_code = 'fees'").fetchall() == [
            (Decimal("976.81"),)
        ]
        land(connection, [report("a", None), report("b")], "7", AT)
        assert counts(connection) == [2, 4, 2, 2, 2]
