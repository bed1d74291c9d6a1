"""The guide's questions have answers on a release of the real pipeline, and the release is its own dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import PROJECT

GUIDE = (PROJECT / "docs" / "analyst-guide.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^```sql\n(.+?)^```", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def release(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(warehouse / "current.duckdb"), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question.split())[:40])
def test_a_question_of_the_guide_has_an_answer(question: str, release: duckdb.DuckDBPyConnection) -> None:
    assert release.sql(question).fetchall()


def test_the_guide_asks_eight_questions_looks_back_in_four_and_shows_the_dictionary() -> None:
    assert len(QUESTIONS) == 13


def test_every_table_of_the_release_is_in_the_guide(release: duckdb.DuckDBPyConnection) -> None:
    tables = release.sql("select table_name from duckdb_tables()").fetchall()
    rows = "\n".join(line.split("|")[1] for line in GUIDE.splitlines() if line.startswith("| `"))
    assert {table for (table,) in tables} == set(re.findall(r"`(\w+)`", rows))


def test_every_table_and_column_of_the_release_is_described(release: duckdb.DuckDBPyConnection) -> None:
    undescribed = release.sql(
        """
        select table_name, null from duckdb_tables() where comment is null
        union all
        select table_name, column_name from duckdb_columns() where comment is null and not internal
        """
    )
    assert undescribed.fetchall() == []
