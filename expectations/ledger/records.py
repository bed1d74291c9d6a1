"""What the ledger tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["new", "persisting", "resolved", "reopened"]
Verdict = Literal["confirmed", "dismissed", "withdrawn"]

OPEN: tuple[Status, ...] = ("new", "persisting", "reopened")
"""The statuses of a finding that stands."""


@dataclass(frozen=True)
class Finding:
    """A rule that an organ's report on a year breaks, or broke, at a place. Times are UTC, ISO 8601 to the second: when the release was
    written that showed it first, last, or in its present status. `report_key` is the report version that breaks it, or broke it last.
    The verdict is the newest that stands; null where there is none or it was withdrawn."""

    fingerprint: str
    rule_id: str
    severity: str
    organ_key: str
    year: int
    place: str
    report_key: str
    first_seen: str
    first_release: str
    last_seen: str
    last_release: str
    status: Status
    status_since: str
    verdict: Verdict | None
    reason: str | None
    given_by: str | None
    given_at: str | None


@dataclass(frozen=True)
class Event:
    """A finding that came up, was resolved, or came back. The values are the rule's two sides in that release and their difference: null
    where the rule has none, or no longer says anything of the place.

    `cause` says why it is resolved: `passes`, `not_found` (the rule no longer lists the place), `report_replaced` (by a version that leaves
    it open), `report_gone` or `rule_gone`; null for the other events."""

    event_id: int
    event: Literal["new", "resolved", "reopened"]
    cause: str | None
    release_id: str
    at: str
    fingerprint: str
    rule_id: str
    severity: str
    organ_key: str
    year: int
    place: str
    report_key: str
    left_value: int | float | None
    right_value: int | float | None
    difference: int | float | None


@dataclass(frozen=True)
class Precision:
    """How often people agreed with a rule: findings whose standing verdict is `confirmed`, and those whose is `dismissed`."""

    confirmed: int
    dismissed: int

    @property
    def judged(self) -> int:
        return self.confirmed + self.dismissed


@dataclass
class SyncSummary:
    """What syncing a release changed: findings that came up, were resolved and came back, and how many stand now. `history`: earlier
    releases from which a ledger without a past was made. `left_out`: ids of earlier releases that could not be read."""

    new: int = 0
    resolved: int = 0
    reopened: int = 0
    standing: int = 0
    history: int = 0
    left_out: list[str] = field(default_factory=list)
