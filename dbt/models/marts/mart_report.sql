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

    select * from {{ ref('dim_report') }}
    where is_current

),

organs as (

    select * from {{ ref('dim_organ') }}

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
    group by report_key

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
inner join organs on reports.organ_key = organs.organ_key
left join applications on reports.report_key = applications.report_key
left join outcomes on reports.report_key = outcomes.report_key
left join disputes on reports.report_key = disputes.report_key
left join disclosures on reports.report_key = disclosures.report_key
left join verdicts on reports.report_key = verdicts.report_key
order by reports.year, organs.region_code, reports.report_key
