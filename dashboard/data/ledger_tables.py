"""The ledger beside the release: its findings and verdicts as tables that a page's SQL can join, in memory and never in the release's file.

`ledger.finding` has a row per fingerprint: what current reports break in this release, and what the ledger still knows of it. `ledger.verdict` has
the verdict that stands on a finding. Both follow the ledger's file: a verdict is there with the next question asked.
"""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb

from expectations.ledger import Ledger

PREFIX = "ledger."
"""What SQL that asks these tables has in it."""

_ATTACH = "attach if not exists ':memory:' as ledger (read_write)"

# The fingerprint and the choice among several results of one place are those of expectations/ledger/sync.py. An organ that the release does not
# have is left out: a release may be the part of one region.
_FINDING = """
create or replace table ledger.finding as
with shown as (
    select
        md5(concat_ws('|', result.rule_id, result.organ_key, result.year, result.place)) as fingerprint,
        result.rule_id, result.severity, result.organ_key, result.year, result.place,
        result.left_value, result.right_value, result.difference, result.cells[1] as first_cell, result.detail
    from fct_rule_result as result
    join dim_report as report on result.report_key = report.report_key and report.is_current
    where result.status = 'fail'
    qualify row_number() over (
        partition by fingerprint
        order by result.severity, abs(result.difference) desc nulls last, result.left_value, result.right_value
    ) = 1
)
select
    fingerprint,
    coalesce(shown.rule_id, known.rule_id) as rule_id,
    coalesce(shown.severity, known.severity) as severity,
    coalesce(shown.organ_key, known.organ_key) as organ_key,
    coalesce(shown.year, known.year) as year,
    coalesce(shown.place, known.place) as place,
    shown.left_value, shown.right_value, shown.difference, shown.first_cell, shown.detail,
    shown.rule_id is not null as is_broken,
    case
        -- Published, and not yet taken down in the ledger: that takes seconds.
        when known.status is null or (shown.rule_id is not null and known.status = 'resolved') then 'unrecorded'
        else known.status
    end as status,
    known.status_since,
    known.first_seen
from shown
full join known using (fingerprint)
where coalesce(shown.organ_key, known.organ_key) in (select organ_key from dim_organ)
order by year, rule_id, organ_key
"""
_VERDICT = "create or replace table ledger.verdict as from verdicts"


class LedgerTables:
    """`connection` is that of the release. Safe to use from several threads."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, ledger: Path) -> None:
        self._connection = connection
        self._path = ledger
        self._ledger = Ledger(ledger)
        self._lock = threading.Lock()
        self._seen: object = None
        self._synced: str | None = None
        self._version = 0

    def follow(self) -> int:
        """Bring the tables up to the ledger where its file changed. Returns a number that grows with each change."""
        with self._lock:
            state = self._state()
            if state != self._seen:
                self._load()
                self._seen = state
                self._version += 1
            return self._version

    def _state(self) -> object:
        """When the ledger was last written. An empty log beside it says only that somebody reads it."""
        return [_written(path) for path in (self._path, self._path.with_name(f"{self._path.name}-wal"))]

    def _load(self) -> None:
        synced = self._ledger.last_synced() if self._path.exists() else None
        with self._connection.cursor() as cursor:
            cursor.execute(_ATTACH)
            cursor.execute("use release")
            if self._version == 0 or synced != self._synced:
                cursor.register("known", self._ledger.finding_table())
                cursor.execute(_FINDING)
                self._synced = synced
            cursor.register("verdicts", self._ledger.verdict_table())
            cursor.execute(_VERDICT)


def _written(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return (stat.st_mtime_ns, stat.st_size) if stat.st_size else None
