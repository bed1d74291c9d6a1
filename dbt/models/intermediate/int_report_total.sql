{#- Of a report, those that indicators are made of. -#}
{% set rows = [
    'new_received',
    'carried_in',
    'processed_total',
    'carried_forward',
    'granted',
    'partially_granted',
    'unavailable_not_held',
    'reconsideration',
    'direct_litigation',
    'litigation_after_reconsideration',
] %}

with printed as (

    select * from {{ ref('fct_reported_total') }}
    where column_code = 'total' and {{ is_to_build() }}

),

outcomes as (

    select * from {{ ref('dim_outcome') }}

)

select
    printed.report_key,
    {%- for row in rows %}
        max(case when printed.row_code = '{{ row }}' then printed.value end) as {{ row }},
    {%- endfor %}
    {{ sum_of_known('printed.value', "outcomes.group_code = 'denied'") }} as denied,
    {{ sum_of_known('printed.value', "outcomes.group_code = 'unavailable'") }} as unavailable
from printed
left join outcomes on printed.row_code = outcomes.outcome_code
group by printed.report_key
