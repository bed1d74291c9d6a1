-- title_zh: 谁在申请？
-- title_en: Who applies?
-- about_zh: 最新年度各类申请人的新收件数和占比。
-- about_en: Applications received in the latest year by kind of applicant, with their share.

select
    applicant.applicant_zh,
    sum(fact.new_received) as received,
    round(100 * sum(fact.new_received) / sum(sum(fact.new_received)) over (), 1) as share_percent
from fct_application as fact
inner join dim_applicant as applicant on fact.applicant_code = applicant.applicant_code
where fact.year = (select max(year) from dim_report)
group by applicant.applicant_zh, applicant.sort_order
order by applicant.sort_order
