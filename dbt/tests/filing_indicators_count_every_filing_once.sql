-- Filing rates of the nation are counts over mart_filing, and those of the provinces leave out only who has no place.
with filings as (

    select
        filings.*,
        regions.province_code
    from {{ ref('mart_filing') }} as filings
    left join {{ ref('dim_region') }} as regions on filings.region_code = regions.region_code
    where filings.is_expected and filings.filing_status <> 'not_due'

),

expected as (

    select
        '' as region_code,
        year,
        count(case when filing_status <> 'missing' then 1 end) as numerator,
        count(*) as denominator
    from filings
    group by year
    union all
    select
        province_code as region_code,
        year,
        count(case when filing_status <> 'missing' then 1 end) as numerator,
        count(*) as denominator
    from filings
    where province_code is not null
    group by
        province_code,
        year

),

found as (

    select
        coalesce(region_code, '') as region_code,
        year,
        numerator,
        denominator
    from {{ ref('mart_indicator') }}
    where indicator_code = 'filing_rate' and level in ('nation', 'province')

)

select
    coalesce(expected.region_code, found.region_code) as region_code,
    coalesce(expected.year, found.year) as year,
    expected.numerator as expected_numerator,
    found.numerator as found_numerator
from expected
full join found on expected.region_code = found.region_code and expected.year = found.year
where
    expected.numerator is distinct from found.numerator
    or expected.denominator is distinct from found.denominator
