"""Places and organs side by side, and an organ's one year against another.

The sides are `a` to `d` of the address: codes of places or keys of organs. A side is told in one scope: that of the filter, else consolidated
where the side has such rows; an organ has one anyway. The indicators about filing and about rules are of all scopes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .query import Query
from .release import Parameter, Release, Row
from .selection import IN_YEAR

SIDES = ("a", "b", "c", "d")

_SIDES = """
with side as (
    select letter, code
    from (values ('a', $a::varchar), ('b', $b::varchar), ('c', $c::varchar), ('d', $d::varchar)) as chosen(letter, code)
    where code is not null
)
, named as (
    select s.letter, s.code, 'place' as kind, r.region_name as name,
        nullif(concat_ws(' · ', r.province_name, r.city_name, r.county_name, r.township_name), r.region_name) as place
    from side s
    join dim_region r on r.region_code = s.code
    union all
    select s.letter, s.code, 'organ' as kind, o.organ_name as name,
        concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place
    from side s
    join dim_organ o on o.organ_key = s.code
)
, found as (
    select n.letter, i.*
    from named n
    join mart_indicator i on (n.kind = 'place' and i.region_code = n.code) or (n.kind = 'organ' and i.organ_key = n.code)
)
, told as (
    select
        n.*,
        coalesce(
            case when n.kind = 'place' then $scope::varchar end,
            case when bool_or(f.scope = 'consolidated') then 'consolidated' else 'own' end
        ) as scope
    from named n
    left join found f on f.letter = n.letter
    group by n.letter, n.code, n.kind, n.name, n.place
)
"""

CHOSEN = Query("compare_sides", _SIDES + "select letter, code, kind, name, place, scope from told order by letter")

BY_YEAR = Query(
    "compare_years",
    _SIDES
    + """
select
    f.letter as side,
    t.name,
    f.scope,
    f.indicator_code,
    d.name_zh,
    d.name_en,
    d.is_share,
    d.direction,
    f.year,
    f.value,
    f.numerator,
    f.denominator,
    f.low,
    f.high,
    f.rating_status
from found f
join told t on t.letter = f.letter and (f.scope = t.scope or f.scope = 'all')
join dim_indicator d on d.indicator_code = f.indicator_code
order by d.sort_order, f.letter, f.year
""",
)

_OF_SIDE = ",\n    ".join(
    f"max(f.{column}) filter (f.letter = '{side}') as {column}_{side}"
    for side in SIDES
    for column in ("value", "numerator", "denominator")
)
IN_ONE_YEAR = Query(
    "compare_table",
    _SIDES
    + f"""
select d.indicator_code, d.name_zh, d.name_en, d.definition_zh, d.definition_en, d.is_share,
    {_OF_SIDE}
from dim_indicator d
left join (
    select f.* from found f join told t on t.letter = f.letter and (f.scope = t.scope or f.scope = 'all')
) f on f.indicator_code = d.indicator_code and f.year = coalesce($year::integer, (select max(year) from found))
group by all
order by any_value(d.sort_order)
""",
)

# The organ that is compared with itself: the one chosen, else the first of the sides that is one.
_TWO_YEARS = """
with organ as (
    select organ_key
    from dim_organ
    where organ_key in ($organ::varchar, $a::varchar, $b::varchar, $c::varchar, $d::varchar)
    order by list_position([$organ::varchar, $a::varchar, $b::varchar, $c::varchar, $d::varchar], organ_key)
    limit 1
)
, report as (
    select r.report_key, r.organ_key, r.year, r.form
    from dim_report r
    join organ using (organ_key)
    where r.is_current
)
, newer as (
    select * from report
    where year = coalesce(
        (select year from report where year = try_cast($newer as integer)),
        (select year from report where year = $year::integer),
        (select max(year) from report)
    )
)
, older as (
    select * from report
    where year = coalesce(
        (select year from report where year = try_cast($older as integer)),
        (select max(year) from report where year < (select year from newer)),
        (select min(year) from report where year > (select year from newer))
    )
)
"""

YEARS = Query(
    "compare_organ_years",
    _TWO_YEARS
    + """
select
    r.organ_key,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    r.year,
    r.report_key,
    r.report_key = (select report_key from older) as is_older,
    r.report_key = (select report_key from newer) as is_newer
from report r
join dim_organ o using (organ_key)
order by r.year
""",
)

TEXTS = Query(
    "compare_texts",
    _TWO_YEARS
    + """
select code as section_code, older_section.text as older_text, newer_section.text as newer_text
from (values (1, 'overview'), (2, 'disclosure'), (3, 'application'), (4, 'dispute'), (5, 'problems'), (6, 'other')) as section(place, code)
left join report_section older_section
    on older_section.section_code = section.code and older_section.report_key = (select report_key from older)
left join report_section newer_section
    on newer_section.section_code = section.code and newer_section.report_key = (select report_key from newer)
order by section.place
""",
)

# The difference against what chance would do to counts of that size: from 1,000 to 1,010 is less of a move than from 0 to 9. Printed totals
# would name each move again, so leaves only.
MOVES = Query(
    "compare_cells",
    _TWO_YEARS
    + """
