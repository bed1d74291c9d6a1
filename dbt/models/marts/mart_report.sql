with reports as (

    select * from {{ ref('dim_report') }}
    where is_current

),

organs as (

    select * from {{ ref('dim_organ') }}

),

figures as (

    select * from {{ ref('int_report_figures') }}

),

verdicts as (

    select
        report_key,
        count(distinct case when severity = 'error' and status in ('pass', 'fail') then rule_id end) as judged_rules,
        count(distinct case when severity = 'error' and status = 'fail' then rule_id end) as broken_rules,
        count(distinct case when severity = 'error' and status = 'not_assessable' then rule_id end) as unassessed_rules,
        count(distinct case when severity = 'warning' and status = 'fail' then rule_id end) as warned_rules
    from {{ source('main', 'fct_rule_result') }}
    group by report_key

)

select
    reports.report_key,
    reports.organ_key,
    reports.year,
    reports.form,
    organs.organ_level,
    organs.organ_type,
    {{ scope_of('organs.organ_type', 'organs.organ_level') }} as scope,
    organs.province_code,
    organs.city_code,
    organs.county_code,
    cast(verdicts.judged_rules as integer) as judged_rules,
    cast(verdicts.broken_rules as integer) as broken_rules,
    cast(verdicts.unassessed_rules as integer) as unassessed_rules,
    cast(verdicts.warned_rules as integer) as warned_rules,
    figures.* exclude (report_key) -- noqa: AM04, RF02
from reports
inner join organs on reports.organ_key = organs.organ_key
left join figures on reports.report_key = figures.report_key
left join verdicts on reports.report_key = verdicts.report_key
order by reports.year, organs.region_code, reports.report_key
