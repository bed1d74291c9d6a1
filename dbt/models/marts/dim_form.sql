with forms as (

    select * from {{ ref('form') }}

),

cells as (

    select
        form,
        cast(count(*) as integer) as cell_count
    from {{ ref('form_cell') }}
    group by form

)

select
    forms.form,
    forms.notice,
    forms.first_year,
    forms.last_year,
    cells.cell_count
from forms
inner join cells on forms.form = cells.form
