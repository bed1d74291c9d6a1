"""Words of the page on reconsideration and litigation."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "query.dispute_results": ("复议诉讼结果", "Results of disputes"),
    "query.dispute_years": ("历年复议诉讼结果", "Results of disputes by year"),
    "query.corrections": ("各地各单位纠错率", "Correction rates of places or organs"),
    "query.funnel": ("纠错率漏斗图", "Funnel plot of correction rates"),
    "query.correction_rates": ("纠错率卡片", "Cards of correction rates"),
    "disputes.reconsiderations": ("审结的行政复议", "Reconsiderations decided"),
    "disputes.lawsuits": ("审结的行政诉讼", "Lawsuits decided"),
    "disputes.count.note": (
        "维持 {upheld} · 纠正 {corrected} · 其他 {other}",
        "{upheld} upheld · {corrected} corrected · {other} other",
    ),
    "disputes.count.help": (
        "第四项表格中结果维持、结果纠正、其他结果之和，不含尚未审结，也不用总计栏。诉讼为未经复议直接起诉与复议后起诉合计。{unknown}",
        "Upheld, corrected and other results of table 4 added up, without the pending and without the printed totals. Lawsuits are both tracks "
        "together. {unknown}",
    ),
    "disputes.rate.reconsideration": ("复议纠错率", "Reconsiderations corrected"),
    "disputes.rate.reconsideration.help": (
        "结果纠正 ÷ 已审结（总计 − 尚未审结）。只取一种口径：未选定时用本级政府的汇总报告。不足 30 件不作评价。",
        "Corrected ÷ decided (total − pending). Of one scope: the government's own consolidated report unless you choose. Not rated below 30 cases.",
    ),
    "disputes.rate.litigation": ("诉讼纠正率", "Lawsuits corrected"),
    "disputes.rate.litigation.help": (
        "两类行政诉讼的结果纠正 ÷ 已审结（总计 − 尚未审结）。只取一种口径：未选定时用本级政府的汇总报告。不足 30 件不作评价。",
        "Corrected ÷ decided (total − pending), both tracks of litigation. Of one scope: the government's own consolidated report unless you choose. Not rated "
        "below 30 cases.",
    ),
    "disputes.rate.note": ("{corrected} / {decided} · {scope}", "{corrected} / {decided} · {scope}"),
    "disputes.nothing_decided": ("本级报告中没有已审结的案件", "No case decided in reports of its own level"),
    "disputes.no_points": (
        "没有可画的点：下级地区或单位没有已审结的案件。可改看“单位”，或另选口径。",
        "Nothing to draw: no place below or organ has decided cases. Try organs, or another scope.",
    ),
    "disputes.pending": ("尚未审结", "Pending"),
    "disputes.pending.note": ("复议与诉讼，年末", "Reconsiderations and lawsuits, at year's end"),
    "disputes.pending.all_years": ("跨年不可相加", "Does not add up over years"),
    "disputes.pending.help": (
        "年末尚未审结的复议和诉讼。它们下一年才有结果，所以不计入纠错率，跨年也不相加。",
        "Reconsiderations and lawsuits open at year's end. Their result comes in a later year: rates leave them out, and years are not added up.",
    ),
    "chart.dispute_years.title": ("历年结果", "Results by year"),
    "chart.dispute_years.text": (
        "每类一行，按结果堆叠；三行的刻度各自不同。空缺表示没有数字。",
        "A row for each track, stacked by result; the three scales differ. A gap is no number.",
    ),
    "chart.dispute_years.summary": (
        "堆叠柱状图：{place}，{years} 年复议诉讼合计依次为 {values} 件。",
        "Stacked bars: {place}, disputes in {years}: {values}.",
    ),
    "chart.dispute_results.title": ("结果构成", "Mix of results"),
    "chart.dispute_results.text": (
        "各类中每种结果的占比，柱上是件数；不足 30 件的颜色变浅。选全部年度时不含尚未审结。",
        "Share of each result within its track, with the counts. Pale below 30 cases. Over all years without the pending.",
    ),
    "chart.dispute_results.summary": (
        "堆叠柱状图：{place}，{year}，{values}。",
        "Stacked bars: {place}, {year}: {values}.",
    ),
    "disputes.track": ("看哪一类", "Rate"),
    "disputes.by": ("每点代表", "A point for each"),
    "disputes.by.place": ("下级地区", "Place below"),
    "disputes.by.organ": ("单位", "Organ"),
    "chart.funnel.title": ("谁的纠错率不寻常", "Whose correction rate is unusual"),
    "chart.funnel.text": (
        "横轴是已审结件数，纵轴是纠错率；实线是各点合计的纠错率，虚线之间是件数这么多时偶然性可以解释的范围（Wilson 95%）。"
        "每 20 个点约有 1 个会因偶然落在外面。点下级地区可进入该地。",
        "Cases decided across, share corrected up. The line is the rate of all points together; between the dashes lies what chance explains at "
        "that number of cases (Wilson, 95 %). One point in twenty falls outside by chance. Choose a place to go there.",
    ),
    "chart.funnel.summary": (
        "漏斗图：{place}，{year}，{points} 个点，合计纠错率 {rate}。高于上限的：{above}。",
        "Funnel plot: {place}, {year}, {points} points, {rate} together. Above the limit: {above}.",
    ),
    "chart.funnel.x": ("已审结（件，对数刻度）", "Cases decided (log scale)"),
    "disputes.standing.above": ("▲ 高于上限", "▲ Above the limit"),
    "disputes.standing.within": ("● 在界限内", "● Within the limits"),
    "disputes.standing.below": ("▼ 低于下限", "▼ Below the limit"),
    "disputes.standing.too_few": ("○ 样本不足（不足 30 件）", "○ Too few cases (below 30)"),
    "disputes.interval": ("95% 区间 {low}–{high}%", "95 % interval {low}–{high}%"),
    "disputes.reading": (
        "共 {points} 个点有已审结案件，其中 {rated} 个满 30 件、可以评价；各点合计 {rate}，口径：{scope}。尚未审结的不计。",
        "{points} points have decided cases, {rated} of them thirty or more; together {rate}, scope: {scope}. Pending cases are left out.",
    ),
    "disputes.table.title": ("纠错率明细", "Correction rates"),
    "disputes.table.text": (
        "按已审结件数排列；不足 30 件的不评价、不排名。单位名打开报告，地区名进入该地。",
        "Most cases first; below thirty neither rated nor ranked. An organ opens its report, a place goes there.",
    ),
    "disputes.column.decided": ("已审结", "Decided"),
    "disputes.column.corrected": ("结果纠正", "Corrected"),
    "disputes.column.rate": ("纠错率", "Share corrected"),
    "disputes.column.interval": ("95% 区间", "95 % interval"),
    "disputes.column.standing": ("与合计相比", "Against the whole"),
}
