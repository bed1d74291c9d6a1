-- What the current reports print must stand in exactly one fact: the leaves in theirs, the totals apart.
with printed as (

    select
        cells.report_key,
        count(cells.value) as figures,
        sum(cells.value) as total
    from {{ ref('report_cell') }} as cells
    inner join {{ ref('dim_report') }} as reports on cells.report_key = reports.report_key
    where reports.is_current
    group by cells.report_key

),

facts as (

    select
        report_key,
        new_received as value
    from {{ ref('fct_application') }}
    union all
    select
        report_key,
        carried_in as value
    from {{ ref('fct_application') }}
    union all
    select
        report_key,
        carried_forward as value
    from {{ ref('fct_application') }}
    union all
    select
        report_key,
        value
    from {{ ref('fct_outcome') }}
    union all
    select
        report_key,
        value
    from {{ ref('fct_disclosure') }}
    union all
    select
        report_key,
        value
    from {{ ref('fct_dispute') }}
    union all
    select
        report_key,
        value
    from {{ ref('fct_reported_total') }}

),

stored as (

    select
        report_key,
        count(value) as figures,
        sum(value) as total
    from facts
    group by report_key

)

select
    printed.report_key,
    printed.figures as printed_figures,
    stored.figures as stored_figures
from printed
left join stored on printed.report_key = stored.report_key
where
    printed.figures <> coalesce(stored.figures, 0)
    or printed.total <> stored.total
