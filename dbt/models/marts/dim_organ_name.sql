with reports as (

    select * from {{ ref('int_report') }}
    where name_in_place is not null

),

names as (

    select
        organ_key,
        name_in_place as organ_name,
        max(region_code) as region_code,
        min(year) as first_year,
        max(year) as last_year
    from reports
    group by
        organ_key,
        name_in_place

),

ranked as (

    select
        *,
        row_number() over (
            partition by organ_key
            order by last_year desc, first_year desc, length(organ_name) desc, organ_name asc
        ) as name_rank
    from names

)

select
    organ_key,
    organ_name,
    region_code,
    first_year,
    last_year,
    name_rank = 1 as is_current
from ranked
