"""Which files of an inbox are read, which of several with the same bytes tells where a document is from, and how far it is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from what_readers_load import loaded

from dagster_project import reading
from dagster_project.inbox import list_files
from dagster_project.warehouse.ingest import IngestSummary, ingest

TOWN = "西坡镇人民政府2022年政府信息公开工作年度报告\n"
ZHENGNING, XIPO_IN_ZHENGNING = "甘肃省/庆阳市/正宁县", "621025107"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


def put(inbox: Path, path: str, text: str = TOWN) -> Path:
    file = inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def take_in(connection: duckdb.DuckDBPyConnection, inbox: Path) -> IngestSummary:
    return ingest(connection, inbox, lambda done, total: None)


def places(connection: duckdb.DuckDBPyConnection) -> list[str | None]:
    return [code for (code,) in connection.execute("SELECT region_code FROM raw.document ORDER BY sha256").fetchall()]


@pytest.mark.parametrize("first_listed", ["西坡镇.txt", "a.zip"])
def test_a_document_is_from_where_its_least_path_says(
    connection: duckdb.DuckDBPyConnection, inbox: Path, first_listed: str
) -> None:
    """The names at the top are listed, and so read, before those in folders."""
    town = put(inbox, f"0/{ZHENGNING}/西坡镇.txt")
    if first_listed.endswith(".zip"):
        with ZipFile(inbox / first_listed, "w") as bundle:
            bundle.write(town, town.name)
    else:
        put(inbox, first_listed)
    summary = take_in(connection, inbox)
    assert (summary.new, summary.unchanged) == (2, 0)
    assert places(connection) == [XIPO_IN_ZHENGNING]
    again = take_in(connection, inbox)
    assert (again.new, again.unchanged) == (0, 2)


def test_a_document_that_moves_is_read_again_where_it_is_now(
    connection: duckdb.DuckDBPyConnection, inbox: Path
) -> None:
    file = put(inbox, "收到/西坡镇.txt")
    take_in(connection, inbox)
    assert places(connection) == [None]
    file.rename(put(inbox, f"{ZHENGNING}/其他.txt", "其他").with_name("西坡镇.txt"))
    summary = take_in(connection, inbox)
    assert (summary.new, summary.unchanged) == (2, 0)
    assert XIPO_IN_ZHENGNING in places(connection)
    # A copy that comes before it in the listing, but not by its path, says nothing; one with a lesser path does.
    put(inbox, "西坡镇.txt")
    assert take_in(connection, inbox).new == 0
    put(inbox, "0/西坡镇.txt")
    assert take_in(connection, inbox).new == 3
    assert XIPO_IN_ZHENGNING not in places(connection)


def test_progress_is_told_up_to_the_last_file(connection: duckdb.DuckDBPyConnection, inbox: Path) -> None:
    for number in range(150):
        put(inbox, f"{number % 7}/{number}.txt", f"{number}")
    put(inbox, "0/0.meta.json", '{"url": "https://example.gov.cn/1"}')
    with ZipFile(inbox / "五份.zip", "w") as bundle:
        for number in range(5):
            bundle.writestr(f"{number}.txt", f"五份之{number}")
    for expected_new in (155, 0):
        told: list[tuple[int, int]] = []
        summary = ingest(connection, inbox, lambda done, total, told=told: told.append((done, total)))  # type: ignore[misc]
        assert summary.new == expected_new
        assert told[0] == (0, 152)
        assert told[-1] == (155, 155)
        assert all(before[0] <= after[0] <= after[1] for before, after in pairwise(told))


def test_no_process_is_started_where_there_is_nothing_to_read(
    connection: duckdb.DuckDBPyConnection, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "a.txt")
    take_in(connection, inbox)
    monkeypatch.delattr(reading, "ProcessPool")
    assert take_in(connection, inbox).unchanged == 1
    put(inbox, "b.txt", "b")
    with pytest.raises(NameError):
        take_in(connection, inbox)


def test_a_reading_process_loads_nothing_that_it_has_no_use_for(inbox: Path) -> None:
    """Each of these takes all of them a part of a second, and tens of megabytes of what they may hold."""
    put(inbox, "a.txt")
    put(inbox, "b.txt", "b")
    [(_, (documents, packages))] = reading.read_files(list(list_files(inbox)), loaded, processes=1)
    assert documents == 2
    assert "pyarrow" in packages
    assert packages.isdisjoint({"numpy", "pandas", "duckdb", "dagster", "great_expectations"})
