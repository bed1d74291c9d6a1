"""One run of the real dbt over a small landed database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import duckdb
import pytest
from small_warehouse import Dbt, land_all, landed_reports


@pytest.fixture(scope="session")
def dbt(tmp_path_factory: pytest.TempPathFactory) -> Dbt:
    return Dbt(tmp_path_factory.mktemp("dbt"))


@pytest.fixture(scope="session")
def build(dbt: Dbt, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CompletedProcess[str]]:
    """The database after `dbt build`, with all its tests, and what the command said."""
    database = tmp_path_factory.mktemp("first") / "build.duckdb"
    land_all(database, landed_reports())
    return database, dbt.build(database)


@pytest.fixture
def marts(build: tuple[Path, CompletedProcess[str]]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(build[0]), read_only=True) as connection:
        yield connection
