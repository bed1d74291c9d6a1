-- title_zh: 各省每年应报多少、报了多少、多少按时？
-- title_en: How many reports were due, filed and on time in each province?
-- about_zh: 每省每年一行：应报、已报、迟报、未报，以及报送率。
-- about_en: A row per province and year: reports due, filed, late and missing, and the filing rate.

select
    organ.province_name,
    filing.year,
    count(*) as due,
    count(*) filter (where filing.filing_status <> 'missing') as filed,
    count(*) filter (where filing.filing_status = 'late') as late,
    count(*) filter (where filing.filing_status = 'missing') as missing,
    round(100.0 * filed / due, 1) as filing_percent
from mart_filing as filing
inner join dim_organ as organ on filing.organ_key = organ.organ_key
group by organ.province_name, filing.year
order by organ.province_name, filing.year
