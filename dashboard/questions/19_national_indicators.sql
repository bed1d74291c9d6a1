-- title_zh: 全国各项指标今年如何，比上年怎样？
-- title_en: Where do the nation's indicators stand, and how did they move?
-- about_zh: 最新两年的全国指标：值、分子、分母、置信区间、增减百分点和能否评价；两种口径不能相加。
-- about_en: The two latest years: value, numerator, denominator, interval, change, and whether it is rated; never add the scopes.

select
    definition.name_zh as indicator,
    indicator.scope,
    indicator.year,
    indicator.value,
    indicator.numerator,
    indicator.denominator,
    indicator.low,
    indicator.high,
    indicator.change_points,
    indicator.rating_status
from mart_indicator as indicator
inner join dim_indicator as definition on indicator.indicator_code = definition.indicator_code
where indicator.level = 'nation' and indicator.year >= (select max(year) - 1 from mart_indicator)
order by definition.sort_order, indicator.scope, indicator.year
