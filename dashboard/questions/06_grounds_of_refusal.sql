-- title_zh: 不予公开的理由有哪些，哪一条用得最多？
-- title_en: On which grounds is disclosure refused?
-- about_zh: 每年每条不予公开的理由一行：件数和在当年不予公开中的占比。
-- about_en: A row per year and ground: cases, and their share of the refusals of the year.

select
    fact.year,
    outcome.outcome_zh as ground,
    sum(fact.value) as cases,
    round(100 * sum(fact.value) / nullif(sum(sum(fact.value)) over (partition by fact.year), 0), 1) as share_percent
from fct_outcome as fact
inner join dim_outcome as outcome on fact.outcome_code = outcome.outcome_code
where outcome.group_code = 'denied'
group by fact.year, outcome.outcome_zh
order by fact.year, cases desc
