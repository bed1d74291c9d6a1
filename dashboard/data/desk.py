"""The desk where strangers' SQL is worked on: a few statements at once, each of which can be called off, each answer kept a while.

The desk is a folder that all processes of the server share, because the request that cancels a run or fetches its answer may
reach another process than the one that runs it.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.feather

from ..access import current
from .sandbox import Answer, Limits, Refused, run_sql

LIMITS = Limits()
LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of an answer in memory: more would neither be looked at in a browser nor belong into the server's temporary folder."""
_AT_ONCE = 4
"""Threads of a process that statements may hold, at work or waiting for their turn in the sandbox. It has eight, so pages are
served whatever the statements do."""
_KEPT_SECONDS, _KEPT_ANSWERS = 3600, 40
_LOOK_SECONDS = 0.1
_KINDS = (".cancel", ".part", ".arrow")
_RUN_ID = re.compile(r"[0-9a-f]{32}")


class TooLargeError(Exception):
    """The answer has few enough rows, but too much in them."""


class Desk:
    """One per process, on the same folder. Whoever uses it is an analyst, and nobody gets the answers of another.

    `on_end` is told how each statement ended: `answered`, `too_large`, or the code of a refusal.
    """

    def __init__(self, folder: Path, on_end: Callable[[str], None] = lambda _: None) -> None:
        self._folder, self._on_end = folder, on_end
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    def run(self, release: Path, run_id: str, sql: str) -> Answer:
        """Runs `sql` and keeps the answer under `run_id`, 32 hex digits of the caller's choice.

        Raises sandbox.Refused, TooLargeError, RoleNeeded.
        """
        current.require("analyst")
        try:
            answer = self._answer(release, run_id, sql)
        except Refused as refused:
            self._on_end(refused.code)
            raise
        except TooLargeError:
            self._on_end("too_large")
            raise
        self._on_end("answered")
        return answer

    def _answer(self, release: Path, run_id: str, sql: str) -> Answer:
        if not self._places.acquire(blocking=False):
            raise Refused("busy", "同时运行的查询太多；请过几秒再运行。")
        try:
            with self._cancelling(run_id) as cancelled:
                answer = run_sql(release, sql, LIMITS, cancelled)
        finally:
            self._places.release()
        if answer.table.nbytes > LARGEST_ANSWER:
            raise TooLargeError
        self._keep(run_id, answer.table)
        return answer

    def cancel(self, run_id: str) -> None:
        """Calls a run off, whichever process has it. One that is over already is left as it is."""
        self._file(run_id, ".cancel").touch()

    def kept(self, run_id: str) -> pa.Table | None:
        """The answer of a run, None once it is no longer kept."""
        try:
            return pyarrow.feather.read_table(self._file(run_id, ".arrow"))
        except (FileNotFoundError, ValueError):
            return None

    def _file(self, run_id: str, kind: str) -> Path:
        # The id comes from a browser and becomes the name of a file.
        if not _RUN_ID.fullmatch(run_id):
            raise ValueError(f"no id of a run: {run_id!r}")
        # Whoever learns of a run's id still is not the one who ran it.
        owner = sha256(current.require("analyst").name.encode()).hexdigest()[:16]
        return self._folder / f"{owner}-{run_id}{kind}"

    @contextmanager
    def _cancelling(self, run_id: str) -> Iterator[threading.Event]:
        """An event that is set when someone cancels the run."""
        marker, cancelled, done = self._file(run_id, ".cancel"), threading.Event(), threading.Event()

        def look() -> None:
            while not done.wait(_LOOK_SECONDS):
                if marker.exists():
                    cancelled.set()
                    return

        looker = threading.Thread(target=look, daemon=True)
        looker.start()
        try:
            yield cancelled
        finally:
            done.set()
            looker.join()

    def _keep(self, run_id: str, table: pa.Table) -> None:
        draft = self._file(run_id, ".part")
        # Arrow itself, because Parquet does not know all of its types.
        pyarrow.feather.write_feather(table, draft)
        draft.rename(self._file(run_id, ".arrow"))
        self._tidy()

    def _tidy(self) -> None:
        """Removes what is old, and the oldest answers beyond the number to keep."""
        newest_first = sorted((_age(file), file) for file in self._folder.iterdir() if file.suffix in _KINDS)
        answers = [file for _, file in newest_first if file.suffix == ".arrow"]
        for file in {*(file for age, file in newest_first if age > _KEPT_SECONDS), *answers[_KEPT_ANSWERS:]}:
            file.unlink(missing_ok=True)


def _age(file: Path) -> float:
    """Seconds since the file was written; 0 for one that another process removed meanwhile."""
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return 0
