"""S14: the report of a government that reports for everything below it, against the reports of those below.

Whether a government's report covers its departments and towns is not on the form. It is taken for sure where the report says so, or
where the organ's reports have covered the sum of those below in every comparison of all years but this one.
"""

from __future__ import annotations

from .rule import Rule

_COMPARISONS = 20
"""Figures of a government's reports, over all years, that must have covered those below before one of them is blamed."""

_SAYS_SO = "(汇总|综合编制|合并编制)[^。；]{0,30}(乡镇|镇|街道|部门|各单位|各县|县区|区县)"
_SAYS_SO_BEFORE = "(乡镇|街道|各部门|各单位|各县|县区|区县)[^。；]{0,40}(汇总|综合编制|合并编制)"
_DENIES = "不(含|包括|包含|涵盖)[^。；]{0,20}(乡镇|街道|部门|单位|县|区)"

_PLACE_ABOVE = """
case
    when organ_level in ('township', 'street') or (organ_level = 'county' and organ_type = 'department') then left(region_code, 6)
    when (organ_level = 'county' and organ_type = 'government') or (organ_level = 'city' and organ_type = 'department')
        then left(region_code, 4)
end
"""

_PARENT_CHILD = f"""
with reports as (
    select
        report.report_key,
        report.organ_key,
        report.year,
        organ.organ_level,
        organ.organ_type,
        organ.region_code
    from dim_report as report
    inner join dim_organ as organ on report.organ_key = organ.organ_key
    where report.is_current and organ.region_code is not null
),

-- As int_indicator has it: governments of counties and cities may report for their departments and towns.
parents as (
    select
        *,
        region_code as place_code
    from reports
    where organ_type = 'government' and organ_level in ('county', 'city')
),

children as (
    select
        report_key,
        year,
        organ_key,
        {_PLACE_ABOVE} as place_code
    from reports
    where {_PLACE_ABOVE} is not null
),

-- Disputes are not among them: who is sued and who reports it need not be the same.
figures as (
    select
        report_key,
        table_code || '.' || row_code || '.' || column_code as cell,
        value
    from report_cell
    where
        -- Printed below nought is another rule's concern.
        value >= 0
        and (
            (table_code = 'application' and row_code in ('new_received', 'processed_total') and column_code = 'total')
            or (
                table_code = 'disclosure'
                and row_code in ('licences', 'penalties', 'coercive_measures')
                and column_code = 'decisions'
            )
        )
),

below as (
    select
        parents.report_key,
        parents.organ_key,
        parents.place_code,
        parents.year,
        figures.cell,
        max(figures.value) as largest,
        arg_max(children.report_key, (figures.value, children.report_key)) as largest_key,
        sum(figures.value) as total,
        count(*) as counted
    from parents
    inner join children on parents.place_code = children.place_code and parents.year = children.year
    inner join figures on children.report_key = figures.report_key
    group by parents.report_key, parents.organ_key, parents.place_code, parents.year, figures.cell
),

-- All are in when a register of those that must report says who they are, and each of them did.
registered as (
    select
        {_PLACE_ABOVE} as place_code,
        year,
        count(*) as children
    from mart_filing
    where is_expected and {_PLACE_ABOVE} is not null
    group by place_code, year
    having bool_and(expected_by = 'register' and filing_status in ('filed', 'late'))
),

spoken as (
    select
        report_key,
        bool_or(
            regexp_matches(text, '{_SAYS_SO}') or regexp_matches(text, '{_SAYS_SO_BEFORE}')
        ) and not bool_or(regexp_matches(text, '{_DENIES}')) as says_so
    from report_section
    where report_key in (select report_key from below)
    group by report_key
),

compared as (
    select
        below.*,
        figures.value,
        coalesce(spoken.says_so, false) as says_so,
        coalesce(registered.children = below.counted, false) as all_are_in,
        count(*) filter (where below.total > 0) over (partition by below.organ_key) as comparisons,
        count(*) filter (where figures.value < below.total) over (partition by below.organ_key) as exceptions
    from below
    inner join figures on below.report_key = figures.report_key and below.cell = figures.cell
    left join spoken on below.report_key = spoken.report_key
    left join registered on below.place_code = registered.place_code and below.year = registered.year
),

verdict as (
    select
        *,
        says_so or (comparisons >= {_COMPARISONS} and exceptions = 1) as is_sure,
        case when all_are_in then total else largest end as bound,
        all_are_in and total > value and largest <= value as is_of_all
    from compared
),

less as (
    select
        *,
        'fail' as status
    from verdict
    where value < bound and is_sure
),

asked as (
    select
        report_key,
        bool_and(value >= bound) and (bool_or(says_so) or max(comparisons) >= {_COMPARISONS} and max(exceptions) = 0)
            as holds
    from verdict
    group by report_key
)

select
    report_key,
    cell as place,
    status,
    value as left_value,
    bound as right_value,
    value - bound as difference,
    [cell] as cells,
    case
        when is_of_all then '小于下级 ' || counted || ' 份报告之和'
        else '小于一个下级机关的数值'
    end || case when says_so then '；报告称已汇总下级数据' else '；其他年度各项均不小于下级之和' end as detail,
    case when not is_of_all then largest_key end as other_report_key
from less
union all
select
    report_key,
    'report' as place,
    case when holds then 'pass' else 'not_assessable' end as status,
    null,
    null,
    null,
    null,
    case when not holds then '不能确定本报告是否汇总了下级机关的数据' end as detail,
    null
from asked
where report_key not in (select report_key from less)
"""

RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="S14",
        rule_name="parent_child",
        severity="warning",
        title_zh="上下级汇总",
        title_en="A government's report covers those below it",
        formula="汇总下级数据的市、县政府报告，各项数值 ≥ 任一下级机关当年数值；应报下级全部报送时 ≥ 其合计",
        basis="汇总数不小于其组成部分",
        sql=_PARENT_CHILD,
        scope="history",
    ),
)
