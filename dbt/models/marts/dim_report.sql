with reports as (

    select * from {{ ref('int_report') }}

),

cells as (

    select
        report_key,
        count(case when state = 'number' then 1 end) as number_cells,
        count(case when state = 'blank' then 1 end) as blank_cells,
        count(case when state = 'dash' then 1 end) as dash_cells,
        count(case when state = 'text' then 1 end) as text_cells,
        count(case when state = 'absent' then 1 end) as absent_cells
    from {{ ref('stg_cell') }}
    group by report_key

)

select
    reports.report_key,
    reports.organ_key,
    reports.year,
    reports.form,
    reports.title,
    reports.source,
    reports.sha256,
    reports.part,
    reports.media_type,
    reports.encoding,
    reports.version,
    reports.versions,
    reports.is_current,
    reports.version_on,
    reports.version_on_basis,
    reports.is_sample,
    reports.period_start,
    reports.period_end,
    reports.signed_on,
    reports.published_on,
    reports.url,
    reports.status,
    cast(coalesce(cells.number_cells, 0) as integer) as number_cells,
    cast(coalesce(cells.blank_cells, 0) as integer) as blank_cells,
    cast(coalesce(cells.dash_cells, 0) as integer) as dash_cells,
    cast(coalesce(cells.text_cells, 0) as integer) as text_cells,
    cast(coalesce(cells.absent_cells, 0) as integer) as absent_cells
from reports
left join cells on reports.report_key = cells.report_key
