"""One organ through the years: what it filed and stated, beside its peers; its names, its corrections, and what its texts say.

Peers are the organs of the same level and type in the same province. A median is taken over the peers that state the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .overview import places
from .query import Query
from .release import Release
from .selection import IN_ALL_YEARS

ORGANS = Query(
    "organs",
    IN_ALL_YEARS
    + """
, named as (
    select organ_key, string_agg(organ_name, ' ') as names from dim_organ_name group by organ_key
)
, reported as (
    select
        organ_key,
        count(*) as reports,
        min(year) as first_year,
        max(year) as last_year,
        arg_max(new_received, year) as received,
        arg_max(broken_rules, year) as broken_rules
    from report
    group by organ_key
)
select
    o.organ_key,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    o.organ_level,
    o.organ_type,
    r.reports,
    r.first_year,
    r.last_year,
    r.received,
    r.broken_rules
from reported r
join dim_organ o using (organ_key)
left join named n using (organ_key)
where $name::varchar is null or not exists (
    select 1
    from unnest(string_split($name, ' ')) as words(word)
    where not contains(
        concat_ws(' ', o.organ_name, n.names, o.province_name, o.city_name, o.county_name, o.township_name), words.word
    )
)
order by o.region_code, o.organ_level, o.organ_name
""",
)

_ORGAN = """
select o.organ_key, o.organ_name, o.organ_level, o.organ_type, o.province_name, o.city_name, o.county_name, o.township_name,
    o.first_year, o.last_year, o.is_active, s.organ_key as successor_key, s.organ_name as successor_name
from dim_organ o
left join dim_organ s on s.organ_key = o.successor_organ_key
where o.organ_key = $organ
"""
_NAMES = """
select organ_name, first_year, last_year, is_current
from dim_organ_name
where organ_key = $organ
order by first_year, last_year, organ_name
"""

YEARS = Query(
    "organ_years",
    """
with stated as (
    select * from mart_report where organ_key = $organ
)
, due as (
    select year, filing_status, due_on, published_on, days_late from mart_filing where organ_key = $organ
)
, broken as (
    select
        year,
        string_agg(distinct rule_id, ' ' order by rule_id) filter (severity = 'error') as rules,
        count(*) filter (severity = 'error' and verdict is distinct from 'dismissed') as to_correct
    from ledger.finding
    left join (select fingerprint, verdict from ledger.verdict) using (fingerprint)
    where organ_key = $organ and is_broken
    group by year
)
select
    coalesce(s.year, d.year) as year,
    d.filing_status,
    d.due_on,
    d.published_on,
    d.days_late,
    s.report_key,
    s.form,
    s.new_received as received,
    s.processed,
    list_sum([s.outcome_granted, s.outcome_partially_granted]) as disclosed,
    s.carried_forward,
    s.broken_rules,
    s.warned_rules,
    b.rules,
    coalesce(b.to_correct, 0) as to_correct
from stated s
full join due d on d.year = s.year
left join broken b on b.year = s.year
order by 1 desc
""",
)

_PEERS = """
with own as (
    select * from dim_organ where organ_key = $organ
)
, peer as (
    select o.*
    from dim_organ o
    join own on o.organ_level = own.organ_level and o.organ_type = own.organ_type and o.province_code = own.province_code
)
"""

APPLICATIONS = Query(
    "organ_applications",
    _PEERS
    + """
, stated as (
    select r.year, r.organ_key = $organ as is_own, r.new_received
    from mart_report r
    where r.organ_key in (select organ_key from peer)
)
select
    y.year,
    any_value(s.new_received) filter (s.is_own) as received,
    median(s.new_received) filter (not s.is_own) as peer_median,
    count(s.new_received) filter (not s.is_own) as peers
from dim_year y
left join stated s using (year)
group by y.year
order by y.year
""",
)

INDICATOR = Query(
    "organ_indicator",
    _PEERS
    + """
, rated as (
    select i.year, i.organ_key = $organ as is_own, i.value, i.numerator, i.denominator, i.rating_status
    from mart_indicator i
    where i.level = 'organ' and i.indicator_code = coalesce($indicator, 'disclosure_rate')
        and i.organ_key in (select organ_key from peer)
)
select
    y.year,
    any_value(r.value) filter (r.is_own) as value,
    any_value(r.numerator) filter (r.is_own) as numerator,
    any_value(r.denominator) filter (r.is_own) as denominator,
    any_value(r.rating_status) filter (r.is_own) as rating_status,
    median(r.value) filter (not r.is_own and r.rating_status = 'rated') as peer_median,
    count(*) filter (not r.is_own and r.rating_status = 'rated') as peers
