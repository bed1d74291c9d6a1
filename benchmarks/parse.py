"""What reading a text report costs, as a ratio to the least any reader must do: decode the bytes, split them, find the digits.

Both are measured on the same documents, chunk by chunk in turn, by CPU time, so the ratio says little about the machine. No
document is read twice: what the parser remembers of one report helps only with others that are printed alike. Run by `make bench`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time

from dagster_project.inbox import list_files
from dagster_project.report_parser import parse

_CHUNK = 1_000
_DIGITS = re.compile(r"\d+")


def floor(data: bytes) -> None:
    for line in data.decode().split("\n"):
        _DIGITS.findall(line)


def read(data: bytes) -> None:
    parse(data, "benchmark")


def cpu_seconds(work: Callable[[bytes], None], documents: Sequence[bytes]) -> float:
    started = process_time()
    for data in documents:
        work(data)
    return process_time() - started


def main(corpus: Path) -> None:
    documents = [file.read() for file in list_files(corpus)]
    read(documents[0])  # the gazetteer is loaded once per process
    chunks = [documents[start : start + _CHUNK] for start in range(0, len(documents), _CHUNK)]
    times = [(cpu_seconds(floor, chunk), cpu_seconds(read, chunk)) for chunk in chunks]
    least, parsing = (sum(column) for column in zip(*times, strict=True))
    count = len(documents)
    print(f"parse: {count:,} text reports, {sum(map(len, documents)) / count / 1024:.1f} KiB each, CPU time, one pass")
    print(f"  floor  {least / count * 1e3:8.3f} ms/report   (decode + split + digit scan)")
    print(f"  parse  {parsing / count * 1e3:8.3f} ms/report   {count / parsing:8,.0f} reports/s on one core")
    print(f"  ratio  {parsing / least:8.1f}   (median of {len(chunks)} chunks: {median(b / a for a, b in times):.1f})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