, labelled as (
    select distinct on (table_code, row_code, column_code)
        table_code, row_code, column_code, row_zh, row_en, column_zh, column_en, unit, is_total
    from dim_form_cell
    order by table_code, row_code, column_code, form desc
)
select
    l.table_code,
    l.row_zh,
    l.row_en,
    l.column_zh,
    l.column_en,
    l.unit,
    was.value as older_value,
    now.value as newer_value,
    now.value - was.value as difference,
    case when was.value >= 30 then 100 * (now.value - was.value) / was.value end as change_percent,
    abs(now.value - was.value) / sqrt(greatest(abs(now.value) + abs(was.value), 1)) as move
from older
join report_cell was on was.report_key = older.report_key
join newer on true
join report_cell now on now.report_key = newer.report_key and now.table_code = was.table_code and now.row_code = was.row_code
    and now.column_code = was.column_code
join labelled l on l.table_code = was.table_code and l.row_code = was.row_code and l.column_code = was.column_code
where was.value <> now.value and not l.is_total
order by move desc, l.table_code, l.row_code, l.column_code
""",
)

# The places right below the selection with the most reports: what there is to compare at first.
_PROPOSED = Query(
    "compare_proposed",
    IN_YEAR
    + """
select p.code
from report r
join dim_organ o using (organ_key)
cross join lateral (
    select case
        when $region::varchar is null then o.province_code
        when length($region::varchar) = 2 then case when o.city_name is null then o.county_code else o.city_code end
        else o.county_code
    end as code
) p
where p.code is not null
group by p.code
order by count(*) desc, p.code
limit 3
""",
)

QUERIES = (BY_YEAR, IN_ONE_YEAR, TEXTS, MOVES)

# Places first, and the higher before the lower. `contains` takes the words as they are: % is no wildcard.
_SEARCH = """
with candidate as (
    select region_code as code, region_name as name, province_name, city_name, county_name, null as township_name, 0 as is_organ,
        length(region_code) as depth
    from dim_region
    where level in ('province', 'city', 'county') and $places = 1
        and region_code in (select region_code from mart_indicator where organ_key is null)
    union all
    select organ_key, organ_name, province_name, city_name, county_name, township_name, 1, length(region_code)
    from dim_organ
    where organ_key in (select organ_key from mart_report)
)
select code, name, is_organ, concat_ws(' · ', province_name, city_name, county_name, township_name) as place
from candidate
where contains(concat_ws(' · ', province_name, city_name, county_name, township_name, name), $text)
    or contains(name, $text)
order by is_organ, not starts_with(name, $text), depth, code
limit $limit
"""


@dataclass(frozen=True)
class Side:
    """A place or organ of a comparison. `letter` is its place in the address, `scope` what its rows are of."""

    letter: str
    code: str
    kind: str
    name: str
    place: str | None
    scope: str


@dataclass(frozen=True)
class IndicatorYear:
    """An indicator of a side in a year: a share (or ratio) with its terms; `value` is None where nothing is in the denominator."""

    side: str
    name: str
    scope: str
    indicator_code: str
    name_zh: str
    name_en: str
    is_share: bool
    direction: str
    year: int
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    low: Decimal | None
    high: Decimal | None
    rating_status: str


@dataclass(frozen=True)
class OrganYear:
    """A current report of the organ that is compared with itself."""

    organ_key: str
    organ_name: str
    place: str
    year: int
    report_key: str
    is_older: bool
    is_newer: bool


@dataclass(frozen=True)
class SectionTexts:
    """A section in both years; None where the report has none."""

    section_code: str
    older_text: str | None
    newer_text: str | None


@dataclass(frozen=True)
class Choice:
    code: str
    label: str


def choices(release: Release, text: str, *, places: bool, limit: int = 30) -> tuple[Choice, ...]:
    """Places (with `places`) and organs whose name or path contains the text. The label has the text within, so that a select which
    filters by itself keeps it."""
    rows = release.rows(_SEARCH, text=text.strip(), places=int(places), limit=limit)
    return tuple(Choice(row["code"], _label(row)) for row in rows)


def label(release: Release, code: str | None) -> str | None:
    """What the choice of a code is called; None when there is none such."""
    if not code:
        return None
    rows = release.rows(
        """
        select name, place, is_organ from (
            select region_name as name, concat_ws(' · ', province_name, city_name, county_name, township_name) as place, 0 as is_organ
            from dim_region where region_code = $code
            union all
            select organ_name, concat_ws(' · ', province_name, city_name, county_name, township_name), 1
            from dim_organ where organ_key = $code
        )
        """,
        code=code,
    )
    return _label(rows[0]) if rows else None


def proposed(release: Release, given: Mapping[str, Parameter]) -> tuple[str, ...]:
    """Codes to begin with, three at most."""
    return tuple(row["code"] for row in _PROPOSED.rows(release, given))


def _label(row: Row) -> str:
    place = row["place"]
    return f"{place} · {row['name']}" if row["is_organ"] and place else place or row["name"]
