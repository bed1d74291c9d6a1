"""A release with the rows of one region only: a file of its own, so that no query whatever reaches the others.

It is made once for each release and region, when an account of that region first asks, and lies in `scopes/` of the warehouse.
"""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

WHOLE = frozenset(
    {
        "dim_applicant",
        "dim_claim",
        "dim_disclosure_item",
        "dim_dispute",
        "dim_form",
        "dim_form_cell",
        "dim_indicator",
        "dim_outcome",
        "dim_region",
        "dim_rule",
        "dim_year",
        "release_info",
    }
)
"""Tables that say nothing of any organ: the form, the words, the gazetteer. `dim_year` and `release_info` count, and are counted anew."""

_STORAGE = "storage_version 'v1.2.0', block_size 65536"
"""As the releases: with small blocks many small tables take little room."""
_OPTIONS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Pages are served meanwhile.
    "threads": 2,
    "memory_limit": "1GB",
}

_OF_REGION = """
create temp table kept_organ as
select organ_key from whole.dim_organ where starts_with(region_code, $code);
create temp table kept_report as
select report_key from whole.dim_report where organ_key in (select organ_key from kept_organ);
"""
_ORGANS, _REPORTS = "(select organ_key from kept_organ)", "(select report_key from kept_report)"
_CONDITIONS = {
    "mart_indicator": f"""
        case when organ_key is null then starts_with(region_code, $code) else organ_key in {_ORGANS} end
    """,
    # Whoever has never filed is in no other table.
    "mart_filing": f"""
        organ_key in {_ORGANS}
        or (starts_with(region_code, $code) and organ_key not in (select organ_key from whole.dim_organ))
    """,
}
"""The tables whose rows are not chosen by the key of their organ or report alone."""
_COUNTED_ANEW = {
    "dim_year": "update dim_year set is_reported = year in (select year from dim_report)",
    "release_info": """
        update release_info set
            reports = (select count(*) from dim_report),
            files = (select count(distinct path) from mart_document),
            has_sample = (select coalesce(bool_or(is_sample), false) from dim_report)
    """,
}


_being_made: set[Path] = set()


def scope_file(release: Path, code: str) -> Path:
    """Where the region's part of a release lies, once it was made. `release` is a file in `releases/`."""
    return release.parents[1] / "scopes" / f"{release.stem}-{code}.duckdb"


def scope_to_serve(release: Path, code: str) -> Path:
    """The region's part of `release`; while a thread makes that, the part of the release before it, so that nobody waits. Where there is
    none of either, the name of the file that `scoped_release` makes."""
    target = scope_file(release, code)
    if target.exists():
        return target
    earlier = sorted(target.parent.glob(f"*-{code}.duckdb"))
    if not earlier:
        return target
    if target not in _being_made:
        _being_made.add(target)
        threading.Thread(target=_make_meanwhile, args=(release, code), daemon=True).start()
    return earlier[-1]


def _make_meanwhile(release: Path, code: str) -> None:
    try:
        scoped_release(release, code)
    except (duckdb.Error, OSError) as error:
        logging.getLogger(__name__).error("the part %s of release %s cannot be made: %s", code, release.stem, error)
    finally:
        # Where it failed, the next request tries again.
        _being_made.discard(scope_file(release, code))


def scoped_release(release: Path, code: str) -> Path:
    """The part of a release that is about the region of a division code and all below it. Any thread of any process may call: one makes
    the file, the others wait for it.

    Raises:
        duckdb.Error: when the release cannot be read.
        OSError: when the file cannot be written.
    """
    target = scope_file(release, code)
    if not target.exists():
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with _turn(target.parent / f".{code}.lock"):
            if not target.exists():
                draft = target.with_suffix(".part")
                draft.unlink(missing_ok=True)  # left by a process that was killed
                _write(release, draft, code)
                draft.rename(target)
                _drop_gone(target.parent, release.parent)
    return target


@contextmanager
def _turn(file: Path) -> Iterator[None]:
    with file.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _drop_gone(scopes: Path, releases: Path) -> None:
    """Removes what belongs to releases that are gone; whoever has such a file open goes on reading it."""
    for file in (*scopes.glob("*.duckdb"), *scopes.glob("*.part")):
        if not (releases / f"{file.stem.rpartition('-')[0]}.duckdb").exists():
            file.unlink(missing_ok=True)


def _write(release: Path, draft: Path, code: str) -> None:
    with duckdb.connect(config=_OPTIONS) as connection:
        connection.execute(f"attach '{_quoted(release)}' as whole (read_only)")
        connection.execute(f"attach '{_quoted(draft)}' as region ({_STORAGE})")
        for statement in _OF_REGION.strip().split(";\n"):
            connection.execute(statement, {"code": code} if "$code" in statement else None)
        connection.execute("use region")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'whole' order by 1"
        ).fetchall()
        for (table,) in tables:
            _copy(connection, table, code)
        for table, statement in _COUNTED_ANEW.items():
            if (table,) in tables:
                connection.execute(statement)
        connection.execute("use memory; detach region")


def condition(table: str, columns: set[str]) -> str | None:
    """Which rows of a table are the region's; None for a table that does not say, and so is left out whole."""
    if table in WHOLE:
        return "true"
    if table in _CONDITIONS:
        return _CONDITIONS[table]
    if "organ_key" in columns:
        return f"organ_key in {_ORGANS}"
    return f"report_key in {_REPORTS}" if "report_key" in columns else None


def _copy(connection: duckdb.DuckDBPyConnection, table: str, code: str) -> None:
    columns = connection.execute(
        "select column_name, data_type, comment from duckdb_columns()"
        " where database_name = 'whole' and table_name = ? order by column_index",
        [table],
    ).fetchall()
    where = condition(table, {name for name, _, _ in columns})
    if where is None:
        return
    packed = {
        name
        for (name,) in connection.execute(
            f"select distinct column_name from pragma_storage_info('whole.main.{table}') where compression = 'ZSTD'"
        ).fetchall()
    }
    definitions = (f'"{name}" {kind}{" using compression zstd" if name in packed else ""}' for name, kind, _ in columns)
    connection.execute(f'create table "{table}" ({", ".join(definitions)})')
    names = {name for name, _, _ in columns}
    values = ", ".join(_value(name, names) for name in (name for name, _, _ in columns))
    connection.execute(
        f'insert into "{table}" select {values} from whole.main."{table}" where {where}',
        {"code": code} if "$code" in where else None,
    )
    (comment,) = connection.execute(
        "select comment from duckdb_tables() where database_name = 'whole' and table_name = ?", [table]
    ).fetchall()[0]
    for place, words in [(f'table "{table}"', comment), *((f'column "{table}"."{n}"', c) for n, _, c in columns)]:
        if words:
            connection.execute(f"comment on {place} is '{words.replace(chr(39), chr(39) * 2)}'")


def _value(name: str, names: set[str]) -> str:
    """A column as it is, but for what leads to a report or organ of another region, or speaks of one."""
    if name.endswith("report_key") and name != "report_key":
        return f'case when "{name}" in {_REPORTS} then "{name}" end'
    if name.endswith("organ_key") and name != "organ_key":
        return f'case when "{name}" in {_ORGANS} then "{name}" end'
    if name == "detail" and "other_report_key" in names:
        return f'case when other_report_key is null or other_report_key in {_REPORTS} then "{name}" end'
    return f'"{name}"'


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
