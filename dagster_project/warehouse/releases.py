"""Publishing: the marts of a build become a release, and the link moves to it.

A release is a DuckDB file of its own, closed before anyone reads it. `current.duckdb` is a link that is replaced in one step;
whoever has the old release open goes on reading it. Earlier releases stay on disk, and `roll_back` points to one of them.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dagster_project.report_parser.model import CellState

from .paths import WarehousePaths
from .published_builds import CHANGED_REPORTS

_STORAGE = "storage_version 'v1.2.0', block_size 65536"
"""As old as the oldest client that is to read a release. Small blocks waste less on the many small columns."""
_PROSE = ("text", "sentence", "problems", "measures", "processing_fee", "message", "detail")
"""Columns of whole sentences: what DuckDB chooses by itself for them takes three to five times the room."""
_CODES = {("report_cell", column) for column in ("table_code", "row_code", "column_code", "state")}
"""The codes of a cell, two hundred a report, as enumerations: they take a fifth less room, and read as text everywhere."""
_WORTH_COPYING = 0.1
"""Share of the reports that may have changed for a release to begin as a copy of the last one."""
_CLUSTERED_BY = {
    # Some hundreds of reports together, cell by cell: a report is found without reading the others, as is one cell of all of them.
    "report_cell": "left(report_key, 2), table_code, row_code, column_code",
    # Its sentences are long, and pages ask for those of a year.
    "fct_channel": "year, sentence",
    "fct_application": "organ_key, report_key, applicant_code",
    # What fails is one row in fifty, and what most pages ask for: it stands apart. There a report's results stand together.
    "fct_rule_result": "status, organ_key, report_key, rule_id, place",
    # A region is asked for by the first digits of the code.
    "mart_filing": "region_code, organ_key, year",
    # By year first, then by province: pages ask for one.
    "mart_report": "year, province_code, organ_level, organ_type, processed, organ_key",
}
"""The order of a table's rows in the release where another than the build's takes less room: like stands beside like."""

_ALSO_REPLACED = {"fct_rule_result": "rule_id in (select rule_id from build.main.dim_rule where scope = 'history')"}
"""What such rules say of a report may change with other reports."""


class NoSuchRelease(Exception):
    """There is no release to point to."""


@dataclass(frozen=True)
class Update:
    """How a release is made from an earlier one: `base` is its id, and the `tables` are kept report by report, in the build as in the
    base. Of these the rows of the reports that changed are replaced; all other tables are copied anew."""

    base: str
    tables: frozenset[str]


def write_release(
    paths: WarehousePaths, release_id: str, parser_version: str, update: Update | None = None
) -> dict[str, int]:
    """Write every table of the build's schema main into a new release file; returns the number of rows that each should have.

    With an `update` the file begins as a copy of the base, unless the base is gone or more changed than is worth it; the rows are the
    same either way.
    """
    paths.releases.mkdir(parents=True, exist_ok=True)
    for stale in paths.releases.glob("*.part*"):
        stale.unlink()  # left by a build that was killed
    draft = paths.releases / f"{release_id}.part"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{quoted(paths.build)}' as build (read_only)")
        rows = _count_rows(connection, "build")
        kept: set[str] = set()
        if update and _is_worth_it(connection) and (base := paths.releases / f"{update.base}.duckdb").exists():
            shutil.copyfile(base, draft)
            connection.execute(f"attach '{quoted(draft)}' as release; use release")
            kept = _take_in_changes(connection, update.tables)
        else:
            connection.execute(f"attach '{quoted(draft)}' as release ({_STORAGE}); use release")
        for table in sorted(rows.keys() - kept):
            _copy(connection, table)
        _write_release_info(connection, release_id, parser_version)
        is_whole = _count_rows(connection, "release").items() >= rows.items()
        connection.execute("use memory; detach release")
    if kept and not is_whole:
        return write_release(paths, release_id, parser_version)
    draft.rename(paths.releases / f"{release_id}.duckdb")
    return rows


def _is_worth_it(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether few reports changed since the last published build; they are in the temporary table `changed` then."""
    connection.execute(f"use build; create temp table changed as {CHANGED_REPORTS}")
    share = "select (select count(*) from changed) / greatest((select count(*) from dim_report), 1)"
    return bool(connection.sql(share).fetchall()[0][0] < _WORTH_COPYING)


def _take_in_changes(connection: duckdb.DuckDBPyConnection, tables: frozenset[str]) -> set[str]:
    """Bring those `tables` of the copied base up to date, and drop all others; returns the tables that are done."""
    found = _count_rows(connection, "release").keys()
    for table in found - tables:
        connection.execute(f'drop table "{table}"')
    # What they took is free from here on; without this the file would grow with every release.
    connection.execute("checkpoint release")
    for table in found & tables:
        changed = f"where report_key in (select report_key from changed) or {_ALSO_REPLACED.get(table, 'false')}"
        connection.execute(f'delete from "{table}" {changed}')
        connection.execute(f'insert into "{table}" by name select * from build.main."{table}" {changed}')
    return set(found & tables)


