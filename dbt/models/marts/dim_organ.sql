with reports as (

    select * from {{ ref('int_report') }}

),

-- A report whose place only its folder tells may leave it out of the name.
named as (

    select
        *,
        row_number() over (
            partition by organ_key
            order by
                case when name_in_place is null then 1 else 0 end asc,
                year desc,
                length(organ) desc,
                organ asc
        ) as name_rank
    from reports

),

spans as (

    select
        organ_key,
        min(year) as first_year,
        max(year) as last_year,
        max(ended_in) as ended_in,
        max(successor_organ_key) as successor_organ_key
    from reports
    group by organ_key

),

latest as (

    select
        organ_key,
        form,
        row_number() over (partition by organ_key order by year desc) as year_rank
    from reports
    where is_current

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
    regions.township_name,
    spans.first_year,
    spans.last_year,
    latest.form as last_form,
    spans.ended_in is null as is_active,
    -- Who took over may not have reported yet, and is then no organ of this table.
    successors.organ_key as successor_organ_key
from named
inner join spans on named.organ_key = spans.organ_key
inner join latest on named.organ_key = latest.organ_key and latest.year_rank = 1
left join spans as successors on spans.successor_organ_key = successors.organ_key
left join regions on named.region_code = regions.region_code
where named.name_rank = 1
