with successions as (

    select
        *,
        length(predecessor_region_code) < length(successor_region_code) as is_inner
    from {{ ref('organ_succession') }}
    where scope = 'place' and predecessor_name is not null

)

select
    predecessor_region_code as region_code,
    {{ joined_rows('case when not coalesce(is_inner, false) then predecessor_name end', '|') }} as former_names,
    {{ joined_rows('case when is_inner then predecessor_name end', '|') }} as inner_names
from successions
group by predecessor_region_code
