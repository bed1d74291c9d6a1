"""Reading documents in processes of their own, so that the worst of them costs a process and no more.

A document has ten seconds and a gibibyte. What it exceeds, or crashes, is a rejected report with its reason; the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, TimeoutError, wait
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from dagster_project.inbox import InboxFile
from dagster_project.report_parser import Report, parse_all, rejected

SECONDS = 10
"""What one document may take."""
MEMORY = 1 << 30
"""Bytes that a reading process may hold as data."""

_GRACE_SECONDS = 5
"""Until the process is killed that did not notice its time was up, or could not."""
_BATCH_SECONDS = 60
"""What a batch may take before its documents are read one at a time, to find the one that hangs."""
_BATCH_FILES = 100
_BATCH_BYTES = 1 << 20
_WAITING_BATCHES = 4
"""Batches given out for each process: enough to keep it busy, few enough to hold in memory."""

T = TypeVar("T")
Work = Callable[[Sequence[InboxFile], Sequence[Report]], T]
"""What becomes of the reports of some files, in the process that read them."""


def as_reports(files: Sequence[InboxFile], reports: Sequence[Report]) -> Sequence[Report]:
    """The reports as they are."""
    return reports


def read_files(files: Sequence[InboxFile], work: Work[T], processes: int | None = None) -> Iterator[tuple[int, T]]:
    """For batches of the files how many they are, and what `work` made of their reports; in the files' order.

    `work` must be a function that another process can import.
    """
    processes = processes or os.cpu_count() or 1
    context = multiprocessing.get_context("spawn")
    with ProcessPool(processes, initializer=_start, context=context) as pool:
        batches = _batches(files)
        given: list[tuple[list[InboxFile], ProcessFuture[T]]] = []
        while True:
            while len(given) < processes * _WAITING_BATCHES and (batch := next(batches, None)):
                given.append((batch, pool.schedule(_read_batch, [batch, work], timeout=_BATCH_SECONDS)))
            if not given:
                return
            wait([future for _, future in given[:1]], return_when=FIRST_COMPLETED)
            batch, future = given.pop(0)
            try:
                yield len(batch), future.result()
            except (TimeoutError, ProcessExpired, MemoryError, _TimeIsUp):
                for file in batch:
                    yield 1, _read_alone(pool, file, work)


def _read_alone(pool: ProcessPool, file: InboxFile, work: Work[T]) -> T:
    try:
        return pool.schedule(_read_batch, [[file], work], timeout=SECONDS + _GRACE_SECONDS).result()
    except (TimeoutError, _TimeIsUp):
        report = _too_slow(file)
    except (ProcessExpired, MemoryError):
        report = _refused(file, "reader_died", "读取进程异常退出（文件可能已损坏，或占用内存过多）；请核对原文件。")
    return work([file], [report])


def _batches(files: Iterable[InboxFile]) -> Iterator[list[InboxFile]]:
    batch: list[InboxFile] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.size_bytes
        if len(batch) == _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


# --- In the reading process ------------------------------------------------------------------------------------------


class _TimeIsUp(BaseException):
    """Not an Exception: no library that reads a document may take it for a fault of the document's."""


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that gives out the work
    signal.signal(signal.SIGALRM, _stop)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _stop(*_: Any) -> None:
    raise _TimeIsUp


def _read_batch(files: Sequence[InboxFile], work: Work[T]) -> T:
    return work(files, [report for file in files for report in _read(file)])


def _read(file: InboxFile) -> tuple[Report, ...]:
    if file.refusal:
        return (_refused(file, *file.refusal),)
    try:
        data = file.read()
    except OSError as error:
        return (_refused(file, "unreadable", f"文件无法打开（{error.strerror}）；请检查权限后重新构建。"),)
    # The alarm goes off again and again: a library's own handlers may swallow the first.
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 1)
    try:
        reports = parse_all(data, file.path, file.hints)
    except _TimeIsUp:
        return (_too_slow(file),)
    except MemoryError:
        return (_refused(file, "too_complex", "读取所需内存超出上限；请拆分或精简文件后再放入。"),)
    except Exception:
        where = traceback.format_exc(limit=-1).strip().splitlines()
        message = f"读取程序出错，文件已保留，请将其提供给维护者：{where[-1]}（{where[1].strip()}）"
        return (_refused(file, "parser_error", message),)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if reports[0].sha256 != file.sha256:
        return (_refused(file, "changed_while_read", "文件在读取时被改动；下次构建会重新读取。"),)
    return reports


def _too_slow(file: InboxFile) -> Report:
    return _refused(file, "too_slow", f"读取超过 {SECONDS} 秒，已放弃；请拆分或精简文件后再放入。")


def _refused(file: InboxFile, code: str, message: str) -> Report:
    return rejected(file.path, file.sha256, code, message)
