with indicators as (

    select * from {{ ref('indicator') }}

)

select
    indicator_code,
    name_zh,
    name_en,
    definition_zh,
    definition_en,
    formula,
    unit,
    direction,
    is_share,
    sort_order
from indicators
