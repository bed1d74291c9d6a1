-- title_zh: 哪些机关积压最多？
-- title_en: Which organs carry most over?
-- about_zh: 最新年度结转下年件数最多的 20 个机关，以及它占新收与上年结转之和的比例。
-- about_en: The 20 organs that carry most forward in the latest year, and its share of what they received and carried in.

select
    organ.organ_name,
    organ.province_name,
    sum(fact.carried_forward) as forward,
    sum(fact.new_received) as received,
    sum(fact.carried_in) as carried,
    round(100 * forward / nullif(received + carried, 0), 1) as forward_percent,
    any_value(fact.report_key) as report_key
from fct_application as fact
inner join dim_organ as organ on fact.organ_key = organ.organ_key
where fact.year = (select max(year) from dim_report)
group by fact.organ_key, organ.organ_name, organ.province_name
having forward > 0
order by forward desc, organ.organ_name
limit 20
