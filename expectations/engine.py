"""DuckDB as a data source of Great Expectations.

Great Expectations closes its connection before it reads a result, which duckdb-engine does not survive. This engine keeps one
connection open as long as it lives. Importing the module registers the source as `context.data_sources.add_duckdb(...)`.
"""

from __future__ import annotations

import builtins
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when a context is made: nothing may leave the machine

import great_expectations as gx
from great_expectations.data_context import EphemeralDataContext
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from sqlalchemy import Connection

from .data_docs import data_docs_site, results_store


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Keeps one connection for all queries, until `close`."""

    _kept: Connection | None = None

    @contextmanager
    def get_connection(self) -> Iterator[Connection]:
        if self._kept is None:
            self._kept = self.engine.connect()
        yield self._kept

    def close(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self.engine.dispose()


class DuckDBDatasource(SQLDatasource):
    """A DuckDB file: `connection_string` is duckdb:////absolute/path."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> builtins.type[DuckDBExecutionEngine]:
        return DuckDBExecutionEngine


@contextmanager
def open_warehouse(database: Path, docs: Path) -> Iterator[tuple[EphemeralDataContext, DuckDBDatasource]]:
    """A quiet context with `database` as its data source and its results and Data Docs in the folder `docs`; the file is released at
    the end.

    The writer of the warehouse opens the same file before and after, so not one connection may stay behind.
    """
    stores = InMemoryStoreBackendDefaults()
    stores.stores[stores.validation_results_store_name] = results_store(docs)
    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=stores,
            data_docs_sites={"warehouse": data_docs_site(docs)},
            progress_bars=ProgressBarsConfig(globally=False),
        ),
    )
    source: DuckDBDatasource = context.data_sources.add_duckdb(
        name="warehouse", connection_string=f"duckdb:///{database}"
    )
    try:
        yield context, source
    finally:
        engine = source.get_execution_engine()
        assert isinstance(engine, DuckDBExecutionEngine)
        engine.close()
        source.get_engine().dispose()
