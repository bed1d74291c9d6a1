with organs as (

    select
        identity,
        region_code,
        former_place,
        organ_short_name,
        folder
    from {{ ref('int_named_report') }}
    union
    select
        successor_identity as identity,
        successor_region_code as region_code,
        successor_former_place as former_place,
        successor_short_name as organ_short_name,
        '' as folder
    from {{ ref('int_organ_ending') }}
    where successor_identity is not null

),

renames as (

    select
        predecessor_region_code,
        predecessor_name,
        successor_region_code,
        successor_name
    from {{ ref('organ_succession') }}
    where scope = 'organ' and kind in ('renamed', 'raised')

),

origins as (

    select * from {{ ref('int_place_origin') }}

),

-- A folder tells an organ from others only where the place does not.
steps_0 as (

    select distinct
        identity,
        region_code as first_region_code,
        former_place as first_place,
        organ_short_name as first_name,
        case when region_code is null then folder end as folder
    from organs

),

{% for step in range(1, 5) %}
    steps_{{ step }} as (

        select
            organs.identity,
            organs.folder,
            coalesce(
                here.predecessor_region_code, organs.first_region_code
            ) as first_region_code,
            case when here.predecessor_region_code is null then organs.first_place else '' end as first_place,
            coalesce(here.predecessor_name, everywhere.predecessor_name, organs.first_name) as first_name
        from steps_{{ step - 1 }} as organs
        left join renames as here
            on
                organs.first_region_code = here.successor_region_code
                and organs.first_name = here.successor_name
        left join renames as everywhere
            on
                everywhere.successor_region_code is null
                and organs.first_region_code is not null
                and organs.first_name = everywhere.successor_name

    ),

{% endfor %}
placed as (

    select
        organs.identity,
        organs.folder,
        coalesce(origins.first_region_code, organs.first_region_code) as first_region_code,
        coalesce(origins.first_name, organs.first_place) as first_place,
        case
            when origins.region_code is null then organs.first_name
            else {{ office_in('origins.first_place_name', 'organs.first_name') }}
        end as first_name
    from steps_4 as organs
    left join origins
        on
            organs.first_region_code = origins.region_code
            and organs.first_place = origins.former_place

)

select
    identity,
    left(md5({{ organ_identity('first_region_code', 'first_place', 'first_name', 'folder') }}), 16) as organ_key
from placed
