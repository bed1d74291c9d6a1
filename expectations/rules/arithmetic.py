"""H1 to H5: what the figures of one report must add up to, and which numbers they may be."""

from __future__ import annotations

from .rule import RULE_OF_FORM, Rule

_ONE_CELL_A_TABLE = """(
    (table_code = 'disclosure' and row_code = 'rules' and column_code in ('in_force', 'total_disclosed'))
    or (table_code = 'application' and row_code = 'new_received' and column_code = 'total')
    or (table_code = 'dispute' and row_code = 'reconsideration' and column_code = 'total')
)"""
"""Of each table that a report's form has."""


def _identity(table: str, place: str, is_left: str, where: str = "true") -> str:
    """SQL of a rule that demands left = right in one table, both sums of cells.

    `place` names what is checked, `is_left` tells the side of a cell, `where` selects the cells of the table. A report whose every
    place passes has one row, the table; otherwise the places that do not pass have one each.
    """
    cells = f"table_code = '{table}' and {where}"
    return f"""
with side as (
    select
        report_key,
        {place} as place,
        coalesce(sum(value) filter (where {is_left}), 0) as left_value,
        coalesce(sum(value) filter (where not ({is_left})), 0) as right_value,
        count(*) filter (where {is_left} and state in ('blank', 'dash')) > 0 as left_may_grow,
        count(*) filter (where not ({is_left}) and state in ('blank', 'dash')) > 0 as right_may_grow,
        count(*) filter (where state = 'number') as figures,
        count(*) filter (where state in ('text', 'absent')) as unreadable
    from {{telling_cell}}
    where {cells}
    group by report_key, place
),

verdict as (
    select
        *,
        case
            when unreadable > 0 or figures = 0 then 'not_assessable'
            when left_value = right_value then 'pass'
            when left_value < right_value and left_may_grow then 'not_assessable'
            when left_value > right_value and right_may_grow then 'not_assessable'
            else 'fail'
        end as status
    from side
),

open_or_broken as (
    select *
    from verdict
    where status != 'pass'
),

involved as (
    select
        report_key,
        {place} as place,
        list_sort(list(table_code || '.' || row_code || '.' || column_code)) as cells
    from {{report_cell}}
    where {cells} and report_key in (select report_key from open_or_broken)
    group by report_key, place
)

select
    open_or_broken.report_key,
    open_or_broken.place,
    open_or_broken.status,
    open_or_broken.left_value,
    open_or_broken.right_value,
    open_or_broken.left_value - open_or_broken.right_value as difference,
    involved.cells,
    null as detail,
    null as other_report_key
from open_or_broken
inner join involved on open_or_broken.report_key = involved.report_key and open_or_broken.place = involved.place
union all
-- Zeros on both sides are not among the telling cells: such a place passes.
select report_key, '{table}', 'pass', null, null, null, null, null, null
from {{report_cell}}
where
    table_code = '{table}'
    and {_ONE_CELL_A_TABLE}
    and report_key not in (select report_key from open_or_broken)
"""


_COUNT_DOMAIN = """
with cell as (
    select
        report_key,
        table_code,
        table_code || '.' || row_code || '.' || column_code as place,
        value,
        state,
        coalesce(
            (value < 0 and column_code != 'change')
            or (value != trunc(value) and column_code != 'amount'),
            false
        ) as is_outside
    from {telling_cell}
),

in_domain as (
    select
        looked_at.report_key,
        looked_at.table_code as place,
        -- No cell is telling where all are zeros, and every cell is where one holds no number.
        case when count(cell.report_key) = 0 or count(cell.value) > 0 then 'pass' else 'not_assessable' end as status
    from (
        select report_key, table_code
        from {report_cell}
        where {one_cell_a_table}
    ) as looked_at
    left join cell on looked_at.report_key = cell.report_key and looked_at.table_code = cell.table_code
    group by looked_at.report_key, looked_at.table_code
    having not coalesce(bool_or(cell.is_outside), false)
)

select
    report_key,
    place,
    'fail' as status,
    value as left_value,
    null as right_value,
    null as difference,
    [place] as cells,
    null as detail,
    null as other_report_key
from cell
where is_outside
union all
select report_key, place, status, null, null, null, null, null, null
from in_domain
""".replace("{one_cell_a_table}", _ONE_CELL_A_TABLE)

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
            place="'application.' || column_code",
            is_left="row_code in ('new_received', 'carried_in')",
            where="row_code in ('new_received', 'carried_in', 'processed_total', 'carried_forward')",
        ),
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
            place="'application.' || row_code",
            is_left="column_code = 'total'",
        ),
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
            place="'application.' || column_code",
            is_left="row_code = 'processed_total'",
            where="row_code not in ('new_received', 'carried_in', 'carried_forward')",
        ),
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
            place="'dispute.' || row_code",
            is_left="column_code = 'total'",
        ),
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
