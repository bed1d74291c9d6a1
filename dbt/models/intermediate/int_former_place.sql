with names as (

    select distinct
        predecessor_region_code as region_code,
        predecessor_name as place_name,
        {{ is_inner_place('predecessor_region_code', 'predecessor_name') }} as is_inner
    from {{ ref('organ_succession') }}
    where scope = 'place' and predecessor_name is not null

)

select
    region_code,
    {{ joined_rows('case when not is_inner then place_name end', '|') }} as former_names,
    {{ joined_rows('case when is_inner then place_name end', '|') }} as inner_names
from names
group by region_code
