with source as (

    select * from {{ source('raw', 'finding') }}

)

select
    report_key,
    code,
    severity,
    message
from source
