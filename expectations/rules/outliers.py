"""S13: figures that jump out of the issuer's own history.

Only figures of a size are looked at, and only against at least `_YEARS` other years: a town that goes from 0 to 3 applications is no
outlier, and a department that moved to another level of work for good is one in its first year at most.
"""

from __future__ import annotations

from .rule import Rule

_FLOOR = 10
"""Added to every figure before it is compared: up to about 90 nothing is ten times as much as nothing."""
_TIMES = 10
"""A figure within this factor of the median of the other years is never an outlier."""
_SPREADS = 6
"""Nor one within so many robust standard deviations (1.4826 MAD, of logarithms)."""
_YEARS = 3

_UNIT_LOW, _UNIT_HIGH = 2_000, 50_000
"""Yuan printed in place of 万元 is 10,000 times as much; the years' own changes blur the factor."""
_UNIT_AMOUNT = 1_000
"""Amounts in 万元 below this are too small to tell the one from the other."""
_UNIT_YEARS = 2

_IMPLAUSIBLE = 1_000_000
"""万元 (10 billion yuan): with `_PEERS_TIMES` the peers' median, no issuer's fees of a year, also where every year says so."""
_PEERS_TIMES = 1_000
_PEERS = 30

_OUTLIER = f"""
with reports as (
    select
        report.report_key,
        report.organ_key,
        report.year,
        report.number_cells,
        organ.organ_level,
        organ.organ_type
    from dim_report as report
    inner join dim_organ as organ on report.organ_key = organ.organ_key
    where report.is_current
),

cells as (
    select
        report_key,
        table_code,
        row_code,
        column_code,
        value
    from report_cell
    where
        -- Printed below nought is another rule's concern.
        value >= 0
        and (table_code = 'disclosure' or column_code = 'total')
        and column_code not in ('change', 'previous_items')
),

-- Where every year is small no year can stand out.
high as (
    select distinct
        reports.organ_key,
        cells.table_code,
        cells.row_code,
        cells.column_code
    from cells
    inner join reports on cells.report_key = reports.report_key
    where cells.value > {_FLOOR * (_TIMES - 1)}
),

figures as (
    select
        reports.*,
        cells.column_code,
        cells.table_code || '.' || cells.row_code || '.' || cells.column_code as place,
        cells.value
    from cells
    inner join reports on cells.report_key = reports.report_key
    semi join high
        on
            reports.organ_key = high.organ_key
            and cells.table_code = high.table_code
            and cells.row_code = high.row_code
            and cells.column_code = high.column_code
),

histories as (
    select
        organ_key,
        place,
        column_code,
        list({{'report_key': report_key, 'value': value}}) as years
    from figures
    group by organ_key, place, column_code
    having count(*) > 1
),

years as (
    select
        organ_key,
        place,
        column_code,
        unnest(years) as this_year,
        years
    from histories
),

against as (
    select
        place,
        column_code,
        this_year.report_key as report_key,
        this_year.value as value,
        ln(this_year.value::double + {_FLOOR}) as height,
        [other.value for other in years if other.report_key != this_year.report_key] as others,
        [ln(value::double + {_FLOOR}) for value in others] as heights,
        list_median(others)::decimal(38, 6) as expected,
        list_median(heights) as expected_height
    from years
),

measured as (
    select
        *,
        greatest(
            ln({_TIMES}),
            {_SPREADS} * 1.4826 * list_median([abs(other - expected_height) for other in heights])
        ) as allowed,
        abs(height - expected_height) as distance,
        list_min([abs(other - height) for other in heights]) as nearest
    from against
),

outlying as (
    select
        *,
        case
            when
                column_code = 'amount'
                and value >= {_UNIT_AMOUNT}
                and value between {_UNIT_LOW} * expected and {_UNIT_HIGH} * expected
                then 'unit'
            -- Another year alike: the work changed for good.
            when column_code != 'amount' and len(others) >= {_YEARS} and distance > allowed and nearest > allowed / 2
                then case when value = 0 then 'ceased' else 'count' end
        end as reason
    from measured
),

peers as (
    select
        reports.organ_level,
        reports.organ_type,
        reports.year,
        median(cells.value) as peers_median
    from cells
    inner join reports on cells.report_key = reports.report_key
    where cells.row_code = 'fees' and cells.value > 0
    group by reports.organ_level, reports.organ_type, reports.year
    having count(*) >= {_PEERS}
),

beyond_peers as (
    select
        figures.report_key,
        figures.place,
        figures.value,
        peers.peers_median::decimal(38, 6) as expected
    from figures
    inner join peers
        on
            figures.organ_level = peers.organ_level
            and figures.organ_type = peers.organ_type
            and figures.year = peers.year
    where
        figures.place = 'disclosure.fees.amount'
        and figures.value >= {_IMPLAUSIBLE}
        and figures.value > {_PEERS_TIMES} * peers.peers_median
),

found as (
    select
        report_key,
        place,
        case
            when reason = 'unit' and len(others) >= {_UNIT_YEARS} or reason = 'count' then 'fail' else 'not_assessable'
        end as status,
        value,
        expected,
        case reason
            when 'unit' then '约为其他 ' || len(others) || ' 个年度中位数的 '
                || format('{{:,}}', round(value / nullif(expected, 0))::bigint) || ' 倍，疑以元填入万元栏'
            when 'count' then '其他 ' || len(others) || ' 个年度的中位数为 ' || format('{{:g}}', expected::double)
            when 'ceased' then '其他 ' || len(others) || ' 个年度的中位数为 ' || format('{{:g}}', expected::double)
                || '，本年为 0，可能是职能调整'
        end as detail
    from outlying
    where reason is not null
    union all
    select
        report_key,
        place,
        'fail' as status,
        value,
        expected,
        '同级同类机关的中位数为 ' || format('{{:g}}', expected::double) || ' 万元，疑以元填入万元栏' as detail
    from beyond_peers
    where not exists (
        select 1
        from outlying
        where
            outlying.report_key = beyond_peers.report_key
            and outlying.place = beyond_peers.place
            and outlying.reason is not null
    )
),

filed as (
    select
        report_key,
        count(*) over (partition by organ_key) > {_YEARS} as has_history
    from reports
    where number_cells > 0
)

select
    report_key,
    place,
    status,
    value as left_value,
    expected as right_value,
    value - expected as difference,
    [place] as cells,
    detail,
    null as other_report_key
from found
union all
select
    report_key,
    'report' as place,
    case when has_history then 'pass' else 'not_assessable' end as status,
    null,
    null,
    null,
    null,
    case when not has_history then '其他年度的报告不足 {_YEARS} 份，无从比较' end as detail,
    null
from filed
where report_key not in (select report_key from found)
"""

RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="S13",
        rule_name="outlier",
        severity="warning",
        title_zh="数值异常",
        title_en="Figure far out of the issuer's history",
        formula=(
            f"本年数值与本机关其他年度（不少于 {_YEARS} 年）的中位数相差不到 {_TIMES} 倍，或不超过其离散程度的 {_SPREADS} 倍；"
            "金额不是其他年度或同级同类机关的约一万倍（元、万元混用）"
        ),
        basis="本机关历年数据的稳健统计（中位数、绝对中位差）",
        sql=_OUTLIER,
        scope="history",
    ),
)
