"""Words of the methods page."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "methods.title": ("指标与方法", "Indicators and methods"),
    "methods.text": (
        "看板上每个数怎么来、什么时候不给数。图表上的“怎么来的”给出那一个数的查询和所依据的报告。",
        "How each figure comes about, and when there is none. “How it was made” on a chart gives its query and the reports behind it.",
    ),
    "methods.principles": ("通则", "What holds for all"),
    "methods.indicators": ("指标定义", "Indicators"),
    "methods.indicators.text": (
        "公式用表格单元格的名称写成：表.行.列；合计取表上印出的总计格。总览等页面上的比率由分项相加得出，因此也能按筛选计算；总计与分项相符的报告两者相同。",
        "Formulas are in the names of the form's cells: row.column; totals are those printed. Rates on the pages add up the parts, so that they follow "
        "the filters; for reports whose totals equal their parts the two are the same.",
    ),
    "methods.column.name": ("指标", "Indicator"),
    "methods.column.definition": ("定义", "Definition"),
    "methods.column.formula": ("公式与单位", "Formula, unit"),
    "methods.column.direction": ("方向", "Direction"),
    "methods.direction.higher": ("越高越好", "Higher is better"),
    "methods.direction.lower": ("越低越好", "Lower is better"),
    "methods.direction.neutral": ("不分好坏", "Neither"),
    "methods.values": ("查各省数值", "Values by province"),
    "methods.printed.title": ("按印出的数", "As printed"),
    "methods.printed.text": (
        "报告上印的数原样保存，从不改写；总计与分项不符时两边都留着，并列为勾稽不符。",
        "What a report prints is kept as it is. Where a total contradicts its parts, both are kept and the rule is reported as broken.",
    ),
    "methods.blank.title": ("空白不是零", "Blank is not zero"),
    "methods.blank.text": (
        "空白、“/”“—”“无”和文字都不是数，不按 0 计；合计只加认得的数，并说明有多少格没有数。",
        "Blanks, dashes and words are no numbers and are not counted as 0. A sum adds what is known and says how many cells are not.",
    ),
    "methods.leaves.title": ("只加分项", "Parts only"),
    "methods.leaves.text": (
        "图上的件数由六类申请人、各种办理结果等分项相加，从不把“总计”再加一遍。",
        "Counts add the parts (kinds of applicant, outcomes, results) and never the printed total on top of them.",
    ),
    "methods.rates.title": ("比率先加后除", "Rates are sums divided"),
    "methods.rates.text": (
        "一个地区的比率是分子之和除以分母之和，不是各单位比率的平均。",
        "A region's rate is the sum of numerators over the sum of denominators, never an average of rates.",
    ),
    "methods.few.title": ("样本不足", "Too few cases"),
    "methods.few.text": (
        "分母不足 {least} 的比率不显示、不排名、不着色。",
        "A rate over fewer than {least} cases is neither shown, nor ranked, nor coloured.",
    ),
    "methods.interval.title": ("置信区间", "Interval"),
    "methods.interval.text": (
        "占比的上下限为 Wilson 95% 区间；争议率可超过 100%，没有区间。",
        "Bounds of a share are Wilson's at 95%. Disputes per application may exceed 100% and have none.",
    ),
    "methods.scope.title": ("口径：自身与汇总", "Scope: own and consolidated"),
    "methods.scope.text": (
        "县级以上政府的报告可能含其部门和乡镇的数。两种口径从不静默相加；混在一起时页面会提示，可在“更多筛选”里选一种。",
        "Reports of governments may include their departments and towns. The two scopes are never added silently: a page says so and lets you choose one.",
    ),
    "methods.like.title": ("同比可比", "Like for like"),
    "methods.like.text": (
        "同比只比两年数字都齐全的同一批机关，不会因为多收了报告就显得增长。",
        "Change on last year compares the organs with complete figures in both years, so more reports do not look like growth.",
    ),
    "methods.grey.title": ("灰色不是绿色", "Grey is not green"),
    "methods.grey.text": (
        "没有报告、无法判断和样本不足都用灰色，从不画成“好”。",
        "No report, not assessable and too few cases are grey, never painted as good.",
    ),
    "methods.source.title": ("每个数可追到原件", "Every figure leads to its source"),
    "methods.source.text": (
        "机关名打开原表，单元格带行号和来源文件的校验值；规则结果列出涉及的单元格和两边的数。",
        "An organ's name opens its report as printed; cells carry their line and the source's checksum; rules list the cells and both sides.",
    ),
    "unit.counted.case": ("件", "cases"),
    "unit.counted.report": ("份", "reports"),
}
