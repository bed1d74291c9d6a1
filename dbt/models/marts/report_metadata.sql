with reports as (

    select * from {{ ref('int_report') }}
    where {{ is_to_build() }}

),

entries as (

    select * from {{ ref('stg_metadata') }}

)

select
    entries.report_key,
    entries.label,
    entries.value
from entries
inner join reports on entries.report_key = reports.report_key
