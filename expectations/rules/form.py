"""S2 to S5: which form a report uses, whether it is filled in, and what its table of rules and documents can hold."""

from __future__ import annotations

from .rule import RULE_OF_FORM, Rule

# Both sides as sums, so that a blank can only make its own side grow: what is in force and what was repealed against what was issued.
_IN_FORCE_FLOOR = """
with item as (
    select
        report_number,
        row_code,
        coalesce(sum(value) filter (where column_code in ('in_force', 'total_disclosed')), 0) as left_value,
        coalesce(sum(case when column_code = 'repealed' then -value else value end)
            filter (where column_code in ('issued', 'repealed', 'newly_disclosed')), 0) as right_value,
        bool_or(column_code not in ('issued', 'newly_disclosed') and state in ('blank', 'dash')) as left_may_grow,
        bool_or(state = 'number') as has_figure,
        bool_or(state in ('text', 'absent')) as is_unreadable
    from {telling_cell}
    where
        table_code = 'disclosure'
        and row_code in ('rules', 'normative_documents')
        and column_code in ('issued', 'repealed', 'in_force', 'newly_disclosed', 'total_disclosed')
    group by report_number, row_code
),

verdict as (
    select
        *,
        case
            when is_unreadable or not has_figure then 'not_assessable'
            when left_value >= right_value then 'pass'
            when left_may_grow then 'not_assessable'
            else 'fail'
        end as status
    from item
),

open_or_broken as materialized (
    select *
    from verdict
    where status != 'pass'
),

place as (
    select open_or_broken.*, printed.report_key, printed.form, 'disclosure.' || open_or_broken.row_code || '.' as item
    from open_or_broken
    inner join {printed_table} as printed
        on open_or_broken.report_number = printed.report_number and printed.table_code = 'disclosure'
)

select
    report_key,
    item || case form when '2021' then 'in_force' else 'total_disclosed' end as place,
    status,
    left_value,
    right_value,
    left_value - right_value as difference,
    case form
        when '2021' then [item || 'in_force', item || 'issued', item || 'repealed']
        else [item || 'newly_disclosed', item || 'total_disclosed']
    end as cells,
    null as detail,
    null as other_report_key
from place
union all
-- Zeros on both sides are not among the telling cells: such a place passes.
select report_key, 'disclosure', 'pass', null, null, null, null, null, null
from {printed_table}
anti join open_or_broken using (report_number)
where table_code = 'disclosure'
"""

# What an organ is, its other reports tell as well: hence the scope, and current versions only.
_RULE_MAKING_POWER = """
with filer as (
    select
        report.report_key,
        case
            when organ.organ_level in ('township', 'street') then '乡镇、街道没有规章制定权'
            when organ.region_code is null or organ.organ_level = 'unknown' then null
            when organ.organ_level = 'county' then '县级政府及其部门没有规章制定权'
            when organ.organ_type = 'department' then '地方政府的部门没有规章制定权'
            when organ.organ_type = 'government' and regexp_matches(organ.city_name, '(地区|盟)$') then '行政公署没有规章制定权'
        end as lack,
        case
            when organ.organ_level in ('city', 'province') and organ.organ_type = 'office' then '政府的办公机构可能代政府填报'
            else '机关的级别或所在地不明'
        end as doubt,
        organ.organ_type = 'government' and organ.organ_level in ('city', 'province') as may_make
    from dim_report as report
    inner join dim_organ as organ on report.organ_key = organ.organ_key
    where report.is_current
),

cell as (
    select
        filer.report_key,
        filer.lack,
        filer.doubt,
        'disclosure.rules.' || report_cell.column_code as place,
        report_cell.value,
        report_cell.state
    from report_cell
    inner join filer on report_cell.report_key = filer.report_key
    where
        report_cell.table_code = 'disclosure'
        and report_cell.row_code = 'rules'
        and (filer.lack is not null or not filer.may_make)
),

-- An office at the side of a government that makes rules may report for it, and of some nobody knows whose they are.
counted as (
    select
        report_key,
        place,
        case when lack is null then 'not_assessable' else 'fail' end as status,
        value as left_value,
        [place] as cells,
        coalesce(lack, doubt || '，是否有规章制定权无法判断') as detail
    from cell
    where value > 0
),

row_of_report as (
    select
        report_key,
        case
            when bool_or(state in ('text', 'absent')) or bool_and(state != 'number') then 'not_assessable'
            else 'pass'
        end as status,
        list(place order by place) as cells
    from cell
    where lack is not null
    group by report_key
)

select
    report_key,
    place,
    status,
    left_value,
    0 as right_value,
    left_value as difference,
    cells,
    detail,
    null as other_report_key
from counted
union all
select
    report_key,
    'disclosure.rules',
    status,
    null,
    null,
    null,
    case when status != 'pass' then cells end,
    null,
    null
from row_of_report
anti join counted using (report_key)
"""

