"""Words of the page that compares."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "query.compare_years": ("各方历年指标", "Indicators of the sides by year"),
    "query.compare_table": ("各方当年指标", "Indicators of the sides in the year"),
    "query.compare_texts": ("两年正文", "Texts of both years"),
    "query.compare_cells": ("变动的单元格", "Cells that moved"),
    "compare.title": ("对比", "Compare"),
    "compare.sides.title": ("并排比较", "Side by side"),
    "compare.sides.text": (
        "最多选四个地区或单位。地区未选定口径时用本级政府的汇总报告；公布率、按时公布率和报告差错率不分口径。",
        "Up to four places or organs. A place is told by its government's consolidated report unless you choose a scope; rates about filing and "
        "errors have no scope.",
    ),
    "compare.side": ("对比 {letter}", "Side {letter}"),
    "compare.side.placeholder": ("输入地区或单位名称", "Type a place or an organ"),
    "compare.organ": ("单位", "Organ"),
    "compare.organ.placeholder": ("输入单位名称", "Type an organ"),
    "compare.try": ("还没有选择。可以先看看：", "Nothing chosen yet. For a start:"),
    "compare.nothing": ("所选范围没有可比的地区。", "There is no place to compare in this selection."),
    "compare.own_years": ("两年对比", "Its two years"),
    "compare.no_rows": (
        "所选各方在这一口径下没有指标。请在“更多筛选”里换一个口径。",
        "The sides have no indicators of this scope. Choose another under “More filters”.",
    ),
    "compare.scopes_differ": (
        "各方口径不同：政府汇总报告含其部门和乡镇，与“各单位自身”不宜直接比较。",
        "The sides differ in scope: a consolidated report holds those of departments and towns, and is not like organs' own.",
    ),
    "chart.compare_handling.title": ("申请与办理", "Applications"),
    "chart.compare_handling.text": (
        "同一指标各方历年的比率；分母不足 30 的是灰色空心点，不连线。",
        "Each indicator over the years. Below thirty cases: grey, hollow and unconnected.",
    ),
    "chart.compare_handling.summary": (
        "折线图组：{sides} 历年的 {indicators}；数值见下方表格。",
        "Small line charts of {sides}: {indicators} by year. The table below has the figures.",
    ),
    "chart.compare_disputes.title": ("争议与报送", "Disputes and filing"),
    "chart.compare_disputes.text": (
        "同一指标各方历年的比率；分母不足 30 的是灰色空心点，不连线。单位没有公布率等计报告份数的指标。",
        "Each indicator over the years. Below thirty cases: grey, hollow and unconnected. Organs have no rates that count reports.",
    ),
    "chart.compare_disputes.summary": (
        "折线图组：{sides} 历年的 {indicators}；数值见下方表格。",
        "Small line charts of {sides}: {indicators} by year. The table below has the figures.",
    ),
    "compare.table.title": ("各项指标 · {year}", "All indicators · {year}"),
    "compare.table.text": (
        "下面小字是分子 / 分母；选全部年度时取最近一年。指向指标名看定义。",
        "Below each rate its numerator / denominator; with all years chosen, the latest. Point at a name for its definition.",
    ),
    "compare.indicator": ("指标", "Indicator"),
    "compare.two_years.title": ("同一单位两年对比", "One organ, two years"),
    "compare.two_years.text": (
        "选一个单位和两个年度，看哪些数变动最大、正文改了什么。",
        "Choose an organ and two years: which figures moved most, and what the text says anew.",
    ),
    "compare.older": ("前一年度", "Earlier year"),
    "compare.newer": ("后一年度", "Later year"),
    "compare.one_year": (
        "这个单位只有一个年度的报告，没有可比的另一年。",
        "This organ has a report on one year only; there is nothing to compare it with.",
    ),
    "compare.report_of": ("{year} 年度报告", "Report on {year}"),
    "compare.moves.title": ("变动最大的单元格 · {older} → {newer}", "Cells that moved most · {older} → {newer}"),
    "compare.moves.text": (
        "两年都填了数字且不相等的单元格，不含总计；按变动相对于偶然波动的大小排列。前一年不足 30 时不算百分比。",
        "Cells with a number in both years that differ, totals left out; ordered by how far the move exceeds chance. No percentage below thirty.",
    ),
    "compare.column.table": ("表", "Table"),
    "compare.column.row": ("行", "Row"),
    "compare.column.column": ("列", "Column"),
    "compare.column.difference": ("增减", "Difference"),
    "compare.column.change": ("增减 %", "Change, %"),
    "compare.texts.title": ("正文差异 · {older} → {newer}", "Text differences · {older} → {newer}"),
    "compare.texts.text": (
        "按六个部分逐句比较，改写的句子逐字比较；没有变的长段落已折叠。",
        "Sentence by sentence in the six sections, word by word where one was reworded; long unchanged passages are folded away.",
    ),
    "compare.gone": ("删去：", "Removed: "),
    "compare.new": ("新增：", "Added: "),
    "compare.gone.sample": ("{year} 年有、后来没有的", "only in {year}"),
    "compare.new.sample": ("{year} 年新写的", "new in {year}"),
    "compare.same": ("相同 {count} 字", "{count} characters unchanged"),
    "compare.section.none": ("两年都没有这部分的文字。", "Neither year has words here."),
    "compare.section.one_only": ("只有一年有这部分", "In one year only"),
    "compare.section.same": ("一字未改", "Not a word changed"),
    "compare.section.shared": ("{share} 的文字与前一份相同", "{share} of the words stood there before"),
}
