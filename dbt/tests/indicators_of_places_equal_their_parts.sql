-- A place's sums are those of the organs in it, told apart by dim_organ: no consolidated report beside its parts.
with organs as (

    select
        indicators.year,
        indicators.indicator_code,
        indicators.numerator,
        indicators.denominator,
        organs.organ_level,
        organs.organ_type = 'government' and organs.organ_level in ('county', 'city', 'province') as is_consolidated,
        organs.county_code,
        case when organs.city_name is not null then organs.city_code end as city_code,
        organs.province_code
    from {{ ref('int_indicator') }} as indicators
    inner join {{ ref('dim_organ') }} as organs on indicators.organ_key = organs.organ_key
    where indicators.scope <> 'all'

),

parts as (

    {% for level, code in [('county', 'county_code'), ('city', 'city_code'), ('province', 'province_code')] -%}
        select
            '{{ level }}' as level,
            {{ code }} as region_code,
            *
        from organs
        where {{ code }} is not null and (not is_consolidated or organ_level = '{{ level }}')
        union all
    {% endfor -%}
    select
        'nation' as level,
        null as region_code,
        *
    from organs
    where not is_consolidated or organ_level = 'province'

),

expected as (

    select
        level,
        coalesce(region_code, '') as region_code,
        year,
        case when is_consolidated then 'consolidated' else 'own' end as scope,
        indicator_code,
        coalesce(sum(numerator), 0) as numerator,
        coalesce(sum(denominator), 0) as denominator,
        count(denominator) as n_reports,
        count(*) - count(denominator) as n_not_assessable
    from parts
    group by
        level,
        coalesce(region_code, ''),
        year,
        case when is_consolidated then 'consolidated' else 'own' end,
        indicator_code

),

found as (

    select
        level,
        coalesce(region_code, '') as region_code,
        year,
        scope,
        indicator_code,
        coalesce(numerator, 0) as numerator,
        coalesce(denominator, 0) as denominator,
        n_reports,
        n_not_assessable
    from {{ ref('mart_indicator') }}
    where level <> 'organ' and scope <> 'all'

)

select
    coalesce(expected.level, found.level) as level,
    coalesce(expected.region_code, found.region_code) as region_code,
    coalesce(expected.year, found.year) as year,
    coalesce(expected.indicator_code, found.indicator_code) as indicator_code
from expected
full join found
    on
        expected.level = found.level
        and expected.region_code = found.region_code
        and expected.year = found.year
        and expected.scope = found.scope
        and expected.indicator_code = found.indicator_code
where
    expected.numerator is distinct from found.numerator
    or expected.denominator is distinct from found.denominator
    or expected.n_reports is distinct from found.n_reports
    or expected.n_not_assessable is distinct from found.n_not_assessable
