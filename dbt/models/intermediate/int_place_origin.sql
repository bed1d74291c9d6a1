with successions as (

    select
        kind,
        predecessor_region_code,
        coalesce(predecessor_name, '') as predecessor_name,
        successor_region_code,
        coalesce(successor_name, '') as successor_name
    from {{ ref('organ_succession') }}
    where scope = 'place'

),

changes as (

    select * from successions
    where kind in ('renamed', 'raised')

),

steps_0 as (

    select
        successor_region_code as region_code,
        successor_name as former_place,
        successor_region_code as first_region_code,
        successor_name as first_name
    from changes
    union
    select
        predecessor_region_code as region_code,
        predecessor_name as former_place,
        predecessor_region_code as first_region_code,
        predecessor_name as first_name
    from successions
    where {{ is_inner_place('predecessor_region_code', 'predecessor_name') }}

),

-- A place may have changed its name more than once; four times in the life of the form is more than any has.
{% for step in range(1, 5) %}
    steps_{{ step }} as (

        select
            places.region_code,
            places.former_place,
            coalesce(changes.predecessor_region_code, places.first_region_code) as first_region_code,
            coalesce(changes.predecessor_name, places.first_name) as first_name
        from steps_{{ step - 1 }} as places
        left join changes
            on
                places.first_region_code = changes.successor_region_code
                and places.first_name = changes.successor_name

    ),

{% endfor %}
region_names as (

    select * from {{ ref('region') }}

)

select
    places.region_code,
    places.former_place,
    places.first_region_code,
    -- A township that the list lacks stands in its county, which has a first name of its own.
    case
        when {{ is_inner_place('places.first_region_code', 'places.first_name') }}
            then concat(coalesce(around.first_name, ''), places.first_name)
        else places.first_name
    end as first_name,
    coalesce(nullif(places.first_name, ''), region_names.region_name) as first_place_name
from steps_4 as places
left join steps_4 as around
    on
        places.first_region_code = around.region_code
        and around.former_place = ''
left join region_names on places.first_region_code = region_names.region_code
