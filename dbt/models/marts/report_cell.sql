with reports as (

    select * from {{ ref('int_report') }}
    where {{ is_to_build() }}

),

cells as (

    select * from {{ ref('stg_cell') }}

)

select
    cells.report_key,
    cells.table_code,
    cells.row_code,
    cells.column_code,
    cells.value,
    cells.raw,
    cells.state,
    cells.line
from cells
inner join reports on cells.report_key = reports.report_key
