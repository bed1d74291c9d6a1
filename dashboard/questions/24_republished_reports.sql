-- title_zh: 每年有多少报告重新发布过，改了多少格？
-- title_en: How many reports were republished, and how many cells changed?
-- about_zh: 每年一行：有旧版的报告份数，以及新旧版本之间不同的单元格数。
-- about_en: A row per year: reports with an earlier version, and the cells that differ between versions.

with version as (
    select
        year,
        count(*) filter (where not is_current) as earlier_versions
    from dim_report
    group by year
),

changed as (
    select
        report.year,
        count(*) as changed_cells
    from fct_revision as revision
    inner join dim_report as report on revision.report_key = report.report_key
    group by report.year
)

select
    version.year,
    version.earlier_versions,
    coalesce(changed.changed_cells, 0) as changed_cells
from version
left join changed on version.year = changed.year
order by version.year
