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

placed as (

    select
        documents.*,
        contents.source,
        contents.modified_at,
        -- The folder without its years: a folder for each year must not make an organ of each year.
        {{ without(without('contents.source', "'[^/]*$'"), "'(19|20)[0-9][0-9]年?度?'") }} as folder,
        case when documents.code_length > 2 then documents.province_name end as outer_province,
        case when documents.code_length > 4 then documents.city_name end as outer_city,
        case when documents.code_length > 4 then city.former_names end as outer_city_formers,
        case when documents.code_length > 6 then documents.county_name end as outer_county,
        case when documents.code_length > 6 then county.former_names end as outer_county_formers,
        own.former_names,
        own.inner_names
    from documents
    inner join contents on documents.sha256 = contents.sha256
    left join former as city on left(documents.region_code, 4) = city.region_code
    left join former as county on left(documents.region_code, 6) = county.region_code
    left join former as own on documents.region_code = own.region_code

),

-- The name is taken apart from its head: the places around the organ's own, its own, one inside it that is on no list.
behind_province as (

    select
        *,
        {{ behind('organ', place_at_head('organ', 'outer_province', 'null')) }} as from_city
    from placed

),

behind_city as (

    select
        *,
        {{ behind('from_city', place_at_head('from_city', 'outer_city', 'outer_city_formers')) }} as from_county
    from behind_province

),

behind_county as (

    select
        *,
        {{ behind('from_county', place_at_head('from_county', 'outer_county', 'outer_county_formers')) }} as from_own
    from behind_city

),

own_place as (

    select
        *,
        {{ place_at_head('from_own', 'place_name', 'former_names') }} as own_printed
    from behind_county

),

inner_place as (

    select
        *,
        {{ behind('from_own', 'own_printed') }} as from_inner,
        {{ place_at_head(behind('from_own', 'own_printed'), 'null', 'inner_names') }} as inner_printed
    from own_place

),

taken_apart as (

    select
        *,
        coalesce(nullif(inner_printed, ''), nullif(own_printed, ''), place_name, '') as place_printed,
        case when own_printed <> place_name then own_printed else '' end as former_place,
        {{ behind('from_inner', 'inner_printed') }} as remainder
    from inner_place

),

named as (

    select
        *,
        {{ office_called('place_printed', 'remainder') }} as office
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
    concat_ws('', outer_province, outer_city, outer_county, place_printed, office) as full_name,
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
