{#- The cells that the indicators are made of: the name used below, row, column. -#}
{% set cells = [
    ('new_received', 'new_received', 'total'),
    ('carried_in', 'carried_in', 'total'),
    ('processed', 'processed_total', 'total'),
    ('carried_forward', 'carried_forward', 'total'),
    ('granted', 'granted', 'total'),
    ('partially_granted', 'partially_granted', 'total'),
    ('not_held', 'unavailable_not_held', 'total'),
    ('reconsidered', 'reconsideration', 'total'),
    ('reconsidered_corrected', 'reconsideration', 'corrected'),
    ('reconsidered_pending', 'reconsideration', 'pending'),
    ('sued', 'direct_litigation', 'total'),
    ('sued_corrected', 'direct_litigation', 'corrected'),
    ('sued_pending', 'direct_litigation', 'pending'),
    ('sued_later', 'litigation_after_reconsideration', 'total'),
    ('sued_later_corrected', 'litigation_after_reconsideration', 'corrected'),
    ('sued_later_pending', 'litigation_after_reconsideration', 'pending'),
    ('from_natural_person', 'new_received', 'natural_person'),
    ('from_commercial', 'new_received', 'commercial'),
    ('from_research', 'new_received', 'research'),
    ('from_public_welfare', 'new_received', 'public_welfare'),
    ('from_legal_service', 'new_received', 'legal_service'),
    ('from_other', 'new_received', 'other'),
] %}

{% set most_cases = 10000000 %}

{#- The definitions: code, numerator, denominator. One unknown term makes the expression unknown, as null does. -#}
{% set definitions = [
    ('disclosure_rate', 'granted + partially_granted', 'processed'),
    ('denial_rate', 'denied', 'processed'),
    ('unavailable_rate', 'unavailable', 'processed'),
    ('not_held_share', 'not_held', 'processed'),
    ('completion_rate', 'processed', 'new_received + carried_in'),
    ('carry_forward_rate', 'carried_forward', 'new_received + carried_in'),
    ('reconsideration_correction_rate', 'reconsidered_corrected', 'reconsidered - reconsidered_pending'),
    ('reconsideration_correction_rate_all', 'reconsidered_corrected', 'reconsidered'),
    (
        'litigation_correction_rate',
        'sued_corrected + sued_later_corrected',
        'sued - sued_pending + sued_later - sued_later_pending'
    ),
    ('dispute_rate', 'reconsidered + sued + sued_later', 'processed'),
    ('applicant_share_natural_person', 'from_natural_person', 'new_received'),
    ('applicant_share_commercial', 'from_commercial', 'new_received'),
    ('applicant_share_research', 'from_research', 'new_received'),
    ('applicant_share_public_welfare', 'from_public_welfare', 'new_received'),
    ('applicant_share_legal_service', 'from_legal_service', 'new_received'),
    ('applicant_share_other', 'from_other', 'new_received'),
] %}

with reports as (

    select * from {{ ref('int_report') }}
    where is_current

),

organs as (

    select * from {{ ref('dim_organ') }}

),

filings as (

    select * from {{ ref('mart_filing') }}
    where is_expected

),

-- Which reports break a rule that must hold; a report of which no such rule could be asked is not here.
errors as (

    select
        report_key,
        max(case when status = 'fail' then 1 else 0 end) as has_error
    from {{ source('main', 'fct_rule_result') }}
    where severity = 'error' and status in ('pass', 'fail')
    group by report_key

),

catalogue as (

    select * from {{ ref('dim_indicator') }}

),

-- Totals as printed and not their parts added up: three cells are known more often than a hundred and fifty.
printed as (

    select
        totals.report_key,
        totals.row_code,
        totals.column_code,
        outcomes.group_code,
        totals.value
    from {{ ref('fct_reported_total') }} as totals
    left join {{ ref('dim_outcome') }} as outcomes on totals.row_code = outcomes.outcome_code
    where totals.column_code = 'total'
    union all
    select
        report_key,
        track_code as row_code,
        result_code as column_code,
        null as group_code,
        value
    from {{ ref('fct_dispute') }}
    union all
    select
        report_key,
        'new_received' as row_code,
        applicant_code as column_code,
        null as group_code,
        new_received as value
    from {{ ref('fct_application') }}

),

figures as (

    select
        report_key,
        {%- for name, row, column in cells %}
            max(case when row_code = '{{ row }}' and column_code = '{{ column }}' then value end) as {{ name }},
        {%- endfor %}
        {{ sum_of_known('value', "group_code = 'denied'") }} as denied,
        {{ sum_of_known('value', "group_code = 'unavailable'") }} as unavailable
    from printed
    group by report_key

),

-- A report without tables has no figures; it stands here all the same, to be counted as not assessable.
issuers as (

    select
        reports.report_key,
        reports.organ_key,
        reports.year,
        organs.region_code,
        organs.organ_level,
        {{ scope_of('organs.organ_type', 'organs.organ_level') }} as scope,
        {%- for name, _, _ in cells %}
            figures.{{ name }},
        {%- endfor %}
        figures.denied,
        figures.unavailable
    from reports
    inner join organs on reports.organ_key = organs.organ_key
    left join figures on reports.report_key = figures.report_key

),

terms as (

    {% for code, numerator, denominator in definitions -%}
        select
            organ_key,
            year,
            region_code,
            organ_level,
            scope,
            '{{ code }}' as indicator_code,
            {{ numerator }} as numerator,
            {{ denominator }} as denominator
        from issuers
        union all
    {% endfor -%}
    select
        organ_key,
        year,
        region_code,
        organ_level,
        'all' as scope,
        'filing_rate' as indicator_code,
        case when filing_status = 'missing' then 0 else 1 end as numerator,
        1 as denominator
    from filings
    where filing_status <> 'not_due'
    union all
    select
        organ_key,
        year,
        region_code,
        organ_level,
        'all' as scope,
        'punctuality_rate' as indicator_code,
        case when days_late = 0 then 1 when days_late > 0 then 0 end as numerator,
        case when days_late is not null then 1 end as denominator
    from filings
    where filing_status in ('filed', 'late')
    union all
    select
        issuers.organ_key,
        issuers.year,
        issuers.region_code,
        issuers.organ_level,
        'all' as scope,
        'error_rate' as indicator_code,
        errors.has_error as numerator,
        case when errors.has_error is not null then 1 end as denominator
    from issuers
    left join errors on issuers.report_key = errors.report_key

),

-- No rate comes of a mistake: figures below nought, fractions of a case, a part that is more than its whole, and counts
-- that no organ of any level has (a telephone number, say; so the nation's sum stays within its type as well).
sound as (

    select
        terms.*,
        terms.numerator between 0 and {{ most_cases }}
        and terms.denominator between 0 and {{ most_cases }}
        and terms.numerator = floor(terms.numerator)
        and terms.denominator = floor(terms.denominator)
        and (terms.numerator <= terms.denominator or not catalogue.is_share) as is_sound
    from terms
    inner join catalogue on terms.indicator_code = catalogue.indicator_code

)

select
    organ_key,
    year,
    indicator_code,
    region_code,
    organ_level,
    scope,
    case when is_sound then cast(numerator as bigint) end as numerator,
    case when is_sound then cast(denominator as bigint) end as denominator
from sound
