with register as (

    select * from {{ ref('stg_register') }}

),

organs as (

    select * from {{ ref('dim_organ') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

reports as (

    select distinct
        organ_key,
        year,
        region_code,
        organ_short_name
    from {{ ref('int_report') }}

),

-- The report on a year is filed in the next one, so the last that anybody is expected to file is on the year before
-- today's.
years as (

    {{ integer_series(
        '(select min(first_year) from ' ~ ref('form') ~ ')',
        'cast(extract(year from ' ~ today() ~ ') as integer) - 1'
    ) }}

),

-- 1. The register, where there is one. An organ that has reported under the name has its key, any other the one that
-- its first report will give it.
named as (

    select
        register.*,
        {{ organ_short_name('register.organ', 'regions') }} as organ_short_name
    from register
    inner join regions on register.region_code = regions.region_code

),

known_names as (

    select
        region_code,
        organ_short_name,
        min(organ_key) as organ_key
    from reports
    group by
        region_code,
        organ_short_name

),

registered as (

    select
        coalesce(known_names.organ_key, {{ organ_key('named.region_code', 'named.organ_short_name') }}) as organ_key,
        named.organ as organ_name,
        named.organ_level,
        named.organ_type,
        named.region_code,
        years.number as year,
        named.deadline,
        named.line
    from named
    inner join years
        on
            years.number >= coalesce(named.since, years.number)
            and years.number <= coalesce(named.until, years.number)
    left join known_names
        on
            named.region_code = known_names.region_code
            and named.organ_short_name = known_names.organ_short_name

),

-- 2. Without one: the governments of the places that the corpus covers.
-- A place has a government where it is a division of its own: no stand-in, development zone, farm or prison.
divisions as (

    select
        region_code,
        region_name,
        case when region_name like '%街道' then 'street' else level end as organ_level,
        case
            when region_name like '%街道' then '办事处'
            when level = 'city' and (region_name like '%地区' or region_name like '%盟') then '行政公署'
            else '人民政府'
        end as short_name,
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

),

government_reports as (

    select
        organs.region_code,
        organs.organ_key,
        min(reports.year) as first_year,
        max(reports.year) as last_year
    from organs
    inner join reports on organs.organ_key = reports.organ_key
    where organs.organ_type = 'government' or (organs.organ_level = 'street' and organs.organ_name like '%办事处')
    group by
        organs.region_code,
        organs.organ_key

),

-- Of several governments that one code has had, the one that reported last.
governments as (

    select
        *,
        row_number() over (partition by region_code order by last_year desc, organ_key asc) as government_rank
    from government_reports

),

present_governments as (

    select * from governments
    where government_rank = 1

),

-- A place is covered from the year on in which its government and one right below it have reported.
covered as (

    select
        divisions.parent_code,
        greatest(min(above.first_year), min(below.first_year)) as first_year
    from divisions
    inner join present_governments as below on divisions.region_code = below.region_code
    inner join present_governments as above on divisions.parent_code = above.region_code
    group by divisions.parent_code

),

expected_governments as (

    select
        coalesce(
            present_governments.organ_key, {{ organ_key('divisions.region_code', 'divisions.short_name') }}
        ) as organ_key,
        divisions.region_name || divisions.short_name as organ_name,
        divisions.organ_level,
        case when divisions.short_name = '办事处' then 'office' else 'government' end as organ_type,
        divisions.region_code,
        years.number as year
    from divisions
    inner join covered on divisions.parent_code = covered.parent_code
    inner join years on covered.first_year <= years.number
    left join present_governments on divisions.region_code = present_governments.region_code

),

-- 3. Without a register: whoever reported on an earlier year.
first_reports as (

    select
        organ_key,
        min(year) as first_year
    from reports
    group by organ_key

),

grounds as (

    select
        organ_key,
        organ_name,
        organ_level,
        organ_type,
        region_code,
        year,
        deadline,
        'register' as expected_by,
        1 as ground_rank,
        line
    from registered
    union all
    select
        organ_key,
        organ_name,
        organ_level,
        organ_type,
        region_code,
        year,
        null as deadline,
        'gazetteer' as expected_by,
        2 as ground_rank,
        null as line
    from expected_governments
    where not exists (select 1 from register)
    union all
    select
        organs.organ_key,
        organs.organ_name,
        organs.organ_level,
        organs.organ_type,
        organs.region_code,
        years.number as year,
        null as deadline,
        'earlier_report' as expected_by,
        3 as ground_rank,
        null as line
    from first_reports
    inner join organs on first_reports.organ_key = organs.organ_key
    inner join years on first_reports.first_year < years.number
    where not exists (select 1 from register)
    union all
    -- 4. And whoever reported, expected or not.
    select distinct
        organs.organ_key,
        organs.organ_name,
        organs.organ_level,
        organs.organ_type,
        organs.region_code,
        reports.year,
        null as deadline,
        case when exists (select 1 from register) then 'unregistered' else 'report' end as expected_by,
        4 as ground_rank,
        null as line
    from reports
    inner join organs on reports.organ_key = organs.organ_key

),

ranked as (

    select
        *,
        row_number() over (partition by organ_key, year order by ground_rank asc, line asc) as ground_order
    from grounds

)

select
    organ_key,
    organ_name,
    organ_level,
    organ_type,
    region_code,
    year,
    deadline,
    expected_by
from ranked
where ground_order = 1
