with files as (

    select * from {{ ref('stg_file') }}

),

documents as (

    select * from {{ ref('stg_document') }}

)

select
    files.path,
    files.sha256,
    files.size_bytes,
    documents.part,
    documents.report_key,
    documents.organ,
    documents.year,
    documents.candidates,
    documents.status,
    documents.reason
from files
left join documents on files.sha256 = documents.sha256
