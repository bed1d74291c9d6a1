"""The ledger as programs use it. Every call opens the file, does its work and closes it, so any thread or process may call."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from . import journal
from .database import connect, writing
from .records import Event, Finding, Precision, SyncSummary, Verdict
from .sync import sync_release

_SHORTEST_PREFIX = 6

_FINDINGS = """
with last_word as (
    select fingerprint, max(verdict_id) as verdict_id from verdict group by fingerprint
),

standing as (
    select verdict.* from verdict inner join last_word using (verdict_id) where verdict.verdict != 'withdrawn'
)

select finding.*, standing.verdict, standing.reason, standing.given_by, standing.given_at
from finding
left join standing using (fingerprint)
"""

_FINDING_COLUMNS: Mapping[str, pa.DataType] = {
    **dict.fromkeys(("fingerprint", "rule_id", "severity", "organ_key"), pa.string()),
    "year": pa.int32(),
    **dict.fromkeys(("place", "first_seen", "status", "status_since"), pa.string()),
}
_VERDICT_COLUMNS: Mapping[str, pa.DataType] = dict.fromkeys(
    ("fingerprint", "rule_id", "verdict", "reason", "given_by", "given_at"), pa.string()
)
_INSERT_VERDICT = "insert into verdict (fingerprint, verdict, reason, given_by, given_at) values (?, ?, ?, ?, ?)"


class UnknownFinding(Exception):
    """No finding has this fingerprint."""


class MissingReason(Exception):
    """A finding is dismissed with a reason."""


class AmbiguousFingerprint(Exception):
    """Several findings' fingerprints begin like this."""


