with source as (

    select * from {{ source('raw', 'document') }}

)

select
    report_key,
    sha256,
    region_code,
    year,
    form,
    status,
    reason,
    title,
    organ,
    province as province_name,
    city as city_name,
    county as county_name,
    township as township_name,
    media_type,
    encoding,
    is_sample,
    period_start,
    period_end,
    signed_on
from source
