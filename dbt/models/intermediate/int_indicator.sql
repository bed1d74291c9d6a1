{% set most_cases = 10000000 %}

{#- The definitions: code, numerator, denominator. One unknown term makes the expression unknown, as null does. -#}
{% set definitions = [
    ('disclosure_rate', 'granted + partially_granted', 'processed_total'),
    ('denial_rate', 'denied', 'processed_total'),
    ('unavailable_rate', 'unavailable', 'processed_total'),
    ('not_held_share', 'unavailable_not_held', 'processed_total'),
    ('completion_rate', 'processed_total', 'new_received + carried_in'),
    ('carry_forward_rate', 'carried_forward', 'new_received + carried_in'),
    ('reconsideration_correction_rate', 'reconsideration_corrected', 'reconsideration - reconsideration_pending'),
    ('reconsideration_correction_rate_all', 'reconsideration_corrected', 'reconsideration'),
    (
        'litigation_correction_rate',
        'direct_litigation_corrected + litigation_after_reconsideration_corrected',
        'direct_litigation - direct_litigation_pending
        + litigation_after_reconsideration - litigation_after_reconsideration_pending'
    ),
    ('dispute_rate', 'reconsideration + direct_litigation + litigation_after_reconsideration', 'processed_total'),
    ('applicant_share_natural_person', 'received_natural_person', 'new_received'),
    ('applicant_share_commercial', 'received_commercial', 'new_received'),
    ('applicant_share_research', 'received_research', 'new_received'),
    ('applicant_share_public_welfare', 'received_public_welfare', 'new_received'),
    ('applicant_share_legal_service', 'received_legal_service', 'new_received'),
    ('applicant_share_other', 'received_other', 'new_received'),
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

figures as (

    select * from {{ ref('int_report_figures') }}

),

-- Totals as printed and not their parts added up: three cells are known more often than a hundred and fifty.
totals as (

    select * from {{ ref('int_report_total') }}

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
        totals.* exclude (report_key), -- noqa: RF02
        figures.* exclude (report_key, new_received, carried_in, carried_forward) -- noqa: RF02
    from reports
    inner join organs on reports.organ_key = organs.organ_key
    left join totals on reports.report_key = totals.report_key
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
