with cells as (

    select * from {{ ref('form_cell') }}
    where table_code = 'application' and not is_total

),

labels as (

    select
        *,
        row_number() over (partition by column_code order by form desc, row_order asc) as label_rank
    from cells

)

select
    column_code as applicant_code,
    column_zh as applicant_zh,
    column_en as applicant_en,
    column_order as sort_order
from labels
where label_rank = 1
