with reports as (

    select * from {{ ref('int_report') }}
    where is_current and {{ is_to_build() }}

),

cells as (

    select * from {{ ref('stg_cell') }}
    where table_code = 'application'

),

-- The two dimensions hold no totals, so joining them keeps the leaves only.
applicants as (

    select * from {{ ref('dim_applicant') }}

),

outcomes as (

    select * from {{ ref('dim_outcome') }}

)

select
    reports.report_key,
    reports.organ_key,
    reports.year,
    applicants.applicant_code,
    outcomes.outcome_code,
    cells.value
from cells
inner join reports on cells.report_key = reports.report_key
inner join applicants on cells.column_code = applicants.applicant_code
inner join outcomes on cells.row_code = outcomes.outcome_code
