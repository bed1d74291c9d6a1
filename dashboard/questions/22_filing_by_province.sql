-- title_zh: 各省每年应报多少、报了多少、多少按时？
-- title_en: How many reports were due, filed and late in each province?
-- about_zh: 每省每年一行：已到期应报、已报、其中迟报、未报，以及报送率。
-- about_en: A row per province and year: reports due, filed, of these late, missing, and the filing rate.

select
    region.province_name,
    filing.year,
    count(*) as due,
    count(*) filter (where filing.filing_status <> 'missing') as filed,
    count(*) filter (where filing.filing_status = 'late') as late,
    count(*) filter (where filing.filing_status = 'missing') as missing,
    round(100.0 * filed / due, 1) as filing_percent
from mart_filing as filing
inner join dim_region as region on filing.region_code = region.region_code
where filing.is_expected and filing.filing_status <> 'not_due'
group by region.province_name, filing.year
order by region.province_name, filing.year
