-- A row that says too little, two predecessors that would go on as one organ, and a successor that was gone before.
with successions as (

    select
        *,
        coalesce(predecessor_region_code, '') as code_before,
        coalesce(predecessor_name, '') as name_before,
        coalesce(successor_region_code, '') as code_after,
        coalesce(successor_name, '') as name_after
    from {{ ref('organ_succession') }}

),

incomplete as (

    select
        note,
        'incomplete' as reason
    from successions
    where
        (scope = 'place' and code_before = '')
        or (scope = 'organ' and name_before = '')
        or (scope = 'organ' and kind <> 'abolished' and ((code_before = '') <> (code_after = '') or name_after = ''))
        or (scope = 'place' and kind <> 'abolished' and code_after = '')
        or (scope = 'place' and kind = 'merged' and name_after <> '')
        or (kind = 'abolished' and (code_after <> '' or name_after <> ''))

),

shared as (

    select
        min(note) as note,
        'two organs go on as one' as reason
    from successions
    where kind in ('renamed', 'raised')
    group by
        scope,
        code_after,
        name_after
    having count(*) > 1

),

circular as (

    select
        earlier.note,
        'the successor had changed before' as reason
    from successions as earlier
    inner join successions as later
        on
            earlier.scope = later.scope
            and earlier.code_after = later.code_before
            and earlier.name_after = later.name_before
    where earlier.kind <> 'abolished' and later.since <= earlier.since

)

select * from incomplete
union all
select * from shared
union all
select * from circular
