"""The dictionary says what the release's comments say, and its search finds tables and columns."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.data.dictionary import Table, matching, tables
from dashboard.data.release import Release


@pytest.fixture
def described(tmp_path: Path) -> tuple[Table, ...]:
    path = tmp_path / "run-1.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("""
            create table release_info as select 'run-1' as run_id;
            create table fct_case (organ_key varchar, value decimal(18,6));
            insert into fct_case values ('a', 1), ('b', null);
            comment on table fct_case is 'Cases that were heard.
 Grain: one row per case.';
            comment on column fct_case.value is 'The figure as printed.';
        """)
    return tables(Release(path, path.with_name("ledger.sqlite")))


def test_a_table_is_told_with_its_grain_and_columns(described: tuple[Table, ...]) -> None:
    fact, info = described
    assert (fact.name, fact.description, fact.grain, fact.rows) == (
        "fct_case",
        "Cases that were heard.",
        "one row per case.",
        2,
    )
    assert [(column.name, column.data_type, column.description) for column in fact.columns] == [
        ("organ_key", "varchar", ""),
        ("value", "decimal(18,6)", "The figure as printed."),
    ]
    assert (info.description, info.grain) == ("", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {"fct_case": ["organ_key", "value"], "release_info": ["run_id"]}),
        ("HEARD", {"fct_case": ["organ_key", "value"]}),
        ("case printed", {"fct_case": ["value"]}),
        ("run_id", {"release_info": ["run_id"]}),
        ("%", {}),
    ],
)
def test_search(described: tuple[Table, ...], text: str, found: dict[str, list[str]]) -> None:
    assert {table.name: [c.name for c in table.columns] for table in matching(described, text)} == found
