with regions as (

    select * from {{ ref('dim_region') }}

),

-- A place has a government where it is a division of its own: no stand-in, development zone, farm or prison.
divisions as (

    select
        region_code,
        region_name,
        case when region_name like '%街道' then 'street' else level end as organ_level,
        case
            when level = 'city' and (region_name like '%地区' or region_name like '%盟') then '行政公署'
            else {{ government_of('region_name') }}
        end as office,
        case level
            when 'township' then case when county_name = city_name then city_code else county_code end
            when 'county' then case when city_name is null then province_code else city_code end
            when 'city' then province_code
        end as parent_code
    from regions
    where
        case level
            when 'township' then right(region_name, 1) in ('镇', '乡') or right(region_name, 2) in ('街道', '苏木')
            when 'county'
                then substring(region_code, 5, 2) not between '70' and '80' and county_name <> coalesce(city_name, '')
            when 'city' then city_name is not null
            else true
        end

)

select
    region_code,
    {{ organ_identity('region_code', "''", 'office', 'null') }} as identity,
    concat(region_name, office) as organ_name,
    office,
    organ_level,
    case when organ_level = 'street' then 'office' else 'government' end as organ_type,
    parent_code
from divisions
