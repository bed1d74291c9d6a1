with expected as (

    select * from {{ ref('int_expected_filing') }}

),

organs as (

    select * from {{ ref('dim_organ') }}

),

-- A date before the last month of the year reported on is mistyped: that report was not published then.
dated_reports as (

    select
        report_key,
        organ_key,
        year,
        is_current,
        case when published_on >= {{ day_of('year', "'12-01'") }} then published_on end as published_on,
        case when signed_on >= {{ day_of('year', "'12-01'") }} then signed_on end as signed_on
    from {{ ref('int_report') }}

),

-- The first version counts: a correction published later does not make the filing late.
filed as (

    select
        organ_key,
        year,
        max(case when is_current then report_key end) as report_key,
        min(coalesce(published_on, signed_on)) as published_on,
        min(published_on) as page_day
    from dated_reports
    group by organ_key, year

),

due as (

    select
        expected.organ_key,
        coalesce(organs.organ_name, expected.organ_name) as organ_name,
        coalesce(expected.organ_level, organs.organ_level, 'unknown') as organ_level,
        coalesce(expected.organ_type, organs.organ_type, 'unknown') as organ_type,
        expected.region_code,
        expected.year,
        expected.expected_by,
        expected.deadline
    from expected
    left join organs on expected.organ_key = organs.organ_key

),

-- 条例第49条: departments by 31 January, governments by 31 March. Below the counties it sets no day; the governments'
-- is taken.
dated as (

    select
        *,
        case
            when organ_type in ('department', 'office') and organ_level in ('county', 'city', 'province') then '01-31'
            else '03-31'
        end as legal_deadline,
        deadline is not null
        or (organ_level in ('county', 'city', 'province') and organ_type <> 'unknown') as is_binding
    from due

),

compared as (

    select
        dated.*,
        {{ day_of('dated.year + 1', 'coalesce(dated.deadline, dated.legal_deadline)') }} as due_on,
        filed.report_key,
        filed.published_on,
        case
            when filed.published_on is null then null
            when filed.published_on = filed.page_day then 'published'
            else 'signed'
        end as published_by,
        {{ today() }} as as_of
    from dated
    left join filed on dated.organ_key = filed.organ_key and dated.year = filed.year

)

select
    organ_key,
    organ_name,
    organ_level,
    organ_type,
    region_code,
    year,
    expected_by,
    expected_by <> 'unregistered' as is_expected,
    due_on,
    is_binding,
    published_on,
    published_by,
    report_key,
    case
        when report_key is not null and published_on > due_on then 'late'
        when report_key is not null then 'filed'
        when as_of > due_on then 'missing'
        else 'not_due'
    end as filing_status,
    case
        when report_key is not null and published_on is null then null
        when report_key is not null then greatest(0, {{ days_between('due_on', 'published_on') }})
        when as_of > due_on then {{ days_between('due_on', 'as_of') }}
    end as days_late,
    as_of
from compared
