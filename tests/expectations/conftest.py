"""What the tests of the expectations share."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from gate_warehouse import Ask, ask, write_warehouse

from dagster_project.warehouse.paths import WarehousePaths


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    paths = WarehousePaths(tmp_path)
    write_warehouse(paths)
    return paths


@pytest.fixture(name="ask")
def ask_of(paths: WarehousePaths) -> Ask:
    """Runs suites after a statement has changed the build: (table, check) → result."""
    return partial(ask, paths)
