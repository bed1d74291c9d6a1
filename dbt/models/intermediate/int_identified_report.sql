{{ config(materialized='view') }}

with documents as (

    select * from {{ ref('stg_document') }}
    where
        organ is not null
        and year is not null
        and status <> 'rejected'

),

contents as (

    select
        sha256,
        min(path) as source,
        max(modified_at) as modified_at
    from {{ ref('stg_file') }}
    group by sha256

),

-- The organ's name less the places it begins with: what is left is the same whether or not the county stands before it.
without_places as (

    select
        *,
        regexp_replace(
            organ,
            '^(' || coalesce(province_name, '')
            || ')?(' || coalesce(city_name, '')
            || ')?(' || coalesce(county_name, '')
            || ')?(' || coalesce(township_name, '') || ')?',
            ''
        ) as remainder
    from documents

),

named as (

    select
        *,
        case
            when township_name like '%街道' and remainder in ('', '办') then '办事处'
            when remainder in ('', '政府') then '人民政府'
            else remainder
        end as organ_short_name
    from without_places

)

select
    named.report_key,
    named.part,
    -- Where the place is open, organs of one name may be several, and only the folder tells them apart.
    left(
        md5(
            coalesce(named.region_code, '') || '|' || named.organ_short_name
            || case
                when named.region_code is null and named.candidates is not null
                    then '|' || regexp_replace(contents.source, '[^/]*$', '')
                else ''
            end
        ),
        16
    ) as organ_key,
    named.region_code,
    named.year,
    named.form,
    named.status,
    named.organ,
    named.organ_short_name,
    named.organ_level,
    named.organ_type,
    named.title,
    contents.source,
    named.sha256,
    named.media_type,
    named.encoding,
    named.is_sample,
    named.period_start,
    named.period_end,
    named.signed_on,
    named.published_on,
    named.url,
    contents.modified_at
from named
inner join contents on named.sha256 = contents.sha256
