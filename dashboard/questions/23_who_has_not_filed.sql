-- title_zh: 最新年度哪些机关还没有报告？
-- title_en: Who has not filed for the latest year?
-- about_zh: 应报而收件目录中没有报告的机关，以及它的法定期限。
-- about_en: Organs that were expected to file and whose report is not in the inbox, with the day it was due.

select
    organ.province_name,
    organ.city_name,
    organ.county_name,
    organ.organ_name,
    filing.due_on
from mart_filing as filing
inner join dim_organ as organ on filing.organ_key = organ.organ_key
where filing.filing_status = 'missing' and filing.year = (select max(year) from dim_report)
order by organ.province_name, organ.city_name, organ.county_name, organ.organ_name
