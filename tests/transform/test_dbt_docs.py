"""Everything that dbt builds is described, and every table for readers says what one of its rows is."""

from __future__ import annotations

import re
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import duckdb
import pytest
from small_warehouse import Dbt

from expectations.results import TABLES


@pytest.fixture
def nodes(build: tuple[Path, CompletedProcess[str]], dbt: Dbt) -> dict[str, dict[str, Any]]:
    """Every source, seed and model by its unique id."""
    manifest = dbt.manifest()
    described = {**manifest["sources"], **manifest["nodes"]}
    return {name: node for name, node in described.items() if node["resource_type"] in ("source", "seed", "model")}


def test_every_column_that_exists_is_described(
    nodes: dict[str, dict[str, Any]], marts: duckdb.DuckDBPyConnection
) -> None:
    described = {
        (node["schema"], node["name"], column["name"])
        for node in nodes.values()
        for column in node["columns"].values()
        if node["name"] not in TABLES and column["description"].strip()
    }
    existing = marts.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns()"
        " WHERE NOT internal AND NOT list_contains(?, table_name) AND schema_name != 'rules'",
        [list(TABLES)],  # the rules describe their own, and what they remember
    )
    assert set(existing.fetchall()) == described


def test_every_table_says_its_grain(nodes: dict[str, dict[str, Any]]) -> None:
    grain = re.compile(r"Grain: one row per [^.]+\.$")
    silent = [name for name, node in nodes.items() if not grain.search(node["description"].strip())]
    assert silent == []


def test_every_mart_has_an_enforced_contract(nodes: dict[str, dict[str, Any]]) -> None:
    marts = [node for node in nodes.values() if node["resource_type"] == "model" and node["schema"] == "main"]
    assert len(marts) == 30
    assert [node["name"] for node in marts if not node["config"]["contract"]["enforced"]] == []
