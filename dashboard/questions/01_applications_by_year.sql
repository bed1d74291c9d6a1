-- title_zh: 历年收到多少申请？
-- title_en: How many applications arrive each year?
-- about_zh: 每年一行：报告份数、新收件数，以及有多少格不是数字、因而未计入。
-- about_en: A row per year: reports, applications received, and how many cells hold no number and are left out.

select
    year,
    count(distinct report_key) as reports,
    sum(new_received) as received,
    count(*) filter (where new_received is null) as unknown_cells
from fct_application
group by year
order by year
