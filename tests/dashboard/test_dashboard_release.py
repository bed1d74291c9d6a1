"""Finding the current release: opening it, following the link, saying what is wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from known_release import CITY_2021, CITY_2022, REPORTS
from release_builder import write_release

from dashboard.app import create_app
from dashboard.data.about import about
from dashboard.data.overview import COUNTS
from dashboard.data.release import Release, ReleaseUnavailableError, Warehouse


def reports(release: Release, year: int | None = None) -> int:
    (row,) = COUNTS.rows(release, {"year": year})
    return int(row["reports"])


def test_no_release(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    assert warehouse.release_id() is None
    with pytest.raises(ReleaseUnavailableError) as caught:
        warehouse.current()
    assert caught.value.missing


def test_a_file_that_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "current.duckdb").write_text("no database")
    with pytest.raises(ReleaseUnavailableError) as caught:
        Warehouse(tmp_path).current()
    assert not caught.value.missing


def test_a_moved_link_opens_the_new_release_and_the_old_one_still_answers(tmp_path: Path) -> None:
    old_path = write_release(tmp_path, "run-1", [CITY_2021])
    warehouse = Warehouse(tmp_path)
    old = warehouse.current()
    assert warehouse.current() is old
    write_release(tmp_path, "run-2", [CITY_2021, CITY_2022])
    old_path.unlink()
    assert about(warehouse.current()).run_id == "run-2"
    assert reports(warehouse.current()) == 2
    assert reports(old) == 1


def test_threads_share_a_release(small_warehouse: Path) -> None:
    warehouse = Warehouse(small_warehouse)

    def received(year: int) -> int:
        return reports(warehouse.current(), year)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(received, [2021, 2022, 2023, 2024] * 16)) == [2, 2, 0, 1] * 16


def test_a_release_without_the_tables_is_unreadable(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "current.duckdb") as connection:
        connection.execute("create table release_info as select 'run-0' as run_id")
    with pytest.raises(ReleaseUnavailableError) as caught:
        reports(Warehouse(tmp_path).current())
    assert not caught.value.missing
    assert create_app(tmp_path, tmp_path).server.test_client().get("/readyz").status_code == 503


def test_the_release_is_read_only(small_warehouse: Path) -> None:
    with pytest.raises(ReleaseUnavailableError, match="read-only"):
        Warehouse(small_warehouse).current().rows("delete from dim_report")


def test_health(tmp_path: Path) -> None:
    client = create_app(tmp_path, tmp_path).server.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    write_release(tmp_path, "run-1", REPORTS)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()) == (200, {"status": "ready", "release": "run-1"})


def test_every_asset_is_served_from_here(small_warehouse: Path, tmp_path: Path) -> None:
    page = create_app(small_warehouse, tmp_path).server.test_client().get("/").get_data(as_text=True)
    assert "http://" not in page
    assert "https://" not in page
