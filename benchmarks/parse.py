"""What reading a report costs, as a ratio to the least any reader must do: decode the bytes, split them, find the digits.

Both are measured on the same documents in alternating rounds by CPU time, so the ratio says little about the machine. Run by
`make bench`.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time

from dagster_project.demo.corpus import write_corpus
from dagster_project.inbox import walk
from dagster_project.report_parser import parse

REPORTS = 300
ROUNDS = 7
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


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder), REPORTS, seed=1)
        documents = [path.read_bytes() for path in walk(Path(folder))]
    read(documents[0])  # the gazetteer is loaded once per process
    rounds = [(cpu_seconds(floor, documents), cpu_seconds(read, documents)) for _ in range(ROUNDS)]
    ratio = median(parsing / least for least, parsing in rounds)
    parsing = median(parsing for _, parsing in rounds)
    least = median(least for least, _ in rounds)
    count = len(documents)
    print(
        f"{count} reports, {sum(map(len, documents)) / count / 1024:.1f} KiB each, medians of {ROUNDS} rounds, CPU time"
    )
    print(f"parse  {parsing / count * 1e3:8.3f} ms/report   {count / parsing:8.0f} reports/s")
    print(f"floor  {least / count * 1e3:8.3f} ms/report   (decode + split + digit scan)")
    print(f"ratio  {ratio:8.1f}")


if __name__ == "__main__":
    main()
