-- title_zh: 该给哪些县打电话？
-- title_en: Which counties should be rung?
-- about_zh: 现行报告中勾稽关系不成立最多的县：涉及的报告份数和处数。
-- about_en: Counties with the most current reports that break a rule: reports, and places in them.

select
    organ.province_name,
    organ.city_name,
    organ.county_name,
    count(distinct result.report_key) as broken_reports,
    count(*) as broken_places
from fct_rule_result as result
inner join dim_report as report on result.report_key = report.report_key
inner join dim_organ as organ on report.organ_key = organ.organ_key
where result.status = 'fail' and result.severity = 'error' and report.is_current and organ.county_name is not null
group by organ.province_name, organ.city_name, organ.county_name
order by broken_reports desc, broken_places desc, organ.county_name
limit 20
