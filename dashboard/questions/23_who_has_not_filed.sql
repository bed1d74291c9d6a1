-- title_zh: 最近一年哪些机关还没有报告？
-- title_en: Who has not filed for the latest year?
-- about_zh: 期限已过、收件目录中没有其报告的机关（前 500 个），以及为何认为它应当报告。
-- about_en: Organs past their deadline without a report in the inbox (the first 500), and why they were expected.

select
    filing.organ_name,
    region.province_name,
    region.city_name,
    region.county_name,
    filing.year,
    filing.due_on,
    filing.is_binding,
    filing.expected_by
from mart_filing as filing
left join dim_region as region on filing.region_code = region.region_code
where
    filing.filing_status = 'missing'
    and filing.is_expected
    and filing.year = (select max(year) from mart_filing where filing_status = 'missing')
order by filing.region_code, filing.organ_name
limit 500
