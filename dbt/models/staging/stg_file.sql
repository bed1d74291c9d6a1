with source as (

    select * from {{ source('raw', 'file') }}

)

select
    path,
    sha256,
    size_bytes,
    modified_at
from source
