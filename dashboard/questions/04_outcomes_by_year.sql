-- title_zh: 历年办理结果的构成如何变化？
-- title_en: How are applications answered, year by year?
-- about_zh: 每年每类结果一行：件数，以及占当年全部结果的比例。
-- about_en: A row per year and group of outcomes: cases, and their share of all outcomes of the year.

select
    fact.year,
    any_value(outcome.group_zh) as outcome_group,
    sum(fact.value) as cases,
    round(100 * sum(fact.value) / sum(sum(fact.value)) over (partition by fact.year), 1) as share_percent
from fct_outcome as fact
inner join dim_outcome as outcome on fact.outcome_code = outcome.outcome_code
group by fact.year, outcome.group_code
order by fact.year, min(outcome.sort_order)
