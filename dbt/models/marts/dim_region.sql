with places as (

    select
        *,
        length(region_code) as code_length
    from {{ ref('region') }}

),

provinces as (

    select * from places
    where code_length = 2

),

-- Some cities of the code list are no place: their counties report to the province itself.
cities as (

    select * from places
    where
        code_length = 4
        and region_name not in ('市辖区', '县')
        and region_name not like '%直辖县级行政区划'

),

counties as (

    select * from places
    where code_length = 6

)

select
    places.region_code,
    places.region_name,
    case places.code_length
        when 2 then 'province'
        when 4 then 'city'
        when 6 then 'county'
        when 9 then 'township'
    end as level,
    provinces.region_code as province_code,
    provinces.region_name as province_name,
    case when places.code_length >= 4 then left(places.region_code, 4) end as city_code,
    cities.region_name as city_name,
    counties.region_code as county_code,
    counties.region_name as county_name,
    case when places.code_length = 9 then places.region_code end as township_code,
    case when places.code_length = 9 then places.region_name end as township_name
from places
inner join provinces on left(places.region_code, 2) = provinces.region_code
left join cities on left(places.region_code, 4) = cities.region_code
left join counties on left(places.region_code, 6) = counties.region_code
