with source as (

    select * from {{ source('raw', 'document') }}

)

select
    report_key,
    sha256,
    part,
    region_code,
    {{ joined('candidates') }} as candidates,
    year,
    form,
    status,
    reason,
    title,
    organ,
    organ_level,
    organ_type,
    province as province_name,
    city as city_name,
    county as county_name,
    township as township_name,
    media_type,
    encoding,
    is_sample,
    parsed_at,
    period_start,
    period_end,
    signed_on,
    published_on,
    url,
    problems,
    measures,
    processing_fee
from source
