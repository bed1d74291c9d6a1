"""Running strangers' SQL at the desk: answers are kept, runs are called off, and no more run at once than a process takes."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from uuid import uuid4

import pytest

from dashboard.data.desk import Desk, TooLargeError
from dashboard.data.release import Release
from dashboard.data.sandbox import Refused

_ENDLESS = "select count(*) from range(10000000) a, range(10000000) b where a.range * b.range = 7"


def _run_id() -> str:
    return uuid4().hex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_an_answer_is_kept_for_other_processes(release: Release, folder: Path) -> None:
    run_id = _run_id()
    answer = Desk(folder).run(release.path, run_id, "select 1 as one, null::varchar as nothing")
    kept = Desk(folder).kept(run_id)
    assert kept is not None
    assert kept.to_pylist() == answer.table.to_pylist() == [{"one": 1, "nothing": None}]


def test_every_type_is_kept(release: Release, folder: Path) -> None:
    run_id = _run_id()
    sql = "select interval 1 day as span, [1, null] as list, {'a': 1} as struct, 1.5::decimal(38,6) as exact, null as nothing"
    answer = Desk(folder).run(release.path, run_id, sql)
    kept = Desk(folder).kept(run_id)
    assert kept is not None
    assert kept.equals(answer.table)


def test_another_process_calls_a_run_off(release: Release, folder: Path) -> None:
    run_id = _run_id()
    threading.Timer(0.5, lambda: Desk(folder).cancel(run_id)).start()
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        Desk(folder).run(release.path, run_id, _ENDLESS)
    assert refused.value.code == "cancelled"
    assert time.monotonic() - began < 10


def test_statements_never_hold_all_threads(release: Release, folder: Path) -> None:
    desk = Desk(folder)
    runs = [_run_id() for _ in range(6)]
    with ThreadPoolExecutor(len(runs)) as pool:
        working = [pool.submit(desk.run, release.path, run_id, _ENDLESS) for run_id in runs]
        sent_away = next(as_completed(working)).exception()
        assert isinstance(sent_away, Refused)
        assert sent_away.code == "busy"
        for run_id in runs:
            desk.cancel(run_id)
    assert {getattr(run.exception(), "code", None) for run in working} == {"cancelled", "busy"}
    assert desk.run(release.path, _run_id(), "select 1 as one").table.to_pylist() == [{"one": 1}]


def test_too_large_an_answer_is_neither_sent_nor_kept(release: Release, folder: Path) -> None:
    run_id = _run_id()
    with pytest.raises(TooLargeError):
        Desk(folder).run(release.path, run_id, "select repeat('字', 10000) || range as text from range(2000)")
    assert Desk(folder).kept(run_id) is None


@pytest.mark.parametrize("run_id", ["../../current", "", "0" * 31, "/etc/passwd"])
def test_what_is_no_id_never_becomes_a_path(folder: Path, run_id: str) -> None:
    assert Desk(folder).kept(run_id) is None
    with pytest.raises(ValueError, match="no id of a run"):
        Desk(folder).cancel(run_id)
    assert list(folder.iterdir()) == []


def test_old_answers_go_and_other_files_stay(release: Release, folder: Path) -> None:
    desk, old, new = Desk(folder), _run_id(), _run_id()
    (folder / "other.txt").touch()
    desk.run(release.path, old, "select 1")
    for file in folder.iterdir():
        os.utime(file, (0, 0))
    desk.run(release.path, new, "select 2")
    assert desk.kept(old) is None
    assert desk.kept(new) is not None
    assert (folder / "other.txt").exists()
