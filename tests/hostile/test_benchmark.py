"""The benchmark of hostile input, on three files: what it measures, and that it tells of a fault."""

from __future__ import annotations

import os
from pathlib import Path

from damage import sample_documents

from benchmarks import hostile


def test_hostile_benchmark_measures_each_file_in_another_process(tmp_path: Path) -> None:
    name, report = sample_documents(1, 1)[0]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / name).write_bytes(report)
    (inbox / "spaces.txt").write_bytes(b" " * 100_000)
    (inbox / "torn.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    names = {name, "spaces.txt", "torn.pdf"}

    readings = list(hostile.read_all(inbox))

    assert {reading.path for reading in readings} == names
    assert {reading.path: reading.outcomes[0].partition(":")[0] for reading in readings} == {
        name: "parsed",
        "spaces.txt": "rejected",
        "torn.pdf": "rejected",
    }
    assert os.getpid() not in {reading.reader for reading in readings}
    assert all(0 < reading.seconds < 10 and reading.peak_bytes >= reading.resident_bytes > 0 for reading in readings)
    assert hostile._faults(readings, names, odd=0) == []
    slow = readings[0]._replace(seconds=11.0)
    assert hostile._faults([slow, *readings[1:]], {*names, "lost.txt"}, odd=0) == [
        f"slow: {slow.path} 11.0 s",
        "not told: lost.txt",
    ]
