with register as (

    select * from {{ ref('stg_register') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

named as (

    select
        register.*,
        {{ organ_short_name('register.organ', 'regions') }} as office
    from register
    inner join regions on register.region_code = regions.region_code

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
