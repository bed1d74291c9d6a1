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

-- A bare place stands for its government, of a street for its office.
named as (

    select
        *,
        case
            when township_name like '%街道' and remainder in ('', '办') then '办事处'
            when remainder in ('', '政府') then '人民政府'
            else remainder
        end as office
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
