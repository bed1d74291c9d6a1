with reports as (

    select * from {{ ref('int_report') }}
    where {{ is_to_build() }}

),

documents as (

    select * from {{ ref('stg_document') }}

)

select
    documents.report_key,
    documents.problems,
    documents.measures,
    documents.processing_fee
from documents
inner join reports on documents.report_key = reports.report_key
where
    documents.problems is not null
    or documents.measures is not null
    or documents.processing_fee is not null
