-- title_zh: 全国各项指标今年如何，比上年怎样？
-- title_en: Where do the nation's indicators stand, and how did they move?
-- about_zh: 最新两年的全国指标：值、分子、分母、置信区间和能否评价。
-- about_en: The two latest years: value, numerator, denominator, interval, and whether it is rated.

select
    indicator_code,
    year,
    value,
    numerator,
    denominator,
    low,
    high,
    rating_status
from mart_indicator
where level = 'nation' and year >= (select max(year) - 1 from mart_indicator)
order by indicator_code, year
