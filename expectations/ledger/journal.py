"""The verdicts a second time, as lines of JSON beside the ledger: people's work must outlive a damaged database.

Lines are only ever appended, and are on disk before the ledger has the verdict.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path

COLUMNS = ("fingerprint", "verdict", "reason", "given_by", "given_at")
Line = tuple[str, str, str | None, str, str]
"""A verdict: the columns in this order."""

_log = logging.getLogger(__name__)


def journal_of(ledger: Path) -> Path:
    """Where the verdicts of the ledger `ledger` are written a second time."""
    return ledger.with_name("verdicts.jsonl")


def append(journal: Path, lines: Iterable[Line]) -> None:
    """Add verdicts; they are on disk when this returns."""
    text = "".join(json.dumps(dict(zip(COLUMNS, line, strict=True)), ensure_ascii=False) + "\n" for line in lines)
    with journal.open("ab+") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # a write that was cut off must not swallow this one
                text = "\n" + text
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def read(journal: Path) -> list[Line]:
    """Every verdict, oldest first. A line that cannot be read is left out, with a warning."""
    verdicts: list[Line] = []
    if not journal.exists():
        return verdicts
    for number, line in enumerate(journal.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            fingerprint, verdict, reason, given_by, given_at = (entry[column] for column in COLUMNS)
        except (ValueError, KeyError, TypeError):
            _log.warning("%s 第 %d 行无法读取，已略过 unreadable line left out", journal, number)
            continue
        verdicts.append((fingerprint, verdict, reason, given_by, given_at))
    return verdicts
