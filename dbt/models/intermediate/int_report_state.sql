{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='report_key',
        full_refresh=false
    )
}}

with reports as (

    select * from {{ ref('int_report') }}

),

documents as (

    select * from {{ ref('stg_document') }}

),

now as (

    select
        reports.report_key,
        reports.organ_key,
        reports.year,
        reports.is_current,
        documents.parsed_at
    from reports
    inner join documents on reports.report_key = documents.report_key

),

before as (

    {% if is_incremental() %}
        select * from {{ this }}
    {% else %}
        select
            *,
            0 as generation
        from now
        where false
    {% endif %}

)

-- A report that is gone keeps its row, without an organ: the models are still to learn of it.
select
    coalesce(now.report_key, before.report_key) as report_key,
    now.organ_key,
    now.year,
    now.is_current,
    now.parsed_at,
    {{ published_generation() }} + 1 as generation
from now
full outer join before on now.report_key = before.report_key
where
    {{ is_full_refresh() }}
    or now.organ_key is distinct from before.organ_key
    or now.year is distinct from before.year
    or now.is_current is distinct from before.is_current
    or now.parsed_at is distinct from before.parsed_at
