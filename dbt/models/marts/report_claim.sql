with reports as (

    select * from {{ ref('int_report') }}
    where {{ is_to_build() }}

),

claims as (

    select * from {{ ref('stg_claim') }}

)

select
    claims.report_key,
    claims.kind,
    claims.code,
    claims.value,
    claims.is_approximate,
    claims.sentence,
    claims.line
from claims
inner join reports on claims.report_key = reports.report_key
