with claims as (

    select * from {{ ref('claim') }}

)

select
    kind,
    code,
    claim_zh,
    claim_en,
    unit,
    sort_order
from claims
