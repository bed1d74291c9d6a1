-- title_zh: 哪些省的争议多？
-- title_en: In which provinces are answers disputed most?
-- about_zh: 最新年度每百件办理结果对应的复议和诉讼件数；办理不足 30 件的省不列。
-- about_en: Latest year: reconsiderations and lawsuits per hundred outcomes; provinces below 30 outcomes are left out.

with disputed as (
    select
        organ_key,
        sum(value) as disputes
    from fct_dispute
    where year = (select max(year) from dim_report)
    group by organ_key
),

processed as (
    select
        organ_key,
        sum(value) as outcomes
    from fct_outcome
    where year = (select max(year) from dim_report)
    group by organ_key
)

select
    organ.province_name,
    sum(disputed.disputes) as disputes,
    sum(processed.outcomes) as outcomes,
    round(100 * sum(disputed.disputes) / sum(processed.outcomes), 1) as disputes_per_hundred
from processed
inner join disputed on processed.organ_key = disputed.organ_key
inner join dim_organ as organ on processed.organ_key = organ.organ_key
group by organ.province_name
having sum(processed.outcomes) >= 30
order by disputes_per_hundred desc
