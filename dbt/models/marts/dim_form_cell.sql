with cells as (

    select * from {{ ref('form_cell') }}

)

select
    form,
    table_code,
    table_zh,
    table_en,
    row_code,
    row_zh,
    row_en,
    row_order,
    group_code,
    group_zh,
    group_en,
    column_code,
    column_zh,
    column_en,
    column_order,
    unit,
    article,
    is_total
from cells
