"""Holding a release against the ledger: what came up, what is resolved, what came back.

Set-based: the release's failures go into a temporary table of the ledger's database, and a statement settles each kind of change for all
of them. When a finding is resolved, and when it stands though the release does not show it: decision 0019.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pyarrow as pa

from .journal import Line
from .records import SyncSummary

_FAILING = """
select
    md5(concat_ws('|', result.rule_id, result.organ_key, result.year, result.place)) as fingerprint,
    result.rule_id,
    {severity} as severity,
    result.organ_key,
    result.year,
    result.place,
    result.report_key,
    result.left_value::varchar,
    result.right_value::varchar,
    result.difference::varchar
from fct_rule_result as result
inner join dim_report as report on result.report_key = report.report_key and report.is_current
inner join dim_rule as rule on result.rule_id = rule.rule_id
where result.status = 'fail'
-- A rule may say several things of one place: they are one finding, told by the gravest and the largest difference.
qualify row_number() over (
    partition by fingerprint
    order by {severity}, abs(result.difference) desc nulls last, result.left_value, result.right_value
) = 1
"""

_RESOLVED = """
with here as (
    select
        report_key,
        rule_id,
        place,
        -- Never fail: what fails is not asked about.
        max(status) as status,
        any_value(left_value)::varchar as left_value,
        any_value(right_value)::varchar as right_value,
        any_value(difference)::varchar as difference
    from fct_rule_result
    where rule_id in (select rule_id from missing) and organ_key in (select organ_key from missing)
    group by report_key, rule_id, place
    having max(status) != 'fail'
),

answer as (
    select
        missing.fingerprint,
        case
            when rule.rule_id is null then 'rule_gone'
            when report.report_key is null then 'report_gone'
            -- H5 lists a cell only when it fails; of the cells that do not, its table speaks.
            when coalesce(here.status, whole.status) = 'pass' then 'passes'
            when report.report_key != missing.report_key then 'report_replaced'
            when coalesce(here.status, whole.status) = 'not_assessable' then null
            else 'not_found'
        end as cause,
        here.left_value,
        here.right_value,
        here.difference
    from missing
    left join dim_rule as rule on missing.rule_id = rule.rule_id
    left join dim_report as report
        on missing.organ_key = report.organ_key and missing.year = report.year and report.is_current
    left join here
        on report.report_key = here.report_key and missing.rule_id = here.rule_id and missing.place = here.place
    left join here as whole
        on
            report.report_key = whole.report_key
            and missing.rule_id = whole.rule_id
            and split_part(missing.place, '.', 1) = whole.place
)

select * from answer where cause is not null
"""

_VALUES = "left_value numeric, right_value numeric, difference numeric"
_TEMPORARY = f"""
create temp table failing (
    fingerprint text primary key, rule_id text, severity text, organ_key text, year integer, place text, report_key text, {_VALUES}
) without rowid;
create temp table change (fingerprint text primary key, event text, cause text, severity text, {_VALUES}) without rowid;
"""

_MOVED = """
create temp table moved as
select before.fingerprint as before, failing.fingerprint as now, failing.organ_key, failing.year
from failing
inner join finding as before using (report_key, rule_id, place)
where
    before.status != 'resolved'
    and before.fingerprint not in (select fingerprint from failing)
    and failing.fingerprint not in (select fingerprint from finding)
group by failing.fingerprint
"""

_MOVE = (
    """
    update finding set fingerprint = moved.now, organ_key = moved.organ_key, year = moved.year
    from moved where finding.fingerprint = moved.before
    """,
    "update finding_event set fingerprint = moved.now from moved where finding_event.fingerprint = moved.before",
)

_CARRY_VERDICTS = """
insert into verdict (fingerprint, verdict, reason, given_by, given_at)
select moved.now, earlier.verdict, earlier.reason, earlier.given_by, earlier.given_at
from verdict as earlier
inner join moved on earlier.fingerprint = moved.before
where not exists (
    select 1 from verdict as known
    where known.fingerprint = moved.now and known.given_at = earlier.given_at and known.verdict = earlier.verdict
)
order by earlier.verdict_id
returning fingerprint, verdict, reason, given_by, given_at
"""

_CAME = """
insert into change
select
    failing.fingerprint,
    case when finding.fingerprint is null then 'new' else 'reopened' end,
    null,
    failing.severity,
    failing.left_value,
    failing.right_value,
    failing.difference
