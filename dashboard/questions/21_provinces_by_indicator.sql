-- title_zh: 各省指标排在哪里，差别是真的吗？
-- title_en: How do provinces compare, and is the difference real?
-- about_zh: 最新年度可评价的省级指标及其置信区间：区间互相重叠时不要排名；同一口径才能比较。
-- about_en: Rated provincial indicators of the latest year: do not rank where intervals overlap, and compare within a scope.

select
    definition.name_zh as indicator,
    indicator.scope,
    region.region_name as province_name,
    indicator.value,
    indicator.low,
    indicator.high,
    indicator.numerator,
    indicator.denominator
from mart_indicator as indicator
inner join dim_indicator as definition on indicator.indicator_code = definition.indicator_code
inner join dim_region as region on indicator.region_code = region.region_code
where
    indicator.level = 'province'
    and indicator.rating_status = 'rated'
    and indicator.year = (select max(year) from mart_indicator)
order by definition.sort_order, indicator.scope, indicator.value desc