class Ledger:
    """The ledger in the file `path`, which is made when it is first used."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sync(self, release: Path, release_id: str) -> SyncSummary:
        """Bring the ledger up to a published release: exactly one event for each finding that came up, was resolved or came back.

        Releases beside it that a killed build left out are taken in before it. A ledger without a past gets it from the
        earlier releases beside it, as history that is no news, and its verdicts from the journal; a lost journal is written anew.

        Everything happens in one transaction; syncing a release again changes nothing.

        Raises:
            duckdb.Error: when the release cannot be read.
        """
        with writing(self.path) as connection:
            newest = connection.execute("select max(release_id) from synced").fetchall()[0][0]
            is_history = newest is None
            if is_history:
                self._take_in_journal(connection)
            elif not journal.journal_of(self.path).exists():
                self._note(connection.execute(f"select {', '.join(journal.COLUMNS)} from verdict").fetchall())
            taken_in, left_out = 0, []
            for earlier in sorted(release.parent.glob("*.duckdb")):
                if (is_history or earlier.stem > newest) and earlier.stem < release_id:
                    if self._take_in(connection, earlier, is_history):
                        taken_in += 1
                    else:
                        left_out.append(earlier.stem)
            summary, carried = sync_release(connection, release, release_id, is_history=False)
            self._note(carried)
        summary.history = taken_in if is_history else 0
        summary.left_out = left_out
        return summary

    def _take_in(self, connection: sqlite3.Connection, release: Path, is_history: bool) -> bool:
        """Sync an earlier release; one that cannot be read leaves no trace. Returns whether it could."""
        connection.execute("savepoint earlier")
        try:
            _, carried = sync_release(connection, release, release.stem, is_history=is_history)
        except duckdb.Error:
            connection.execute("rollback to earlier")
            return False
        finally:
            connection.execute("release earlier")
        self._note(carried)
        return True

    def _take_in_journal(self, connection: sqlite3.Connection) -> None:
        connection.executemany(
            _INSERT_VERDICT,
            journal.read(journal.journal_of(self.path)),
        )

    def _note(self, verdicts: list[journal.Line]) -> None:
        if verdicts:
            journal.append(journal.journal_of(self.path), verdicts)

    def last_synced(self) -> str | None:
        """Id of the newest release that was synced, None before the first."""
        with connect(self.path) as connection:
            newest: str | None = connection.execute("select max(release_id) from synced").fetchall()[0][0]
            return newest

    def count_seen_in(self, release_id: str) -> int:
        """How many findings were last seen in that release."""
        with connect(self.path) as connection:
            count = connection.execute("select count(*) from finding where last_release = ?", [release_id])
            return int(count.fetchall()[0][0])

    def finding(self, fingerprint: str) -> Finding:
        """One finding, by its fingerprint or the first six characters or more of it.

        Raises:
            UnknownFinding: when there is no such finding.
            AmbiguousFingerprint: when several begin like this.
        """
        with connect(self.path) as connection:
            whole = _find(connection, fingerprint)
            return Finding(*connection.execute(f"{_FINDINGS} where finding.fingerprint = ?", [whole]).fetchone())

    def findings(
        self,
        statuses: Collection[str] | None = None,
        rule_id: str | None = None,
        year: int | None = None,
        organ_keys: Collection[str] | None = None,
    ) -> list[Finding]:
        """The findings, resolved ones too unless `statuses` leaves them out; by rule, year, organ and place. With `organ_keys` those of
        these organs only."""
        conditions, values = ["true"], list[str | int]()
        if statuses is not None:
            conditions.append(f"finding.status in ({', '.join('?' * len(statuses))})")
            values += statuses
        if rule_id is not None:
            conditions.append("finding.rule_id = ?")
            values.append(rule_id)
        if year is not None:
            conditions.append("finding.year = ?")
            values.append(year)
        if organ_keys is not None:
            conditions.append("finding.organ_key in (select value from json_each(?))")
            values.append(json.dumps(list(organ_keys)))
        order = "order by finding.rule_id, finding.year, finding.organ_key, finding.place"
        with connect(self.path) as connection:
            rows = connection.execute(f"{_FINDINGS} where {' and '.join(conditions)} {order}", values)
            return [Finding(*row) for row in rows]

    def finding_table(self) -> pa.Table:
        """Every finding as the ledger keeps it, without verdicts, for SQL that joins it with a release. Empty where there is no ledger
        yet; none is made."""
        return self._table(_FINDING_COLUMNS, "select {columns} from finding")

    def verdict_table(self) -> pa.Table:
        """The verdict that stands on each finding that people judged, with the finding's rule. Empty where there is no ledger yet; none is
        made."""
        return self._table(_VERDICT_COLUMNS, f"select {{columns}} from ({_FINDINGS}) where verdict is not null")

    def _table(self, columns: Mapping[str, pa.DataType], query: str) -> pa.Table:
        rows: list[tuple[object, ...]] = []
        if self.path.exists():
            with connect(self.path) as connection:
                rows = connection.execute(query.format(columns=", ".join(columns))).fetchall()
        values = zip(*rows, strict=True) if rows else ([] for _ in columns)
        arrays = [pa.array(list(each), kind) for each, kind in zip(values, columns.values(), strict=True)]
        return pa.table(arrays, names=list(columns))

    def dismissed(self) -> list[str]:
        """Fingerprints of the findings that people said are none. Empty where there is no ledger yet; none is made."""
        if not self.path.exists():
            return []
        with connect(self.path) as connection:
            rows = connection.execute(f"select fingerprint from ({_FINDINGS}) where verdict = 'dismissed'")
            return [fingerprint for (fingerprint,) in rows]

    def events_after(self, event_id: int) -> list[Event]:
        """The events with a higher number than `event_id`, in order. 0 gives all news; history has negative numbers."""
        with connect(self.path) as connection:
            rows = connection.execute(
                """
                select
                    event.event_id, event.event, event.cause, event.release_id, event.at, finding.fingerprint, finding.rule_id,
                    event.severity, finding.organ_key, finding.year, finding.place, finding.report_key,
                    event.left_value, event.right_value, event.difference
                from finding_event as event
                inner join finding using (fingerprint)
                where event.event_id > ?
                order by event.event_id
                """,
                [event_id],
            )
            return [Event(*row) for row in rows]

    def give_verdict(self, fingerprint: str, verdict: Verdict, reason: str | None, given_by: str) -> str:
        """Say of a finding that it is right (`confirmed`) or not (`dismissed`), or take back what was said (`withdrawn`). The newest counts,
        the earlier ones are kept. `fingerprint` may be its first six characters or more. To dismiss takes a reason.

        Returns the whole fingerprint.

        Raises:
            MissingReason: when it is dismissed without one.
            UnknownFinding: when there is no such finding.
            AmbiguousFingerprint: when several begin like this.
        """
        if verdict == "dismissed" and not (reason or "").strip():
            raise MissingReason(fingerprint)
        given_at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        with writing(self.path) as connection:
            whole = _find(connection, fingerprint)
            line = (whole, verdict, reason, given_by, given_at)
            connection.execute(_INSERT_VERDICT, line)
            self._note([line])
        return whole

    def precision_by_rule(self) -> dict[str, Precision]:
        """What people said of each rule's findings; rules that nobody judged are not in it."""
        with connect(self.path) as connection:
            rows = connection.execute(
                f"""
                select rule_id, sum(verdict = 'confirmed'), sum(verdict = 'dismissed')
                from ({_FINDINGS}) where verdict is not null group by rule_id
                """
            )
            return {rule_id: Precision(confirmed, dismissed) for rule_id, confirmed, dismissed in rows}


def _find(connection: sqlite3.Connection, beginning: str) -> str:
    if len(beginning) < _SHORTEST_PREFIX or not re.fullmatch("[0-9a-f]+", beginning):
        raise UnknownFinding(beginning)
    found = connection.execute(
        "select fingerprint from finding where fingerprint >= ?1 and fingerprint < ?1 || 'g' limit 2", [beginning]
    ).fetchall()
    if not found:
        raise UnknownFinding(beginning)
    if len(found) > 1:
        raise AmbiguousFingerprint(beginning)
    return str(found[0][0])
