"""Fixtures: the release of `known_release.py`, written to a real DuckDB file."""

from __future__ import annotations

from pathlib import Path

import pytest
from known_release import REPORTS, RULE_RESULTS
from release_builder import write_release

from dashboard.data.release import Release, Warehouse


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("warehouse")
    write_release(root, "run-1", REPORTS, RULE_RESULTS)
    return root


@pytest.fixture(scope="session")
def release(small_warehouse: Path) -> Release:
    return Warehouse(small_warehouse).current()