_FORM_VERSION = """
with mixture as (
    select
        report_key,
        string_agg(
            case table_code when 'disclosure' then '表二' else '表三' end || '为' || printed.form || '版',
            '，' order by table_code::varchar desc
        ) as detail
    from {printed_table} as printed
    semi join (select report_key from {dim_report} where form = 'mixed') using (report_key)
    where table_code in ('disclosure', 'application')
    group by report_key
)

select
    report.report_key,
    'form' as place,
    case when report.form = prescribed.form then 'pass' else 'fail' end as status,
    case when report.form != prescribed.form then try_cast(report.form as integer) end as left_value,
    case when report.form != prescribed.form then cast(prescribed.form as integer) end as right_value,
    null as difference,
    case when report.form != prescribed.form then [] end as cells,
    case
        when report.form = 'mixed' then mixture.detail || '，应为' || prescribed.form || '版'
        when report.form != prescribed.form
            then report.year || '年度应使用' || prescribed.form || '版格式，所用为' || report.form || '版'
    end as detail,
    null as other_report_key
from {dim_report} as report
inner join dim_form as prescribed
    on
        report.year >= prescribed.first_year
        and report.year <= coalesce(prescribed.last_year, report.year)
left join mixture on report.report_key = mixture.report_key
"""

# Most reports are filled in, as dim_report has counted: their cells need not be read.
_UNFILLED_CELLS = """
with without_number as (
    select report_number, table_code, row_code, column_code, state, state in ('blank', 'dash') as is_unfilled
    from {telling_cell}
    where state in ('blank', 'dash', 'absent')
    union all
    -- Words with digits are a row that no reader can take apart, and no gap.
    select
        numbered.report_number,
        cell.table_code,
        cell.row_code,
        cell.column_code,
        cell.state,
        not regexp_matches(cell.raw, '[0-9０-９]')
    from {report_cell} as cell
    inner join {numbered_report} as numbered on cell.report_key = numbered.report_key
    where cell.state = 'text'
),

gapped as (
    select
        report_number,
        table_code,
        count(*) filter (where is_unfilled) as unfilled,
        count(*) filter (where state = 'absent') as absent,
        list_sort(
            list(table_code || '.' || row_code || '.' || column_code) filter (where state != 'absent')
        ) as cells,
        case
            when count(*) filter (where is_unfilled) > 0 then 'fail'
            when bool_or(state = 'text') then 'not_assessable'
            else 'pass'
        end as status
    from without_number
    group by report_number, table_code
),

table_size as (
    select form, table_code, count(*) as cells
    from dim_form_cell
    group by form, table_code
),

report as (
    select report_key, number_cells > 0 and blank_cells + dash_cells + text_cells + absent_cells = 0 as is_filled
    from {dim_report}
)

select
    printed.report_key,
    gapped.table_code as place,
    gapped.status,
    gapped.unfilled as left_value,
    0 as right_value,
    gapped.unfilled as difference,
    gapped.cells,
    null as detail,
    null as other_report_key
from gapped
inner join {printed_table} as printed using (report_number, table_code)
where gapped.status != 'pass'
union all
-- A table of which no cell is there was not read: nothing is said of it.
select report_key, table_code, 'pass', null, null, null, null, null, null
from {printed_table} as printed
semi join (select report_key from report where not is_filled) using (report_key)
left join gapped using (report_number, table_code)
left join table_size using (form, table_code)
where gapped.status is null or (gapped.status = 'pass' and gapped.absent < table_size.cells)
union all
select report_key, 'report', 'pass', null, null, null, null, null, null
from report
where is_filled
"""

RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="S2",
        rule_name="in_force_floor",
        severity="warning",
        title_zh="现行有效件数下限",
        title_en="At least this year's are in force",
        formula="现行有效件数 ≥ 本年制发件数 − 本年废止件数；2019 版：对外公开总数量 ≥ 本年新公开数量（规章、规范性文件各自）",
        basis="件数的含义",
        sql=_IN_FORCE_FLOOR,
        passes_once=True,
    ),
    Rule(
        rule_id="S3",
        rule_name="rule_making_power",
        severity="warning",
        title_zh="规章制定权",
        title_en="Power to make rules",
        formula="没有规章制定权的机关：规章各栏 = 0",
        basis="立法法第九十一条、第九十三条：国务院部门，省、自治区、直辖市和设区的市、自治州的人民政府可以制定规章",
        sql=_RULE_MAKING_POWER,
        scope="history",
    ),
    Rule(
        rule_id="S4",
        rule_name="form_version",
        severity="warning",
        title_zh="格式版本",
        title_en="Version of the form",
        formula="2019、2020 年度用 2019 版格式，2021 年度起用 2021 版格式，三张表同一版",
        basis=f"{RULE_OF_FORM}的适用年度",
        sql=_FORM_VERSION,
        passes_once=True,
    ),
    Rule(
        rule_id="S5",
        rule_name="unfilled_cells",
        severity="warning",
        title_zh="应填未填",
        title_en="Cells without a number",
        formula="每张表中空白、以横线等符号或文字代替数字的单元格数 = 0",
        basis=f"{RULE_OF_FORM}：各栏填数字，没有的填 0",
        sql=_UNFILLED_CELLS,
    ),
)
