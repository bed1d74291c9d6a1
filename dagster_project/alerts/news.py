"""What is new for a route: the ledger's events since the route last looked, settled to what they come to.

Set-based: SQLite holds the ledger's events against what the route was told, DuckDB looks up names and figures of the few findings that the
message lists.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from .routes import Kind, Route

REPORTS_LISTED = 40
"""Of each kind, at most; a mail of that length is still read."""
FINDINGS_LISTED = 5
"""Of one report."""

_ORGANS = """
select organ_key, organ_name, concat(province_name, city_name, county_name), region_code from dim_organ
"""

# What came up and was resolved again since the last message comes to nothing, and the other way round.
_NEWS = """
with settled as (
    select
        fingerprint,
        min(event_id) as first_id,
        max(event_id) as last_id
    from ledger.finding_event
    where event_id > :after
    group by fingerprint
),

judged as (
    select fingerprint, verdict, max(verdict_id) as verdict_id from ledger.verdict group by fingerprint
),

change as (
    select
        finding.*,
        ended.cause,
        case when ended.event = 'resolved' then 'resolved' else began.event end as kind
    from settled
    inner join ledger.finding_event as began on settled.first_id = began.event_id
    inner join ledger.finding_event as ended on settled.last_id = ended.event_id
    inner join ledger.finding on settled.fingerprint = finding.fingerprint
    where (began.event = 'resolved') != (ended.event != 'resolved')
)

insert into news
select
    change.kind,
    change.fingerprint,
    change.rule_id,
    change.severity,
    change.organ_key,
    organ.organ_name,
    organ.place,
    change.year,
    change.place,
    change.report_key,
    change.cause,
    coalesce(judged.verdict, '') = 'dismissed'
from change
left join organ on change.organ_key = organ.organ_key
left join told on told.route = :route and change.fingerprint = told.fingerprint
left join judged on change.fingerprint = judged.fingerprint
where
    coalesce(told.is_open, -1) != (change.kind != 'resolved')
    and change.severity in (select value from json_each(:severities))
    and (:rules = '[]' or change.rule_id in (select value from json_each(:rules)))
    and (
        :where = '[]'
        or exists (select 1 from json_each(:where) as area where organ.region_code like area.value || '%')
    )
"""

_NEWS_TABLE = """
create temp table if not exists news (
    kind text, fingerprint text, rule_id text, severity text, organ_key text, organ_name text, organ_place text, year integer, place text,
    report_key text, cause text, is_dismissed integer
)
"""

_TOLD = """
insert into told (route, fingerprint, is_open) select :route, fingerprint, kind != 'resolved' from news where true
on conflict (route, fingerprint) do update set is_open = excluded.is_open
"""

_LISTED = """
with sized as (
    select
        *,
        sum(severity = 'error') over (partition by kind, organ_key, year) as errors,
        count(*) over (partition by kind, organ_key, year) as findings,
        row_number() over (
            partition by kind, organ_key, year order by severity, substr(rule_id, 1, 1), cast(substr(rule_id, 2) as integer), place
        ) as line
    from news
),

ranked as (
    select
        *, dense_rank() over (partition by kind order by errors desc, findings desc, organ_name, organ_key, year desc) as report
    from sized
)

select kind, rule_id, severity, organ_name, organ_place, organ_key, year, place, report_key, cause, findings
from ranked
where report <= :reports and line <= :lines
order by kind, report, line
"""

_DETAILS = """
select
    listed.report_key,
    listed.rule_id,
    listed.place,
    result.left_value,
    result.right_value,
    result.difference,
    result.detail
from (select unnest($keys) as report_key, unnest($rules) as rule_id, unnest($places) as place) as listed
inner join fct_rule_result as result
    on
        listed.report_key = result.report_key
        and listed.rule_id = result.rule_id
        and listed.place = result.place
