"""A build's record: what it did, how far it is, and why it failed.

The record is a JSON file that the build keeps up to date, so that whoever looks (the progress display, `gongkai status`) reads
the same thing, whether the build was started from the command line or from Dagster. A record that says "running" while nobody
holds the lock belongs to a build that was killed.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal

from .paths import WarehousePaths

Trigger = Literal["cli", "ui", "sensor", "schedule"]

KEPT_RECORDS = 50
_WRITE_EVERY_SECONDS = 0.2
_LOOK_AGAIN_SECONDS = 2


class AnotherBuildRuns(Exception):
    """The warehouse has one writer, and it is at work."""

    def __init__(self, paths: WarehousePaths) -> None:
        super().__init__(f"另一次构建正在写入 {paths.root}；请等它结束后再试（gongkai status 可查看进度）。")


@dataclass
class RunRecord:
    """What is known of one build. `seconds` is per stage; `rejected` lists path, reason and message of each refused file
    and each line of the register that cannot be used. `trigger` is what started it, `inbox` the fingerprint of the inbox that it
    read, None where it read none. `held_back` tells a build that a gate did not let through from one that broke. `warnings` are for
    whoever runs the warehouse; `error` says why there is no release, or, where there is one, what failed after it was published."""

    run_id: str
    started_at: str
    pid: int
    trigger: Trigger = "cli"
    inbox: str | None = None
    state: Literal["running", "published", "failed", "interrupted"] = "running"
    finished_at: str | None = None
    release_id: str | None = None
    stage: str | None = None
    done: int = 0
    total: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    register: dict[str, int] = field(default_factory=dict)
    reports: int = 0
    cells: int = 0
    rules_broken: int = 0
    rejected: list[dict[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    failed_stage: str | None = None
    error: str | None = None
    held_back: bool = False


class Run:
    """A build at work: holds the writer's lock and keeps the record."""

    def __init__(self, paths: WarehousePaths, run_id: str, trigger: Trigger, lock: IO[str]) -> None:
        self.paths = paths
        started = datetime.now(UTC)
        self.record = RunRecord(
            run_id=run_id, started_at=started.isoformat(timespec="seconds"), pid=os.getpid(), trigger=trigger
        )
        self.release_id = f"{started:%Y%m%dT%H%M%S}-{run_id[:8]}"
        self._file = paths.runs / f"{self.release_id}.json"
        self._lock = lock
        self._written = 0.0
        self._write()

    @classmethod
    def start(cls, paths: WarehousePaths, run_id: str, trigger: Trigger = "cli", wait_seconds: float = 0) -> Run:
        """Take the lock and open a record.

        Raises:
            AnotherBuildRuns: when another build holds the lock and has not given it back in `wait_seconds`.
        """
        paths.runs.mkdir(parents=True, exist_ok=True)
        lock = _locked(paths, wait_seconds)
        for stale in sorted(paths.runs.glob("*.json"))[: -KEPT_RECORDS + 1]:
            stale.unlink()
        return cls(paths, run_id, trigger, lock)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage under `name`; an error that leaves it is the reason the build failed."""
        self.record.stage, self.record.done, self.record.total = name, 0, 0
        self._write()
        began = time.perf_counter()
        try:
            yield
        except Exception as error:
            self.fail(name, str(error) or type(error).__name__)
            raise
        finally:
            elapsed = time.perf_counter() - began
            self.record.seconds[name] = round(self.record.seconds.get(name, 0) + elapsed, 2)
            self._write()

    def progress(self, done: int, total: int) -> None:
        """How far the present stage is. Cheap enough to call for each item."""
        self.record.done, self.record.total = done, total
        if time.monotonic() - self._written > _WRITE_EVERY_SECONDS:
            self._write()

    def fail(self, stage: str, error: str, *, held_back: bool = False) -> None:
        """Note why no release will come of this build; the first reason stays."""
        if self.record.error is None:
            self.record.failed_stage, self.record.error, self.record.held_back = stage, error, held_back
            self._write()

    def finish(self) -> None:
        """Close the record and let the next build in."""
        published = self.record.release_id is not None
        self.record.state = "published" if published else "failed"
        self.record.stage = None
        self.record.finished_at = datetime.now(UTC).isoformat(timespec="seconds")
        self._write()
        self._lock.close()

    def _write(self) -> None:
        self._written = time.monotonic()
        draft = self._file.with_suffix(".part")
        draft.write_text(json.dumps(asdict(self.record), ensure_ascii=False), encoding="utf-8")
        draft.replace(self._file)


@contextmanager
def writing(paths: WarehousePaths) -> Iterator[None]:
    """Hold the writer's lock for what is no build.

    Raises:
        AnotherBuildRuns: when another build holds it.
    """
    paths.root.mkdir(parents=True, exist_ok=True)
    with _locked(paths):
        yield


def _locked(paths: WarehousePaths, wait_seconds: float = 0) -> IO[str]:
    deadline = time.monotonic() + wait_seconds
    lock = paths.lock.open("a+")
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if time.monotonic() >= deadline:
                lock.close()
                raise AnotherBuildRuns(paths) from None
            time.sleep(min(_LOOK_AGAIN_SECONDS, wait_seconds))


def read_runs(paths: WarehousePaths) -> list[RunRecord]:
    """The records on disk, newest first; a killed build is told as `interrupted`."""
    records = [RunRecord(**_load(file)) for file in sorted(paths.runs.glob("*.json"), reverse=True)]
    at_work = is_build_running(paths)
    for position, record in enumerate(records):
        if record.state == "running" and not (at_work and position == 0):
            record.state = "interrupted"
            record.failed_stage = record.stage
            record.error = record.error or "构建被中断（进程已不在）；再次运行 gongkai build 即可接着完成。"
    return records


def _load(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def is_build_running(paths: WarehousePaths) -> bool:
    """Whether a build holds the writer's lock now."""
    if not paths.lock.exists():
        return False
    with paths.lock.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
