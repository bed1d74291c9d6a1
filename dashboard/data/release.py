"""The published release: finding it, opening it read-only, asking it.

`<warehouse>/current.duckdb` is a link that the publisher flips. It is resolved for every request, and a moved link opens the
new file; a query that is still running keeps the old one, because its cursor does. An account with a region gets a file with the rows of
that region (`scope`), and nothing else of the warehouse.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dagster_project.warehouse.releases import quoted

from ..access import current as access
from . import ledger_tables
from .account_ledger import AccountLedger
from .ledger_tables import LedgerTables
from .scope import scope_to_serve, scoped_release

Parameter = str | int | None
Row = Mapping[str, Any]

_OPTIONS: dict[str, str | bool | int | float | list[str]] = {
    # A closed network must not be asked for extensions when a query happens to name one.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Many people ask at once, of several processes: what a second thread saves one of them costs the others more.
    "threads": 1,
}
_CACHED_RESULTS = 1024


class ReleaseUnavailableError(Exception):
    """There is no release, or it cannot be read. `missing` tells the two apart."""

    def __init__(self, message: str, *, missing: bool) -> None:
        super().__init__(message)
        self.missing = missing


class Release:
    """One published file, open read-only. Its results never change, so they are cached for as long as it is current; those that speak of the
    ledger as well, for as long as that is not written to."""

    def __init__(self, path: Path, ledger: Path) -> None:
        self.path = path
        # Attached, not opened: whoever opens a file that is open in the same process must do so with the same options.
        # What does not fit into memory goes beside the file, as if it were opened, and not into whatever folder the server was started in.
        self._connection = connection = duckdb.connect(config={**_OPTIONS, "temp_directory": f"{path}.tmp"})
        connection.execute(f"attach '{quoted(path)}' as release (read_only)")
        connection.execute("from release.release_info")  # raises here if it is no release, not on some page
        # The cache holds the connection, not this object: without a circle the file is closed with its last reader.
        self._cached = lru_cache(maxsize=_CACHED_RESULTS)(partial(_rows, connection))
        self._ledger = LedgerTables(connection, ledger)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own to the release, for what asks it itself. Whoever takes it closes it."""
        return cursor(self._connection)

    def rows(self, sql: str, **parameters: Parameter) -> tuple[Row, ...]:
        """The result's rows by column name. Null is None, a DECIMAL is a Decimal.

        Raises ReleaseUnavailableError when the release cannot answer.
        """
        return self._cached(self._ledger_version(sql), sql, tuple(sorted(parameters.items())))

    def table(self, sql: str, **parameters: Parameter) -> pa.Table:
        """The result for a file, which is not kept.

        Raises ReleaseUnavailableError when the release cannot answer.
        """
        self._ledger_version(sql)
        return _table(self._connection, sql, parameters)

    def _ledger_version(self, sql: str) -> int:
        """A number that says which state of the ledger an answer is of; 0 for SQL that asks the release alone."""
        if ledger_tables.PREFIX not in sql:
            return 0
        try:
            return self._ledger.follow()
        except (duckdb.Error, sqlite3.Error) as error:
            raise ReleaseUnavailableError(str(error), missing=False) from error


def _rows(
    connection: duckdb.DuckDBPyConnection, _: int, sql: str, parameters: tuple[tuple[str, Parameter], ...]
) -> tuple[Row, ...]:
    return tuple(_table(connection, sql, dict(parameters)).to_pylist())


def _table(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Parameter]) -> pa.Table:
    with cursor(connection) as own:
        try:
            return own.execute(sql, dict(parameters)).to_arrow_table()
        except duckdb.Error as error:
            # A release of another version of the project, or a damaged one.
            raise ReleaseUnavailableError(str(error), missing=False) from error


def cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A cursor that finds the release's tables by their names. A connection is not thread-safe, a cursor of its own is."""
    own = connection.cursor()
    own.execute("use release")
    return own


class Warehouse:
    """The folder that the publisher writes to. One instance serves every thread of a process."""

    def __init__(self, root: Path) -> None:
        self._link = root / "current.duckdb"
        self._dbt_docs = root / "dbt-docs.html"
        self._data_docs = root / "data-docs"
        self._root = root
        self._lock = threading.Lock()
        self._releases: dict[str | None, Release] = {}

    def release_id(self) -> str | None:
        """The name of the file that the account is served from, or None: a look at the link, without opening anything."""
        target = self._target(access.account().scope)
        return target.name if target else None

    def current(self) -> Release:
        """The current release, or the account's part of it, opened on first use and whenever the link has moved.

        Raises ReleaseUnavailableError when nothing is published or the file cannot be read.
        """
        return self._current(access.account().scope)

    def whole(self) -> Release:
        """The current release with every region, whoever asks: for what is told of the service, and of no organ.

        Raises ReleaseUnavailableError as `current` does.
        """
        return self._current(None)

    def _current(self, scope: str | None) -> Release:
        try:
            return self._open(scope)
        except (duckdb.Error, OSError):
            # The link may have moved, and its old target have been pruned, between looking and opening.
            try:
                return self._open(scope)
            except (duckdb.Error, OSError) as error:
                raise ReleaseUnavailableError(str(error), missing=False) from error

    def dbt_docs(self) -> Path | None:
        """dbt's documentation in one file, None where no build has written it."""
        return self._dbt_docs if self._dbt_docs.is_file() else None

    def ledger(self) -> AccountLedger:
        """What became of each finding, and what people said of it, as far as the account may know."""
        return AccountLedger(self._root, self._organs)

    def _organs(self) -> frozenset[str]:
        return frozenset(str(row["organ_key"]) for row in self.current().rows("select organ_key from dim_organ"))

    def data_docs(self) -> Path | None:
        """The folder of the last build's Data Docs, begun at index.html; None where no build has written them. The folder of a build stays
        the same; the next build has another. They hold rows of every region, so an account with a region has none."""
        if access.account().scope:
            return None
        return self._data_docs.resolve() if self._data_docs.is_dir() else None

    def _open(self, scope: str | None) -> Release:
        target = self._target(scope)
        if target is None:
            raise ReleaseUnavailableError(f"no release at {self._link}", missing=True)
        if scope and not target.exists():
            # Not under the lock: it takes seconds, and others are served meanwhile.
            scoped_release(self._link.resolve(strict=True), scope)
        with self._lock:
            release = self._releases.get(scope)
            if release is None or release.path != target:
                release = self._releases[scope] = Release(target, self._root / "ledger.sqlite")
            return release

    def _target(self, scope: str | None) -> Path | None:
        try:
            whole = self._link.resolve(strict=True)
        except OSError:
            return None
        return scope_to_serve(whole, scope) if scope else whole
