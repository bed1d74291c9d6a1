-- title_zh: 历年办理结果的构成如何变化？
-- title_en: How are applications answered, year by year?
-- about_zh: 每年每类结果一行：件数，以及占当年全部结果的比例。
-- about_en: A row per year and group of outcomes: cases, and their share of all outcomes of the year.

with by_outcome as (
    select
        year,
        outcome_code,
        sum(value) as cases
    from fct_outcome
    group by year, outcome_code
)

select
    by_outcome.year,
    any_value(outcome.group_zh) as outcome_group,
    sum(by_outcome.cases) as cases,
    round(100 * sum(by_outcome.cases) / sum(sum(by_outcome.cases)) over (partition by by_outcome.year), 1)
        as share_percent
from by_outcome
inner join dim_outcome as outcome on by_outcome.outcome_code = outcome.outcome_code
group by by_outcome.year, outcome.group_code
order by by_outcome.year, min(outcome.sort_order)
