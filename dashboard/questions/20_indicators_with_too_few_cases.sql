-- title_zh: 有多少指标因样本不足不能评价？
-- title_en: How many indicators rest on too few cases?
-- about_zh: 最新年度按层级和指标：可评价、样本不足、无法判断各有多少。
-- about_en: Latest year by level and indicator: how many are rated, rest on too few cases, or cannot be assessed.

select
    level,
    indicator_code,
    count(*) filter (where rating_status = 'rated') as rated,
    count(*) filter (where rating_status = 'too_few') as too_few,
    count(*) filter (where rating_status = 'not_assessable') as not_assessable
from mart_indicator
where year = (select max(year) from mart_indicator)
group by level, indicator_code
order by level, indicator_code
