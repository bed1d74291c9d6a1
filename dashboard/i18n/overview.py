"""Words of the overview."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "card.change": ("同比 {change}", "{change} on last year"),
    "card.points": ("同比 {points} 个百分点", "{points} points on last year"),
    "column.region": ("地区", "Region"),
    "measure.label": ("指标", "Indicator"),
    "measure.disclosure_rate": ("实质公开率", "Disclosure rate"),
    "measure.dispute_rate": ("争议率", "Dispute rate"),
    "measure.error_rate": ("报告差错率", "Error rate of reports"),
    "measure.filing_rate": ("公布率", "Filing rate"),
    "chart.map.title": ("地区分布", "By region"),
    "chart.map.text": (
        "颜色是所选指标；灰色表示样本不足、无法判断或没有报告，不作比较。点击地区进入下一级。",
        "Colour is the chosen indicator; grey is too few cases, not assessable or no report, and not compared. Click a region to go down.",
    ),
    "chart.map.summary": (
        "地图：{place} {when}各地区的{indicator}；同样的数见下方表格。",
        "Map: {indicator} by region, {place}, {when}; the table below has the same figures.",
    ),
    "map.undrawn": ("地图上没有边界的地区：{names}。", "Without a boundary on the map: {names}."),
    "places.title": ("各地区", "Regions"),
    "places.text": ("点地区名进入下一级。", "Choose a region to go down."),
    "moved.title": ("与上年相比变化最大", "What changed most"),
    "moved.text": (
        "两年数字都齐全的机关，按收到申请的增减件数排列。",
        "Organs with complete figures in both years, by the change in applications received.",
    ),
    "moved.none": ("没有两年都可比的机关。", "No organ can be compared over both years."),
    "moved.one_year": ("选定一个年度后显示。", "Shown once a year is chosen."),
    "notable.title": ("值得注意", "Worth a look"),
    "notable.text": (
        "不成立的规则和涉及的报告数。",
        "The rules that are broken, and the number of reports that break each.",
    ),
    "notable.none": ("没有不成立的规则。", "No rule is broken."),
    "notable.reports": ("{count} 份报告", "in {count}"),
    "query.places": ("各地区的指标", "Figures by region"),
    "query.rules_broken": ("不成立的规则", "Broken rules"),
    "query.moved": ("与上年相比的变化", "Change on last year"),
}
