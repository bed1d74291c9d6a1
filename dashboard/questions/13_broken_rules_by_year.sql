-- title_zh: 各条规则每年有多少报告不成立？
-- title_en: How many reports break each rule, year by year?
-- about_zh: 每年每条规则一行：不成立、无法判断的现行报告份数，以及当年现行报告总数。
-- about_en: A row per year and rule: current reports that break it or cannot be judged, and all current reports of the year.

with report as (
    select
        report_key,
        year
    from dim_report
    where is_current
),

by_year as (
    select
        year,
        count(*) as reports
    from report
    group by year
),

noted as (
    select
        report.year,
        result.rule_id,
        count(distinct result.report_key) filter (where result.status = 'fail') as broken_reports,
        count(distinct result.report_key) filter (where result.status = 'not_assessable') as not_assessable_reports
    from fct_rule_result as result
    inner join report on result.report_key = report.report_key
    where result.status <> 'pass'
    group by report.year, result.rule_id
)

select
    by_year.year,
    rule.rule_id,
    rule.title_zh as rule,
    coalesce(noted.broken_reports, 0) as broken_reports,
    coalesce(noted.not_assessable_reports, 0) as not_assessable_reports,
    by_year.reports
from by_year
cross join dim_rule as rule
left join noted on by_year.year = noted.year and rule.rule_id = noted.rule_id
order by by_year.year, rule.rule_id
