with source as (

    select * from {{ source('raw', 'cell') }}

)

select
    report_key,
    table_code,
    row_code,
    column_code,
    value,
    raw,
    state,
    line
from source
