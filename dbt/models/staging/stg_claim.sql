with source as (

    select * from {{ source('raw', 'claim') }}

)

select
    report_key,
    kind,
    code,
    value,
    is_approximate,
    sentence,
    line
from source
