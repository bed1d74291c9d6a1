"""The guide's questions have answers on a release of the real pipeline, and the release is its own dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.settings import PROJECT
from dashboard.data import overview
from dashboard.data.overview import COUNTS
from dashboard.data.questions import questions

GUIDE = (PROJECT / "docs" / "analyst-guide.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^```sql\n(.+?)^```", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def release(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(warehouse / "current.duckdb"), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question.split())[:40])
def test_a_question_of_the_guide_has_an_answer(question: str, release: duckdb.DuckDBPyConnection) -> None:
    assert release.sql(question).fetchall()


def test_the_guide_makes_figures_again_looks_back_and_shows_the_dictionary() -> None:
    assert len(QUESTIONS) == 8


def test_the_guide_lists_every_saved_question() -> None:
    listed = re.findall(r"\[([^]]+)\]\(\.\./dashboard/questions/(\w+)\.sql\)", GUIDE)
    assert listed == [(question.title_en, question.name) for question in questions()]


def test_figures_made_again_by_the_guide_are_those_of_the_overview(release: duckdb.DuckDBPyConnection) -> None:
    guide = GUIDE.partition("## Three figures of the overview")[2]
    reports, received, rate = (
        release.sql(query).to_arrow_table().to_pylist()[0]
        for query in re.findall(r"```sql\n(.+?)```", guide, re.DOTALL)[:3]
    )
    (year,) = release.sql("select max(year) from mart_report").fetchall()[0]
    asked = release.execute(COUNTS.sql, COUNTS.bound({"year": year})).to_arrow_table().to_pylist()
    counts = overview.counts(tuple(asked))
    assert reports["reports"] == counts.reports
    assert received["received"] == counts.received
    assert (rate["disclosed"], rate["processed"]) == (counts.disclosed, counts.processed)


def test_every_table_stands_in_the_picture_of_the_schema(release: duckdb.DuckDBPyConnection) -> None:
    picture = (PROJECT / "docs" / "images" / "schema.svg").read_text(encoding="utf-8")
    tables = {table for (table,) in release.sql("select table_name from duckdb_tables()").fetchall()}
    assert set(re.findall(r">(\w+_\w+)</text>", picture)) & tables == tables


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
