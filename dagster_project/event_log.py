"""Where Dagster keeps what happened in its runs: its own SQLite files, written with less ado."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine

_MOST_OPEN = 8
"""Files kept open: a server that shows runs opens one for each."""


class EventLog(SqliteEventLogStorage):
    """Dagster's event log, whose files stay open.

    Dagster opens the file anew, and compiles every statement anew, for each of the thousand events of a build, and waits for the disk after
    each; that took a third of a small build's time. Here each file has one engine, and is synced when SQLite moves its log into it: a
    machine that loses power may lose the last events of a run, but neither the file nor anything of the warehouse.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> EventLog:
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._initialized_dbs:
                self._close(shard)  # the file may have been removed: Dagster forgets what it initialised then
                self._open(shard)
                self._initdb(self._engines[shard])
                self._initialized_dbs.add(shard)
            elif shard not in self._engines:
                self._open(shard)
            with self._engines[shard].begin() as connection:
                yield connection

    def _open(self, shard: str) -> None:
        if len(self._engines) == _MOST_OPEN:
            self._close(next(iter(self._engines)))
        engine = create_engine(
            self.conn_string_for_shard(shard), connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}, pool_size=1
        )
        event.listen(engine, "connect", lambda opened, _: opened.execute("pragma synchronous = normal"))
        self._engines[shard] = engine

    def _close(self, shard: str) -> None:
        if engine := self._engines.pop(shard, None):
            engine.dispose()

    def dispose(self) -> None:
        for shard in list(self._engines):
            self._close(shard)
        super().dispose()
