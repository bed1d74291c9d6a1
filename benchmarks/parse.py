"""What reading a text report costs, as a ratio to the least any reader must do: decode the bytes, split them, find the digits.

Measured by CPU time on the same documents, a batch at a time in turn, so the ratio says little about the machine. All documents are read
one after the other (`parse`), and as the pipeline reads them, those of a batch together (`parse_many`): each way in a process of its own
that got ready as those of the pipeline do. No process reads a document twice: what the parser remembers of one report helps only with
others that are printed alike. Run by `make bench`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time

from dagster_project.inbox import list_files
from dagster_project.reading import BATCH_FILES, get_ready_to_read
from dagster_project.report_parser import Given, parse, parse_many

_DIGITS = re.compile(r"\d+")


def floor(batch: Sequence[bytes]) -> None:
    for data in batch:
        for line in data.decode().split("\n"):
            _DIGITS.findall(line)


def read_each(batch: Sequence[bytes]) -> None:
    for data in batch:
        parse(data, "benchmark")


def read_together(batch: Sequence[bytes]) -> None:
    parse_many([Given(data, "benchmark") for data in batch])


_WAYS = {"one document after the other": read_each, "as the pipeline reads, a batch together": read_together}


def cpu_seconds(work: Callable[[Sequence[bytes]], None], batch: Sequence[bytes]) -> float:
    started = process_time()
    work(batch)
    return process_time() - started


def measure(way: str, corpus: Path) -> None:
    documents = [file.read() for file in list_files(corpus)]
    batches = [documents[start : start + BATCH_FILES] for start in range(0, len(documents), BATCH_FILES)]
    times = [(cpu_seconds(floor, batch), cpu_seconds(_WAYS[way], batch)) for batch in batches]
    least, parsing = (sum(column) for column in zip(*times, strict=True))
    count, middle = len(documents), median(parsed / floored for floored, parsed in times)
    print(
        f"parse: {way}: {count:,} text reports, {sum(map(len, documents)) / count / 1024:.1f} KiB each, CPU time, one pass"
    )
    print(f"  floor  {least / count * 1e3:8.3f} ms/report   (decode + split + digit scan)")
    print(f"  parse  {parsing / count * 1e3:8.3f} ms/report   {count / parsing:8,.0f} reports/s on one core")
    print(f"  ratio  {parsing / least:8.2f}   (median of {len(times)} batches: {middle:.2f})", flush=True)


def main(corpus: Path) -> None:
    for way in _WAYS:
        with ProcessPoolExecutor(1, get_context("spawn"), get_ready_to_read) as process:
            process.submit(measure, way, corpus).result()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
