with reports as (

    select * from {{ ref('int_report') }}
    where is_current and {{ is_to_build() }}

),

cells as (

    select * from {{ ref('stg_cell') }}
    where table_code = 'application' and row_code in ('new_received', 'carried_in', 'carried_forward')

),

applicants as (

    select * from {{ ref('dim_applicant') }}

)

select
    reports.report_key,
    reports.organ_key,
    reports.year,
    applicants.applicant_code,
    max(case when cells.row_code = 'new_received' then cells.value end) as new_received,
    max(case when cells.row_code = 'carried_in' then cells.value end) as carried_in,
    max(case when cells.row_code = 'carried_forward' then cells.value end) as carried_forward
from cells
inner join reports on cells.report_key = reports.report_key
inner join applicants on cells.column_code = applicants.applicant_code
group by
    reports.report_key,
    reports.organ_key,
    reports.year,
    applicants.applicant_code
