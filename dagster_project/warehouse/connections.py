"""Opening the build database."""

from __future__ import annotations

import time

import duckdb

from .paths import WarehousePaths

_WAIT_SECONDS = 120
_STORAGE = {"storage_compatibility_version": "v1.5.0"}
"""Of a new file. DuckDB's own choice is the format of its first release, whose texts take a third more time to write and more space."""


def connect_build(paths: WarehousePaths) -> duckdb.DuckDBPyConnection:
    """Open the build database for writing.

    A build that was killed may leave its dbt process behind, which finishes by itself and holds the file until then: so a file
    that is held is waited for.
    """
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            return duckdb.connect(str(paths.build), config=_STORAGE)
        except duckdb.IOException as error:
            if "lock" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