from dim_year y
left join rated r using (year)
group by y.year
order by y.year
""",
)

INDICATORS = """
select indicator_code, name_zh, name_en, definition_zh, definition_en
from dim_indicator
-- What counts reports has no rows by organ.
where unit = '件'
order by sort_order
"""

PEERS = Query(
    "organ_peers",
    _PEERS
    + """
select
    p.organ_key,
    p.organ_name,
    concat_ws(' · ', p.city_name, p.county_name, p.township_name) as place,
    p.organ_key = $organ as is_own,
    r.new_received as received,
    r.processed,
    case when r.processed >= 30 then 100 * list_sum([r.outcome_granted, r.outcome_partially_granted]) / r.processed end as disclosed_percent,
    r.carried_forward,
    r.broken_rules,
    r.report_key
from peer p
join mart_report r on r.organ_key = p.organ_key
where r.year = coalesce($at::integer, (select max(year) from mart_report where organ_key = $organ))
order by is_own desc, r.new_received desc nulls last, p.region_code, p.organ_name
""",
)

REVISIONS = Query(
    "organ_revisions",
    """
select year, version_before, version_after, table_code, row_code, column_code, raw_before, raw_after, state_before, state_after,
    revised_on, report_key_before, report_key_after
from fct_revision
where organ_key = $organ
order by year desc, version_after desc, table_code, row_code, column_code
""",
)

# One report at a time: its rows are found by its key, and none of the other texts is read.
_SECTIONS = """
select section_code, heading, text
from report_section
where report_key = $report and not exists (
    select 1 from unnest(string_split($words, ' ')) as words(word) where not contains(text, words.word)
)
order by line
"""

QUERIES = (ORGANS, YEARS, APPLICATIONS, INDICATOR, PEERS, REVISIONS)


@dataclass(frozen=True)
class Name:
    organ_name: str
    first_year: int
    last_year: int | None
    is_current: bool


@dataclass(frozen=True)
class Organ:
    """`successor` is key and name of the organ that took its work over, None where it goes on or that organ does not report."""

    organ_key: str
    organ_name: str
    organ_level: str
    organ_type: str
    places: tuple[str, ...]
    first_year: int
    last_year: int
    is_active: bool
    successor: tuple[str, str] | None
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Year:
    """A year in which the organ reported or was expected to. The figures are None where the report does not state them, and all of them
    where there is no report. `disclosed` are applications granted in full or in part."""

    year: int
    filing_status: str | None
    due_on: date | None
    published_on: date | None
    days_late: int | None
    report_key: str | None
    form: str | None
    received: Decimal | None
    processed: Decimal | None
    disclosed: Decimal | None
    carried_forward: Decimal | None
    broken_rules: int | None
    warned_rules: int | None
    rules: str | None
    to_correct: int


@dataclass(frozen=True)
class ApplicationYear:
    """`peers` are those that state the figure."""

    year: int
    received: Decimal | None
    peer_median: Decimal | float | None
    peers: int


@dataclass(frozen=True)
class IndicatorYear:
    """`peer_median` is over the `peers` that have cases enough."""

    year: int
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    rating_status: str | None
    peer_median: Decimal | float | None
    peers: int


@dataclass(frozen=True)
class Passage:
    """A section of a report that has every word searched for."""

    report_key: str
    year: int
    heading: str | None
    text: str


def organ(release: Release, organ_key: str) -> Organ | None:
    """None where the release has no such organ."""
    rows = release.rows(_ORGAN, organ=organ_key)
    if not rows:
        return None
    row = rows[0]
    names = tuple(Name(**each) for each in release.rows(_NAMES, organ=organ_key))
    same = ("organ_key", "organ_name", "organ_level", "organ_type", "first_year", "last_year", "is_active")
    return Organ(
        places=places(row),
        successor=(row["successor_key"], row["successor_name"]) if row["successor_key"] else None,
        names=names,
        **{name: row[name] for name in same},
    )


def passages(release: Release, years: tuple[Year, ...], words: tuple[str, ...]) -> list[Passage]:
    """The sections of the organ's reports that have every one of the words, in the order of `years`."""
    found = []
    for year in years:
        if year.report_key:
            for row in release.rows(_SECTIONS, report=year.report_key, words=" ".join(words)):
                found.append(Passage(year.report_key, year.year, row["heading"], row["text"]))
    return found
