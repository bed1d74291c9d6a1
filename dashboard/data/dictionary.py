"""The data dictionary that a release carries: its tables and columns with the comments on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from .release import Release, Row

# The comments are the descriptions of the dbt models; those end in the grain.
_COLUMNS = """
select t.table_name, t.comment as table_comment, t.estimated_size as rows, c.column_name,
    -- Which values an enumeration has, the description says better.
    case when starts_with(c.data_type, 'ENUM') then 'enum' else lower(c.data_type) end as data_type,
    c.comment
from duckdb_columns() c
join duckdb_tables() t using (database_name, schema_name, table_name)
-- The ledger is laid beside the release where a page asks for it; it is no part of it.
where not c.internal and c.database_name = current_database()
order by t.table_name, c.column_index
"""
_GRAIN = "Grain: "


@dataclass(frozen=True)
class Column:
    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class Table:
    """`grain` says what a row is; empty where the comment does not say."""

    name: str
    description: str
    grain: str
    rows: int
    columns: tuple[Column, ...]


def tables(release: Release) -> tuple[Table, ...]:
    """All tables of the release by name, their columns in order."""
    return tuple(_table(name, list(rows)) for name, rows in groupby(release.rows(_COLUMNS), itemgetter("table_name")))


def _table(name: str, rows: list[Row]) -> Table:
    first = rows[0]
    description, _, grain = " ".join(str(first["table_comment"] or "").split()).partition(_GRAIN)
    columns = tuple(
        Column(str(row["column_name"]), str(row["data_type"]), str(row["comment"] or "").strip()) for row in rows
    )
    return Table(name, description.strip(), grain, int(str(first["rows"])), columns)


def matching(all_tables: tuple[Table, ...], text: str) -> tuple[Table, ...]:
    """The tables that contain every word of `text`. Where the table itself does, all its columns are kept; else those that do."""
    words = text.casefold().split()

    def contains(*parts: str) -> bool:
        haystack = " ".join(parts).casefold()
        return all(word in haystack for word in words)

    found = []
    for table in all_tables:
        if contains(table.name, table.description, table.grain):
            found.append(table)
        elif columns := tuple(c for c in table.columns if contains(table.name, c.name, c.data_type, c.description)):
            found.append(replace(table, columns=columns))
    return tuple(found)
