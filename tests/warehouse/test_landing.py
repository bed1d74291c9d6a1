"""Landing: bulk, repeatable, whole batches or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from dagster_project.inbox import InboxFile
from dagster_project.report_parser.model import Cells, CellState, Claim, Finding, Region, Report, Section, Status
from dagster_project.warehouse.landing import create_schema, land, landed, sync_files
from dagster_project.warehouse.record_batches import Batch, report_key, to_batch

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
TABLES = ("document", "cell", "finding", "section", "claim", "metadata")


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
        part=1,
        media_type="text/plain",
        encoding="gb18030",
        title=None,
        organ="正宁县西坡镇人民政府",
        organ_level="township",
        organ_type="government",
        year=2022,
        form="2021",
        region=Region("甘肃省", "庆阳市", "正宁县", "西坡镇", "621025107"),
        candidates=("621025107", "140826101"),
        period_start=date(2022, 1, 1),
        period_end=date(2022, 12, 31),
        signed_on=None,
        published_on=date(2023, 1, 18),
        url="https://www.zninfo.gov.cn/1.html",
        is_sample=False,
        status=Status.PARTIAL,
        reason=None,
        cells=Cells(
            names=(("disclosure", "fees", "amount"), ("dispute", "reconsideration", "total")),
            values=(value, None),
            raws=(None if value is None else str(value), None),
            states=(state, CellState.ABSENT),
            lines=(7, None),
        ),
        claims=(Claim("channel", "website", Decimal(42), True, "网站发布42余条。", 3),),
        findings=(Finding("absent_cells", "warning", "1 cell is absent"),),
        sections=(Section("overview", "一、总体情况", "……", 2),),
        problems="公开内容不够丰富。",
        measures=None,
        processing_fee=None,
        metadata=(("索引号", "1"),),
    )


def batch(*reports: Report, parser_version: str = "7", context: str = "c1") -> Batch:
    return to_batch(reports, {each.sha256: context for each in reports}, parser_version, AT)


def file(path: str, sha256: str, size_bytes: int, modified_at: datetime = AT) -> InboxFile:
    return InboxFile(path, path, sha256, size_bytes, modified_at)


def counts(connection: duckdb.DuckDBPyConnection) -> list[int]:
    return [connection.execute(f"SELECT count(*) FROM raw.{table}").fetchall()[0][0] for table in TABLES]


def dump(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    return [sorted(connection.execute(f"FROM raw.{table}").fetchall(), key=str) for table in TABLES]


def test_a_report_lands_as_it_was_read(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [batch(report("a"))])
    key = report_key(report("a").sha256, 1)
    assert connection.execute(
        "SELECT report_key, table_code, row_code, column_code, value, raw, state, line FROM raw.cell"
    ).fetchall() == [
        (key, "disclosure", "fees", "amount", Decimal("976.810000"), "976.81", "number", 7),
        (key, "dispute", "reconsideration", "total", None, None, "absent", None),
    ]
    document = connection.execute(
        """
        SELECT report_key, part, parser_version, organ, organ_level, organ_type, township, region_code, candidates,
            signed_on, published_on, url, problems, measures, status, parsed_at
        FROM raw.document
        """
    ).fetchall()
    assert document == [
        (
            *(key, 1, "7", "正宁县西坡镇人民政府", "township", "government", "西坡镇", "621025107"),
            *(["621025107", "140826101"], None, date(2023, 1, 18), "https://www.zninfo.gov.cn/1.html"),
            *("公开内容不够丰富。", None, "partial", AT.replace(tzinfo=None)),
        )
    ]
    assert connection.execute("FROM raw.claim").fetchall() == [
        (key, "channel", "website", Decimal(42), True, "网站发布42余条。", 3)
    ]
    assert connection.execute("FROM raw.metadata").fetchall() == [(key, "索引号", "1")]


def test_landing_twice_changes_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [batch(report("a"), report("b"))])
    once = dump(connection)
    land(connection, [batch(report("b")), batch(report("a"))])
    assert dump(connection) == once


def test_a_document_read_anew_replaces_its_parts(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [batch(report("a"), report("b"))])
    land(connection, [batch(report("a", None), report("c"), parser_version="8")])
    assert counts(connection) == [3, 6, 3, 3, 3, 3]
    values = connection.execute("SELECT report_key[1], value FROM raw.cell WHERE row_code = 'fees' ORDER BY report_key")
    assert values.fetchall() == [("a", None), ("b", Decimal("976.81")), ("c", Decimal("976.81"))]
    assert landed(connection, "8") == {(report("a").sha256, "c1"), (report("c").sha256, "c1")}
    assert landed(connection, "7") == {(report("b").sha256, "c1")}


def test_a_document_has_as_many_reports_as_were_read_last(connection: duckdb.DuckDBPyConnection) -> None:
    second = report("a")._replace(part=2, organ="正宁县山河镇人民政府")
    land(connection, [batch(report("a"), second)])
    key = report("a").sha256[:16]
    assert connection.execute("SELECT report_key, part FROM raw.document ORDER BY part").fetchall() == [
        (key, 1),
        (f"{key}-2", 2),
    ]
    assert counts(connection) == [2, 4, 2, 2, 2, 2]
    land(connection, [batch(report("a"), context="c2")])
    assert counts(connection) == [1, 2, 1, 1, 1, 1]
    assert landed(connection, "7") == {(report("a").sha256, "c2")}


def test_what_may_lie_with_the_machine_is_read_again(connection: duckdb.DuckDBPyConnection) -> None:
    slow = report("a")._replace(status=Status.REJECTED, reason="too_slow")
    broken = report("b")._replace(status=Status.REJECTED, reason="broken_file")
    land(connection, [batch(slow, broken)])
    assert landed(connection, "7") == {(broken.sha256, "c1")}


def test_reports_without_parts_land(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [batch(report("a")._replace(cells=Cells(), claims=(), findings=(), sections=(), metadata=()))])
    assert counts(connection) == [1, 0, 0, 0, 0, 0]


def test_a_value_that_does_not_fit_makes_no_batch() -> None:
    with pytest.raises(pa.ArrowInvalid):
        batch(report("b", Decimal("0.1234567")))


def test_a_code_that_no_form_has_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [batch(report("a"))])
    for column in ("table_code", "row_code", "column_code", "state"):
        with pytest.raises(duckdb.ConversionException):
            connection.execute(f"UPDATE raw.cell SET {column} = 'guessed'")


def test_a_batch_that_fails_leaves_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    land(connection, [batch(report("a"))])
    before = dump(connection)
    cells = batch(report("b"))["cell"]
    nobody = pa.RunEndEncodedArray.from_arrays(pa.array([len(cells)], pa.int32()), pa.nulls(1, pa.string()))
    ownerless = cells.set_column(0, cells.schema.field(0), nobody)
    with pytest.raises(duckdb.ConstraintException):
        land(connection, [batch(report("a", None)), batch(report("b")) | {"cell": ownerless}])
    assert dump(connection) == before
    land(connection, [batch(report("b"))])


def test_files_follow_the_inbox(connection: duckdb.DuckDBPyConnection) -> None:
    beijing = datetime(2024, 3, 1, 20, tzinfo=timezone(timedelta(hours=8)))
    sync_files(connection, [file("a.txt", "s1", 1), file("b.txt", "s2", 2)])
    sync_files(connection, [file("b.txt", "s3", 3, beijing), file("c.txt", "s1", 1)])
    at = AT.replace(tzinfo=None)
    listing = connection.execute("FROM raw.file ORDER BY path").fetchall()
    assert listing == [("b.txt", "s3", 3, at), ("c.txt", "s1", 1, at)]
    sync_files(connection, [])
    assert connection.execute("FROM raw.file").fetchall() == []


@pytest.mark.parametrize(
    "otherwise",
    [
        "ALTER TABLE raw.document DROP COLUMN url",
        "ALTER TABLE raw.cell ALTER COLUMN state TYPE VARCHAR",
        "ALTER TABLE raw.cell ALTER COLUMN state TYPE ENUM('number', 'blank', 'dash', 'text', 'absent', 'guessed')",
    ],
)
def test_the_landing_zone_of_another_release_is_made_anew(
    connection: duckdb.DuckDBPyConnection, otherwise: str
) -> None:
    land(connection, [batch(report("a"))])
    create_schema(connection)
    assert counts(connection) == [1, 2, 1, 1, 1, 1]
    connection.execute(otherwise)
    create_schema(connection)
    assert counts(connection) == [0] * len(TABLES)
    land(connection, [batch(report("a"))])
    assert counts(connection) == [1, 2, 1, 1, 1, 1]


KILLED_IN_THE_MIDDLE = """
import os, signal, sys
import duckdb
sys.path.insert(0, {folder!r})
from test_landing import batch, report
from dagster_project.warehouse import landing

connection = duckdb.connect({database!r})
landing.create_schema(connection)
landing.land(connection, [batch(report("a"))])

class DiesAtFindings(dict):
    # The second batch has written its documents and cells when the process is killed before it writes the findings.
    def __getitem__(self, table):
        if table == "finding":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__getitem__(table)

landing.land(connection, [DiesAtFindings(batch(report("a", None), report("b")))])
"""


def test_a_kill_in_the_middle_of_a_batch_leaves_the_batch_before(tmp_path: Path) -> None:
    database = tmp_path / "build.duckdb"
    script = KILLED_IN_THE_MIDDLE.format(folder=os.path.dirname(__file__), database=str(database))
    process = subprocess.run([sys.executable, "-c", script], check=False)
    assert process.returncode == -signal.SIGKILL
    with duckdb.connect(str(database)) as connection:
        assert counts(connection) == [1, 2, 1, 1, 1, 1]
        assert connection.execute("SELECT value FROM raw.cell WHERE row_code = 'fees'").fetchall() == [
            (Decimal("976.81"),)
        ]
        land(connection, [batch(report("a", None), report("b"))])
        assert counts(connection) == [2, 4, 2, 2, 2, 2]
