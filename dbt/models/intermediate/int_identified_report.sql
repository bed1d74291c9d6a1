{{ config(materialized='view') }}

with named as (

    select
        reports.*,
        identities.organ_key as own_key,
        endings.ended_in,
        successors.organ_key as successor_organ_key
    from {{ ref('int_named_report') }} as reports
    inner join {{ ref('int_organ_identity') }} as identities on reports.identity = identities.identity
    left join {{ ref('int_organ_ending') }} as endings on reports.identity = endings.identity
    left join {{ ref('int_organ_identity') }} as successors on endings.successor_identity = successors.identity

),

located as (

    select * from named
    where region_code is not null

),

unlocated as (

    select * from named
    where region_code is null

),

-- Only a folder of one county, or of one city's or province's own bodies, says where a report comes from.
local_folders as (

    select folder
    from located
    group by folder
    having count(distinct left(region_code, 6)) = 1

),

neighbours as (

    select distinct
        located.folder,
        located.own_key,
        located.region_code,
        located.organ_short_name,
        located.full_name
    from located
    inner join local_folders on located.folder = local_folders.folder

),

-- The organs beside a report of unknown place that bear its name, and whose place it may be.
fitting as (

    select distinct
        unlocated.own_key as unlocated_key,
        neighbours.own_key as organ_key
    from unlocated
    inner join neighbours on unlocated.folder = neighbours.folder
    where
        right(neighbours.full_name, length(unlocated.organ)) = unlocated.organ
        and length(unlocated.organ) >= length(neighbours.organ_short_name)
        and (
            unlocated.candidates is null
            or concat(';', unlocated.candidates, ';') like concat('%;', neighbours.region_code, ';%')
        )

),

sole as (

    select
        unlocated_key,
        min(organ_key) as organ_key
    from fitting
    group by unlocated_key
    having count(distinct organ_key) = 1

),

-- A year on which the organ reports from its known place would have two reports: then they are strangers.
contested as (

    select distinct sole.unlocated_key
    from sole
    inner join unlocated on sole.unlocated_key = unlocated.own_key
    inner join located
        on
            sole.organ_key = located.own_key
            and unlocated.year = located.year

),

joined as (

    select
        sole.unlocated_key,
        sole.organ_key,
        max(located.region_code) as region_code
    from sole
    inner join located on sole.organ_key = located.own_key
    left join contested on sole.unlocated_key = contested.unlocated_key
    where contested.unlocated_key is null
    group by
        sole.unlocated_key,
        sole.organ_key

)

select
    named.report_key,
    named.part,
    coalesce(joined.organ_key, named.own_key) as organ_key,
    coalesce(named.region_code, joined.region_code) as region_code,
    named.year,
    named.form,
    named.status,
    named.organ,
    named.organ_short_name,
    case when joined.organ_key is null then named.name_in_place end as name_in_place,
    named.organ_level,
    named.organ_type,
    named.ended_in,
    named.successor_organ_key,
    named.title,
    named.source,
    named.sha256,
    named.media_type,
    named.encoding,
    named.is_sample,
    named.period_start,
    named.period_end,
    named.signed_on,
    named.published_on,
    named.url,
    named.modified_at
from named
left join joined on named.own_key = joined.unlocated_key
