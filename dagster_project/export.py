"""Exporting a release: every table as files of one format, and a manifest that says what they are.

The files are written into a folder beside the one asked for, which takes its place when all of them are there: whoever looks finds the
whole earlier export, or the whole new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import duckdb
from xlsxwriter.exceptions import XlsxWriterException

from dagster_project.workbooks import MOST_ROWS, write_workbook

Format = Literal["parquet", "csv", "xlsx"]
MANIFEST = "manifest.json"
_MADE_BY = "gongkai export"
_COPY_OPTIONS = {"parquet": "format parquet, compression zstd", "csv": "format csv, header"}
_BATCH_ROWS = 10_000


class ExportFailed(Exception):
    """Nothing was exported, and what lay in the folder is as it was; the message says why."""


@dataclass(frozen=True)
class Column:
    """`description`: what the release says of it."""

    name: str
    type: str
    description: str | None


@dataclass(frozen=True)
class ExportedFile:
    """One file: the rows of `table` in it. A table may need several, in the order of their names."""

    table: str
    file: str
    rows: int
    columns: tuple[Column, ...]
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an export holds. `parser_version`: the parser that read the documents. `has_sample`: whether generated reports are among
    them. `notes`: what the format could not take as it is."""

    made_by: str
    release: str
    published_at: str
    parser_version: str
    has_sample: bool
    format: Format
    tables: tuple[ExportedFile, ...]
    notes: tuple[str, ...]


def prepare(release: Path, folder: Path) -> int:
    """Whether `release` can be exported to `folder`, and if so, how many rows that will be.

    Raises:
        ExportFailed: when it cannot.
    """
    _check_folder(folder)
    with _open(release) as connection:
        return sum(_count(connection, table) for table in _tables(connection))


def export_release(release: Path, folder: Path, form: Format, on_rows: Callable[[int], object]) -> Manifest:
    """Export every table of `release` to `folder`. `on_rows` is told how many rows were written since it was told last.

    Raises:
        ExportFailed: when `folder` holds anything but an earlier export, or cannot be written.
    """
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        draft.mkdir(parents=True)
        with _open(release) as connection:
            manifest = _write(connection, draft, form, on_rows)
        (draft / MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=2), encoding="utf-8")
        _check_folder(folder)  # it may have taken minutes
        _replace(folder, draft)
    except OSError as error:
        raise ExportFailed(
            f"无法写入 {error.filename or folder}：{error.strerror or error}；请检查目录权限和磁盘空间。"
        ) from error
    except (duckdb.Error, XlsxWriterException) as error:
        raise ExportFailed(f"导出失败：{error}；请检查磁盘空间后再试。") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


# --- The folder ------------------------------------------------------------------------------------------------------


def _check_folder(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ExportFailed(f"{folder} 不是目录；请另选一个目录。")
    if not folder.exists():
        return
    found = {path.name for path in folder.iterdir()}
    if foreign := sorted(found - _earlier_files(folder)):
        more = f" 等 {len(foreign):,} 项" if len(foreign) > 1 else ""
        raise ExportFailed(
            f"{folder} 不是空目录，其中有不属于以前导出的 {foreign[0]}{more}；请另选一个目录，或先移走它们。"
        )


def _earlier_files(folder: Path) -> set[str]:
    """The names of the files of the export that `folder` holds; none if it holds none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        is_export = manifest["made_by"] == _MADE_BY
        return {MANIFEST, *(file["file"] for file in manifest["tables"])} if is_export else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _replace(folder: Path, draft: Path) -> None:
    """Put `draft` in the place of `folder`."""
    if not folder.exists():
        draft.rename(folder)
        return
    earlier = folder.with_name(f".{folder.name}.{os.getpid()}.earlier")
    folder.rename(earlier)
    try:
        draft.rename(folder)
    except OSError:
        earlier.rename(folder)
        raise
    shutil.rmtree(earlier)


# --- The tables ------------------------------------------------------------------------------------------------------


@contextmanager
def _open(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        connection = duckdb.connect(str(release), read_only=True)
    except duckdb.Error as error:
        raise ExportFailed(f"无法打开版本 {release.stem}：{error}") from error
    with connection:
        yield connection


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Column, ...]]:
    """The columns of every table, by the tables' names in order."""
    tables: dict[str, tuple[Column, ...]] = {}
    for table, *column in connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns()"
        " where not internal and schema_name = 'main' order by table_name, column_index"
    ).fetchall():
        tables[table] = (*tables.get(table, ()), Column(*column))
    return tables


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f'select count(*) from "{table}"').fetchall()[0][0])


def _write(
    connection: duckdb.DuckDBPyConnection, draft: Path, form: Format, on_rows: Callable[[int], object]
) -> Manifest:
    files: list[ExportedFile] = []
    notes: list[str] = []
    for table, columns in _tables(connection).items():
        if form == "xlsx":
            written, cut = _write_workbooks(connection, table, draft, on_rows)
            if cut:
                notes.append(
                    f"{table}：{cut:,} 个单元格超过 Excel 的 32,767 个字符，已截断并注明；全文请导出 parquet 或 csv。"
                )
        else:
            written = [_copy(connection, table, columns, draft, form)]
            on_rows(written[0][1])
        files += [ExportedFile(table, path.name, rows, columns, _sha256(path)) for path, rows in written]
    release, published_at, parser_version, has_sample = connection.execute(
        "select run_id, published_at, parser_version, has_sample from release_info"
    ).fetchall()[0]
    return Manifest(
        _MADE_BY, release, f"{published_at.isoformat()}Z", parser_version, has_sample, form, tuple(files), tuple(notes)
    )


def _copy(
    connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[Column, ...], draft: Path, form: Format
) -> tuple[Path, int]:
    path = draft / f"{table}.{form}"
    names = [f'"{column.name}"' for column in columns]
    if form == "csv":
        # DuckDB writes no byte order mark, but a first column's name that begins with one comes to the same bytes.
        names[0] += f' as "\ufeff{columns[0].name}"'
    (rows,) = connection.execute(
        f"copy (select {', '.join(names)} from \"{table}\") to '{_quoted(path)}' ({_COPY_OPTIONS[form]})"
    ).fetchall()[0]
    return path, int(rows)


def _write_workbooks(
    connection: duckdb.DuckDBPyConnection, table: str, draft: Path, on_rows: Callable[[int], object]
) -> tuple[list[tuple[Path, int]], int]:
    """The workbooks of a table with their rows, and how many texts had to be cut."""
    count = _count(connection, table)
    parts = max(1, -(-count // MOST_ROWS))
    result = connection.execute(f'select * from "{table}"')
    names = [name for name, *_ in result.description]
    rows = _rows(result, on_rows)
    written, cut = [], 0
    for part in range(parts):
        path = draft / (f"{table}.xlsx" if parts == 1 else f"{table}-{part + 1}.xlsx")
        cut += write_workbook(path, table, names, islice(rows, MOST_ROWS))
        written.append((path, min(MOST_ROWS, count - part * MOST_ROWS)))
    return written, cut


def _rows(result: duckdb.DuckDBPyConnection, on_rows: Callable[[int], object]) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(_BATCH_ROWS):
        yield from rows
        on_rows(len(rows))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
