with identified as (

    select * from {{ ref('int_identified_report') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by organ_key, year
            order by signed_on desc nulls last, published_on desc nulls last, modified_at desc, sha256 asc, part asc
        ) as version_rank
    from identified

)

select
    report_key,
    part,
    organ_key,
    region_code,
    year,
    form,
    status,
    organ,
    organ_short_name,
    organ_level,
    organ_type,
    title,
    source,
    sha256,
    media_type,
    encoding,
    version_rank = 1 as is_current,
    is_sample,
    period_start,
    period_end,
    signed_on,
    published_on,
    url
from ranked
