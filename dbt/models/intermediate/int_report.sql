with identified as (

    select * from {{ ref('int_identified_report') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by organ_key, year
            order by signed_on desc nulls last, published_on desc nulls last, modified_at desc, sha256 asc, part asc
        ) as version_rank,
        count(*) over (partition by organ_key, year) as versions
    from identified

),

compared as (

    select
        *,
        lag(signed_on) over (partition by organ_key, year order by version_rank desc) as signed_before,
        lag(published_on) over (partition by organ_key, year order by version_rank desc) as published_before
    from ranked

),

-- A correction often keeps the old sign-off date: only a date that the version before does not have tells when it came.
dated as (

    select
        *,
        case
            when signed_on is not null and (signed_on is distinct from signed_before) then 'signed'
            when published_on is not null and (published_on is distinct from published_before) then 'published'
            else 'file'
        end as version_on_basis
    from compared

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
    name_in_place,
    organ_level,
    organ_type,
    ended_in,
    successor_organ_key,
    title,
    source,
    sha256,
    media_type,
    encoding,
    version_rank = 1 as is_current,
    cast(versions - version_rank + 1 as integer) as version,
    cast(versions as integer) as versions,
    case version_on_basis
        when 'signed' then signed_on
        when 'published' then published_on
        else cast(modified_at as date)
    end as version_on,
    version_on_basis,
    is_sample,
    period_start,
    period_end,
    signed_on,
    published_on,
    url
from dated
