-- title_zh: 哪一级机关最常答复“本机关不掌握”？
-- title_en: At which level is information most often not held?
-- about_zh: 最新年度按机关层级和类型，“不掌握”在全部办理结果中的占比；不足 30 件不算比例。
-- about_en: Latest year by level and type of organ: share of "not held" in all outcomes; no rate below 30 cases.

select
    organ.organ_level,
    organ.organ_type,
    sum(fact.value) filter (where fact.outcome_code = 'unavailable_not_held') as not_held,
    sum(fact.value) as processed,
    case when sum(fact.value) >= 30 then round(100 * not_held / processed, 1) end as not_held_percent
from fct_outcome as fact
inner join dim_organ as organ on fact.organ_key = organ.organ_key
where fact.year = (select max(year) from dim_report)
group by organ.organ_level, organ.organ_type
order by not_held_percent desc nulls last
