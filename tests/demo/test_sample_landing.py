"""Samples that are landed without files: the rows are those of the files, and real reports are never among them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dagster_project.demo.corpus import write_corpus
from dagster_project.sample_landing import HoldsRealReports, land_samples
from dagster_project.warehouse.ingest import ingest
from dagster_project.warehouse.raw_schema import TABLES

_WHEN = ("parsed_at", "modified_at")


def rows(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: connection.sql(
            f"select {', '.join(name for name in columns.names if name not in _WHEN)} from raw.{table} order by all"
        ).fetchall()
        for table, columns in TABLES.items()
    }


def test_samples_land_as_if_they_had_lain_in_the_inbox(tmp_path: Path) -> None:
    write_corpus(tmp_path / "示例3", 40, seed=3)
    with duckdb.connect() as inbox, duckdb.connect() as direct:
        ingest(inbox, tmp_path, lambda done, total: None)
        land_samples(direct, 40, seed=3)
        assert rows(direct) == rows(inbox)
        assert direct.sql("select bool_and(is_sample) from raw.document").fetchall() == [(True,)]
        land_samples(direct, 40, seed=3)
        assert rows(direct) == rows(inbox)
        land_samples(direct, 10, seed=4)
        assert direct.sql("select count(*) from raw.file").fetchall() == [(50,)]


def test_samples_are_never_landed_among_real_reports() -> None:
    with duckdb.connect() as connection:
        land_samples(connection, 5, seed=1)
        connection.execute("update raw.document set is_sample = false")
        with pytest.raises(HoldsRealReports):
            land_samples(connection, 5, seed=2)
