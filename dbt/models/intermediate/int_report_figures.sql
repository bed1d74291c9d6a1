{#- The codes are those of the form; tests/transform/test_mart_report.py holds them against the dimensions. -#}
{% set applicants = ['natural_person', 'commercial', 'research', 'public_welfare', 'legal_service', 'other'] %}
{% set outcomes = [
    'granted',
    'partially_granted',
    'denied_state_secret',
    'denied_prohibited_by_law',
    'denied_public_security',
    'denied_third_party',
    'denied_internal_affairs',
    'denied_process_information',
    'denied_enforcement_file',
    'denied_administrative_inquiry',
    'unavailable_not_held',
    'unavailable_needs_creation',
    'unavailable_unclear',
    'rejected_petition',
    'rejected_repeated',
    'rejected_publication',
    'rejected_excessive',
    'rejected_reconfirmation',
    'other_handling',
    'other_no_correction',
    'other_fee_unpaid',
    'other_misc',
] %}
{% set tracks = ['reconsideration', 'direct_litigation', 'litigation_after_reconsideration'] %}
{% set results = ['upheld', 'corrected', 'other', 'pending'] %}
{% set disclosures = {
    'rules': ['issued', 'repealed', 'in_force', 'newly_made', 'newly_disclosed', 'total_disclosed'],
    'normative_documents': ['issued', 'repealed', 'in_force', 'newly_made', 'newly_disclosed', 'total_disclosed'],
    'licences': ['decisions', 'previous_items', 'change'],
    'other_services': ['previous_items', 'change', 'decisions'],
    'penalties': ['decisions', 'previous_items', 'change'],
    'coercive_measures': ['decisions', 'previous_items', 'change'],
    'fees': ['amount', 'previous_items', 'change'],
    'procurement': ['projects', 'amount'],
} %}

with reports as (

    select * from {{ ref('int_report') }}
    where is_current and {{ is_to_build() }}

),

applications as (

    select
        report_key,
        {%- for measure in ['new_received', 'carried_in', 'carried_forward'] %}
            sum({{ measure }}) as {{ measure }},
            count(*) - count({{ measure }}) as {{ measure }}_unknown,
        {%- endfor %}
        {%- for code in applicants %}
            max(case when applicant_code = '{{ code }}' then new_received end) as received_{{ code }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('fct_application') }}
    where {{ is_to_build() }}
    group by report_key

),

outcomes as (

    select
        report_key,
        sum(value) as processed,
        count(*) - count(value) as processed_unknown,
        {%- for code in outcomes %}
            sum(case when outcome_code = '{{ code }}' then value end) as outcome_{{ code }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('fct_outcome') }}
    where {{ is_to_build() }}
    group by report_key

),

disputes as (

    select
        report_key,
        count(*) - count(value) as disputes_unknown,
        {%- for track in tracks %}
            {%- set last_track = loop.last %}
            {%- for result in results %}
                max(case when track_code = '{{ track }}' and result_code = '{{ result }}' then value end)
                    as {{ track }}_{{ result }}
                {%- if not (last_track and loop.last) %},{% endif %}
            {%- endfor %}
        {%- endfor %}
    from {{ ref('fct_dispute') }}
    where {{ is_to_build() }}
    group by report_key

),

disclosures as (

    select
        report_key,
        {%- for item, measures in disclosures.items() %}
            {%- set last_item = loop.last %}
            {%- for measure in measures %}
                max(case when item_code = '{{ item }}' and measure_code = '{{ measure }}' then value end)
                    as disclosure_{{ item }}_{{ measure }}
                {%- if not (last_item and loop.last) %},{% endif %}
            {%- endfor %}
        {%- endfor %}
    from {{ ref('fct_disclosure') }}
    where {{ is_to_build() }}
    group by report_key

)

select
    reports.report_key,
    {%- for measure in ['new_received', 'carried_in', 'carried_forward'] %}
        cast(applications.{{ measure }} as decimal(18, 6)) as {{ measure }},
        cast(applications.{{ measure }}_unknown as integer) as {{ measure }}_unknown,
    {%- endfor %}
    cast(outcomes.processed as decimal(18, 6)) as processed,
    cast(outcomes.processed_unknown as integer) as processed_unknown,
    {%- for code in applicants %}
        cast(applications.received_{{ code }} as decimal(18, 6)) as received_{{ code }},
    {%- endfor %}
    {%- for code in outcomes %}
        cast(outcomes.outcome_{{ code }} as decimal(18, 6)) as outcome_{{ code }},
    {%- endfor %}
    {%- for track in tracks %}
        {%- for result in results %}
            cast(disputes.{{ track }}_{{ result }} as decimal(18, 6)) as {{ track }}_{{ result }},
        {%- endfor %}
    {%- endfor %}
    cast(disputes.disputes_unknown as integer) as disputes_unknown,
    {%- for item, measures in disclosures.items() %}
        {%- set last_item = loop.last %}
        {%- for measure in measures %}
            cast(disclosures.disclosure_{{ item }}_{{ measure }} as decimal(18, 6))
                as disclosure_{{ item }}_{{ measure }}
            {%- if not (last_item and loop.last) %},{% endif %}
        {%- endfor %}
    {%- endfor %}
from reports
left join applications on reports.report_key = applications.report_key
left join outcomes on reports.report_key = outcomes.report_key
left join disputes on reports.report_key = disputes.report_key
left join disclosures on reports.report_key = disclosures.report_key
