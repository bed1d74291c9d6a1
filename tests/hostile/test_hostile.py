"""Hostile input: whatever a file holds or is called, it ends as reports with a status, and no figure is made up.

In small sizes; benchmarks/hostile.py does the same in full.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from random import Random

import nasty
import pytest
from damage import damaged, sample_documents
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_files import write_odd_files
from unruly import die_or_hang

from dagster_project.inbox import list_files
from dagster_project.reading import as_reports, read_files, readers
from dagster_project.report_parser import CellState, Report, Status, parse_all
from dagster_project.report_parser.form import CellName
from dagster_project.report_parser.formats import Unreadable, read_document

_DOCUMENTS = sample_documents(42, 3)
_EXAMPLES = settings(max_examples=80, derandomize=True, deadline=None, database=None)
_CUTS = settings(max_examples=150, derandomize=True, deadline=None, database=None)
_MAX_CPU_SECONDS = 5
_SIZE = 100_000
_COUNT = 2_000
_STOLEN = "root:"
"""What /etc/passwd begins with."""


def assert_told(reports: Sequence[Report], data: bytes) -> None:
    """At least one report; each with a status, a refused one with a reason and a message, and figures only where they are printed."""
    assert reports
    try:
        lines = read_document(data).document.lines
    except Unreadable:
        lines = []
    for report in reports:
        if report.status is Status.REJECTED:
            assert report.reason in {finding.code for finding in report.findings}
            assert report.reason != "parser_error"
            assert not report.cells
        for cell in report.cells:
            assert (cell.value is not None) == (cell.state is CellState.NUMBER)
            if cell.state is CellState.NUMBER:
                assert cell.raw
                assert cell.line
                assert cell.raw in lines[cell.line - 1]
    told = json.dumps([report.as_dict() for report in reports], ensure_ascii=False)
    told.encode()
    assert _STOLEN not in told


@_EXAMPLES
@given(document=st.sampled_from(_DOCUMENTS), seed=st.integers(0, 1 << 32))
def test_damaged_document_is_told(document: tuple[str, bytes], seed: int) -> None:
    name, data = document
    data = damaged(data, Random(seed))
    assert_told(parse_all(data, name), data)


@pytest.mark.parametrize(
    "family",
    [
        pytest.param(lambda: nasty.texts(_SIZE), id="texts"),
        pytest.param(lambda: nasty.pages(_COUNT), id="pages"),
        pytest.param(nasty.encodings, id="encodings"),
        pytest.param(lambda: nasty.packages(_COUNT, _SIZE), id="packages"),
        pytest.param(lambda: nasty.archives(_COUNT, _SIZE), id="archives"),
    ],
)
def test_nasty_document_is_told_in_time(family: Callable[[], Iterator[tuple[str, bytes]]]) -> None:
    for name, data in family():
        started = time.process_time()
        reports = parse_all(data, name)
        assert time.process_time() - started < _MAX_CPU_SECONDS, name
        assert_told(reports, data)


def test_nasty_pdf_costs_no_more_than_its_process_may(tmp_path: Path) -> None:
    """Read as a build reads them, for some take all the memory there is."""
    for number, (name, data) in enumerate(nasty.pdfs(_COUNT, _SIZE)):
        (tmp_path / f"{number} {Path(name).name}").write_bytes(data)
    files = list(list_files(tmp_path, tmp_path))
    batches = [reports for _, reports in read_files(files, as_reports, seconds=_MAX_CPU_SECONDS)]
    reports = list(chain.from_iterable(batches))
    assert {report.source for report in reports} == {file.path for file in files}
    for report in reports:
        assert report.reason != "parser_error"
        assert report.status is not Status.REJECTED or report.reason


# --- A document that is cut off --------------------------------------------------------------------------------------


def figures(data: bytes) -> set[tuple[CellName, object]]:
    return {
        ((cell.table, cell.row, cell.column), cell.value)
        for report in parse_all(data, "cut")
        for cell in report.cells
        if cell.state is CellState.NUMBER
    }


_FIGURES = {name: figures(data) for name, data in _DOCUMENTS}
_BODIES = {".docx": "word/document.xml", ".xlsx": "xl/worksheets/sheet1.xml"}


def body_cut(name: str, data: bytes, share: float) -> bytes:
    """The document without the end of its body; the package around it is whole."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    body = _BODIES[Path(name).suffix]
    parts[body] = parts[body][: int(len(parts[body]) * share)]
    return nasty.zipped(parts)


@_CUTS
@given(document=st.sampled_from(_DOCUMENTS), share=st.floats(0, 1))
def test_cut_document_has_no_other_figure_than_the_whole(document: tuple[str, bytes], share: float) -> None:
    name, data = document
    assert figures(data[: int(len(data) * share)]) <= _FIGURES[name]
    if Path(name).suffix in _BODIES:
        assert figures(body_cut(name, data, share)) <= _FIGURES[name]


# --- Files and processes ---------------------------------------------------------------------------------------------


def test_odd_files_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    outside.mkdir()
    told = write_odd_files(inbox, _DOCUMENTS[0][1], outside)
    zips = chain(nasty.archives(200, 1 << 20), [("far.xlsx", dict(nasty.packages(9, 9))["far_cell.xlsx"])])
    for name, data in zips:
        (inbox / name).write_bytes(data)
    before = set(tmp_path.rglob("*"))
    started = time.monotonic()
    files = list(list_files(inbox, inbox))
    assert time.monotonic() - started < _MAX_CPU_SECONDS
    assert len({file.path for file in files}) == len(files) > told
    for file in files:
        assert not any(char < " " or "\u202a" <= char <= "\u202e" for char in file.path)
        file.path.encode()
        assert not file.path.startswith(("/", "../"))
        if file.refusal is None:
            assert_told(parse_all(file.read(), file.path, file.hints), file.read())
    by_path = {file.path: file for file in files}
    for link in ("dangling.txt", "loop.txt", "outside.txt", "device.txt", "folder_link", "fifo.txt", "socket.txt"):
        assert by_path[link].refusal is not None, link
    assert set(tmp_path.rglob("*")) == before


