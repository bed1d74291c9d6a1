with organs as (

    select distinct
        identity,
        region_code,
        former_place,
        organ_short_name
    from {{ ref('int_named_report') }}
    where region_code is not null

),

endings as (

    select
        scope,
        since,
        predecessor_region_code,
        coalesce(predecessor_name, '') as name_before,
        successor_region_code,
        case when kind = 'merged' then coalesce(successor_name, '') end as name_after
    from {{ ref('organ_succession') }}
    where kind in ('merged', 'abolished')

),

region_names as (

    select * from {{ ref('region') }}

),

-- What is said of the organ itself goes before what is said of its place, and this place before every place.
ended as (

    select
        organs.identity,
        organs.region_code,
        organs.former_place,
        organs.organ_short_name,
        endings.scope,
        endings.since,
        endings.successor_region_code,
        endings.name_after,
        coalesce(nullif(endings.name_after, ''), region_names.region_name) as successor_place_name,
        row_number() over (
            partition by organs.identity
            order by endings.scope asc, endings.predecessor_region_code asc nulls last
        ) as ending_rank
    from organs
    inner join endings
        on
            (
                endings.scope = 'organ'
                and organs.organ_short_name = endings.name_before
                and organs.region_code = coalesce(endings.predecessor_region_code, organs.region_code)
            )
            or (
                endings.scope = 'place'
                and organs.region_code = endings.predecessor_region_code
                and organs.former_place = endings.name_before
            )
    left join region_names on endings.successor_region_code = region_names.region_code

),

succeeded as (

    select
        ended.identity,
        ended.since as ended_in,
        case
            when ended.name_after is not null then coalesce(ended.successor_region_code, ended.region_code)
        end as successor_region_code,
        case
            when ended.scope = 'place' then ended.name_after
            when ended.successor_region_code is null then ended.former_place
            else ''
        end as successor_former_place,
        case
            when ended.scope = 'organ' then ended.name_after
            else {{ office_in('ended.successor_place_name', 'ended.organ_short_name') }}
        end as successor_short_name
    from ended
    where ended.ending_rank = 1

)

select
    identity,
    ended_in,
    successor_region_code,
    successor_former_place,
    successor_short_name,
    case
        when successor_region_code is not null
            then {{ organ_identity('successor_region_code', 'successor_former_place', 'successor_short_name', "''") }}
    end as successor_identity
from succeeded
