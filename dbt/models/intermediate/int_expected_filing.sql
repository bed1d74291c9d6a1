with register as (

    select * from {{ ref('int_registered_organ') }}

),

organs as (

    select * from {{ ref('dim_organ') }}

),

divisions as (

    select * from {{ ref('int_government') }}

),

-- Who is expected has the key that its report will give it.
identities as (

    select * from {{ ref('int_organ_identity') }}

),

reports as (

    select distinct
        organ_key,
        year,
        ended_in
    from {{ ref('int_report') }}

),

-- The report on a year is filed in the next one, so nobody can be expected to report on today's year.
years as (

    {{ integer_series(
        '(select min(first_year) from ' ~ ref('form') ~ ')',
        'cast(extract(year from ' ~ today() ~ ') as integer) - 1'
    ) }}

),

-- 1. The register, where there is one.
registered as (

    select
        identities.organ_key,
        register.organ as organ_name,
        register.organ_level,
        register.organ_type,
        register.region_code,
        years.number as year,
        register.deadline,
        register.line
    from register
    inner join identities on register.identity = identities.identity
    inner join years
        on
            years.number >= coalesce(register.since, years.number)
            and years.number <= coalesce(register.until, years.number)

),

-- 2. Without one: the governments of the places that the corpus covers.
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
        coalesce(present_governments.organ_key, identities.organ_key) as organ_key,
        divisions.organ_name,
        divisions.organ_level,
        divisions.organ_type,
        divisions.region_code,
        years.number as year
    from divisions
    inner join covered on divisions.parent_code = covered.parent_code
    inner join years on covered.first_year <= years.number
    inner join identities on divisions.identity = identities.identity
    left join present_governments on divisions.region_code = present_governments.region_code

),

-- 3. Without a register: whoever reported on an earlier year, until it ended.
first_reports as (

    select
        organ_key,
        min(year) as first_year,
        max(ended_in) as ended_in
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
    inner join years
        on
            first_reports.first_year < years.number
            and years.number < coalesce(first_reports.ended_in, years.number + 1)
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
