with reports as (

    select * from {{ ref('int_report') }}
    where versions > 1

),

-- Few reports are published twice: the cells of all others are left out before anything is joined.
cells as (

    select cells.*
    from {{ ref('stg_cell') }} as cells
    inner join reports on cells.report_key = reports.report_key

),

revisions as (

    select
        later.organ_key,
        later.year,
        earlier.version as version_before,
        later.version as version_after,
        earlier.report_key as report_key_before,
        later.report_key as report_key_after,
        later.version_on as revised_on,
        later.version_on_basis as revised_on_basis
    from reports as later
    inner join reports as earlier
        on
            later.organ_key = earlier.organ_key
            and later.year = earlier.year
            and later.version = earlier.version + 1

),

cells_before as (

    select
        revisions.report_key_after,
        cells.*
    from revisions
    inner join cells on revisions.report_key_before = cells.report_key

),

cells_after as (

    select
        revisions.report_key_after,
        cells.*
    from revisions
    inner join cells on revisions.report_key_after = cells.report_key

),

-- Versions in different forms do not have the same cells, so either side may lack one.
compared as (

    select
        coalesce(later.report_key_after, earlier.report_key_after) as report_key_after,
        coalesce(later.table_code, earlier.table_code) as table_code,
        coalesce(later.row_code, earlier.row_code) as row_code,
        coalesce(later.column_code, earlier.column_code) as column_code,
        earlier.value as value_before,
        later.value as value_after,
        earlier.raw as raw_before,
        later.raw as raw_after,
        earlier.state as state_before,
        later.state as state_after
    from cells_after as later
    full outer join cells_before as earlier
        on
            later.report_key_after = earlier.report_key_after
            and later.table_code = earlier.table_code
            and later.row_code = earlier.row_code
            and later.column_code = earlier.column_code

),

-- The same figure in other print (1,000 and 1000) is no change; other words in place of a figure are one.
changed as (

    select * from compared
    where
        value_before is distinct from value_after
        or state_before is distinct from state_after
        or (state_after = 'text' and raw_before is distinct from raw_after)

)

select
    revisions.organ_key,
    revisions.year,
    revisions.version_before,
    revisions.version_after,
    revisions.report_key_before,
    revisions.report_key_after,
    changed.table_code,
    changed.row_code,
    changed.column_code,
    changed.value_before,
    changed.value_after,
    changed.raw_before,
    changed.raw_after,
    changed.state_before,
    changed.state_after,
    revisions.revised_on,
    revisions.revised_on_basis
from changed
inner join revisions on changed.report_key_after = revisions.report_key_after
