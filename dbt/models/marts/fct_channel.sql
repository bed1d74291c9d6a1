with reports as (

    select * from {{ ref('int_report') }}
    where is_current and {{ is_to_build() }}

),

-- The stated whole is no channel, and would double its parts.
claims as (

    select * from {{ ref('stg_claim') }}
    where kind = 'channel' and code <> 'all'

)

select
    reports.report_key,
    reports.organ_key,
    reports.year,
    claims.code as channel_code,
    claims.value,
    bool_or(claims.is_approximate) as is_approximate,
    claims.sentence
from claims
inner join reports on claims.report_key = reports.report_key
group by
    reports.report_key,
    reports.organ_key,
    reports.year,
    claims.code,
    claims.value,
    claims.sentence
