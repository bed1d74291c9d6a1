"""Hostile input: 2,000 damaged and nasty files read by the real processes, and a sample of them built into a warehouse.

Exits 1 where a document crashes the reading, takes more than ten seconds or a gibibyte, stays without a status and a reason, or
where a file appears outside the warehouse. Not a part of `make bench`: it takes some minutes and a gigabyte of disk.

    .venv/bin/python benchmarks/hostile.py [FILES]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "hostile"))

import nasty
from damage import damaged, sample_documents
from odd_files import write_odd_files

from dagster_project.inbox import InboxFile, list_files
from dagster_project.reading import SECONDS, read_files
from dagster_project.report_parser import Report, Status

_MAX_BYTES = 1 << 30
_ONE_REPORT_IN = 10
"""Of so many files one at least must still be a report."""
_BUILT = 200
_SAMPLES = 150
_GOLD = Path(__file__).parents[1] / "tests" / "gold" / "documents"
_HUGE = (" ", "-", "7", "\t", "0 ", "政府信息公开工作年度报告")
"""What fills 50 MB."""
_A_BATCH_OF_ITS_OWN = 1 << 30


class Reading(NamedTuple):
    path: str
    seconds: float
    peak_bytes: int
    resident_bytes: int
    reader: int
    outcomes: tuple[str, ...]


class TimedFile(InboxFile):
    """A file that notes in the reading process when its reading began. It says to be so large that it gets a batch of its own."""

    started = 0.0

    def read(self) -> bytes:
        TimedFile.started = perf_counter()
        Path("/proc/self/clear_refs").write_text("5")  # the peak of memory is counted anew
        return InboxFile.read(self._replace(size_bytes=os.stat(self.disk).st_size))


def measure(files: Sequence[InboxFile], reports: Sequence[Report]) -> Reading:
    """What reading one file took, told by the process that read it."""
    (file,) = files
    seconds = perf_counter() - TimedFile.started if TimedFile.started else 0.0
    peak, resident = memory()
    TimedFile.started = 0.0
    return Reading(file.path, seconds, peak, resident, os.getpid(), tuple(map(_outcome, reports)))


def memory() -> tuple[int, int]:
    """(peak, now) of this process's resident memory, in bytes."""
    status = dict(line.split(":\t") for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line)
    return int(status["VmHWM"].split()[0]) << 10, int(status["VmRSS"].split()[0]) << 10


def _outcome(report: Report) -> str:
    if report.status is not Status.REJECTED:
        return f"{report.status}"
    is_explained = report.reason and any(finding.code == report.reason for finding in report.findings)
    return f"rejected: {report.reason}" if is_explained else "WITHOUT REASON"


