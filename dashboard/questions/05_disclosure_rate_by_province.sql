-- title_zh: 哪些省的实质公开率高？
-- title_en: Which provinces disclose most?
-- about_zh: 最新年度（予以公开 + 部分公开）÷ 全部办理结果；不足 30 件的省不列。
-- about_en: Latest year, (granted + partially granted) over all outcomes; provinces with fewer than 30 cases are left out.

select
    organ.province_name,
    sum(fact.value) filter (where fact.outcome_code in ('granted', 'partially_granted')) as disclosed,
    sum(fact.value) as processed,
    count(*) filter (where fact.value is null) as unknown_cells,
    round(100 * disclosed / processed, 1) as disclosure_percent
from fct_outcome as fact
inner join dim_organ as organ on fact.organ_key = organ.organ_key
where fact.year = (select max(year) from dim_report)
group by organ.province_name
having processed >= 30
order by disclosure_percent desc
