-- title_zh: 不成立的规则，原文印的是什么，在哪一行？
-- title_en: What is printed where a rule is broken?
-- about_zh: 从数字回到文件（前 20 处）：来源文件、行号、规则两边的值，以及涉及单元格印的原文。
-- about_en: The way from a figure back to its document (20 places): file, line, both sides of the rule, the cells as printed.

with broken as (
    select
        report.source,
        result.*
    from fct_rule_result as result
    inner join dim_report as report on result.report_key = report.report_key
    where result.status = 'fail' and result.severity = 'error' and report.is_current
    order by report.source, result.rule_id, result.place
    limit 20
)

select
    broken.source,
    cell.line,
    broken.rule_id,
    broken.place,
    broken.left_value,
    broken.right_value,
    concat_ws('.', cell.table_code, cell.row_code, cell.column_code) as cell_name,
    cell.raw,
    cell.state
from broken
inner join report_cell as cell
    on
        broken.report_key = cell.report_key
        and list_contains(broken.cells, concat_ws('.', cell.table_code, cell.row_code, cell.column_code))
order by broken.source, broken.rule_id, broken.place, cell.line, cell_name
