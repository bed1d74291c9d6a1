"""What reading a text report costs, as a ratio to the least any reader must do: decode the bytes, split them, find the digits.

Measured by CPU time on the same documents, a batch at a time in turn, so the ratio says little about the machine, in a process that got
ready as those of the pipeline do. Every other batch is read as the pipeline reads it, all its documents together (`parse_many`), the
others one document after the other (`parse`). No document is read twice: what the parser remembers of one report helps only with others
that are printed alike. Run by `make bench`.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import cycle
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


def read_together(batch: Sequence[bytes]) -> None:
    parse_many([Given(data, "benchmark") for data in batch])


def read_each(batch: Sequence[bytes]) -> None:
    for data in batch:
        parse(data, "benchmark")


_WAYS = (("as the pipeline reads, a batch together", read_together), ("one document after the other", read_each))


def cpu_seconds(work: Callable[[Sequence[bytes]], None], batch: Sequence[bytes]) -> float:
    started = process_time()
    work(batch)
    return process_time() - started


def main(corpus: Path) -> None:
    get_ready_to_read()
    documents = [file.read() for file in list_files(corpus)]
    batches = [documents[start : start + BATCH_FILES] for start in range(0, len(documents), BATCH_FILES)]
    times: defaultdict[str, list[tuple[int, float, float]]] = defaultdict(list)  # a small corpus is one batch
    for (name, read), batch in zip(cycle(_WAYS), batches, strict=False):
        times[name].append((len(batch), cpu_seconds(floor, batch), cpu_seconds(read, batch)))
    kib = sum(map(len, documents)) / len(documents) / 1024
    print(f"parse: {len(documents):,} text reports, {kib:.1f} KiB each, CPU time, one pass")
    for name, measured in times.items():
        reports, least, parsing = (sum(column) for column in zip(*measured, strict=True))
        print(f"  {name}, {reports:,} reports")
        print(f"    floor  {least / reports * 1e3:8.3f} ms/report   (decode + split + digit scan)")
        print(f"    parse  {parsing / reports * 1e3:8.3f} ms/report   {reports / parsing:8,.0f} reports/s on one core")
        middle = median(parsed / floored for _, floored, parsed in measured)
        print(f"    ratio  {parsing / least:8.2f}   (median of {len(measured)} batches: {middle:.2f})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
