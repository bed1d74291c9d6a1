"""H1 to H5: what the figures of one report must add up to, and which numbers they may be."""

from __future__ import annotations

from .rule import RULE_OF_FORM, Rule

_FIGURE, _UNREADABLE, _LEFT_MAY_GROW, _RIGHT_MAY_GROW = 1, 2, 4, 8
"""What a cell can tell of its side beside its value: it holds a figure, cannot be read, or is empty and may stand for any number."""


def _identity(table: str, axis: str, is_left: str, where: str = "true") -> str:
    """SQL of a rule that demands left = right in one table, both sums of cells.

    A place of the table is a row or column of it, as `axis` (`row_code` or `column_code`) says; `is_left` tells the side of a cell, `where`
    selects the cells of the table. A report whose every place passes has one row, the table; otherwise the places that do not pass have
    one each.
    """
    cells = f"table_code = '{table}' and {where}"
    return f"""
with side as (
    select
        report_number,
        {axis} as code,
        coalesce(sum(case when {is_left} then value end), 0) as left_value,
        coalesce(sum(case when {is_left} then 0 else value end), 0) as right_value,
        -- One bit a fact: one sum of four takes half the time of four.
        bit_or(
            case
                when state = 'number' then {_FIGURE}
                when state in ('text', 'absent') then {_UNREADABLE}
                when {is_left} then {_LEFT_MAY_GROW}
                else {_RIGHT_MAY_GROW}
            end::utinyint
        ) as facts
    from {{telling_cell}}
    where {cells}
    group by report_number, {axis}
),

verdict as (
    select
        *,
        case
            when facts & {_UNREADABLE} > 0 or facts & {_FIGURE} = 0 then 'not_assessable'
            when left_value = right_value then 'pass'
            when left_value < right_value and facts & {_LEFT_MAY_GROW} > 0 then 'not_assessable'
            when left_value > right_value and facts & {_RIGHT_MAY_GROW} > 0 then 'not_assessable'
            else 'fail'
        end as status
    from side
),

open_or_broken as materialized (
    select *
    from verdict
    where status != 'pass'
),

involved as (
    select
        form,
        {axis} as code,
        list_sort(list('{table}.' || row_code || '.' || column_code)) as cells
    from dim_form_cell
    where {cells}
    group by form, {axis}
)

select
    printed.report_key,
    '{table}.' || open_or_broken.code as place,
    open_or_broken.status,
    open_or_broken.left_value,
    open_or_broken.right_value,
    open_or_broken.left_value - open_or_broken.right_value as difference,
    involved.cells,
    null as detail,
    null as other_report_key
from open_or_broken
inner join {{printed_table}} as printed on open_or_broken.report_number = printed.report_number and printed.table_code = '{table}'
-- Where figures are only supposed (suggestions.py) the form is not known, and nobody asks which cells there are.
left join involved on printed.form = involved.form and open_or_broken.code = involved.code
union all
-- Zeros on both sides are not among the telling cells: such a place passes.
select report_key, '{table}', 'pass', null, null, null, null, null, null
from {{printed_table}}
anti join open_or_broken using (report_number)
where table_code = '{table}'
"""


_IS_OUTSIDE = """(
    (value < 0 and column_code != 'change')
    or (value % 1 != 0 and column_code != 'amount')
)"""

_COUNT_DOMAIN = f"""
with outside as materialized (
    select
        report_number,
        table_code,
        table_code || '.' || row_code || '.' || column_code as place,
        value
    from {{telling_cell}}
    where {_IS_OUTSIDE}
),

-- Of the telling cells, for every cell of a table is one that holds no number.
without_figures as materialized (
    select report_number, table_code
    from {{telling_cell}}
    group by report_number, table_code
    having count(value) = 0
)

select
    printed.report_key,
    outside.place,
    'fail' as status,
    outside.value as left_value,
    null as right_value,
    null as difference,
    [outside.place] as cells,
    null as detail,
    null as other_report_key
from outside
inner join {{printed_table}} as printed using (report_number, table_code)
union all
select printed.report_key, printed.table_code, 'not_assessable', null, null, null, null, null, null
from without_figures
inner join {{printed_table}} as printed using (report_number, table_code)
union all
select report_key, table_code, 'pass', null, null, null, null, null, null
from {{printed_table}}
anti join outside using (report_number, table_code)
anti join without_figures using (report_number, table_code)
"""

RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="H1",
        rule_name="application_balance",
        severity="error",
        title_zh="申请收支平衡",
        title_en="Applications balance",
        formula="一、本年新收 + 二、上年结转 = 三（七）总计 + 四、结转下年度继续办理（每列）",
        basis=f"{RULE_OF_FORM}：第一项加第二项之和，等于第三项加第四项之和",
        sql=_identity(
            table="application",
            axis="column_code",
            is_left="row_code in ('new_received', 'carried_in')",
            where="row_code in ('new_received', 'carried_in', 'processed_total', 'carried_forward')",
        ),
        passes_once=True,
    ),
    Rule(
        rule_id="H2",
        rule_name="application_row_total",
        severity="error",
        title_zh="申请人合计",
        title_en="Row total over applicants",
        formula="总计 = 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他（每行）",
        basis=f"{RULE_OF_FORM}：总计列为各类申请人之和",
        sql=_identity(
            table="application",
            axis="row_code",
            is_left="column_code = 'total'",
        ),
        passes_once=True,
    ),
    Rule(
        rule_id="H3",
        rule_name="outcome_subtotal",
        severity="error",
        title_zh="办理结果合计",
        title_en="Total over outcomes",
        formula="三（七）总计 = 三（一）至（六）各项办理结果之和（每列）",
        basis=f"{RULE_OF_FORM}：第三项总计为各办理结果之和",
        sql=_identity(
            table="application",
            axis="column_code",
            is_left="row_code = 'processed_total'",
            where="row_code not in ('new_received', 'carried_in', 'carried_forward')",
        ),
        passes_once=True,
    ),
    Rule(
        rule_id="H4",
        rule_name="dispute_total",
        severity="error",
        title_zh="复议诉讼合计",
        title_en="Total over dispute results",
        formula="总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结（行政复议、未经复议直接起诉、复议后起诉各自）",
        basis=f"{RULE_OF_FORM}：总计为四种结果之和",
        sql=_identity(
            table="dispute",
            axis="row_code",
            is_left="column_code = 'total'",
        ),
        passes_once=True,
    ),
    Rule(
        rule_id="H5",
        rule_name="count_domain",
        severity="error",
        title_zh="数值取值范围",
        title_en="Counts are whole and not negative",
        formula="件数、项数为不小于 0 的整数；金额不小于 0（2019 版“本年增/减”可为负）",
        basis="件数、金额的含义",
        sql=_COUNT_DOMAIN,
    ),
)
