"""S12: prose that says again what last year's report, or a sibling's, said already.

Compared are the clauses of a section, without figures, names of places and the words for one's own office (我镇, 本局): a share of this
section's characters that stands, clause by clause, in the other report's same section. Only narrative counts: the tables' sections
say what the form demands in the same few words everywhere, and so do the sentences about the law.
"""

from __future__ import annotations

from .rule import Rule

_SECTIONS = ("overview", "problems", "other")
_CLAUSE = 5
"""Characters; shorter clauses (以下简称条例) are found in any report."""
_TEXT = 100
"""Characters of clauses that a section needs to be compared."""
_NEARLY_THE_SAME = 0.9

_FIGURES = "0123456789０１２３４５６７８９〇.%％"
_STOPS = "，。；：！？、,;:!?"
_OWN_OFFICE = "我本全镇乡街道办县区市州盟旗省局委厅"
_MARKS = ' \t\r\n　（）()《》“”"·—-【】'
_STATUTORY = ("条例", "统计期限", "电子版", "信息处理费", "需要报告的事项", "示例数据")

_COPIED = f"""
with organs as (
    select
        organ_key,
        organ_name,
        -- Under one roof: towns and streets of a county, departments of one government, counties of a city, cities of a province.
        case
            when organ_level in ('township', 'street') then 'town of ' || county_code
            when organ_type = 'department' then 'department of ' || region_code
            when organ_level = 'county' then 'county of ' || coalesce(city_code, province_code)
            when organ_level = 'city' then 'city of ' || province_code
        end as family,
        -- What siblings have in common need not go: only the name of their own place, or office, tells them apart.
        case
            when organ_type = 'department' then organ_name
            else regexp_replace(
                case organ_level
                    when 'county' then county_name
                    when 'city' then city_name
                    when 'province' then province_name
                    else township_name
                end,
                '(自治)?(镇|乡|街道|县|区|市|州|盟|旗|省)$',
                ''
            )
        end as own_name
    from dim_organ
),

reports as (
    select
        row_number() over (order by report.report_key) as report_no,
        report.report_key,
        report.organ_key,
        report.year,
        organs.family,
        organs.organ_name,
        case when length(organs.own_name) > 1 then organs.own_name else '〓' end as own_name
    from dim_report as report
    inner join organs on report.organ_key = organs.organ_key
    where report.is_current
),

clauses as (
    select
        reports.report_no,
        section.section_code,
        unnest(string_split(
            translate(
                replace(section.text, reports.own_name, ''),
                '{_STOPS}{_FIGURES}{_OWN_OFFICE}{_MARKS}',
                '{"。" * len(_STOPS)}'
            ),
            '。'
        )) as clause
    from report_section as section
    inner join reports on section.report_key = reports.report_key
    where section.section_code in {_SECTIONS} and length(section.text) >= {_TEXT}
),

-- A clause's hash stands for it from here on: joins of numbers, whatever the length of the prose.
prints as (
    select distinct
        report_no,
        section_code,
        hash(clause) as print,
        length(clause)::integer as characters
    from clauses
    where length(clause) >= {_CLAUSE} {" ".join(f"and not contains(clause, '{words}')" for words in _STATUTORY)}
),

texts as (
    select
        report_no,
        section_code,
        sum(characters) as characters
    from prints
    group by report_no, section_code
    having sum(characters) >= {_TEXT}
),

marked as (
    select
        prints.report_no,
        prints.section_code,
        prints.print,
        prints.characters,
        reports.organ_key,
        reports.year,
        hash(reports.family, reports.year) as siblings,
        reports.family is not null as has_family
    from prints
    semi join texts on prints.report_no = texts.report_no and prints.section_code = texts.section_code
    inner join reports on prints.report_no = reports.report_no
),

shared as (
    select
        this.report_no,
        this.section_code,
        other.report_no as other_no,
        sum(this.characters) as characters
    from marked as this
    inner join marked as other
        on
            this.organ_key = other.organ_key
            and this.year = other.year + 1
            and this.section_code = other.section_code
            and this.print = other.print
    group by this.report_no, this.section_code, other.report_no
    union all
    select
        this.report_no,
        this.section_code,
        other.report_no as other_no,
        sum(this.characters) as characters
    from marked as this
    inner join marked as other
        on
            this.siblings = other.siblings
            and this.section_code = other.section_code
            and this.print = other.print
            and this.report_no != other.report_no
    where this.has_family
    group by this.report_no, this.section_code, other.report_no
),

closest as (
    select
        report_no,
        section_code,
        max(characters) as characters,
        arg_max(other_no, (characters, -other_no)) as other_no
    from shared
    group by report_no, section_code
),

-- Who stands alone, without a year before and without siblings, cannot have copied what is here.
comparable as (
    select
        report_no,
        count(*) over (partition by family, year) > 1 and family is not null
        or lag(year) over (partition by organ_key order by year) = year - 1 as has_others
    from reports
),

compared as (
    select
        texts.report_no,
        texts.section_code,
        closest.other_no,
        comparable.has_others,
        floor(1000 * coalesce(closest.characters, 0) / texts.characters) / 1000 as similarity
    from texts
    inner join comparable on texts.report_no = comparable.report_no
    left join closest on texts.report_no = closest.report_no and texts.section_code = closest.section_code
)

select
    reports.report_key,
    'section.' || compared.section_code as place,
    case
        when not coalesce(compared.has_others, false) then 'not_assessable'
        when compared.similarity >= {_NEARLY_THE_SAME} then 'fail'
        else 'pass'
    end as status,
    compared.similarity as left_value,
    {_NEARLY_THE_SAME} as right_value,
    compared.similarity - {_NEARLY_THE_SAME} as difference,
    null as cells,
    case
        when not coalesce(compared.has_others, false) then '没有上一年度的报告或同级机关的报告可比'
        when compared.similarity >= {_NEARLY_THE_SAME}
            then
                '去除数字和名称后，'
                || round(100 * compared.similarity)::integer
                || '% 的文字与'
                || case when reports.organ_key = other.organ_key then '本机关上一年度的报告' else other.organ_name end
                || '相同'
    end as detail,
    case when compared.similarity >= {_NEARLY_THE_SAME} then other.report_key end as other_report_key
from compared
inner join reports on compared.report_no = reports.report_no
left join reports as other on compared.other_no = other.report_no
"""

RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="S12",
        rule_name="copied_narrative",
        severity="warning",
        title_zh="内容雷同",
        title_en="Narrative copied",
        formula=(
            "去除数字和名称后，总体情况、存在问题等文字与本机关上年报告、同一上级下同类机关当年报告相同的部分"
            f"不到 {_NEARLY_THE_SAME:.0%}"
        ),
        basis="年度报告应当反映本机关当年的情况（条例第50条）",
        sql=_COPIED,
        scope="history",
    ),
)
