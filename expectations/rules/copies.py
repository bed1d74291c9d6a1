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

_REPORTS = """
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
        organs.organ_name,
        case when length(organs.own_name) > 1 then organs.own_name else '〓' end as own_name,
        hash('year', report.organ_key, report.year) as this_year,
        hash('year', report.organ_key, report.year - 1) as year_before,
        case when organs.family is not null then hash('family', organs.family, report.year) end as siblings
    from dim_report as report
    inner join organs on report.organ_key = organs.organ_key
    where report.is_current
)
"""
"""Every current report. One is held against that whose `this_year` is its `year_before`, and against those with its `siblings`."""

_KIN = f"""
{_REPORTS}
select
    report_key,
    hash(organ_name, own_name) as basis,
    list_filter([this_year, siblings], lambda kin: kin is not null) as seen_by,
    list_filter([year_before, siblings], lambda kin: kin is not null) as looks_at
from reports
"""

_COPIED = f"""
{_REPORTS},

asked as (
    select *
    from reports
    semi join {{asked_report}} using (report_key)
),

-- The asked reports, and those that they are held against.
needed as (
    select *
    from reports
    where
        this_year in (select this_year from asked union all select year_before from asked)
        or siblings in (select siblings from asked)
),

clauses as (
    select
        needed.report_no,
        section.section_code,
        unnest(string_split(
            translate(
                replace(section.text, needed.own_name, ''),
                '{_STOPS}{_FIGURES}{_OWN_OFFICE}{_MARKS}',
                '{"。" * len(_STOPS)}'
            ),
            '。'
        )) as clause
    from report_section as section
    inner join needed on section.report_key = needed.report_key
    where section.section_code in {_SECTIONS} and length(section.text) >= {_TEXT}
),

-- A clause's hash stands for it and its section from here on: joins of numbers, whatever the length of the prose.
prints as (
    select
        report_no,
        hash(section_code, clause) as print,
        any_value(section_code) as section_code,
        any_value(length(clause))::integer as characters
    from clauses
    where length(clause) >= {_CLAUSE} {" ".join(f"and not contains(clause, '{words}')" for words in _STATUTORY)}
    group by report_no, print
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
        needed.this_year,
        needed.year_before,
        needed.siblings
    from prints
    semi join texts on prints.report_no = texts.report_no and prints.section_code = texts.section_code
    inner join needed on prints.report_no = needed.report_no
),

shared as (
    select
        this.report_no,
        this.section_code,
        other.report_no as other_no,
        sum(this.characters) as characters
    from marked as this
    inner join marked as other on this.year_before = other.this_year and this.print = other.print
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
            and this.print = other.print
            and this.report_no != other.report_no
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
        count(*) over (partition by siblings) > 1 and siblings is not null
        or year_before in (select this_year from needed) as has_others
    from needed
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
    asked.report_key,
    'section.' || compared.section_code as place,
    case
        when not compared.has_others then 'not_assessable'
        when compared.similarity >= {_NEARLY_THE_SAME} then 'fail'
        else 'pass'
    end as status,
    compared.similarity as left_value,
    {_NEARLY_THE_SAME} as right_value,
    compared.similarity - {_NEARLY_THE_SAME} as difference,
    null as cells,
    case
        when not compared.has_others then '没有上一年度的报告或同级机关的报告可比'
        when compared.similarity >= {_NEARLY_THE_SAME}
            then
                '去除数字和名称后，'
                || round(100 * compared.similarity)::integer
                || '% 的文字与'
                || case when asked.organ_key = other.organ_key then '本机关上一年度的报告' else other.organ_name end
                || '相同'
    end as detail,
    case when compared.similarity >= {_NEARLY_THE_SAME} then other.report_key end as other_report_key
from compared
inner join asked on compared.report_no = asked.report_no
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
        kin=_KIN,
    ),
)
