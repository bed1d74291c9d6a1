"""Reconsiderations and lawsuits: their results, and how often they corrected the organ.

Counts add the cells of the form's table 4 (件) over the reports of the selection. Rates are those of mart_indicator, whose numerators and
denominators are added: cases that corrected the organ among those decided; pending cases are in neither.

Rates never add a government's consolidated report to those of its departments and towns. They take one scope: the one chosen, else
consolidated where the selection has such reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from . import wilson
from .children import CHILD_CODE, CHILD_LEVEL, OWN_LEVEL
from .query import Query
from .selection import IN_ALL_YEARS, IN_YEAR

MOST_POINTS = 2000
"""Of a funnel plot: those with the most cases."""

# The cells of a track and result are columns of mart_report; their names are those of dim_dispute.
_RESULTS = """
, summed as (
    select
        {group}
        count(*) as reports,
        sum(disputes_unknown) as unknown,
        sum(columns('^(reconsideration|direct_litigation|litigation_after_reconsideration)_'))
    from report
    {grouped}
)
, cell as (
    from summed unpivot include nulls (value for cell in (columns(* exclude ({kept}))))
)
select {chosen} d.track_code, d.track_zh, d.track_en, d.result_code, d.result_zh, d.result_en, cell.value, cell.unknown, cell.reports
from cell
join dim_dispute d on cell.cell = d.track_code || '_' || d.result_code
order by {chosen} d.sort_order
"""

RESULTS = Query("dispute_results", IN_YEAR + _RESULTS.format(group="", grouped="", kept="reports, unknown", chosen=""))
RESULTS_BY_YEAR = Query(
    "dispute_years",
    IN_ALL_YEARS
    + _RESULTS.format(group="year,", grouped="group by year", kept="year, reports, unknown", chosen="cell.year,"),
)

# Of a place `consolidated` is the report of its own government alone: it holds those of the lower ones.
_RATED = """
, one_scope as (
    select coalesce($scope, case when bool_or(scope = 'consolidated' and is_counted) then 'consolidated' else 'own' end) as scope
    from placed
)
, rated as (
    select
        r.*,
        i.numerator,
        i.denominator,
        replace(i.indicator_code, '_correction_rate', '') as track
    from placed r
    join one_scope on one_scope.scope = r.scope
    join mart_indicator i on i.level = 'organ' and i.organ_key = r.organ_key and i.year = r.year and i.scope = r.scope
        and i.indicator_code in ('reconsideration_correction_rate', 'litigation_correction_rate')
    where r.is_counted
)
"""

RATES = Query(
    "correction_rates",
    IN_YEAR
    + f"""
, placed as (
    select organ_key, year, scope, scope = 'own' or organ_level = coalesce($level, {OWN_LEVEL}) as is_counted
    from report
)
"""
    + _RATED
    + """
select
    track,
    any_value(scope) as scope,
    sum(numerator)::bigint as corrected,
    sum(denominator)::bigint as decided,
    case when sum(denominator) >= 30 then 100 * sum(numerator) / sum(denominator) end as correction_percent
from rated
group by track
having sum(denominator) > 0
order by track desc
""",
)

# Fewer than thirty cases say nothing, so they are neither above nor below.
_CORRECTIONS = (
    IN_YEAR
    + f"""
