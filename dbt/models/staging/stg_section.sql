with source as (

    select * from {{ source('raw', 'section') }}

)

select
    report_key,
    section_code,
    heading,
    text,
    line
from source
