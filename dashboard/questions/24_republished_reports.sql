-- title_zh: 每年有多少报告重新发布过，改了多少格？
-- title_en: How many reports were republished, and how many cells changed?
-- about_zh: 每年一行：旧版的份数，以及相邻两版之间不同的单元格数和涉及的新版份数。
-- about_en: A row per year: earlier versions, the cells that differ from one version to the next, and the versions they are in.

with version as (
    select
        year,
        count(*) as reports,
        count(*) filter (where not is_current) as earlier_versions
    from dim_report
    group by year
),

changed as (
    select
        year,
        count(*) as changed_cells,
        count(distinct report_key_after) as changed_reports
    from fct_revision
    group by year
)

select
    version.year,
    version.reports,
    version.earlier_versions,
    coalesce(changed.changed_cells, 0) as changed_cells,
    coalesce(changed.changed_reports, 0) as changed_reports
from version
left join changed on version.year = changed.year
order by version.year
