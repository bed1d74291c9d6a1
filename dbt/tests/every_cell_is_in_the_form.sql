-- The facts take the cells that the form knows; a cell under an unknown name would be lost without a word.
with cells as (

    select distinct
        table_code,
        row_code,
        column_code
    from {{ ref('report_cell') }}

)

select
    cells.table_code,
    cells.row_code,
    cells.column_code
from cells
left join {{ ref('dim_form_cell') }} as form_cells
    on
        cells.table_code = form_cells.table_code
        and cells.row_code = form_cells.row_code
        and cells.column_code = form_cells.column_code
where form_cells.form is null
