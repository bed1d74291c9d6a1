with named as (

    select
        *,
        row_number() over (partition by organ_key order by year desc, length(organ) desc, organ asc) as name_rank
    from {{ ref('int_report') }}

),

regions as (

    select * from {{ ref('dim_region') }}

)

select
    named.organ_key,
    named.organ as organ_name,
    coalesce(named.organ_level, 'unknown') as organ_level,
    coalesce(named.organ_type, 'unknown') as organ_type,
    named.region_code,
    regions.province_code,
    regions.province_name,
    regions.city_code,
    regions.city_name,
    regions.county_code,
    regions.county_name,
    regions.township_code,
    regions.township_name
from named
left join regions on named.region_code = regions.region_code
where named.name_rank = 1
