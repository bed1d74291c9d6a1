with reports as (

    select * from {{ ref('int_report') }}
    where is_current and {{ is_to_build() }}

),

cells as (

    select * from {{ ref('stg_cell') }}
    where table_code = 'disclosure'

),

items as (

    select * from {{ ref('dim_disclosure_item') }}

)

select
    reports.report_key,
    reports.organ_key,
    reports.year,
    items.item_code,
    items.measure_code,
    cells.value
from cells
inner join reports on cells.report_key = reports.report_key
inner join items
    on
        cells.row_code = items.item_code
        and cells.column_code = items.measure_code
