with reports as (

    select * from {{ ref('int_report') }}

),

forms as (

    select * from {{ ref('form') }}

),

reported_years as (

    select distinct year from reports

),

known_years as (

    select year from reported_years
    union all
    select first_year from forms

),

-- A year without any report has its row too: a gap in a trend is to be seen, not closed up.
bounds as (

    select
        min(year) as first_year,
        max(year) as last_year
    from known_years

),

years as (

    {{ integer_series('(select first_year from bounds)', '(select last_year from bounds)') }}

)

select
    years.number as year,
    forms.form,
    reported_years.year is not null as is_reported
from years
left join reported_years on years.number = reported_years.year
left join forms
    on
        years.number >= forms.first_year
        and (years.number <= forms.last_year or forms.last_year is null)
