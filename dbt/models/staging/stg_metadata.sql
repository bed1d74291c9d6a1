with source as (

    select * from {{ source('raw', 'metadata') }}

)

select
    report_key,
    label,
    value
from source
