-- title_zh: 正文说的收件数与表格一致吗？
-- title_en: Does the prose state what the table prints?
-- about_zh: 每年一行：正文“收到申请”与表三“本年新收”总计相等、不等的各有多少；正文有时含上年结转。
-- about_en: A row per year: how often "received" in the prose equals the table's total; prose may include cases carried in.

select
    total.year,
    count(*) as stated,
    count(*) filter (where claim.value = total.value) as equal,
    count(*) filter (where claim.value <> total.value) as different,
    max(abs(claim.value - total.value)) as largest_difference,
    arg_max(claim.sentence, abs(claim.value - total.value)) filter (where claim.value <> total.value) as sentence
from report_claim as claim
inner join fct_reported_total as total
    on
        claim.report_key = total.report_key
        and total.table_code = 'application'
        and total.row_code = 'new_received'
        and total.column_code = 'total'
where claim.kind = 'application' and claim.code = 'received'
group by total.year
order by total.year
