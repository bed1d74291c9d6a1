-- title_zh: 机关改过名吗？
-- title_en: Which names has an organ borne?
-- about_zh: 每个机关用过的名称及起止年度，名称最多的在前：改名不改 organ_key。
-- about_en: The names of each organ with their years, most names first: a renamed organ keeps its organ_key.

select
    organ.organ_name as name_now,
    name.organ_name,
    name.first_year,
    name.last_year,
    count(*) over (partition by name.organ_key) as names,
    name.organ_key
from dim_organ_name as name
inner join dim_organ as organ on name.organ_key = organ.organ_key
order by names desc, name.organ_key, name.first_year
limit 200
