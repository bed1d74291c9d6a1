-- title_zh: 被复议、诉讼后，被纠正的比例是多少？
-- title_en: How often is an organ corrected when challenged?
-- about_zh: 每年每条途径一行；尚未审结不算结果，已结不足 30 件不算比例。
-- about_en: A row per year and track; pending cases are no result, and there is no rate below 30 concluded cases.

select
    fact.year,
    any_value(dispute.track_zh) as track,
    sum(fact.value) filter (where fact.result_code = 'corrected') as corrected,
    sum(fact.value) filter (where fact.result_code <> 'pending') as concluded,
    case when concluded >= 30 then round(100 * corrected / concluded, 1) end as corrected_percent
from fct_dispute as fact
inner join dim_dispute as dispute
    on fact.track_code = dispute.track_code and fact.result_code = dispute.result_code
group by fact.year, fact.track_code
order by fact.year, min(dispute.sort_order)
