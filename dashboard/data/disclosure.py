"""The questions of the page on proactive disclosure: table 2 of the form, and what the prose says of channels.

The two versions of the form ask for different things: only the decisions on licences, penalties and coercive measures are in both. A sum
adds numbers only and is null when there is none; `unknown` counts the cells of the form that hold none.
"""

from __future__ import annotations

from .query import Query
from .selection import IN_ALL_YEARS, IN_YEAR


def _figures(columns: str) -> str:
    """Goes on after IN_YEAR or IN_ALL_YEARS: `item` has a row for every year and figure of table 2 whose column matches the pattern."""
    return f"""
, summed as (
    select year, sum(columns('^disclosure_{columns}$')) from report group by year
)
, sums as (
    unpivot summed on columns(* exclude (year)) into name measure value value
)
, stated as (
    select
        year,
        count(*) filter (form = '2021') as reports_2021,
        count(*) filter (form = '2019') as reports_2019,
        count(columns('^disclosure_{columns}$'))
    from report
    group by year
)
, counts as (
    unpivot stated on columns(* exclude (year, reports_2021, reports_2019)) into name measure value reports
)
, item as (
    select
        c.year,
        d.*,
        s.value,
        c.reports as stated,
        case when d.in_form_2021 then c.reports_2021 else 0 end
            + case when d.in_form_2019 then c.reports_2019 else 0 end as asked
    from counts c
    join dim_disclosure_item d on c.measure = 'disclosure_' || d.item_code || '_' || d.measure_code
    left join sums s on c.year = s.year and c.measure = s.measure
)
"""


_BY_YEAR = """
select year, item_code, measure_code, value, stated, asked - stated as unknown
from item
where asked > 0
order by year, sort_order
"""

# Rule S13: out of the organ's own history, yuan for 万元 above all. Such figures are in the sums as printed, and told apart.
_FLAGGED = """
, flagged as (
    select f.year, f.place, sum(f.left_value) as value
    from fct_rule_result f
    join report r using (report_key)
    where f.rule_id = 'S13' and f.status = 'fail' and starts_with(f.place, 'disclosure.')
    group by f.year, f.place
)
select i.year, i.item_code, i.measure_code, i.value, f.value as flagged, i.stated, i.asked - i.stated as unknown
from item i
left join flagged f on i.year = f.year and f.place = 'disclosure.' || i.item_code || '.' || i.measure_code
where i.asked > 0
order by i.year, i.sort_order
"""

DOCUMENTS = Query(
    "documents",
    IN_ALL_YEARS + _figures("(rules|normative_documents)_(issued|repealed|in_force)") + _BY_YEAR,
)
"""Rules and normative documents issued, repealed and in force, as the form of 2021 asks; unit 件."""

TRIAL_DOCUMENTS = Query(
    "trial_documents",
    IN_ALL_YEARS + _figures("(rules|normative_documents)_(newly_made|newly_disclosed|total_disclosed)") + _BY_YEAR,
)
"""Rules and normative documents made and disclosed, as the trial form of 2019 asks; unit 件."""

DECISIONS = Query(
    "decisions",
    IN_ALL_YEARS + _figures("(licences|penalties|coercive_measures)_decisions") + _FLAGGED,
)
"""Decisions on licences, penalties and coercive measures, in both versions of the form; unit 件."""

FEES = Query(
    "fees",
    IN_ALL_YEARS + _figures("fees_amount") + _FLAGGED,
)
"""Administrative fees charged, in the form of 2021 only; unit 万元."""

ITEMS = Query(
    "disclosed_items",
    IN_YEAR
    + _figures(".*")
    + """
select
    item_code,
    measure_code,
    any_value(item_zh) as item_zh,
    any_value(item_en) as item_en,
    any_value(measure_zh) as measure_zh,
    any_value(measure_en) as measure_en,
    any_value(unit) as unit,
    any_value(in_form_2019) as in_form_2019,
    any_value(in_form_2021) as in_form_2021,
    sum(value) as value,
    sum(stated) as stated,
    sum(asked - stated) as unknown
from item
where asked > 0
group by item_code, measure_code
order by any_value(sort_order)
""",
    is_short=True,
)
"""Every figure of table 2 that the forms in use ask for."""

