"""The fence: SQL of strangers on a release, and of whoever uses `gongkai sql`.

A statement runs in a process of its own (`sandbox_worker`), which opens the release read-only, checks the statement
(`sandbox_rules`) and sends the answer back in batches. This side keeps the clock: what takes too long, or is cancelled, costs its
process and nothing else, and so does what brings DuckDB down. A process that did its work is used again, with the release still open:
statements that only read leave nothing behind for the next.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import Pipe
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST = 100_000
"""Characters of the longest statement."""
AT_ONCE = 2
"""Statements that one process has run at the same time; the threads that serve its pages are more."""
ANSWER, REFUSAL, END = b"a", b"r", b"e"
"""What a message of the worker begins with: a batch of rows, a refusal, or the end of an answer."""
READY = b""
"""The worker's message when it takes a statement."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_WAIT_SECONDS = 5
"""How long a statement waits for one of those ahead of it to end."""
_START_SECONDS = 60
_TICK_SECONDS = 0.05
"""How often a running statement's `cancel` is looked at."""
_PROJECT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from dashboard.data.sandbox_worker import work; work(int(sys.argv[2]))"
_INHERITED = ("LD_LIBRARY_PATH", "TZ")
"""All that a worker sees of this process's environment, which may hold secrets."""
_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system"}  # Arrow's own would count a gigabyte as used from the start


@dataclass(frozen=True)
class Limits:
    """What one statement may take: `seconds`, the `rows` of its answer, and `memory` as DuckDB writes it (`1GB`, `512MB`)."""

    seconds: float = 30
    rows: int = 10_000
    memory: str = "1GB"


class Refused(Exception):
    """A statement without an answer. The message, in Chinese, says why and what to do; `code` is one of:

    `syntax`, `not_a_query`, `several_statements`, `too_long`, `forbidden` (what was asked is outside the fence), `too_slow`,
    `too_much_memory`, `cancelled`, `busy` (others are being answered) and `failed` (anything else).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """`table`: the answer, its columns' names distinct. `is_cut`: there were more rows than the limit. `seconds`: what it took."""

    table: pa.Table
    is_cut: bool
    seconds: float


def run_sql(release: Path, sql: str, limits: Limits = Limits(), cancel: threading.Event | None = None) -> Answer:
    """The answer of `release` to the one reading statement in `sql`. Any thread may call this; setting `cancel` in another
    stops it within a tenth of a second.

    Raises:
        Refused: when there is no answer.
    """
    if _NO_TEXT.search(sql):
        raise Refused("syntax", "语句含有无法识别的字符；请删去后再试。")
    if len(sql) > LONGEST:
        raise Refused("too_long", f"语句过长（{len(sql):,} 个字符，上限 {LONGEST:,} 个）；请缩短后再试。")
    request = json.dumps({"release": str(release), "sql": sql, **asdict(limits)}).encode()
    with _slot(cancel), _at_work(request) as worker:
        start = time.monotonic()
        table, is_cut = worker.answer(limits.seconds, cancel)
        return Answer(table, is_cut, time.monotonic() - start)


# --- The processes ---------------------------------------------------------------------------------------------------

_slots = threading.BoundedSemaphore(AT_ONCE)
_idle: list[_Worker] = []  # append and pop are atomic


@contextmanager
def _slot(cancel: threading.Event | None) -> Iterator[None]:
    until = time.monotonic() + _WAIT_SECONDS
    while not _slots.acquire(timeout=_TICK_SECONDS):
        _look_at(cancel)
        if time.monotonic() > until:
            raise Refused("busy", f"正在执行的查询已有 {AT_ONCE} 个；请稍候再试。")
    try:
        yield
    finally:
        _slots.release()


@contextmanager
def _at_work(request: bytes) -> Iterator[_Worker]:
    """A worker that has the request, used before or new; afterwards it waits for the next, or is ended if it was stopped at work."""
    worker = _take(request)
    try:
        yield worker
    finally:
        if worker.is_done:
            _idle.append(worker)
        else:
            worker.end()


def _take(request: bytes) -> _Worker:
    while _idle:
        worker = _idle.pop()
        if worker.begin(request):
            return worker
        worker.end()
    worker = _Worker()
    import pyarrow  # noqa: F401 - it takes as long as the worker takes to start

    if not worker.begin(request):
        worker.end()
        raise Refused("failed", "查询进程未能启动；请稍后再试，或告知管理员。")
    return worker


@atexit.register
def _end_idle_workers() -> None:
    while _idle:
        _idle.pop().end()


def _look_at(cancel: threading.Event | None) -> None:
    if cancel is not None and cancel.is_set():
        raise Refused("cancelled", "查询已取消。")


class _Worker:
    """A process that answers statements, one after another."""

    def __init__(self) -> None:
        self._connection, other = Pipe()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, str(_PROJECT), str(other.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=_ENVIRONMENT | {name: os.environ[name] for name in _INHERITED if name in os.environ},
                pass_fds=[other.fileno()],
                # Ctrl-C is for this process.
                start_new_session=True,
            )
        self.is_done = False
        """Whether it has answered or refused in full."""

    def begin(self, request: bytes) -> bool:
        """Give it a request as soon as it is ready; False if it never will be, because it ended or held too much memory to go on."""
        self.is_done = False
        try:
            if not (self._connection.poll(_START_SECONDS) and self._connection.recv_bytes() == READY):
                return False
            self._connection.send_bytes(request)
        except (EOFError, OSError):
            return False
        return True

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._connection.close()

    def answer(self, seconds: float, cancel: threading.Event | None) -> tuple[pa.Table, bool]:
        """The answer to the request, and whether it was cut."""
        import pyarrow as pa

        start = time.monotonic()
        batches = []
        while (message := self._receive(start, seconds, cancel))[:1] == ANSWER:
            # A copy, so that the batch does not begin at an odd address, of which Arrow would complain.
            with pa.ipc.open_stream(message[1:]) as stream:
                batches.append(stream.read_all())
        self.is_done = True
        told = json.loads(message[1:])
        if message[:1] == REFUSAL:
            raise Refused(told["code"], told["message"])
        return pa.concat_tables(batches), told["is_cut"]

    def _receive(self, start: float, seconds: float, cancel: threading.Event | None) -> bytes:
        """The worker's next message. `start` is a time of the monotonic clock."""
        while True:
            _look_at(cancel)
            if time.monotonic() > start + seconds:
                raise Refused(
                    "too_slow", f"查询超过 {seconds:g} 秒，已停止；请用 where 缩小范围、先汇总再查，或检查连接条件。"
                )
            try:
                if self._connection.poll(_TICK_SECONDS):
                    return self._connection.recv_bytes()
            except (EOFError, OSError) as error:
                raise self._why_it_died() from error

    def _why_it_died(self) -> Refused:
        code = self._process.wait()
        if code in (-signal.SIGKILL, -signal.SIGABRT):  # by the system, or by itself when memory ran out
            return Refused("too_much_memory", OUT_OF_MEMORY)
        return Refused("failed", "查询使数据库进程异常退出（语句可能嵌套过深）；请简化语句后再试，其他查询不受影响。")


OUT_OF_MEMORY = "查询所需内存超出上限，已停止；请用 where 缩小范围、减少列，或先汇总再查。"
