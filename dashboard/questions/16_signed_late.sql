-- title_zh: 哪些报告落款晚于法定期限？
-- title_en: Which reports were signed after the deadline?
-- about_zh: 部门为次年 1 月 31 日，政府及其派出机关为 3 月 31 日（条例第四十九条）；晚得最多的在前。
-- about_en: 31 January of the next year for departments, 31 March for governments and their offices; the latest first.

select
    organ.organ_name,
    organ.organ_type,
    report.year,
    make_date(report.year + 1, case organ.organ_type when 'department' then 1 else 3 end, 31) as due_on,
    report.signed_on,
    report.signed_on - due_on as days_late,
    report.report_key
from dim_report as report
inner join dim_organ as organ on report.organ_key = organ.organ_key
where report.is_current and organ.organ_type <> 'unknown' and report.signed_on > due_on
order by days_late desc, report.year, organ.organ_name
