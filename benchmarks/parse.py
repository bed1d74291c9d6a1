"""What reading a text report costs, as a ratio to the least any reader must do: decode the bytes, split them, find the digits.

Measured by CPU time on the same documents, a batch at a time in turn, so the ratio says little about the machine. Every other batch is
read as the pipeline reads it, all its documents together (`parse_many`), the others one document after the other (`parse`). No document
is read twice: what the parser remembers of one report helps only with others that are printed alike. Run by `make bench`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time

from dagster_project.inbox import list_files
from dagster_project.reading import BATCH_FILES
from dagster_project.report_parser import Given, parse, parse_many

_DIGITS = re.compile(r"\d+")


def floor(batch: Sequence[bytes]) -> None:
    for data in batch:
        for line in data.decode().split("\n"):
            _DIGITS.findall(line)


def read_together(batch: Sequence[bytes]) -> None:
    parse_many([Given(data, "benchmark") for data in batch])


def read_each(batch: Sequence[bytes]) -> None:
    for data in batch:
        parse(data, "benchmark")


_WAYS = {"together": read_together, "each": read_each}


def cpu_seconds(work: Callable[[Sequence[bytes]], None], batch: Sequence[bytes]) -> float:
    started = process_time()
    work(batch)
    return process_time() - started


def main(corpus: Path) -> None:
    documents = [file.read() for file in list_files(corpus)]
    read_each(documents[:1])  # the gazetteer is loaded once per process
    batches = [documents[start : start + BATCH_FILES] for start in range(0, len(documents), BATCH_FILES)]
    count = len(documents)
    print(f"parse: {count:,} text reports, {sum(map(len, documents)) / count / 1024:.1f} KiB each, CPU time, one pass")
    times = [
        (cpu_seconds(floor, batch), *(cpu_seconds(way, batch) for way in [list(_WAYS.values())[number % 2]]))
        for number, batch in enumerate(batches)
    ]
    least = sum(seconds for seconds, _ in times)
    print(f"  floor      {least / count * 1e3:8.3f} ms/report   (decode + split + digit scan)")
    for number, name in enumerate(_WAYS):
        mine, here = times[number::2], batches[number::2]
        least, parsing = (sum(column) for column in zip(*mine, strict=True))
        read = sum(map(len, here))
        ratios = [parsed / floored for floored, parsed in mine]
        print(
            f"  {name:9s}  {parsing / read * 1e3:8.3f} ms/report   {read / parsing:8,.0f} reports/s on one core"
            f"   ratio {parsing / least:5.2f}   (median of {len(ratios)} batches: {median(ratios):.2f})"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
