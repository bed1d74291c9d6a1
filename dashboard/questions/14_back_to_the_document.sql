-- title_zh: 不成立的规则，原文印的是什么，在哪一行？
-- title_en: What is printed where a rule is broken?
-- about_zh: 从数字回到文件：来源文件、行号、规则两边的值，以及涉及单元格印的原文。
-- about_en: The way from a figure back to its document: file, line, both sides of the rule, and the cells as printed.

select
    report.source,
    cell.line,
    result.rule_id,
    result.place,
    result.left_value,
    result.right_value,
    concat_ws('.', cell.table_code, cell.row_code, cell.column_code) as cell_name,
    cell.raw,
    cell.state
from fct_rule_result as result
inner join dim_report as report on result.report_key = report.report_key
inner join report_cell as cell
    on
        result.report_key = cell.report_key
        and list_contains(result.cells, concat_ws('.', cell.table_code, cell.row_code, cell.column_code))
where result.status = 'fail' and report.is_current
order by report.source, result.rule_id, result.place, cell.line, cell_name
limit 200
