-- title_zh: 同口径比较，申请比上年增减多少？
-- title_en: How do applications change, like for like?
-- about_zh: 只比较两年都填全数字的机关，避免把新增报告当作申请增长。
-- about_en: Only organs with every figure in both years are compared, so that new reports do not pass for growth.

with organ_year as (
    select
        organ_key,
        year,
        sum(new_received) as received
    from fct_application
    group by organ_key, year
    having count(new_received) = count(*)
)

select
    this.year,
    count(*) as organs,
    sum(before.received) as received_before,
    sum(this.received) as received,
    round(100 * (sum(this.received) / nullif(sum(before.received), 0) - 1), 1) as change_percent
from organ_year as this
inner join organ_year as before on this.organ_key = before.organ_key and this.year = before.year + 1
group by this.year
order by this.year
