-- title_zh: 上年结转与去年报告的“结转下年”对得上吗？
-- title_en: Does what is carried in equal what was carried forward?
-- about_zh: 每年一行：两年报告都印有总计的机关中，两数相等、不等的各有多少，最大差几件。
-- about_en: A row per year: organs that print both totals, how many agree and differ, and the largest difference.

with total as (
    select
        organ_key,
        year,
        max(value) filter (where row_code = 'carried_in') as carried_in,
        max(value) filter (where row_code = 'carried_forward') as carried_forward
    from fct_reported_total
    where table_code = 'application' and column_code = 'total'
    group by organ_key, year
)

select
    this.year,
    count(*) as organs,
    count(*) filter (where this.carried_in = before.carried_forward) as equal,
    count(*) filter (where this.carried_in <> before.carried_forward) as different,
    max(abs(this.carried_in - before.carried_forward)) as largest_difference
from total as this
inner join total as before on this.organ_key = before.organ_key and this.year = before.year + 1
where this.carried_in is not null and before.carried_forward is not null
group by this.year
order by this.year
