{#-
    Level, its code in `located`, and the level of the governments whose consolidated reports stand for it: its own, for the
    nation the provinces'.
-#}
{% set places = [
    ('county', 'county_code', 'county'),
    ('city', 'city_code', 'city'),
    ('province', 'province_code', 'province'),
    ('nation', 'nation_code', 'province'),
] %}

with terms as (

    select * from {{ ref('int_indicator') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

located as (

    select
        terms.*,
        regions.county_code,
        -- A stand-in of the code list such as 市辖区 is no city.
        case when regions.city_name is not null then regions.city_code end as city_code,
        regions.province_code,
        cast(null as varchar) as nation_code
    from terms
    left join regions on terms.region_code = regions.region_code

),

sums as (

    -- One organ's one filing is no rate: mart_filing tells of it.
    select
        'organ' as level,
        cast(null as varchar) as region_code,
        organ_key,
        year,
        scope,
        indicator_code,
        numerator,
        denominator,
        case when denominator is null then 0 else 1 end as n_reports,
        case when denominator is null then 1 else 0 end as n_not_assessable
    from located
    -- What an organ has no case of is no row: most towns have no application, let alone a dispute.
    where scope <> 'all' and (denominator > 0 or denominator is null)
    {%- for level, code, consolidating_level in places %}
        union all
        select
            '{{ level }}' as level,
            {{ code }} as region_code,
            cast(null as varchar) as organ_key,
            year,
            scope,
            indicator_code,
            sum(numerator) as numerator,
            sum(denominator) as denominator,
            count(denominator) as n_reports,
            count(*) - count(denominator) as n_not_assessable
        from located
        where
            (scope <> 'consolidated' or organ_level = '{{ consolidating_level }}')
            {%- if level != 'nation' %}
                and {{ code }} is not null
            {%- endif %}
        group by
            {{ code }},
            year,
            scope,
            indicator_code
    {%- endfor %}

),

rates as (

    select
        *,
        case when denominator > 0 then round(cast(numerator as double) / cast(denominator as double), 6) end as value,
        {{ wilson('numerator', 'denominator', 'low') }} as low,
        {{ wilson('numerator', 'denominator', 'high') }} as high,
        case
            when denominator is null then 'not_assessable'
            when denominator < 30 then 'too_few'
            else 'rated'
        end as rating_status
    from sums

),

catalogue as (

    select * from {{ ref('dim_indicator') }}

),

years as (

    select
        rates.*,
        catalogue.is_share,
        lag(rates.year) over (
            partition by rates.level, rates.region_code, rates.organ_key, rates.scope, rates.indicator_code
            order by rates.year
        ) as row_before,
        lag(rates.value) over (
            partition by rates.level, rates.region_code, rates.organ_key, rates.scope, rates.indicator_code
            order by rates.year
        ) as value_before
    from rates
    inner join catalogue on rates.indicator_code = catalogue.indicator_code

)

select
    level,
    region_code,
    organ_key,
    year,
    scope,
    indicator_code,
    cast(value as decimal(18, 6)) as value,
    cast(numerator as bigint) as numerator,
    cast(denominator as bigint) as denominator,
    -- Disputes per application are no share of a whole, so chance has no such interval for them.
    cast(case when is_share then low end as decimal(9, 6)) as low,
    cast(case when is_share then high end as decimal(9, 6)) as high,
    cast(n_reports as integer) as n_reports,
    cast(n_not_assessable as integer) as n_not_assessable,
    cast(case when row_before = year - 1 then value_before end as decimal(18, 6)) as previous_value,
    cast(case when row_before = year - 1 then 100 * (value - value_before) end as decimal(18, 4)) as change_points,
    rating_status
from years
order by level, region_code, organ_key, indicator_code, scope, year
