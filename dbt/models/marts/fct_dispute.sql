with reports as (

    select * from {{ ref('int_report') }}
    where is_current and {{ is_to_build() }}

),

cells as (

    select * from {{ ref('stg_cell') }}
    where table_code = 'dispute'

),

-- The dimension holds no totals, so joining it keeps the leaves only.
disputes as (

    select * from {{ ref('dim_dispute') }}

)

select
    reports.report_key,
    reports.organ_key,
    reports.year,
    disputes.track_code,
    disputes.result_code,
    cells.value
from cells
inner join reports on cells.report_key = reports.report_key
inner join disputes
    on
        cells.row_code = disputes.track_code
        and cells.column_code = disputes.result_code
