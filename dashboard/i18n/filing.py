"""Words of the page on filing."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "query.filing_counts": ("报送卡片", "Cards of filing"),
    "query.filing_years": ("历年报送", "Filing by year"),
    "query.filing_places": ("各地报送", "Filing by place"),
    "query.filing_missing": ("未报名单", "Reports missing"),
    "query.filing_days_late": ("迟报天数", "Days late"),
    "query.filing_calendar": ("报送日历", "Calendar of filing"),
    "filing.sign.filed": ("●", "●"),
    "filing.sign.late": ("▲", "▲"),
    "filing.sign.missing": ("✕", "✕"),
    "filing.sign.not_due": ("○", "○"),
    "filing.status.filed": ("已报", "Filed"),
    "filing.status.late": ("迟报", "Late"),
    "filing.status.missing": ("未报", "Missing"),
    "filing.status.not_due": ("未到期", "Not due"),
    "filing.not_expected": ("该年不要求报送", "No report was expected on that year"),
    "filing.expected": ("应报", "Expected"),
    "filing.not_due": ("其中 {count} 份未到期", "{count} of them not due yet"),
    "filing.all_due": ("都已到期", "All of them due"),
    "filing.expected.help": (
        "应当公布年度报告的单位，每年一份：有名册以名册为准，没有名册以行政区划和往年报告为准。{outside}",
        "An annual report of each organ that has to publish one: those of the register, or without one the governments of the gazetteer and "
        "whoever reported before. {outside}",
    ),
    "filing.unregistered": (
        "另有 {count} 份报告的单位不在名册上，未计入。",
        "{count} reports of organs that the register does not list are left out.",
    ),
    "filing.filed": ("已公布", "Published"),
    "filing.filed.note": (
        "公布率 {rate}（{numerator} / {denominator}）",
        "{rate} of those due ({numerator} / {denominator})",
    ),
    "filing.filed.help": (
        "已收到的应报报告，含迟报。公布率 =（已报 + 迟报）÷（已报 + 迟报 + 未报）。",
        "Expected reports on hand, late ones included. Rate = (filed + late) ÷ (filed + late + missing).",
    ),
    "filing.punctual": ("按时公布", "In time"),
    "filing.punctual.note": (
        "按时率 {rate}（{numerator} / {denominator}）",
        "{rate} of those dated ({numerator} / {denominator})",
    ),
    "filing.punctual.help": (
        "公布日期已知且不晚于期限的报告。没有公布日期的用落款日期；两者都没有的 {unknown} 份不计入按时率。",
        "Published by the deadline on a known day; where the page gives none, the day of signing stands in. {unknown} without either are left out "
        "of the rate.",
    ),
    "filing.late.note": ("另有 {unknown} 份日期不明", "{unknown} more on an unknown day"),
    "filing.late.help": (
        "第一版公布日期晚于期限。条例第四十九条：部门 1 月 31 日、县级以上政府 3 月 31 日前；乡镇、街道没有法定日期，参照政府。",
        "First published after the deadline. Article 49: departments by 31 January, governments by 31 March. The law sets no day for towns and "
        "streets; the governments' is taken.",
    ),
    "filing.missing.note": ("已过期限，没有收到报告", "Past the deadline, no report on hand"),
    "filing.missing.help": (
        "期限已过而收件目录里没有报告。可能是没有公布，也可能是还没有收集到：联系之前先查一下网站。",
        "The deadline has passed and the inbox holds no report. It may not be published, or not collected yet: look at the website before you ring.",
    ),
    "chart.filing_years.title": ("历年报送", "Filing by year"),
    "chart.filing_years.text": (
        "应报报告的去向；年份下是公布率，不足 30 份时写出份数。",
        "What became of the reports expected. Below each year: the share published, or the numbers where there are few.",
    ),
    "chart.filing_years.summary": (
        "堆叠柱状图：{place}，{years} 年已公布与到期份数依次为 {values}。",
        "Stacked bars: {place}, published of those due in {years}: {values}.",
    ),
    "chart.filing_days_late.title": ("迟了多少天", "How late"),
    "chart.filing_days_late.text": (
        "迟报的报告按迟到天数分组（各组宽度不同）；未报的不在内。",
        "Late reports by days after the deadline; the groups differ in width. Missing reports are not among them.",
    ),
    "chart.filing_days_late.summary": (
        "柱状图：{place}，{year}，迟报 {late} 份，各组依次为 {values}。",
        "Bars: {place}, {year}, {late} late reports, by group: {values}.",
    ),
    "filing.days": ("迟到天数", "Days late"),
    "filing.missing.title": ("未报名单", "Whom to ring"),
    "filing.missing.text": (
        "期限已过而没有报告的单位，法定期限的在前；截至 {day}。CSV、XLSX 是完整名单。",
        "Organs past their deadline without a report, those bound by law first; as of {day}. CSV and XLSX hold the whole list.",
    ),
    "filing.places.title": ("下级地区", "Places below"),
    "filing.places.text": (
        "未报多的在前；点地区进入该地。不足 30 份的不算比率。",
        "Most missing first; choose a place to go there. No rates below thirty reports.",
    ),
    "filing.calendar.title": ("报送日历", "Calendar"),
    "filing.calendar.text": (
        "每个单位最近八个年度：● 已报 ▲ 迟报 ✕ 未报 ○ 未到期 · 不要求。年度筛选在这里不起作用。导出文件中 status_0 是 latest_year 那一年，status_1 是前一年，以此类推。",
        "Each organ's last eight years: ● filed ▲ late ✕ missing ○ not due · not expected. The year filter does not apply here. In the files "
        "status_0 is the year latest_year, status_1 the year before, and so on.",
    ),
    "filing.column.due_on": ("期限", "Due on"),
    "filing.column.days_overdue": ("逾期天数", "Days overdue"),
    "filing.column.binding": ("期限依据", "Deadline"),
    "filing.column.expected_by": ("为何应报", "Why expected"),
    "filing.column.last_year": ("最近的报告", "Latest report"),
    "filing.column.place": ("地区", "Place"),
    "filing.column.expected": ("应报", "Expected"),
    "filing.column.filed": ("已报", "Filed"),
    "filing.column.late": ("迟报", "Late"),
    "filing.column.missing": ("未报", "Missing"),
    "filing.column.not_due": ("未到期", "Not due"),
    "filing.column.day_unknown": ("日期不明", "Day unknown"),
    "filing.column.filing_percent": ("公布率", "Published"),
    "filing.column.punctual_percent": ("按时率", "In time"),
    "filing.binding.yes": ("法定或名册", "Law or register"),
    "filing.binding.no": ("参照", "By analogy"),
    "filing.expected_by.register": ("名册所列", "In the register"),
    "filing.expected_by.gazetteer": ("辖区内政府", "Government in the area"),
    "filing.expected_by.earlier_report": ("往年报过", "Reported before"),
    "filing.expected_by.report": ("首次报告", "Its first report"),
    "filing.expected_by.unregistered": ("不在名册", "Not in the register"),
}
