"""Who had to file, who did, and when: mart_filing by region, level and type of organ.

The form, the scope and the consistency of reports do not select here: a report that was not filed has none of them. Reports that the register
does not list (`is_expected` false) are shown and not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .children import CHILD_CODE
from .query import Query
from .release import Row

# A place's code begins with the codes of the places that it lies in.
_ALL_YEARS = """
with filing as (
    select * from mart_filing
    where ($region::varchar is null or starts_with(region_code, $region))
        and ($level::varchar is null or organ_level = $level)
        and ($type::varchar is null or organ_type = $type)
)
"""
_YEAR = _ALL_YEARS + ", chosen as (select * from filing where $year::integer is null or year = $year)\n"
_PLACE = "concat_ws(' · ', p.province_name, p.city_name, p.county_name, p.township_name) as place"
# A filing whose day nobody knows is neither punctual nor late: it stands apart from both rates' terms.
_COUNTS = """
    count(*) filter (is_expected) as expected,
    count(*) filter (is_expected and filing_status = 'filed') as filed,
    count(*) filter (is_expected and filing_status = 'late') as late,
    count(*) filter (is_expected and filing_status = 'missing') as missing,
    count(*) filter (is_expected and filing_status = 'not_due') as not_due,
    count(*) filter (is_expected and filing_status in ('filed', 'late') and days_late is null) as day_unknown,
    count(*) filter (not is_expected) as unregistered
"""

COUNTS = Query("filing_counts", _YEAR + f"select {_COUNTS}, max(as_of) as as_of from chosen")

BY_YEAR = Query(
    "filing_years",
    _ALL_YEARS + f"select year, {_COUNTS} from filing group by year order by year",
)

PLACES = Query(
    "filing_places",
    _YEAR
    + f"""
, counted as (
    select {CHILD_CODE} as child_code, {_COUNTS}
    from chosen
    left join dim_region p using (region_code)
    group by child_code
)
select
    c.child_code as region_code,
    r.region_name as name,
    c.expected,
    c.filed,
    c.late,
    c.missing,
    c.not_due,
    c.day_unknown,
    c.filed + c.late + c.missing as due,
    case when due >= 30 then 100 * (c.filed + c.late) / due end as filing_percent,
    c.filed + c.late - c.day_unknown as dated,
    case when dated >= 30 then 100 * (c.filed - c.day_unknown) / dated end as punctual_percent
from counted c
left join dim_region r on r.region_code = c.child_code
order by c.missing desc, c.late desc, c.child_code
""",
    is_short=True,
)

MISSING = Query(
    "filing_missing",
    _YEAR
    + f"""
, missing as (select * from chosen where is_expected and filing_status = 'missing')
, last as (
    select organ_key, max(year) as last_year, max_by(report_key, year) as last_report_key
    from mart_report
    where organ_key in (select organ_key from missing)
    group by organ_key
)
select
    c.organ_name,
    {_PLACE},
    c.organ_level,
    c.organ_type,
    c.year,
    c.due_on,
    c.days_late as days_overdue,
    c.is_binding,
    c.expected_by,
    last.last_year,
    last.last_report_key
from missing c
left join dim_region p using (region_code)
left join last using (organ_key)
order by c.is_binding desc, c.region_code, c.organ_name, c.year desc
""",
)

DAYS_LATE = Query(
    "filing_days_late",
    _YEAR
    + """
, band(sort_order, first_day, last_day) as (
    values (1, 1, 7), (2, 8, 14), (3, 15, 30), (4, 31, 60), (5, 61, 90), (6, 91, 180), (7, 181, null)
)
select b.first_day, b.last_day, count(c.organ_key) as reports
from band b
left join chosen c on c.is_expected and c.filing_status = 'late' and c.days_late >= b.first_day
    and (b.last_day is null or c.days_late <= b.last_day)
group by b.sort_order, b.first_day, b.last_day
order by b.sort_order
""",
)

YEARS_SHOWN = 8
"""Columns of the calendar: the latest year of the release and those before it."""
_CELLS = ",\n        ".join(
    f"max(filing_status) filter (year = latest_year - {back}) as status_{back}" for back in range(YEARS_SHOWN)
)
# Columns count back from `latest_year`, for the years of a release are not known here.
CALENDAR = Query(
    "filing_calendar",
    _ALL_YEARS
    + f"""
, latest as (select max(year) as latest_year from mart_filing)
, calendar as (
    select
        organ_key,
        max_by(organ_name, year) as organ_name,
        max_by(region_code, year) as region_code,
        any_value(latest_year) as latest_year,
        count(*) filter (is_expected and filing_status = 'missing') as missing,
        count(*) filter (is_expected and filing_status = 'late') as late,
        bool_or(report_key is not null) as is_known,
        {_CELLS}
    from filing, latest
    group by organ_key
)
select c.organ_key, c.organ_name, {_PLACE}, c.* exclude (organ_key, organ_name, region_code)
from calendar c
left join dim_region p using (region_code)
order by c.missing desc, c.late desc, c.region_code, c.organ_name, c.organ_key
""",
)

SPAN = Query("filing_span", "select min(year) as first_year, max(year) as latest_year from mart_filing")

QUERIES = (COUNTS, BY_YEAR, PLACES, MISSING, DAYS_LATE, CALENDAR)

STATUSES = ("filed", "late", "missing", "not_due")


@dataclass(frozen=True)
class Filed:
    """Annual reports expected; unit 份. `day_unknown` are among the filed. `unregistered` are not among the expected. `year` is None for the
    selection's year or years together, `as_of` the day on which it was judged."""

    expected: int
    filed: int
    late: int
    missing: int
    not_due: int
    day_unknown: int
    unregistered: int
    year: int | None = None
    as_of: date | None = None

    @property
    def due(self) -> int:
        return self.filed + self.late + self.missing

    @property
    def dated(self) -> int:
        """Filed on a day that is known: the denominator of punctuality."""
        return self.filed + self.late - self.day_unknown

    @property
    def punctual(self) -> int:
        return self.filed - self.day_unknown

    def of(self, status: str) -> int:
        return int(getattr(self, status))


@dataclass(frozen=True)
class Band:
    """Reports from `first_day` to `last_day` days late; None is no end."""

    first_day: int
    last_day: int | None
    reports: int


def years_shown(rows: tuple[Row, ...]) -> tuple[int, ...]:
    """The years that the calendar has columns for, the latest first, of the rows of SPAN."""
    (row,) = rows
    first, last = row["first_year"], row["latest_year"]
    return tuple(range(last, max(first, last - YEARS_SHOWN + 1) - 1, -1)) if last else ()