# The stock of a year is that of the year before with what came and without what went, if the same organs are compared.
STOCK = Query(
    "documents_flow_and_stock",
    IN_ALL_YEARS
    + """
, document as (
    select
        organ_key,
        year,
        'normative_documents' as item_code,
        disclosure_normative_documents_issued as issued,
        disclosure_normative_documents_repealed as repealed,
        disclosure_normative_documents_in_force as in_force
    from report
    union all
    select
        organ_key,
        year,
        'rules',
        disclosure_rules_issued,
        disclosure_rules_repealed,
        disclosure_rules_in_force
    from report
)
, pair as (
    select
        this.year,
        this.item_code,
        last.in_force as in_force_before,
        this.issued,
        this.repealed,
        last.in_force + this.issued - this.repealed as expected,
        this.in_force
    from document this
    join document last
        on this.organ_key = last.organ_key and this.item_code = last.item_code and this.year = last.year + 1
)
select
    p.year,
    p.item_code,
    any_value(d.item_zh) as item_zh,
    any_value(d.item_en) as item_en,
    count(*) as organs,
    sum(p.in_force_before) as in_force_before,
    sum(p.issued) as issued,
    sum(p.repealed) as repealed,
    sum(p.expected) as expected,
    sum(p.in_force) as in_force,
    sum(p.in_force - p.expected) as difference,
    count(*) filter (p.in_force <> p.expected) as unequal
from pair p
join dim_disclosure_item d on p.item_code = d.item_code and d.measure_code = 'in_force'
where p.expected is not null and p.in_force is not null
group by p.year, p.item_code
order by p.year desc, p.item_code
""",
    is_short=True,
)
"""Flow against stock over the organs that state all four numbers: in force the year before, issued, repealed, and in force."""

# Several figures for one channel in one report may be parts or repetitions: such a report is counted and not added.
CHANNELS = Query(
    "channels",
    IN_YEAR
    + """
, named as (
    select
        c.report_key,
        c.channel_code,
        count(*) as figures,
        any_value(c.value) as value,
        bool_or(c.is_approximate) as is_approximate
    from fct_channel c
    join report r using (report_key, year)
    group by c.report_key, c.channel_code
)
select
    n.channel_code,
    d.claim_zh as channel_zh,
    d.claim_en as channel_en,
    count(*) as reports,
    sum(n.value) filter (n.figures = 1 and not n.is_approximate) as exact,
    sum(n.value) filter (n.figures = 1 and n.is_approximate) as approximate,
    count(*) filter (n.figures = 1 and n.is_approximate) as approximate_reports,
    count(*) filter (n.figures > 1) as several_figures
from named n
join dim_claim d on d.kind = 'channel' and n.channel_code = d.code
group by n.channel_code, d.claim_zh, d.claim_en, d.sort_order
order by list_sum([exact, approximate]) desc nulls last, d.sort_order
""",
)
"""Items published through each channel by the prose of the reports that give one figure for it; unit 条."""

# The key alone would do, but a release has these rows in order of years: with the year the others' sentences are not read.
SENTENCES = Query(
    "channel_sentences",
    IN_YEAR
    + """
select
    r.report_key,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    r.year,
    d.claim_zh as channel_zh,
    d.claim_en as channel_en,
    c.value,
    c.is_approximate,
    c.sentence
from report r
join fct_channel c using (report_key, year)
join dim_organ o on r.organ_key = o.organ_key
join dim_claim d on d.kind = 'channel' and c.channel_code = d.code
order by c.value desc, o.region_code, o.organ_name, r.year, d.sort_order
""",
)
"""Every figure of a channel with the sentence that states it."""

DISCLOSED = Query(
    "disclosed_by_report",
    IN_YEAR
    + """
select
    r.report_key,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    r.year,
    r.form,
    r.disclosure_normative_documents_issued as documents_issued,
    r.disclosure_normative_documents_repealed as documents_repealed,
    r.disclosure_normative_documents_in_force as documents_in_force,
    r.disclosure_rules_in_force as rules_in_force,
    r.disclosure_licences_decisions as licences,
    r.disclosure_penalties_decisions as penalties,
    r.disclosure_coercive_measures_decisions as coercive_measures,
    r.disclosure_fees_amount as fees,
    r.disclosure_normative_documents_newly_made as newly_made,
    r.disclosure_normative_documents_total_disclosed as total_disclosed
from report r
join dim_organ o using (organ_key)
order by r.disclosure_licences_decisions desc nulls last, o.region_code, o.organ_name, r.year
""",
)
"""Each report with its figures of table 2."""

OUTLIERS = Query(
    "disclosed_outliers",
    IN_YEAR
    + """
select
    r.report_key,
    o.organ_name,
    concat_ws(' · ', o.province_name, o.city_name, o.county_name, o.township_name) as place,
    r.year,
    d.item_zh,
    d.item_en,
    d.measure_zh,
    d.measure_en,
    f.left_value as value,
    f.right_value as median,
    f.detail
from fct_rule_result f
join report r using (report_key)
join dim_organ o on r.organ_key = o.organ_key
join dim_disclosure_item d on f.place = 'disclosure.' || d.item_code || '.' || d.measure_code
where f.rule_id = 'S13' and f.status = 'fail' and starts_with(f.place, 'disclosure.')
order by f.left_value desc nulls last, o.region_code, o.organ_name, r.year
""",
)
"""Figures of table 2 that are far out of their organ's history (rule S13), the largest first."""

QUERIES = (DOCUMENTS, TRIAL_DOCUMENTS, DECISIONS, FEES, ITEMS, STOCK, CHANNELS, SENTENCES, DISCLOSED, OUTLIERS)
