"""H6 and S1: what one year's report hands over to the next."""

from __future__ import annotations

from .rule import RULE_OF_FORM, Rule

_YEAR_BEFORE = """
with year_before as (
    select
        report.report_key,
        before.report_key as other_report_key,
        organ.first_year < report.year as filed_before,
        -- What a merged organ left behind is in neither of the two reports.
        exists (
            select 1
            from dim_organ as merged
            where
                merged.successor_organ_key = report.organ_key
                and merged.last_year between report.year - 2 and report.year
        ) as took_over
    from dim_report as report
    inner join dim_organ as organ on report.organ_key = organ.organ_key
    left join dim_report as before
        on report.organ_key = before.organ_key and report.year = before.year + 1 and before.is_current
    where report.is_current
),
"""

_NO_YEAR_BEFORE = "没有收到上一年度的报告，无从核对"
_TOOK_OVER = "本机关新近并入了其他机关，其结转不在上年报告中"

_CARRY_OVER = f"""
{_YEAR_BEFORE}
carried_in as (
    select report_key, column_code, value, state
    from report_cell
    where table_code = 'application' and row_code = 'carried_in'
),

carried_forward as (
    select report_key, column_code, value, state
    from report_cell
    where table_code = 'application' and row_code = 'carried_forward'
),

verdict as (
    select
        year_before.*,
        carried_in.column_code,
        carried_in.value as left_value,
        carried_forward.value as right_value,
        case
            when carried_forward.state is null then 'not_assessable'
            when carried_in.state in ('text', 'absent') or carried_forward.state in ('text', 'absent')
                then 'not_assessable'
            when coalesce(carried_in.value, carried_forward.value) is null then 'not_assessable'
            when coalesce(carried_in.value, 0) = coalesce(carried_forward.value, 0) then 'pass'
            when carried_in.value is null and carried_forward.value > 0 then 'not_assessable'
            when carried_forward.value is null and carried_in.value > 0 then 'not_assessable'
            when year_before.took_over then 'not_assessable'
            else 'fail'
        end as status
    from year_before
    inner join carried_in on year_before.report_key = carried_in.report_key
    left join carried_forward
        on
            year_before.other_report_key = carried_forward.report_key
            and carried_in.column_code = carried_forward.column_code
)

select
    report_key,
    'application.carried_in.' || column_code as place,
    status,
    coalesce(left_value, 0) as left_value,
    coalesce(right_value, 0) as right_value,
    coalesce(left_value, 0) - coalesce(right_value, 0) as difference,
    case when status != 'pass' then ['application.carried_in.' || column_code] end as cells,
    case
        when other_report_key is null then '{_NO_YEAR_BEFORE}'
        when status = 'not_assessable' and took_over then '{_TOOK_OVER}'
    end as detail,
    other_report_key
from verdict
where
    -- One row says that all columns agree, and one that there is nothing to compare with; none for an organ's first report.
    (column_code = 'total' and (other_report_key is not null or filed_before))
    or (column_code != 'total' and status != 'pass' and other_report_key is not null)
"""

_IN_FORCE_FLOW = f"""
{_YEAR_BEFORE}
stock as (
    select
        report_key,
        row_code,
        max(value) filter (where column_code = 'issued') as issued,
        max(value) filter (where column_code = 'repealed') as repealed,
        max(value) filter (where column_code = 'in_force') as in_force,
        max(state) filter (where column_code = 'in_force') as in_force_state,
        bool_or(column_code = 'issued' and state in ('blank', 'dash')) as issued_is_open,
        bool_or(column_code = 'repealed' and state in ('blank', 'dash')) as repealed_is_open,
        bool_or(column_code = 'in_force' and state in ('blank', 'dash')) as in_force_is_open,
        bool_or(state in ('text', 'absent')) as is_unreadable
    from report_cell
    where
        table_code = 'disclosure'
        and row_code in ('rules', 'normative_documents')
        and column_code in ('issued', 'repealed', 'in_force')
    group by report_key, row_code
),

compared as (
    select
        year_before.*,
        stock.row_code,
        stock.issued,
        stock.repealed,
        stock.in_force,
        before.in_force as in_force_before,
        coalesce(stock.in_force, 0) + coalesce(stock.repealed, 0) as held_and_gone,
        coalesce(before.in_force, 0) + coalesce(stock.issued, 0) as held_and_new,
        stock.in_force_is_open or stock.repealed_is_open as left_may_grow,
        coalesce(before.in_force_is_open, false) or stock.issued_is_open as right_may_grow,
        before.report_key is null or stock.is_unreadable or before.in_force_state in ('text', 'absent') as is_unreadable
    from year_before
    inner join stock on year_before.report_key = stock.report_key
    left join stock as before
        on year_before.other_report_key = before.report_key and stock.row_code = before.row_code
),

verdict as (
    select
        *,
        case
            when is_unreadable or coalesce(issued, repealed, in_force, in_force_before) is null then 'not_assessable'
            when held_and_gone = held_and_new then 'pass'
            when held_and_gone < held_and_new and left_may_grow then 'not_assessable'
            when held_and_gone > held_and_new and right_may_grow then 'not_assessable'
            when took_over then 'not_assessable'
            else 'fail'
        end as status
    from compared
)

select
    verdict.report_key,
    'disclosure.' || verdict.row_code || '.in_force' as place,
    verdict.status,
    coalesce(verdict.in_force, 0) as left_value,
    verdict.held_and_new - coalesce(verdict.repealed, 0) as right_value,
    verdict.held_and_gone - verdict.held_and_new as difference,
    case
        when verdict.status != 'pass' then list_transform(
            ['in_force', 'issued', 'repealed'],
            lambda column_code : 'disclosure.' || verdict.row_code || '.' || column_code
        )
    end as cells,
    case
        when verdict.other_report_key is null then '{_NO_YEAR_BEFORE}'
        when verdict.status = 'not_assessable' and verdict.took_over then '{_TOOK_OVER}'
        when verdict.status = 'fail'
            then '上年现行有效 ' || format('{{:g}}', verdict.in_force_before::double) || ' 件'
    end as detail,
    verdict.other_report_key
from verdict
left join dim_report as before on verdict.other_report_key = before.report_key
-- The trial form has no stock in force to go on from.
where before.form != '2019' or (verdict.other_report_key is null and verdict.filed_before)
"""

RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="H6",
        rule_name="carry_over",
        severity="error",
        title_zh="结转衔接",
        title_en="Carried over from last year",
        formula="本年二、上年结转 = 上年四、结转下年度继续办理（总计列；各类申请人列仅作提示）",
        basis=f"{RULE_OF_FORM}：上年结转即上一年度报告的结转下年度继续办理",
        sql=_CARRY_OVER,
        scope="history",
        only_warns="result.place != 'application.carried_in.total'",
    ),
    Rule(
        rule_id="S1",
        rule_name="in_force_flow",
        severity="warning",
        title_zh="现行有效件数衔接",
        title_en="Documents in force follow from last year",
        formula="本年现行有效件数 = 上年现行有效件数 + 本年制发件数 − 本年废止件数（规章、规范性文件各自）",
        basis="存量等于上年存量加本年增减",
        sql=_IN_FORCE_FLOW,
        scope="history",
        forms=("2021",),
    ),
)