def _copy(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Copy a table of the build into the release, so that it takes little room there."""
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns()"
        " where database_name = 'build' and schema_name = 'main' and table_name = ? order by column_index",
        [table],
    ).fetchall()
    kinds = {name: _code_type(connection, name) if (table, name) in _CODES else _plain(kind) for name, kind in columns}
    definitions = (
        f'"{name}" {kind}{" using compression zstd" if name in _PROSE else ""}' for name, kind in kinds.items()
    )
    connection.execute(f'create table "{table}" ({", ".join(definitions)})')
    order = f" order by {_CLUSTERED_BY[table]}" if table in _CLUSTERED_BY else ""
    connection.execute(f'insert into "{table}" select * from build.main."{table}"{order}')
    for column, comment in connection.execute(
        """
        select null, comment from duckdb_tables()
        where database_name = 'build' and schema_name = 'main' and table_name = $table
        union all
        select column_name, comment from duckdb_columns()
        where database_name = 'build' and schema_name = 'main' and table_name = $table
        """,
        {"table": table},
    ).fetchall():
        _comment(connection, f'column "{table}"."{column}"' if column else f'table "{table}"', comment)


def _plain(kind: str) -> str:
    """The type in a release of what the build keeps as `kind`: an enumeration that saves the writer time saves the reader nothing."""
    return "varchar" if kind.startswith("ENUM") else kind


def _code_type(connection: duckdb.DuckDBPyConnection, column: str) -> str:
    """An enumeration of every code that the column may have: those of the form, or the states of a cell."""
    if column == "state":
        codes = [str(state) for state in CellState]
    else:
        query = f'select distinct "{column}" from build.main.dim_form_cell order by 1'
        codes = [code for (code,) in connection.sql(query).fetchall()]
    return f"enum ({', '.join(repr(code) for code in codes)})"


def read_back(paths: WarehousePaths, release_id: str) -> dict[str, int]:
    """The number of rows of each table in the release as it lies on disk."""
    with duckdb.connect(str(paths.releases / f"{release_id}.duckdb"), read_only=True) as connection:
        return _count_rows(connection, connection.sql("select current_database()").fetchall()[0][0])


def _count_rows(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = ? and schema_name = 'main'", [database]
    ).fetchall()
    return {
        table: connection.sql(f'select count(*) from "{database}".main."{table}"').fetchall()[0][0]
        for (table,) in tables
    }


def _write_release_info(connection: duckdb.DuckDBPyConnection, release_id: str, parser_version: str) -> None:
    connection.execute(
        """
        create table release_info as
        select
            $release_id::varchar as run_id,
            $published_at::timestamp as published_at,
            $parser_version::varchar as parser_version,
            (select count(*) from dim_report)::bigint as reports,
            (select count(distinct path) from mart_document)::bigint as files,
            (select coalesce(bool_or(is_sample), false) from dim_report) as has_sample
        """,
        {
            "release_id": release_id,
            "published_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            "parser_version": parser_version,
        },
    )
    for place, comment in {
        "table release_info": "What this release is. Grain: one row.",
        "column release_info.run_id": "Id of the release; its file is releases/<run_id>.duckdb.",
        "column release_info.published_at": "When it was written, UTC.",
        "column release_info.parser_version": "Fingerprint of the parser that read the documents.",
        "column release_info.reports": "Report versions in dim_report.",
        "column release_info.files": "Files that lay in the inbox.",
        "column release_info.has_sample": "Whether any report is a generated sample.",
    }.items():
        _comment(connection, place, comment)


def point_to(paths: WarehousePaths, release_id: str) -> None:
    """Make `release_id` the published release, in one step."""
    link = paths.root / f".current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / f"{release_id}.duckdb")
    os.replace(link, paths.current)


def published(paths: WarehousePaths) -> str | None:
    """Id of the published release, or None before the first."""
    return paths.current.resolve().stem if paths.current.exists() else None


def list_releases(paths: WarehousePaths) -> list[str]:
    """Ids of the releases on disk, newest first."""
    return sorted((file.stem for file in paths.releases.glob("*.duckdb")), reverse=True)


def roll_back(paths: WarehousePaths, to: str | None = None) -> str:
    """Point to release `to`, or to the one before the published; returns its id.

    Raises:
        NoSuchRelease: when there is none.
    """
    releases, now = list_releases(paths), published(paths)
    if to is None:
        earlier = [release for release in releases if now is not None and release < now]
        if not earlier:
            raise NoSuchRelease("没有更早的版本可以回退。")
        to = earlier[0]
    elif to not in releases:
        raise NoSuchRelease(f"没有版本 {to}；现有：{'、'.join(releases) or '无'}。")
    point_to(paths, to)
    return to


def drop_old_releases(paths: WarehousePaths, keep: int) -> list[str]:
    """Remove all but the newest `keep` releases; the published one always stays. Returns the ids removed."""
    surplus = [release for release in list_releases(paths)[keep:] if release != published(paths)]
    for release in surplus:
        (paths.releases / f"{release}.duckdb").unlink()
    return surplus


def _comment(connection: duckdb.DuckDBPyConnection, place: str, comment: str | None) -> None:
    if comment:
        quoted = comment.replace("'", "''")
        connection.execute(f"comment on {place} is '{quoted}'")


def quoted(path: Path) -> str:
    """The path as it stands between the quotes of a statement."""
    return str(path).replace("'", "''")
