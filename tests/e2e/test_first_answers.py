"""What visitors ask first is answered before they ask, and short answers are asked for once."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import first_answers
from dashboard.address import Address
from dashboard.app import create_app
from dashboard.data import release as release_module
from dashboard.data.paging import part
from dashboard.data.queries import QUERIES
from dashboard.data.release import Warehouse
from dashboard.pages.selected import PAGES, TABLES
from dashboard.view import View

_AT_LEAST = 50
"""Statements behind the pages as they are first opened."""
SHORT = {name: query for name, query in QUERIES.items() if query.is_short}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that a release is asked and has no answer to yet."""
    statements: list[str] = []
    answer = release_module._rows

    def rows(connection: object, version: int, sql: str, parameters: object) -> object:
        statements.append(sql)
        return answer(connection, version, sql, parameters)

    monkeypatch.setattr(release_module, "_rows", rows)
    return statements


def test_the_first_pages_and_their_tables_ask_nothing_more(warehouse: Path, asked: list[str]) -> None:
    release = Warehouse(warehouse).whole()
    first_answers.ask(release)
    assert len(asked) >= _AT_LEAST
    asked.clear()
    for page in PAGES.values():
        view = View.of(release, Address(page.path))
        page.body(view)
        for table in TABLES.values():
            part(release, table.query, view.selection.parameters(), {"startRow": 0, "endRow": 100})
    assert asked == []


def test_a_server_that_looks_ahead_has_asked_before_its_first_visitor(
    warehouse: Path, tmp_path: Path, asked: list[str]
) -> None:
    create_app(warehouse, tmp_path)
    assert asked == []
    create_app(warehouse, tmp_path, ahead=True)
    assert len(asked) >= _AT_LEAST


def test_the_next_release_is_asked_soon_after_it_is_published(
    warehouse: Path, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_answers, "_LOOK_SECONDS", 0.05)
    first_answers.keep_ready(Warehouse(tmp_path))
    assert asked == []
    for name in ("first", "second"):
        published = tmp_path / f"{name}.duckdb"
        shutil.copyfile(warehouse / "current.duckdb", published)
        (tmp_path / "link").symlink_to(published)
        asked.clear()
        (tmp_path / "link").replace(tmp_path / "current.duckdb")
        deadline = time.monotonic() + 20
        while len(asked) < _AT_LEAST and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(asked) >= _AT_LEAST


def test_a_release_that_cannot_be_read_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "current.duckdb").write_text("no database")
    with caplog.at_level(logging.ERROR):
        server = create_app(tmp_path, tmp_path, ahead=True).server
    assert server.test_client().get("/healthz").status_code == 200
    assert "first answers" in caplog.text


@pytest.mark.parametrize("request_", [{}, {"startRow": 1, "endRow": 3}, {"startRow": 3, "endRow": 1}, {"startRow": 99}])
@pytest.mark.parametrize("name", SHORT)
def test_a_short_answer_has_the_parts_that_the_release_would_give(
    warehouse: Path, name: str, request_: Mapping[str, int]
) -> None:
    query, release = SHORT[name], Warehouse(warehouse).whole()
    given = View.of(release, Address()).selection.parameters()
    assert part(release, query, given, request_) == part(release, replace(query, is_short=False), given, request_)


def test_some_answers_are_short_and_have_rows(warehouse: Path) -> None:
    release = Warehouse(warehouse).whole()
    given = View.of(release, Address()).selection.parameters()
    assert sum(part(release, query, given, {}).found > 0 for query in SHORT.values()) >= 4