, placed as (
    select
        r.report_key,
        r.organ_key,
        r.year,
        r.scope,
        {CHILD_CODE} as child_code,
        $by is not distinct from 'organ' or r.scope = 'own' or r.organ_level = coalesce($level, {CHILD_LEVEL}) as is_counted
    from report r
    join dim_organ p on p.organ_key = r.organ_key
)
{_RATED}
, point as (
    select
        case when $by = 'organ' then organ_key else child_code end as code,
        any_value(scope) as scope,
        case when $by = 'organ' then max_by(report_key, year) end as report_key,
        sum(numerator) as corrected,
        sum(denominator) as decided
    from rated
    where track = coalesce($track, 'reconsideration')
    group by 1
    having sum(denominator) > 0
)
, whole as (
    select count(*) as points, sum(corrected)::bigint as corrected, sum(decided)::bigint as decided from point
)
, judged as (
    select
        p.code,
        p.scope,
        p.report_key,
        p.decided::bigint as decided,
        p.corrected::bigint as corrected,
        case when p.decided >= 30 then 100 * p.corrected / p.decided end as correction_percent,
        100 * ({wilson.bound("p.corrected", "p.decided", "low")}) as low_percent,
        100 * ({wilson.bound("p.corrected", "p.decided", "high")}) as high_percent,
        case
            when p.decided < 30 then 'too_few'
            when p.corrected / p.decided > {wilson.bound("(p.decided * w.corrected / w.decided)", "p.decided", "high")} then 'above'
            when p.corrected / p.decided < {wilson.bound("(p.decided * w.corrected / w.decided)", "p.decided", "low")} then 'below'
            else 'within'
        end as standing,
        w.points,
        w.corrected as all_corrected,
        w.decided as all_decided
    from point p, whole w
    order by decided desc, p.code
    {{limit}}
)
select
    case when $by = 'organ' then 'organ' else 'place' end as kind,
    j.code,
    coalesce(o.organ_name, r.region_name) as name,
    case
        when $by = 'organ' then concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name)
        else concat_ws(' · ', r.province_name, r.city_name, r.county_name, r.township_name)
    end as place,
    j.* exclude (code)
from judged j
left join dim_organ o on $by = 'organ' and o.organ_key = j.code
left join dim_region r on $by is distinct from 'organ' and r.region_code = j.code
order by j.decided desc, j.code
"""
)
CORRECTIONS = Query("corrections", _CORRECTIONS.format(limit=""))
FUNNEL = Query("funnel", _CORRECTIONS.format(limit=f"limit {MOST_POINTS}"))

_RATE = "($corrected::double / $decided::double)"
# Forty steps on a scale of ratios draw a smooth curve.
LIMITS = Query(
    "funnel_limits",
    f"""
with p as (
    select pow($most::double, step / 40) as decided from generate_series(0, 40) as steps(step)
)
select
    decided,
    100 * {_RATE} as correction_percent,
    100 * ({wilson.bound(f"(decided * {_RATE})", "decided", "low")}) as low_percent,
    100 * ({wilson.bound(f"(decided * {_RATE})", "decided", "high")}) as high_percent
from p
order by decided
""",
)
"""The curves around the rate `corrected` / `decided`, up to `most` cases. Asks nothing of the release."""

QUERIES = (RESULTS, RESULTS_BY_YEAR, CORRECTIONS, FUNNEL, RATES)


@dataclass(frozen=True)
class Result:
    """A result of a track; unit 件. `value` is None where no report states a number; `unknown` counts the cells of all tracks and results
    that are none, over `reports`. `year` is None for a sum of the selection."""

    track_code: str
    track_zh: str
    track_en: str
    result_code: str
    result_zh: str
    result_en: str
    value: Decimal | None
    unknown: Decimal | None
    reports: int
    year: int | None = None


@dataclass(frozen=True)
class Point:
    """A child place or an organ with a decided case, with Wilson's interval. `correction_percent` is None below thirty of them. `standing` is
    above, below or within the limits, or too_few. `name` and `code` are None for the organs of the place itself. `points` of them all decided
    `all_decided` cases."""

    kind: str
    code: str | None
    name: str | None
    place: str | None
    scope: str
    report_key: str | None
    decided: int
    corrected: int
    correction_percent: float | None
    low_percent: float
    high_percent: float
    standing: str
    points: int
    all_corrected: int
    all_decided: int


@dataclass(frozen=True)
class Rate:
    """Of the selection as a whole, as mart_indicator has it; `correction_percent` is None below thirty cases."""

    track: str
    scope: str
    corrected: int
    decided: int
    correction_percent: float | None


@dataclass(frozen=True)
class Limit:
    """The interval around the whole's rate, of `decided` cases."""

    decided: float
    correction_percent: float
    low_percent: float
    high_percent: float


def total(results: tuple[Result, ...], tracks: frozenset[str], codes: frozenset[str]) -> Decimal | None:
    """The sum over tracks and results; None where none of them is a number."""
    stated = [
        each.value
        for each in results
        if each.track_code in tracks and each.result_code in codes and each.value is not None
    ]
    return sum(stated, Decimal(0)) if stated else None
