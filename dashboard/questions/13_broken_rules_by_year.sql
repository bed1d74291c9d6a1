-- title_zh: 各条规则每年有多少报告不成立？
-- title_en: How many reports break each rule, year by year?
-- about_zh: 每年每条规则一行：不成立、无法判断和检查过的报告份数。
-- about_en: A row per year and rule: reports that break it, that cannot be judged, and all that were checked.

select
    result.year,
    result.rule_id,
    any_value(rule.title_zh) as rule,
    count(distinct result.report_key) filter (where result.status = 'fail') as broken_reports,
    count(distinct result.report_key) filter (where result.status = 'not_assessable') as not_assessable_reports,
    count(distinct result.report_key) as reports
from fct_rule_result as result
inner join dim_rule as rule on result.rule_id = rule.rule_id
inner join dim_report as report on result.report_key = report.report_key
where report.is_current
group by result.year, result.rule_id
order by result.year, result.rule_id
