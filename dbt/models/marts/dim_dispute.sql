with cells as (

    select * from {{ ref('form_cell') }}
    where table_code = 'dispute' and not is_total

),

labels as (

    select
        *,
        row_number() over (partition by row_code, column_code order by form desc) as label_rank
    from cells

)

select
    row_code as track_code,
    column_code as result_code,
    row_zh as track_zh,
    row_en as track_en,
    column_zh as result_zh,
    column_en as result_en,
    cast(row_number() over (order by row_order, column_order) as integer) as sort_order
from labels
where label_rank = 1
