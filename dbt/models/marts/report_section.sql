with reports as (

    select * from {{ ref('int_report') }}
    where {{ is_to_build() }}

),

sections as (

    select * from {{ ref('stg_section') }}

)

select
    sections.report_key,
    sections.section_code,
    sections.heading,
    sections.text,
    sections.line
from sections
inner join reports on sections.report_key = reports.report_key
