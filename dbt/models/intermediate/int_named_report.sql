with documents as (

    select
        *,
        length(region_code) as code_length,
        coalesce(township_name, county_name, city_name, province_name) as place_name
    from {{ ref('stg_document') }}
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

former as (

    select * from {{ ref('int_former_place') }}

),

patterns as (

    select
        documents.*,
        contents.source,
        contents.modified_at,
        -- The folder without its years: a folder for each year must not make an organ of each year.
        {{ without(without('contents.source', "'[^/]*$'"), "'(19|20)[0-9][0-9]年?度?'") }} as folder,
        concat_ws(
            '',
            case when documents.code_length > 2 then documents.province_name end,
            case when documents.code_length > 4 then documents.city_name end,
            case when documents.code_length > 6 then documents.county_name end
        ) as outer_names,
        concat_ws(
            '',
            '^(', case when documents.code_length > 2 then documents.province_name end,
            ')?(', case when documents.code_length > 4 then concat_ws('|', documents.city_name, city.former_names) end,
            ')?(',
            case when documents.code_length > 6 then concat_ws('|', documents.county_name, county.former_names) end,
            ')?'
        ) as outer_pattern,
        concat('^(', concat_ws('|', documents.place_name, own.former_names), ')') as own_pattern,
        concat('^(', own.inner_names, ')') as inner_pattern
    from documents
    inner join contents on documents.sha256 = contents.sha256
    left join former as city on left(documents.region_code, 4) = city.region_code
    left join former as county on left(documents.region_code, 6) = county.region_code
    left join former as own on documents.region_code = own.region_code

),

-- The name is taken apart from its head: the places around the organ's own, its own, one inside it that is on no list.
headless as (

    select
        *,
        regexp_replace(organ, outer_pattern, '') as without_outer
    from patterns

),

own_place as (

    select
        *,
        regexp_extract(without_outer, own_pattern, 1) as own_printed,
        substr(without_outer, length(regexp_extract(without_outer, own_pattern, 1)) + 1) as without_own
    from headless

),

inner_place as (

    select
        *,
        coalesce(regexp_extract(without_own, inner_pattern, 1), '') as inner_printed
    from own_place

),

taken_apart as (

    select
        *,
        coalesce(nullif(inner_printed, ''), nullif(own_printed, ''), place_name, '') as place_printed,
        case when own_printed <> place_name then own_printed else '' end as former_place,
        substr(without_own, length(inner_printed) + 1) as remainder
    from inner_place

),

named as (

    select
        *,
        case
            when place_printed like '%街道' and remainder in ('', '办') then '办事处'
            when remainder in ('', '政府') then '人民政府'
            else remainder
        end as office
    from taken_apart

)

select
    report_key,
    part,
    region_code,
    candidates,
    former_place,
    inner_printed as inner_place,
    office,
    folder,
    {{ organ_identity('region_code', 'former_place', 'concat(inner_printed, office)', 'folder') }} as identity,
    year,
    form,
    status,
    organ,
    concat(inner_printed, office) as organ_short_name,
    concat(place_printed, office) as name_in_place,
    concat(outer_names, place_printed, office) as full_name,
    organ_level,
    organ_type,
    title,
    source,
    sha256,
    media_type,
    encoding,
    is_sample,
    period_start,
    period_end,
    signed_on,
    published_on,
    url,
    modified_at
from named
