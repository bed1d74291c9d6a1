"""The process behind the fence: it opens a release, checks a statement, runs it, and sends the answer in batches.

Started by `sandbox` with an empty environment. It may die at any time; the process that serves pages must not notice.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from .sandbox import ANSWER, END, OUT_OF_MEMORY, READY, REFUSAL, Refused
from .sandbox_rules import check

_OPTIONS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    # A name in a query must never be a variable of this program.
    "python_enable_replacements": False,
    # Nothing is written to disk: what does not fit into memory is refused.
    "temp_directory": "",
    "threads": min(4, os.cpu_count() or 1),
    "lock_configuration": True,
}
_BATCH_ROWS = 2048
_BYTES_A_ROW = 8 << 10
"""What a row of an answer may take on average: the answer is held in memory by the process that serves pages."""
_UNCOUNTED_MEMORY = 512 << 20
"""Bytes above DuckDB's own limit before the system refuses more: what it does not count, and the libraries' own."""
_MOST_KEPT_MEMORY = 256 << 20
_MOST_KEPT_SHARE = 0.2
"""Bytes that this process may still hold when a statement is done, without DuckDB's, or the share of a limit that is generous. It starts with some 180
MiB; what it does not give back would be missing for the next statement, so with more it ends and a new one takes its place, in half a second."""
_IDLE_SECONDS = 60
_GRACE_SECONDS = 5
"""How long after its time this process ends itself, should nobody be there to do it."""
_LOOK_SECONDS = 1
"""How often this process looks whether the one that started it is still there."""
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30}


def work(handle: int) -> None:
    """Answer the requests that come over the pipe `handle` until its other end is closed."""
    os.nice(5)  # pages go first
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    opened = _Opened()
    with Connection(handle) as connection:
        connection.send_bytes(READY)
        while True:
            if not connection.poll(_IDLE_SECONDS):
                opened.close()
            try:
                request = json.loads(connection.recv_bytes())
            except EOFError:
                return
            signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE_SECONDS)
            memory = _bytes(request["memory"])
            resource.setrlimit(resource.RLIMIT_DATA, (memory + _UNCOUNTED_MEMORY, resource.RLIM_INFINITY))
            for message in _answer(opened, request):
                connection.send_bytes(message)
            if _memory() - opened.memory() > max(_MOST_KEPT_MEMORY, _MOST_KEPT_SHARE * memory):
                return
            signal.setitimer(signal.ITIMER_REAL, 0)
            connection.send_bytes(READY)


def _end_with(parent: int) -> None:
    """A process that was killed cannot cancel its statement; nobody waits for the answer any more."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


class _Opened:
    """The release that was asked last, kept open with what DuckDB holds of it in memory: that makes the next answer quicker."""

    def __init__(self) -> None:
        self._key: tuple[str, str] | None = None
        self._database: duckdb.DuckDBPyConnection | None = None

    def cursor(self, release: str, memory: str) -> duckdb.DuckDBPyConnection:
        """A connection of its own to `release`, which may use `memory`."""
        if self._database is None or self._key != (release, memory):
            self.close()
            self._database = duckdb.connect(release, read_only=True, config={**_OPTIONS, "memory_limit": memory})
            self._key = (release, memory)
        return self._database.cursor()

    def memory(self) -> int:
        """Bytes that DuckDB holds and would give back."""
        if self._database is None:
            return 0
        return int(self._database.sql("select sum(memory_usage_bytes) from duckdb_memory()").fetchall()[0][0])

    def close(self) -> None:
        """Let go of the file, which may have been pruned, and of the memory."""
        if self._database is not None:
            self._database.close()
            self._database = None


def _memory() -> int:
    """Bytes of data that the system has given to this process: what its limit counts."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    return int(pages) * resource.getpagesize()


def _bytes(memory: str) -> int:
    number, unit = re.fullmatch(r"([\d.]+)\s*(\w+)", memory).groups()  # type: ignore[union-attr]
    return int(float(number) * _UNITS[unit.upper()])


def _answer(opened: _Opened, request: dict[str, Any]) -> Iterator[bytes]:
    """The messages that answer one request; the last is an end or a refusal."""
    release = Path(request["release"])
    try:
        with opened.cursor(request["release"], request["memory"]) as cursor:
            statement = check(cursor, request["sql"])
            yield from _batches(cursor.execute(statement), request["rows"])
    except Refused as refusal:
        yield _refusal(refusal.code, str(refusal))
    except duckdb.PermissionException:
        yield _refusal("forbidden", "查询只能读取已发布的表，不能访问文件、网络、扩展或设置。")
    except (MemoryError, duckdb.Error, pa.ArrowException) as error:
        told = str(error).replace(str(release), release.name)
        if isinstance(error, MemoryError | duckdb.OutOfMemoryException) or "bad_alloc" in told:
            yield _refusal("too_much_memory", OUT_OF_MEMORY)
        elif isinstance(error, duckdb.ParserException | duckdb.SyntaxException):
            yield _refusal("syntax", f"语法有误，请修改后再试：{told}")
        else:
            yield _refusal("failed", f"查询未能完成，请按提示修改后再试：{told}")


def _refusal(code: str, message: str) -> bytes:
    return REFUSAL + json.dumps({"code": code, "message": message[:4000]}).encode()


def _batches(result: duckdb.DuckDBPyConnection, most_rows: int) -> Iterator[bytes]:
    reader = result.to_arrow_reader(_BATCH_ROWS)
    schema = pa.schema(
        [
            pa.field(name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
            for field, name in zip(reader.schema, _distinct(reader.schema.names), strict=True)
        ]
    )
    yield _message(schema.empty_table())
    rows = size = 0
    is_cut = False
    for batch in reader:
        rows += batch.num_rows
        is_cut = rows > most_rows
        table = (
            pa.Table.from_batches([batch])
            .rename_columns(schema.names)
            .cast(schema)
            .slice(0, batch.num_rows - max(0, rows - most_rows))
        )
        size += table.nbytes
        if size > most_rows * _BYTES_A_ROW:
            raise Refused("too_much_memory", "结果过大，无法返回；请少选几列或几行，或先汇总再查。")
        yield _message(table)
        if is_cut:
            break
    yield END + json.dumps({"is_cut": is_cut}).encode()


def _message(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    sink.write(ANSWER)
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def _distinct(names: list[str]) -> list[str]:
    """`a, a, a` as `a, a_1, a_2`, the way DuckDB names the columns of a subquery."""
    taken: set[str] = set()
    repeated: Counter[str] = Counter()
    distinct = []
    for name in names:
        candidate = name
        while candidate in taken:
            repeated[name] += 1
            candidate = f"{name}_{repeated[name]}"
        taken.add(candidate)
        distinct.append(candidate)
    return distinct
