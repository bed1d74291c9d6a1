"""The ledger: what became of each broken rule, and what people said of it. It outlives every build.

A finding is a rule that a current report version breaks at a place; its fingerprint is made of rule, organ, year and place, so it is the
same finding in every release. The file lies beside the releases (`ledger.sqlite`), the verdicts a second time in `verdicts.jsonl`.
"""

from __future__ import annotations

from .database import put_aside_if_damaged
from .ledger import AmbiguousFingerprint, Ledger, MissingReason, UnknownFinding
from .records import OPEN, Event, Finding, Precision, SyncSummary, Verdict

__all__ = [
    "OPEN",
    "AmbiguousFingerprint",
    "Event",
    "Finding",
    "Ledger",
    "MissingReason",
    "Precision",
    "SyncSummary",
    "UnknownFinding",
    "Verdict",
    "put_aside_if_damaged",
]
