"""Words of the page on applications."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "query.flow": ("申请的来与去", "Flow of applications"),
    "query.balance": ("两边是否相等", "Whether the two sides agree"),
    "query.unbalanced": ("两边不等的报告", "Reports whose two sides differ"),
    "query.single_outcomes": ("历年各项办理结果", "Single outcomes by year"),
    "query.refusals": ("未予公开的理由", "Reasons for not granting"),
    "query.applicants": ("历年申请人构成", "Applicants by year"),
    "query.applications_by_place": ("各地申请", "Applications by place"),
    "query.applications_of_largest_places": ("收到最多的 12 处", "The twelve places with most applications"),
    "chart.flow.title": ("申请的来与去", "Where applications came from and went"),
    "chart.flow.text": (
        "左：本年新收与上年结转；右：办理结果各类与结转下年。两边对不上的部分单列一条，不作修正。",
        "Left: received and carried in. Right: groups of outcomes and carried forward. What does not add up is a band of its own; nothing is corrected.",
    ),
    "chart.flow.summary": (
        "流向图：{place}，{year}：{values}。",
        "Flow: {place}, {year}: {values}.",
    ),
    "chart.flow.none": (
        "所选报告的申请表里没有一个不为 0 的数字，画不出来与去。",
        "No number other than 0 stands in the tables of applications of this selection: there is no flow to draw.",
    ),
    "flow.missing": ("去向不明", "Unaccounted for"),
    "flow.surplus": ("来路不明", "From nowhere"),
    "flow.equal": (
        "逐份核对：{reports} 份报告两边全部相等。",
        "Report by report: the two sides agree in all {reports} reports.",
    ),
    "flow.unequal": (
        "逐份核对：{reports} 份报告数字齐全，其中 {unequal} 份两边不等：收而无去向共 {missing} 件，有结果而无来路共 {surplus} 件（合计里会互相抵消）。",
        "Report by report: {reports} have all numbers. Where the two sides differ ({unequal}), cases that came in and went nowhere: {missing}; that have an outcome and "
        "never came in: {surplus} (in the sum they cancel out).",
    ),
    "flow.incomparable": (
        "另有 {reports} 份因有空白等非数字格，无法核对。",
        " Not comparable, as some cells are no number: {reports}.",
    ),
    "chart.applicants.title": ("申请人构成", "Who applies"),
    "chart.applicants.text": (
        "本年新收申请按申请人类别的比例。年份下是收到件数。",
        "Share of each kind of applicant in the applications received. Below each year: applications received.",
    ),
    "chart.applicants.summary": (
        "堆叠柱状图：{place}，{years} 年自然人所占比例依次为 {values}。",
        "Stacked bars: {place}, share of natural persons in {years}: {values}.",
    ),
    "chart.refusals.title": ("未予公开的理由", "Why applications were not granted"),
    "chart.refusals.text": (
        "占全部办理结果的比例，从多到少；细灰条是上一年。",
        "Share in all outcomes, the commonest first. The thin grey bar is the year before.",
    ),
    "chart.refusals.summary": (
        "条形图：{place}，{year}，最多的是 {values}。",
        "Bars: {place}, {year}; the commonest: {values}.",
    ),
    "chart.single_outcomes.title": ("各项办理结果", "Outcomes one by one"),
    "chart.single_outcomes.text": (
        "表三每一种情形占当年全部办理结果的百分比，颜色越深占比越大。不足 30 件的年份为灰色，列件数。",
        "Percent of every single outcome of the form in its year; the darker, the larger. Years below 30 cases are grey and show cases.",
    ),
    "chart.single_outcomes.summary": (
        "热力表：{place}，{years} 年各项办理结果的占比；数字可下载 CSV 查看。",
        "Heat table: {place}, share of every outcome in {years}; the CSV has the numbers.",
    ),
    "chart.children.title": ("各地对照", "Places side by side"),
    "chart.children.text": (
        "收到申请最多的 12 处（各有各的纵轴）与实质公开率（0–100%，不足 30 件不画点）。点图可进入该地（县内为各单位，从页末的表进入）；全部见页末的表。",
        "The twelve with most applications, each on its own scale, and the disclosure rate (0–100%, no point below 30 cases). "
        "A click goes there (within a county they are organs: use the table); the table at the end has all.",
    ),
    "chart.children.summary": (
        "小图组：{place}，收到申请最多的依次为 {values}。",
        "Small charts: {place}; most applications in {values}.",
    ),
    "children.received": ("收到申请（件）", "Applications received"),
    "children.rate": ("实质公开率", "Disclosure rate"),
    "unbalanced.title": ("两边不等的报告", "Reports whose two sides differ"),
    "unbalanced.text": (
        "本年新收 + 上年结转 − 办理结果 − 结转下年 ≠ 0；差额大的在前，点单位名看原表。按申请人各列相加，不用总计列。",
        "Received + carried in − outcomes − carried forward is not 0; the largest difference first. The applicants’ columns are added, not the totals.",
    ),
    "unbalanced.none": ("数字齐全的报告两边全部相等。", "Of the reports with all numbers, none differs."),
    "children.title": ("各地明细", "All places"),
    "children.text": (
        "点地名进入该地；到县一级列各单位，点单位名看其最近一份报告。分母不足 30 件的比率显示“样本不足”。",
        "A place leads to itself; below a county, each organ leads to its latest report. A rate over fewer than 30 cases says “Too few cases”.",
    ),
    "children.own": ("本级及未标明", "Own level or unclear"),
    "column.reports": ("报告", "Reports"),
    "column.carried_in": ("上年结转", "Carried in"),
    "column.carried_forward": ("结转下年", "Carried forward"),
    "column.missing": ("差额", "Difference"),
    "column.disclosed_percent": ("实质公开率", "Disclosure rate"),
    "column.denied_percent": ("不予公开率", "Denial rate"),
    "column.unavailable_percent": ("无法提供率", "Unavailable rate"),
    "column.completed_percent": ("办结率", "Completion rate"),
    "column.broken_reports": ("有差错的报告", "Reports with errors"),
    "column.unknown_cells": ("非数字格", "Cells not numbers"),
}
