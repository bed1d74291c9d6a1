-- A claim under an unknown name would be shown without a label.
with claims as (

    select distinct
        kind,
        code
    from {{ ref('report_claim') }}

)

select
    claims.kind,
    claims.code
from claims
left join {{ ref('dim_claim') }} as catalogue
    on
        claims.kind = catalogue.kind
        and claims.code = catalogue.code
where catalogue.kind is null
