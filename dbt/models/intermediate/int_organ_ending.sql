with organs as (

    select distinct
        identity,
        region_code,
        former_place,
        case when inner_place <> '' then inner_place else former_place end as place_called,
        inner_place,
        office
    from {{ ref('int_named_report') }}
    where region_code is not null

),

endings as (

    select
        scope,
        kind,
        since,
        predecessor_region_code,
        coalesce(predecessor_name, '') as predecessor_name,
        successor_region_code,
        successor_name
    from {{ ref('organ_succession') }}
    where kind in ('merged', 'abolished')

),

region_names as (

    select * from {{ ref('region') }}

),

-- What is said of the organ itself goes before what is said of its place, and this place before every place.
ended as (

    select
        organs.*,
        endings.scope,
        endings.kind,
        endings.since,
        endings.successor_region_code,
        endings.successor_name,
        region_names.region_name as successor_place_name,
        row_number() over (
            partition by organs.identity
            order by endings.scope asc, endings.predecessor_region_code asc nulls last
        ) as ending_rank
    from organs
    inner join endings
        on
            (
                endings.scope = 'organ'
                and organs.office = endings.predecessor_name
                and (
                    endings.predecessor_region_code is null
                    or (organs.region_code = endings.predecessor_region_code and organs.inner_place = '')
                )
            )
            or (
                endings.scope = 'place'
                and organs.region_code = endings.predecessor_region_code
                and organs.place_called = endings.predecessor_name
            )
    left join region_names on endings.successor_region_code = region_names.region_code

),

succeeded as (

    select
        identity,
        since as ended_in,
        kind = 'merged' as is_succeeded,
        coalesce(successor_region_code, region_code) as successor_region_code,
        case when successor_region_code is null then former_place else '' end as successor_former_place,
        case when successor_region_code is null then inner_place else '' end as successor_inner_place,
        case
            when scope = 'organ' then successor_name
            else {{ office_in('successor_place_name', 'office') }}
        end as successor_office
    from ended
    where ending_rank = 1

)

select
    identity,
    ended_in,
    case when is_succeeded then successor_region_code end as successor_region_code,
    case when is_succeeded then successor_former_place end as successor_former_place,
    case when is_succeeded then successor_inner_place end as successor_inner_place,
    case when is_succeeded then successor_office end as successor_office,
    case
        when is_succeeded
            then
                {{ organ_identity(
                    'successor_region_code',
                    'successor_former_place',
                    'concat(successor_inner_place, successor_office)',
                    "''",
                ) }}
    end as successor_identity
from succeeded
