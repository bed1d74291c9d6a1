"""Strangers' SQL on a release, fenced. TEMPORARY stand-in with the agreed interface: replaced by the real one at the merge."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa


@dataclass(frozen=True)
class Limits:
    seconds: float = 30
    rows: int = 10_000
    memory: str = "1GB"


class Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Answer:
    table: pa.Table
    is_cut: bool
    seconds: float


def run_sql(release: Path, sql: str, limits: Limits = Limits(), cancel: threading.Event | None = None) -> Answer:
    start = time.monotonic()
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{release}' as release (read_only)")
    connection.execute("use release")
    connection.execute(f"set memory_limit = '{limits.memory}'")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    done = threading.Event()
    stopped: list[str] = []

    def watch() -> None:
        while not done.wait(0.05):
            if cancel is not None and cancel.is_set():
                stopped.append("cancelled")
            elif time.monotonic() - start > limits.seconds:
                stopped.append("too_slow")
            if stopped:
                connection.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        statements = connection.extract_statements(sql)
        if not statements:
            raise Refused("syntax", "没有可以执行的语句。")
        if len(statements) > 1:
            raise Refused("several_statements", "一次只能执行一条语句。")
        if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
            raise Refused("not_a_query", "这里只能查询。")
        reader = connection.execute(statements[0]).to_arrow_reader(limits.rows + 1)
        batches = []
        count = 0
        for batch in reader:
            batches.append(batch)
            count += batch.num_rows
            if count > limits.rows:
                break
        table = pa.Table.from_batches(batches, reader.schema)
    except duckdb.ParserException as error:
        raise Refused("syntax", f"语法有误：{error}") from error
    except duckdb.BinderException as error:
        raise Refused("syntax", f"语法有误：{error}") from error
    except duckdb.CatalogException as error:
        raise Refused("syntax", f"没有这个表或函数：{error}") from error
    except duckdb.PermissionException as error:
        raise Refused("forbidden", f"不允许：{error}") from error
    except duckdb.OutOfMemoryException as error:
        raise Refused("too_much_memory", "用的内存超过限制。") from error
    except duckdb.Error as error:
        if stopped:
            raise Refused(
                stopped[0],
                "已取消。" if stopped[0] == "cancelled" else f"超过 {limits.seconds:g} 秒，已停止。",
            ) from error
        raise Refused("failed", str(error)) from error
    finally:
        done.set()
        watcher.join()
        connection.close()
    return Answer(table.slice(0, limits.rows), table.num_rows > limits.rows, time.monotonic() - start)