where result.status = 'fail'
qualify row_number() over (
    partition by listed.report_key, listed.rule_id, listed.place order by abs(result.difference) desc nulls last, result.detail
) = 1
"""


@dataclass(frozen=True)
class Line:
    """A finding of the message. The values are null where the rule has none or the release no longer shows the finding; `cause` says why it
    is resolved, and is null for others."""

    rule_id: str
    severity: str
    place: str
    cause: str | None
    left_value: Any = None
    right_value: Any = None
    difference: Any = None
    detail: str | None = None


@dataclass(frozen=True)
class ReportNews:
    """What is new of one kind about one organ's report on a year. `lines` are the first of its `findings`, the gravest rules first."""

    kind: Kind
    organ_name: str | None
    organ_place: str | None
    year: int
    report_key: str
    findings: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class News:
    """What a route is to be told: how many findings of each kind, and the reports with the most and gravest ones."""

    counts: dict[Kind, int]
    reports: tuple[ReportNews, ...]


def attach_ledger(outbox: sqlite3.Connection, ledger: Path) -> None:
    """Let the outbox's statements read the ledger, outside any transaction."""
    outbox.execute("attach ? as ledger", [f"{ledger.as_uri()}?mode=ro"])


def last_event(outbox: sqlite3.Connection) -> int:
    """Number of the ledger's newest event; 0 before the first. History, which is no news, has negative numbers."""
    return int(outbox.execute("select max(coalesce(max(event_id), 0), 0) from ledger.finding_event").fetchall()[0][0])


def remember_organs(outbox: sqlite3.Connection, release: duckdb.DuckDBPyConnection) -> None:
    """Take over the names and places of the release's organs; those of organs that it no longer has stay."""
    organs = release.execute(_ORGANS).fetchall()
    outbox.executemany(
        "insert or replace into organ (organ_key, organ_name, place, region_code) values (?, ?, ?, ?)", organs
    )


def gather(outbox: sqlite3.Connection, release: duckdb.DuckDBPyConnection, route: Route, after: int) -> News | None:
    """What the events after number `after` come to for a route, noted as told; None when that is nothing.

    What a person dismissed is not told, nor what the route leaves out, but it counts as looked at.
    """
    outbox.execute(_NEWS_TABLE)
    outbox.execute("delete from news")
    given = {
        "after": after,
        "route": route.name,
        "severities": json.dumps(route.severities),
        "rules": json.dumps(route.rules),
        "where": json.dumps(route.where),
    }
    outbox.execute(_NEWS, given)
    outbox.execute(_TOLD, given)
    outbox.execute(
        "delete from news where is_dismissed or kind not in (select value from json_each(?))",
        [json.dumps(route.events)],
    )
    counts: dict[Kind, int] = dict(outbox.execute("select kind, count(*) from news group by kind").fetchall())
    if not counts:
        return None
    listed = outbox.execute(_LISTED, {"reports": REPORTS_LISTED, "lines": FINDINGS_LISTED}).fetchall()
    return News(counts, _reports(listed, _details(release, listed)))


def _details(release: duckdb.DuckDBPyConnection, listed: list[Any]) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """Figures and sentences of the listed findings, by report, rule and place."""
    keys = [(report_key, rule_id, place) for _, rule_id, _, _, _, _, _, place, report_key, _, _ in listed]
    names = dict(zip(("keys", "rules", "places"), map(list, zip(*keys, strict=True)), strict=True))
    return {(row[0], row[1], row[2]): row[3:] for row in release.execute(_DETAILS, names).fetchall()}


def _reports(listed: list[Any], details: dict[tuple[str, str, str], tuple[Any, ...]]) -> tuple[ReportNews, ...]:
    lines: dict[tuple[Kind, str, int], list[Line]] = defaultdict(list)
    heads: dict[tuple[Kind, str, int], tuple[Any, ...]] = {}
    for kind, rule_id, severity, name, organ_place, organ_key, year, place, report_key, cause, findings in listed:
        figures = () if kind == "resolved" else details.get((report_key, rule_id, place), ())
        lines[kind, organ_key, year].append(Line(rule_id, severity, place, cause, *figures))
        heads.setdefault((kind, organ_key, year), (kind, name, organ_place, year, report_key, findings))
    return tuple(ReportNews(*head, tuple(lines[report])) for report, head in heads.items())
