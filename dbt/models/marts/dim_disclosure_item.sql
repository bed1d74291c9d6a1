with cells as (

    select * from {{ ref('form_cell') }}
    where table_code = 'disclosure'

),

measures as (

    select
        row_code,
        column_code,
        bool_or(form = '2019') as in_form_2019,
        bool_or(form = '2021') as in_form_2021
    from cells
    group by row_code, column_code

),

-- The older version has every item of the newer one and more, so its order holds both.
items as (

    select
        row_code,
        max(row_order) as row_order
    from cells
    group by row_code

),

-- What both versions have is called what the newer one calls it.
labels as (

    select
        *,
        row_number() over (partition by row_code, column_code order by form desc) as label_rank
    from cells

)

select
    labels.row_code as item_code,
    labels.column_code as measure_code,
    labels.row_zh as item_zh,
    labels.row_en as item_en,
    labels.column_zh as measure_zh,
    labels.column_en as measure_en,
    labels.unit,
    labels.article,
    measures.in_form_2019,
    measures.in_form_2021,
    cast(
        row_number() over (order by items.row_order asc, labels.form desc, labels.column_order asc) as integer
    ) as sort_order
from labels
inner join measures
    on
        labels.row_code = measures.row_code
        and labels.column_code = measures.column_code
inner join items on labels.row_code = items.row_code
where labels.label_rank = 1