def test_folders_deeper_than_any_stack_are_walked(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("a", dir_fd=folder)
        inner = os.open("a", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(os.open("b.txt", os.O_CREAT, dir_fd=folder))
    os.close(folder)
    assert [file.path.count("/") for file in list_files(tmp_path, tmp_path)] == [1_500]
    # Neither the standard library nor pytest can remove what is so deep.
    folders = [tmp_path]
    while (below := folders[-1] / "a").is_dir():
        folders.append(below)
    (folders[-1] / "b.txt").unlink()
    for each in reversed(folders[1:]):
        each.rmdir()


def test_file_that_went_away_or_changed_is_told(tmp_path: Path) -> None:
    (tmp_path / "changed.txt").write_bytes(b"1")
    (tmp_path / "gone.txt").write_bytes(b"2")
    (tmp_path / "grown.txt").write_bytes(b"6")
    (tmp_path / "pipe.txt").write_bytes(b"3")
    (tmp_path / "whole.txt").write_bytes(b"4")
    files = list(list_files(tmp_path, tmp_path))
    (tmp_path / "changed.txt").write_bytes(b"5")
    (tmp_path / "grown.txt").write_bytes(b"6789")
    (tmp_path / "gone.txt").unlink()
    (tmp_path / "pipe.txt").unlink()
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(read_files(files, as_reports, processes=1)) == {
        "changed.txt": "changed_while_read",
        "gone.txt": "unreadable",
        "grown.txt": "changed_while_read",
        "pipe.txt": "unreadable",
        "whole.txt": "not_a_report",
    }


def test_files_of_all_formats_are_read_as_each_is_by_itself(tmp_path: Path) -> None:
    for name, data in _DOCUMENTS:
        (tmp_path / Path(name).name).write_bytes(data)
    (tmp_path / "empty.txt").write_bytes(b"")
    files = list(list_files(tmp_path, tmp_path))
    read = [report for _, reports in read_files(files, as_reports, processes=1) for report in reports]
    assert read == [report for file in files for report in parse_all(file.read(), file.path)]


def reasons(read: Iterator[tuple[int, Sequence[Report]]]) -> dict[str, str | None]:
    return {report.source: report.reason for _, reports in read for report in reports}


def test_what_a_file_does_to_its_process_is_its_own_affair(tmp_path: Path) -> None:
    names = ["a.txt", "aborts.txt", "b.txt", "dies.txt", "fails.txt", "sleeps.txt", "takes_memory.txt", "z.txt"]
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
    files = list(list_files(tmp_path, tmp_path))
    found = reasons(read_files(files, die_or_hang, processes=2, seconds=1))
    assert found == {
        "a.txt": "not_a_report",
        "aborts.txt": "reader_died",
        "b.txt": "not_a_report",
        "dies.txt": "reader_died",
        "fails.txt": "parser_error",
        "sleeps.txt": "too_slow",
        "takes_memory.txt": "too_complex",
        "z.txt": "not_a_report",
    }
    assert list(found) == names


@pytest.mark.parametrize("already_read", [0, 1])
def test_a_pool_that_breaks_costs_no_file(tmp_path: Path, already_read: int) -> None:
    """A process that ends while it has nothing to do, or before it has said what it does, takes the whole pool with it."""
    names = [f"{number:04}.txt" for number in range(1_300)]
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
    files = list(list_files(tmp_path, tmp_path))
    with readers(as_reports, 1) as started:
        read = read_files(files, as_reports, started=started)
        found = reasons(islice(read, already_read))
        os.kill(started.pool.schedule(os.getpid).result(), signal.SIGKILL)  # the one process, which now waits for work
        while started.pool.active:
            time.sleep(0.05)
        found |= reasons(read)
    assert found == dict.fromkeys(names, "not_a_report")
    assert list(found) == names


LESS_MEMORY_THAN_ASKED_FOR = """
import ctypes, resource, sys
from pathlib import Path
from dagster_project.inbox import list_files
from dagster_project.reading import MEMORY, as_reports, read_files

resource.setrlimit(resource.RLIMIT_DATA, (MEMORY // 2, MEMORY // 2))
PR_CAPBSET_DROP, CAP_SYS_RESOURCE = 24, 24
ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_SYS_RESOURCE, 0, 0, 0)  # not even as root may what it starts ask for more
[(count, reports)] = read_files(list(list_files(Path(sys.argv[1]))), as_reports, 1)
print(*[report.reason for report in reports])
"""


def test_a_machine_that_allows_less_memory_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    command = [sys.executable, "-c", LESS_MEMORY_THAN_ASKED_FOR, str(tmp_path)]
    assert subprocess.check_output(command, text=True, timeout=60) == "not_a_report\n"


def test_document_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    endless = dict(nasty.endless_pdfs())
    for name, data in {**endless, "quick.txt": b"quick"}.items():
        (tmp_path / name).write_bytes(data)
    files = list(list_files(tmp_path, tmp_path))
    assert reasons(read_files(files, as_reports, processes=2, seconds=1)) == {
        **dict.fromkeys(endless, "too_slow"),
        "quick.txt": "not_a_report",
    }
