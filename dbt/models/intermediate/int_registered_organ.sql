with register as (

    select * from {{ ref('stg_register') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

placed as (

    select
        register.*,
        regions.township_name,
        regexp_replace(
            register.organ,
            concat(
                '^(', regions.province_name, ')?(', regions.city_name, ')?(', regions.county_name, ')?(',
                regions.township_name, ')?'
            ),
            ''
        ) as remainder
    from register
    inner join regions on register.region_code = regions.region_code

),

named as (

    select
        *,
        {{ office_called('township_name', 'remainder') }} as office
    from placed

)

select
    line,
    region_code,
    {{ organ_identity('region_code', "''", 'office', 'null') }} as identity,
    organ,
    office,
    organ_level,
    organ_type,
    since,
    until,
    deadline
from named
