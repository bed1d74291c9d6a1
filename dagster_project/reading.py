"""Reading documents in processes of their own, so that the worst of them costs a process and no more.

A document has ten seconds of computing and a gibibyte. What it exceeds, or crashes, is a rejected report with its reason; the others go on.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from itertools import chain
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from dagster_project.inbox import InboxFile
from dagster_project.report_parser import Given, Report, parse_all, parse_many, rejected
from dagster_project.report_parser.formats.signature import binary_type
from dagster_project.report_parser.gazetteer import default_gazetteer

SECONDS = 10
"""CPU seconds that one document may take: when a part of them is over it is asked to stop, and at their end its process is ended."""
MEMORY = 896 << 20
"""Bytes that a reading process may hold as data; the code of its libraries comes to less than the rest of a gibibyte."""

_ASKED_AT = 0.7
"""The part of a document's seconds after which its reading is asked to stop, and from then on ever again."""
_WAITED = 3
"""How many times its seconds a document may take by the clock: a machine that has much else to do makes all of them wait."""
_ASKED_AGAIN_SECONDS = 0.2
_GRACE_SECONDS = 5
"""How much longer than its documents may take a process may be silent before it is ended whatever it waits for."""
_LOOKED_AFTER_SECONDS = 2
_GARBAGE_FROM = 20_000
"""How many new objects make a reading process look for garbage that refers to itself: Python's 700 would have it look all the time."""
_MALLOPT = {"M_TRIM_THRESHOLD": (-1, 16 << 20), "M_MMAP_THRESHOLD": (-3, 4 << 20)}
"""Settings of the C library, by the numbers it knows them by: freed memory of so many bytes is kept, and blocks of fewer come from it. By itself
it gives back what a batch of reports took, to ask for it again with the next, which costs a thirtieth of all CPU time."""
BATCH_FILES = 100
"""A reading process is given so many files at a time, or fewer when they are large."""
_BATCH_BYTES = 1 << 20
_WAITING_BATCHES = 8
"""Batches given out for each process: enough to keep it busy while others are written, few enough to hold in memory."""

T = TypeVar("T")
Work = Callable[[Sequence[InboxFile], Sequence[Report]], T]
"""What becomes of the reports of some files, in the process that read them."""


def as_reports(files: Sequence[InboxFile], reports: Sequence[Report]) -> Sequence[Report]:
    """The reports as they are."""
    return reports


@dataclass(frozen=True)
class Readers:
    """The processes that read, all of them starting."""

    pool: ProcessPool
    count: int


@contextmanager
def readers(work: Work[Any], processes: int | None = None) -> Iterator[Readers]:
    """Processes that get ready to read and to do `work`, which takes them a second, while the caller has other things to do."""
    count = processes or os.cpu_count() or 1
    context = multiprocessing.get_context("spawn")
    with ProcessPool(count, initializer=_start, initargs=[pickle.dumps(work)], context=context) as pool:
        pool.schedule(_be_ready)
        yield Readers(pool, count)


def read_files(
    files: Sequence[InboxFile],
    work: Work[T],
    processes: int | None = None,
    seconds: float = SECONDS,
    started: Readers | None = None,
) -> Iterator[tuple[int, T]]:
    """For batches of the files how many they are, and what `work` made of their reports; in the files' order.

    `work` must be a function that another process can import; `seconds` is what one document may take. Where `work` fails for the
    report of one file, it is given a rejected report of that file instead, in this process. `started` are processes that are there
    already.
    """
    batches = _batches(files)
    first = next(batches, None)
    if first is None:
        return  # and no process was started for nothing
    batches = chain([first], batches)
    while True:
        with nullcontext(started) if started else readers(work, processes) as reading:
            unread = yield from _until_broken(reading, batches, work, seconds)
        if not unread:
            return
        # Who is to blame is not known: the first that has no answer, if any.
        blamed, *others = unread
        yield from _one_by_one(blamed, work, seconds)
        batches, started = chain(others, batches), None


