with organs as (

    select
        identity,
        region_code,
        former_place,
        inner_place,
        office,
        -- A folder tells an organ from others only where its place does not.
        case when region_code is null then folder end as folder
    from {{ ref('int_named_report') }}
    union
    select
        successor_identity as identity,
        successor_region_code as region_code,
        successor_former_place as former_place,
        successor_inner_place as inner_place,
        successor_office as office,
        null as folder
    from {{ ref('int_organ_ending') }}
    where successor_identity is not null
    -- Whoever is expected to report, too: its key is there before its first report.
    {%- for expected in ['int_registered_organ', 'int_government'] %}
        union
        select
            identity,
            region_code,
            '' as former_place,
            '' as inner_place,
            office,
            null as folder
        from {{ ref(expected) }}
    {%- endfor %}

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

steps_0 as (

    select
        identity,
        folder,
        inner_place,
        case when inner_place <> '' then inner_place else former_place end as place_called,
        region_code as first_region_code,
        office as first_office
    from organs

),

-- An organ may have changed its name more than once; four times in the life of the form is more than any has.
{% for step in range(1, 5) %}
    steps_{{ step }} as (

        select
            organs.identity,
            organs.folder,
            organs.inner_place,
            case
                when here.predecessor_region_code <> organs.first_region_code then '' else organs.place_called
            end as place_called,
            coalesce(here.predecessor_region_code, organs.first_region_code) as first_region_code,
            coalesce(here.predecessor_name, everywhere.predecessor_name, organs.first_office) as first_office
        from steps_{{ step - 1 }} as organs
        left join renames as here
            on
                organs.first_region_code = here.successor_region_code
                and organs.first_office = here.successor_name
                and organs.inner_place = ''
        left join renames as everywhere
            on
                everywhere.successor_region_code is null
                and organs.first_region_code is not null
                and organs.first_office = everywhere.successor_name

    ),

{% endfor %}
placed as (

    select
        organs.identity,
        organs.folder,
        coalesce(origins.first_region_code, organs.first_region_code) as first_region_code,
        coalesce(origins.first_name, organs.place_called) as first_place,
        case
            when origins.region_code is null then organs.first_office
            else {{ office_in('origins.first_place_name', 'organs.first_office') }}
        end as first_office
    from steps_4 as organs
    left join origins
        on
            organs.first_region_code = origins.region_code
            and organs.place_called = origins.former_place

)

select
    identity,
    left(md5({{ organ_identity('first_region_code', 'first_place', 'first_office', 'folder') }}), 16) as organ_key
from placed