from failing
left join finding using (fingerprint)
where finding.fingerprint is null or finding.status = 'resolved'
"""

_MISSING = """
select fingerprint, rule_id, organ_key, year, place, report_key
from finding
where status != 'resolved' and fingerprint not in (select fingerprint from failing)
"""

_WENT = """
insert into change
select ?1, 'resolved', ?2, severity, ?3, ?4, ?5 from finding where fingerprint = ?1
"""

_EVENTS = """
insert into finding_event (event_id, fingerprint, event, release_id, at, severity, left_value, right_value, difference, cause)
select
    case when :is_history then
        coalesce((select max(event_id) from finding_event where event_id < 0), -1000000000000000)
        + row_number() over (order by fingerprint)
    end,
    fingerprint,
    event,
    :release_id,
    :at,
    severity,
    left_value,
    right_value,
    difference,
    cause
from change
order by fingerprint
"""

_FINDINGS = (
    """
    insert into finding
    select
        fingerprint, rule_id, severity, organ_key, year, place, report_key, :at, :release_id, :at, :release_id, 'new', :at
    from failing
    where fingerprint in (select fingerprint from change where event = 'new')
    """,
    """
    update finding
    set
        severity = failing.severity, report_key = failing.report_key, last_seen = :at, last_release = :release_id,
        status = case when finding.status = 'resolved' then 'reopened' else 'persisting' end,
        status_since = case when finding.status = 'persisting' then finding.status_since else :at end
    from failing
    where finding.fingerprint = failing.fingerprint and finding.last_release != :release_id
    """,
    """
    update finding set status = 'resolved', status_since = :at
    where fingerprint in (select fingerprint from change where event = 'resolved')
    """,
    # What stands though the release does not show it is new no longer.
    """
    update finding set status = 'persisting', status_since = :at
    where status in ('new', 'reopened') and last_release != :release_id
    """,
)


def sync_release(
    ledger: sqlite3.Connection, release: Path, release_id: str, *, is_history: bool
) -> tuple[SyncSummary, list[Line]]:
    """Bring the ledger up to the release, inside the caller's transaction. Syncing a release again changes nothing.

    Events of history have negative numbers: readers that wait for news begin at 0 and do not see them. Returns what changed, and the
    verdicts that findings took with them because their report is now ascribed to another organ or year.

    Raises:
        duckdb.Error: when the release cannot be read.
    """
    summary = SyncSummary()
    if ledger.execute("select 1 from synced where release_id = ?", [release_id]).fetchall():
        return summary, []
    with duckdb.connect(str(release), read_only=True) as published:
        at = str(
            published.sql("select strftime(published_at, '%Y-%m-%dT%H:%M:%SZ') from release_info").fetchall()[0][0]
        )
        facts = {"release_id": release_id, "at": at, "is_history": is_history}
        for statement in _TEMPORARY.split(";"):  # not executescript, which would commit
            ledger.execute(statement)
        ledger.executemany(
            "insert into failing values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            published.sql(_FAILING.format(severity=_severity(published))).fetchall(),
        )
        carried = _move(ledger)
        ledger.execute(_CAME)
        ledger.executemany(_WENT, _resolved(published, ledger.execute(_MISSING).fetchall()))
    ledger.execute(_EVENTS, facts)
    for statement in _FINDINGS:
        ledger.execute(statement, facts)
    ledger.execute("insert into synced values (:release_id, :at)", facts)
    for event, count in ledger.execute("select event, count(*) from change group by event").fetchall():
        setattr(summary, event, count)
    summary.standing = ledger.execute("select count(*) from finding where status != 'resolved'").fetchall()[0][0]
    ledger.execute("drop table failing")
    ledger.execute("drop table change")
    return summary, carried


def _severity(published: duckdb.DuckDBPyConnection) -> str:
    """Releases of the first versions say how severe a rule is, not how severe a result."""
    columns = published.sql("select column_name from duckdb_columns() where table_name = 'fct_rule_result'").fetchall()
    return "result.severity" if ("severity",) in columns else "rule.severity"


def _move(ledger: sqlite3.Connection) -> list[Line]:
    """Let findings follow their report where it is now ascribed to another organ or year: nothing came up and nothing was resolved."""
    ledger.execute(_MOVED)
    for statement in _MOVE:
        ledger.execute(statement)
    carried: list[Line] = ledger.execute(_CARRY_VERDICTS).fetchall()
    ledger.execute("drop table moved")
    return carried


def _resolved(published: duckdb.DuckDBPyConnection, missing: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Of the findings that stand and that the release does not show: those that are resolved, with the cause and the values there now."""
    if not missing:
        return []
    names = ("fingerprint", "rule_id", "organ_key", "year", "place", "report_key")
    published.register("missing", pa.table(dict(zip(names, zip(*missing, strict=True), strict=True))))
    return published.sql(_RESOLVED).fetchall()
