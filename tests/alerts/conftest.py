"""A warehouse folder with a real ledger, and receivers that listen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from receivers import Given, MailServer, Webhook

from dagster_project.alerts.routes import Routes, load_routes
from dagster_project.warehouse.paths import WarehousePaths


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    server = Webhook()
    yield server
    server.close()


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """The routes of a file with this text below its first line."""

    def write(text: str, **environment: str) -> Routes:
        file = tmp_path / "alerts.toml"
        file.write_text(f'dashboard = "http://gongkai.example.gov.cn"\n{text}', encoding="utf-8")
        routes = load_routes(file, environment)
        assert routes is not None
        return routes

    return write
