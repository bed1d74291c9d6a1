with reports as (

    select * from {{ ref('int_report') }}
    where {{ is_to_build() }}

),

findings as (

    select * from {{ ref('stg_finding') }}

)

select
    findings.report_key,
    findings.code,
    findings.severity,
    findings.message
from findings
inner join reports on findings.report_key = reports.report_key