def write_files(folder: Path, count: int) -> None:
    """`count` files: all that are nasty by design, and damaged documents of every format."""
    random = Random(20)
    by_hand = chain(
        nasty.texts(2 << 20),
        chain.from_iterable(nasty.repeated(piece, 50 << 20, f"huge_{number}") for number, piece in enumerate(_HUGE)),
        nasty.pages(50_000),
        nasty.encodings(),
        nasty.packages(50_000, 1 << 30),
        nasty.archives(2_000, 1 << 30),
        nasty.pdfs(100_000, 1 << 30),
        nasty.endless_pdfs(),
        [("one_line.txt", b"0 1 2 " * (20 << 20 // 6))],
    )
    written = 0
    for name, data in by_hand:
        _write(folder, name, data)
        written += 1
    documents = [*sample_documents(_SAMPLES, 5), *((path.name, path.read_bytes()) for path in _gold_documents())]
    for number in range(count - written):
        name, data = random.choice(documents)
        _write(folder, f"{number}_{name}", damaged(data, random))


def _gold_documents() -> list[Path]:
    return sorted(path for path in _GOLD.rglob("*") if path.is_file() and path.suffix != ".json")


def _write(folder: Path, name: str, data: bytes) -> None:
    path = folder / Path(name).suffix.removeprefix(".") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def read_all(inbox: Path) -> Iterator[Reading]:
    """Each file read in a batch of its own."""
    files = [TimedFile(*file)._replace(size_bytes=_A_BATCH_OF_ITS_OWN) for file in list_files(inbox, inbox)]
    for _, reading in read_files(files, measure):
        yield reading


def listing(root: Path) -> set[str]:
    return {os.path.join(folder, name) for folder, folders, names in os.walk(root) for name in (*folders, *names)}


def built(root: Path, inbox: Path, warehouse: Path) -> list[str]:
    """What is wrong with a build over `inbox`."""
    before = listing(root)
    gongkai = Path(sys.executable).parent / "gongkai"
    command = [gongkai, "build", "--inbox", inbox, "--warehouse", warehouse]
    started = perf_counter()
    outcome = subprocess.run(
        command, env={**os.environ, "TMPDIR": str(root / "tmp")}, capture_output=True, text=True, check=False
    )
    print(f"build   exit {outcome.returncode} after {perf_counter() - started:.1f} s")
    faults = []
    if outcome.returncode or not (warehouse / "current.duckdb").exists():
        faults.append(f"the build did not publish:\n{outcome.stdout[-2000:]}{outcome.stderr[-4000:]}")
    strays = [path for path in listing(root) - before if not path.startswith(str(warehouse))]
    return faults + [f"a file outside the warehouse: {path}" for path in strays]


def main(count: int) -> int:
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        root = Path(name)
        inbox, few, outside = root / "inbox", root / "few", root / "outside"
        for folder in (inbox, few, outside, root / "tmp"):
            folder.mkdir()
        write_files(inbox, count)
        paths = sorted(path for path in inbox.rglob("*") if path.is_file())
        report = sample_documents(1, 1)[0][1]
        told = write_odd_files(inbox / "odd", report, outside)
        for path in Random(3).sample(paths, min(_BUILT, len(paths))):
            (few / path.name).hardlink_to(path)
        write_odd_files(few / "odd", report, outside)

        before = listing(root)
        Path("/proc/self/clear_refs").write_text("5")
        started = perf_counter()
        readings = list(read_all(inbox))
        faults = _faults(readings, {path.relative_to(inbox).as_posix() for path in paths}, told)
        faults += [f"a file was written: {path}" for path in listing(root) - before]
        _print(readings, perf_counter() - started)
        faults += built(root, few, root / "warehouse")
    for fault in faults:
        print(f"FAULT   {fault}")
    return 1 if faults else 0


def _faults(readings: Sequence[Reading], paths: set[str], odd: int) -> list[str]:
    seen = [reading.path for reading in readings]
    missing = [path for path in paths if path not in seen and not any(each.startswith(f"{path}/") for each in seen)]
    few = sum(path.startswith("odd/") for path in seen) < odd
    still_reports = sum("parsed" in reading.outcomes or "partial" in reading.outcomes for reading in readings)
    return [
        *(f"slow: {reading.path} {reading.seconds:.1f} s" for reading in readings if reading.seconds > SECONDS),
        *(
            f"large: {reading.path} {reading.peak_bytes >> 20} MiB"
            for reading in readings
            if reading.peak_bytes > _MAX_BYTES
        ),
        *(
            f"{outcome}: {reading.path}"
            for reading in readings
            for outcome in reading.outcomes or ("WITHOUT REASON",)
            if outcome in ("WITHOUT REASON", "rejected: parser_error")
        ),
        *(f"not told: {path}" for path in missing),
        *(["files with odd names are missing"] if few else []),
        # Most damage leaves a report one: where hardly any is read, it was not the documents that were tried.
        *(["hardly a document was read as a report"] if still_reports < len(paths) // _ONE_REPORT_IN else []),
        *(["a path is told twice"] if len(seen) != len(set(seen)) else []),
    ]


def _print(readings: Sequence[Reading], seconds: float) -> None:
    here = os.getpid()
    print(f"hostile: {len(readings):,} documents read in {seconds:.0f} s")
    for outcome, number in Counter(chain.from_iterable(reading.outcomes for reading in readings)).most_common():
        print(f"  {number:6,}  {outcome}")
    print("slowest")
    for reading in sorted(readings, key=lambda each: -each.seconds)[:10]:
        print(f"  {reading.seconds:6.2f} s  {reading.path[:60]!r}  {reading.outcomes[0]}")
    print("largest")
    inside = [reading for reading in readings if reading.reader != here]
    for reading in sorted(inside, key=lambda each: -each.peak_bytes)[:10]:
        print(f"  {reading.peak_bytes >> 20:6} MiB  {reading.path[:60]!r}  {reading.outcomes[0]}")
    for reader in sorted({reading.reader for reading in inside}):
        own = [reading.resident_bytes >> 20 for reading in inside if reading.reader == reader]
        print(f"reader {reader}: {len(own)} files, MiB held after each tenth of them {own[:: max(1, len(own) // 10)]}")
    print(f"lister: {memory()[0] >> 20} MiB at most")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
