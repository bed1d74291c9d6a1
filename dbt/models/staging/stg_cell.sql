with source as (

    select * from {{ source('raw', 'cell') }}

)

select
    report_key,
    cast(table_code as varchar) as table_code,
    cast(row_code as varchar) as row_code,
    cast(column_code as varchar) as column_code,
    value,
    raw,
    cast(state as varchar) as state,
    line
from source
