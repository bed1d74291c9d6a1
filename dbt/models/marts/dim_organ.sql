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
    coalesce(regions.level, 'unknown') as organ_level,
    case
        when named.organ_short_name like '%政府' then 'government'
        when right(named.organ_short_name, 3) in ('办事处', '管委会', '街道办') then 'office'
        when named.organ_short_name like '%管理委员会' then 'office'
        when named.organ_short_name like '%中心' then 'department'
        when right(named.organ_short_name, 1) in (
            '局', '厅', '委', '会', '办', '室', '部', '署', '处', '所', '院', '站', '队', '社', '行', '校'
        ) then 'department'
        else 'unknown'
    end as organ_type,
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
