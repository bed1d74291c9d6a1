-- title_zh: 有多少指标因样本不足不能评价？
-- title_en: How many indicators rest on too few cases?
-- about_zh: 最新年度按指标和层级：可评价、样本不足、无法判断各有多少。
-- about_en: Latest year by indicator and level: how many are rated, rest on too few cases, or cannot be assessed.

select
    any_value(definition.name_zh) as indicator,
    indicator.level,
    count(*) filter (where indicator.rating_status = 'rated') as rated,
    count(*) filter (where indicator.rating_status = 'too_few') as too_few,
    count(*) filter (where indicator.rating_status = 'not_assessable') as not_assessable
from mart_indicator as indicator
inner join dim_indicator as definition on indicator.indicator_code = definition.indicator_code
where indicator.year = (select max(year) from mart_indicator)
group by indicator.indicator_code, indicator.level
order by min(definition.sort_order), indicator.level