def _until_broken(
    reading: Readers, batches: Iterator[list[InboxFile]], work: Work[T], seconds: float
) -> Generator[tuple[int, T], None, list[list[InboxFile]]]:
    """As `read_files`, but it may come to an end too soon: it returns the files that were given out in vain.

    The pool gives up all its processes when one of them ends before it has said what it was at.
    """
    pool = reading.pool
    given: deque[tuple[list[InboxFile], ProcessFuture[T]]] = deque()
    while True:
        while len(given) < reading.count * _WAITING_BATCHES and (batch := next(batches, None)):
            given.append((batch, _give_out(pool, batch, work, seconds)))
        if not given:
            return []
        batch, future = given.popleft()
        try:
            yield len(batch), _result(pool, future)
            continue
        except BrokenProcessPool:
            return [batch, *(waiting for waiting, _ in given)]
        except (Exception, _TimeIsUp):
            # One of them is to blame: each by itself.
            alone = deque((file, _give_out(pool, [file], work, seconds)) for file in batch)
        while alone:
            file, future = alone.popleft()
            try:
                yield 1, _taken_back(pool, file, future, work, seconds)
            except BrokenProcessPool:
                return [[file, *(waiting for waiting, _ in alone)], *(waiting for waiting, _ in given)]


def _one_by_one(files: Sequence[InboxFile], work: Work[T], seconds: float) -> Iterator[tuple[int, T]]:
    """As `read_files`, with nothing else at work: who breaks the pool now has done it alone."""
    waiting = deque(files)
    while waiting:
        with readers(work, 1) as reading:
            while waiting:
                file = waiting.popleft()
                future = _give_out(reading.pool, [file], work, seconds)
                try:
                    yield 1, _taken_back(reading.pool, file, future, work, seconds)
                except BrokenProcessPool:
                    yield 1, work([file], [_refused(file, *_READER_DIED)])
                    break


def _give_out(pool: ProcessPool, files: list[InboxFile], work: Work[T], seconds: float) -> ProcessFuture[T]:
    tasks = len(files) + 2  # all together, each by itself, what becomes of them
    timeout = tasks * seconds * _WAITED + _GRACE_SECONDS
    try:
        future: ProcessFuture[T] = pool.schedule(_read_batch, [files, work, seconds], timeout=timeout)
    except RuntimeError as error:  # it broke before
        future = ProcessFuture()
        future.set_exception(BrokenProcessPool(str(error)))
    return future


def _result(pool: ProcessPool, future: ProcessFuture[T]) -> T:
    """A pool that breaks forgets what it has not yet begun: so it is looked after while we wait.

    Raises:
        BrokenProcessPool: when there will be no result.
        Exception: what the task raised, or the end of its process or of its time.
    """
    while not wait([future], _LOOKED_AFTER_SECONDS).done:
        if not pool.active:
            raise BrokenProcessPool
    return future.result()


def _taken_back(pool: ProcessPool, file: InboxFile, future: ProcessFuture[T], work: Work[T], seconds: float) -> T:
    """What became of a file that was read by itself.

    Raises:
        BrokenProcessPool: when nobody knows.
    """
    try:
        return _result(pool, future)
    except BrokenProcessPool:
        raise
    except (TimeoutError, _TimeIsUp):
        report = _too_slow(file, seconds)
    except ProcessExpired as error:
        report = _too_slow(file, seconds) if error.exitcode == -signal.SIGPROF else _refused(file, *_READER_DIED)
    except MemoryError:
        report = _refused(file, *_TOO_COMPLEX)
    except Exception as error:
        report = _refused(file, *_fault(error))
    return work([file], [report])


def _batches(files: Iterable[InboxFile]) -> Iterator[list[InboxFile]]:
    batch: list[InboxFile] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.size_bytes
        if len(batch) == BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


# --- In the reading process ------------------------------------------------------------------------------------------


class _TimeIsUp(BaseException):
    """Not an Exception: no library that reads a document may take it for a fault of the document's."""


