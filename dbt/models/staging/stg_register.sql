with source as (

    select * from {{ source('raw', 'register') }}

)

-- A row with a problem was told of when it was landed; it says nothing certain.
select
    line,
    organ,
    organ_level,
    organ_type,
    region_code,
    since,
    until,
    deadline
from source
where problem is null
