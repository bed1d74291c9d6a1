-- Null is not zero, and no other state may carry a figure.
select
    report_key,
    table_code,
    row_code,
    column_code,
    state,
    value
from {{ ref('report_cell') }}
where (state = 'number') <> (value is not null)
