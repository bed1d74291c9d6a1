with cells as (

    select * from {{ ref('form_cell') }}
    where table_code = 'application' and group_code is not null

),

outcomes as (

    select
        row_code,
        bool_or(form = '2019') as in_form_2019,
        bool_or(form = '2021') as in_form_2021
    from cells
    group by row_code

),

-- An outcome that both versions have is called what the newer one calls it.
labels as (

    select
        *,
        row_number() over (partition by row_code order by form desc, column_order asc) as label_rank
    from cells

)

select
    labels.row_code as outcome_code,
    labels.row_zh as outcome_zh,
    labels.row_en as outcome_en,
    labels.group_code,
    labels.group_zh,
    labels.group_en,
    outcomes.in_form_2019,
    outcomes.in_form_2021,
    cast(row_number() over (order by labels.row_order, labels.form) as integer) as sort_order
from labels
inner join outcomes on labels.row_code = outcomes.row_code
where labels.label_rank = 1
