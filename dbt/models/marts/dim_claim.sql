with claims as (

    select * from {{ ref('claim') }}

)

select
    kind,
    code,
    kind_zh,
    kind_en,
    code_zh,
    code_en,
    sort_order
from claims
