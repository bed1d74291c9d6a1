-- title_zh: 各级机关每年作出多少行政处罚、许可和强制决定？
-- title_en: How many penalties, licences and coercive measures does each level decide?
-- about_zh: 三项决定数在两版表式中可比；每年每级一行。
-- about_en: Decisions compare across both versions of the form; a row per year and level.

select
    fact.year,
    organ.organ_level,
    sum(fact.value) filter (where fact.item_code = 'licences') as licences,
    sum(fact.value) filter (where fact.item_code = 'penalties') as penalties,
    sum(fact.value) filter (where fact.item_code = 'coercive_measures') as coercive_measures,
    count(*) filter (where fact.value is null) as unknown_cells
from fct_disclosure as fact
inner join dim_organ as organ on fact.organ_key = organ.organ_key
where fact.measure_code = 'decisions' and fact.item_code in ('licences', 'penalties', 'coercive_measures')
group by fact.year, organ.organ_level
order by fact.year, organ.organ_level
