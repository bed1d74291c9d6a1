with reports as (

    select * from {{ ref('int_report') }}
    where is_current and {{ is_to_build() }}

),

cells as (

    select * from {{ ref('stg_cell') }}
    where table_code in ('application', 'dispute')

),

-- Both versions of the form may have the same total.
totals as (

    select distinct
        table_code,
        row_code,
        column_code
    from {{ ref('form_cell') }}
    where is_total

)

select
    reports.report_key,
    reports.organ_key,
    reports.year,
    totals.table_code,
    totals.row_code,
    totals.column_code,
    cells.value
from cells
inner join reports on cells.report_key = reports.report_key
inner join totals
    on
        cells.table_code = totals.table_code
        and cells.row_code = totals.row_code
        and cells.column_code = totals.column_code