def _start(packed_work: bytes) -> None:
    """Get ready for a work: what it needs is imported when it is unpacked."""
    sys.meta_path.insert(0, _NotNeeded())
    pickle.loads(packed_work)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that gives out the work
    signal.signal(signal.SIGVTALRM, _stop)
    signal.signal(signal.SIGALRM, _stop)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    memory = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)  # more than the machine allows is refused
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    if hasattr(library := ctypes.CDLL(None), "mallopt"):  # glibc has it
        for setting in _MALLOPT.values():
            library.mallopt(*setting)
    # It tells of every damaged object, and there may be millions.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    get_ready_to_read()


class _NotNeeded(MetaPathFinder):
    """Arrow loads numpy and, with the first list it is given, pandas, where they are installed: four tenths of a second and 80 MB, for nothing here."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname in ("numpy", "pandas"):
            raise ModuleNotFoundError(f"a reading process does without {fullname}", name=fullname)


def get_ready_to_read() -> None:
    """What makes a process one that reads report after report: what all of them need is loaded, and garbage is looked for seldom."""
    default_gazetteer()
    gc.set_threshold(_GARBAGE_FROM)  # nearly all that is made for a report lives as long as its batch
    gc.freeze()  # none of what is loaded will be garbage


def _be_ready() -> None:
    """The first task starts the processes."""


def _stop(*_: Any) -> None:
    raise _TimeIsUp


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `_TimeIsUp` in what takes longer.

    The alarms go off again and again, for a library's own handlers may swallow the first. Code that never comes back to Python
    notices none of them: the second timer of CPU time ends the process.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds * _ASKED_AT, _ASKED_AGAIN_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, seconds * _WAITED, _ASKED_AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _read_batch(files: Sequence[InboxFile], work: Work[T], seconds: float) -> T:
    together = _read_together(files, seconds) if len(files) > 1 else {}
    reports = [report for file in files for report in together.get(file.path) or _read(file, seconds)]
    with _time_limit(seconds):
        return work(files, reports)


def _read_together(files: Sequence[InboxFile], seconds: float) -> dict[str, tuple[Report, ...]]:
    """The reports of the text files, which are quick to read, by their paths; none where one of the files gives trouble, for then it
    is to be found out which."""
    try:
        with _time_limit(seconds):
            contents = [(file, file.read()) for file in files if not file.refusal]
            texts = [(file, data) for file, data in contents if binary_type(data) is None]
            read = parse_many([Given(data, file.path, file.hints) for file, data in texts])
    except (Exception, _TimeIsUp):
        return {}
    return {file.path: found for (file, _), found in zip(texts, read, strict=True) if found[0].sha256 == file.sha256}


def _read(file: InboxFile, seconds: float) -> tuple[Report, ...]:
    if file.refusal:
        return (_refused(file, *file.refusal),)
    try:
        with _time_limit(seconds):
            reports = parse_all(file.read(), file.path, file.hints)
    except _TimeIsUp:
        return (_too_slow(file, seconds),)
    except MemoryError:
        return (_refused(file, *_TOO_COMPLEX),)
    except OSError as error:
        return (_refused(file, "unreadable", f"文件无法打开（{error.strerror or error}）；请检查后重新构建。"),)
    except Exception as error:
        return (_refused(file, *_fault(error)),)
    if reports[0].sha256 != file.sha256:
        return (_refused(file, "changed_while_read", "文件在读取时被改动；下次构建会重新读取。"),)
    return reports


# --- What is told of a file that was not read ------------------------------------------------------------------------

_READER_DIED = ("reader_died", "读取进程异常退出（文件可能已损坏，或占用内存过多）；请核对原文件。")
_TOO_COMPLEX = ("too_complex", "读取所需内存超出上限；请拆分或精简文件后再放入。")


def _fault(error: Exception) -> tuple[str, str]:
    where = traceback.extract_tb(error.__traceback__)[-1]
    told = f"{type(error).__name__}: {error}"[:500]
    return "parser_error", f"读取程序出错，文件已保留，请将其提供给维护者：{told}（{where.name}，第 {where.lineno} 行）"


def _too_slow(file: InboxFile, seconds: float) -> Report:
    return _refused(file, "too_slow", f"读取超时（上限 {seconds:g} 秒），已放弃；请拆分或精简文件后再放入。")


def _refused(file: InboxFile, code: str, message: str) -> Report:
    return rejected(file.path, file.sha256, code, message)
