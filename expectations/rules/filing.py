"""H7, H8 and S11: whether a report is whole, whether it came in time, and whether it speaks of its own year."""

from __future__ import annotations

from dagster_project.report_parser.form import FORMS, SECTIONS

from .rule import RULE_OF_FORM, Rule

_LABELS = dict(SECTIONS)
_TABLES = [table.code for table in FORMS["2021"].tables]
_SECTION_CODES = ", ".join(f"'{code}'" for code in _LABELS)
_TABLE_CODES = ", ".join(f"'{code}'" for code in _TABLES)
_LABEL = "case code " + " ".join(f"when '{code}' then '{label}'" for code, label in SECTIONS) + " end"
"""A table has the heading of its section."""

_TITLED = """
titled as (
    select
        report_key,
        year,
        signed_on,
        extract(year from period_start) as period_year,
        -- Nearly every title has the year as it is written here; only what has it in another way is searched for what it may be.
        contains(title, cast(year as varchar)) as names_year,
        case
            when not names_year
                then list_distinct(
                    regexp_extract_all(translate(title, '〇○零OoΟ一二三四五六七八九', '000000123456789'), '20\\d\\d')
                )
        end as years
    from {dim_report}
),

report as (
    select
        * exclude (names_year, years),
        case
            when names_year or list_contains(years, cast(year as varchar)) then year
            when len(years) = 1 then cast(years[1] as integer)
        end as title_year
    from titled
)"""
"""The year that the title names: null where it names none, or several and not the report's. The first of a query's tables."""

_REPORT_COMPLETE = f"""
with {_TITLED},

headings as (
    select report_key, count(*) as sections
    from {{report_section}}
    group by report_key
),

lost as (
    select printed.report_key, list(printed.table_code::varchar) as tables
    from (
        select report_number, table_code
        from {{telling_cell}}
        group by report_number, table_code
        having bool_and(state = 'absent')
    )
    inner join {{printed_table}} as printed using (report_number, table_code)
    group by printed.report_key
),

-- Most reports have the six sections and the three tables, and are looked at no further.
incomplete as (
    select
        report.report_key,
        coalesce(headings.sections, 0) as sections,
        coalesce(lost.tables, []) as lost_tables,
        cut.report_key is not null as is_cut
    from {{dim_report}} as report
    left join headings on report.report_key = headings.report_key
    left join lost on report.report_key = lost.report_key
    left join (select distinct report_key from {{report_finding}} where code = 'cut_short') as cut
        on report.report_key = cut.report_key
    where coalesce(headings.sections, 0) < {len(SECTIONS)} or lost.report_key is not null
),

missing as (
    select
        incomplete.report_key,
        incomplete.is_cut,
        incomplete.lost_tables,
        true as is_section,
        named.code
    from incomplete
    cross join (select unnest([{_SECTION_CODES}]) as code) as named
    anti join {{report_section}} as section
        on incomplete.report_key = section.report_key and named.code = section.section_code
    where incomplete.sections > 0
    union all
    select report_key, is_cut, lost_tables, false, unnest(lost_tables)
    from incomplete
    where sections > 0
),

looked_at as (
    -- A heading in words that no reader expects is not a missing section: its table is there. Nor is what the file was cut off from.
    select
        report_key,
        case when is_section then 'section.' || code else code end as place,
        case
            when is_cut or (is_section and code in ({_TABLE_CODES}) and not list_contains(lost_tables, code))
                then 'not_assessable'
            else 'fail'
        end as status,
        null as title_year,
        null as period_year,
        case
            when is_cut then '文件在中途断开，其后是否完整无法判断'
            when not is_section then '没有可读取的“' || {_LABEL} || '”统计表'
            when code in ({_TABLE_CODES}) and not list_contains(lost_tables, code)
                then '没有认出“' || {_LABEL} || '”的标题，其统计表在'
            else '没有“' || {_LABEL} || '”一节'
        end as detail
    from missing
    union all
    -- A workbook with nothing but the tables is an annex: the report itself may be elsewhere.
    select report_key, 'report', 'not_assessable', null, null, '没有任何章节标题，可能只是报告的附表'
    from incomplete
    where sections = 0
    union all
    select
        report_key,
        'title',
        'fail',
        title_year,
        period_year,
        '标题为' || title_year || '年，统计期限为' || period_year || '年'
    from report
    where title_year != period_year
)

select
    report_key,
    place,
    status,
    title_year as left_value,
    period_year as right_value,
    title_year - period_year as difference,
    [] as cells,
    detail,
    null as other_report_key
from looked_at
union all
select report_key, 'report', 'pass', null, null, null, null, null, null
from report
anti join looked_at using (report_key)
"""

_DAY = "%Y年%-m月%-d日"

_PUBLISHED_ON_TIME = f"""
with filed as (
    select
        filing.*,
        report.signed_on,
        make_date(filing.year, 12, 31) as year_end
    from mart_filing as filing
    inner join dim_report as report on filing.report_key = report.report_key
),

judged as (
    select
        *,
        case
            when published_on is null then 'unknown'
            -- Nobody is years late: the day is mistyped.
            when extract(year from published_on) > year + 2 then 'odd'
            -- A site that moved shows the day of its move.
            when published_by = 'published' and signed_on <= due_on and extract(year from published_on) > year + 1
                then 'moved'
            when published_on > due_on then 'late'
            else 'in_time'
        end as verdict,
        case published_by when 'published' then '公布日期' else '落款日期' end
        || strftime(published_on, '{_DAY}')
        || case published_by when 'published' then '' else '（公布日期不详，以落款日期计）' end as told,
        '限期' || strftime(due_on, '{_DAY}') as due
    from filed
)

select
    report_key,
    'published_on' as place,
    case verdict when 'late' then 'fail' when 'in_time' then 'pass' else 'not_assessable' end as status,
    published_on - year_end as left_value,
    due_on - year_end as right_value,
    published_on - due_on as difference,
    case when verdict != 'in_time' then [] end as cells,
    case verdict
        when 'unknown' then '没有可信的公布日期或落款日期，' || due
        when 'odd' then told || '，与报告年度相距过远，请核对'
        when 'moved' then told || '，而落款为' || strftime(signed_on, '{_DAY}') || '，可能是网页迁移的日期'
        when 'late' then told || '，' || due || '，逾期' || (published_on - due_on) || '天'
        when 'in_time' then case when published_by = 'signed' then told end
    end as detail,
    null as other_report_key
from judged
"""

_BODIES = "省|市|州|盟|县|区|旗|镇|乡|街道|苏木|办|局|委|厅|院|校|中心|单位|机关|部门|系统|级"
_OWN_WORK = "信息公开|政务公开|主动公开|公开信息|申请|行政复议|行政诉讼|行政许可|行政处罚|规范性文件"
_HEADING = r"(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]+[^，,、\d]*)?"
_OF_A_YEAR = rf"^{_HEADING}(20\d\d)年度?(?:[，,].*(?:我(?:{_BODIES})|本(?:{_BODIES})|全(?:年|{_BODIES})|{_OWN_WORK})|[我本全](?:{_BODIES}))"
"""How a sentence begins that tells what the body itself did in a year. Group 1 is the year."""
_OF_THE_PAST = (
    "印发|修订|施行|出台|国务院|国办|荣获|获评|被评|授予|成立|改革|整改|巡察|以来|截至|(?:较|比|与|同|至|到|自)20"
)
"""Words of sentences that rightly name another year: what was decreed, won, or compared."""
_OF_THE_FUTURE = "将|计划|拟|下一步|继续|力争|争取|进一步|目标"
_COUNT = r"\d+(?:余)?(?:件|条|次|篇|份|项|个)"
_OLDEST = 5
"""A year longer ago was not left standing from an earlier report: it is told on purpose."""
_OTHER_YEARS = ", ".join(f"cast(report.year + {years} as varchar)" for years in (*range(-_OLDEST, 0), 1))
_YEAR_OF_WORK = r"(20\d\d)\s*年\s*度?\s*[，,我本全]"
"""What every such beginning has in it. Most sections are done with here: they name no other year in this way."""

_STALE_YEAR = f"""
with {_TITLED},

-- Dates, notices and comparisons are many: what no sentence begins with is looked at no further.
other_years as (
    select
        report.report_key,
        report.year,
        report.title_year,
        report.period_year,
        -- Published in the last months of a year, a report may be on that year or late for the one before.
        case when extract(month from report.signed_on) <= 10 then extract(year from report.signed_on) - 1 end as signed_year,
        section.section_code,
        section.text
    from {{report_section}} as section
    inner join report on section.report_key = report.report_key
    where
        section.section_code in ('overview', 'disclosure', 'application', 'dispute', 'other')
        and regexp_matches(section.text, '{_YEAR_OF_WORK}')
        and list_has_any(regexp_extract_all(section.text, '{_YEAR_OF_WORK}', 1), [{_OTHER_YEARS}])
),

-- A line that ends without a mark goes on in the next.
parted as (
    select
        * exclude (text),
        string_split_regex(
            regexp_replace(regexp_replace(text, '[ \\t\u00a0\u3000]', '', 'g'), '([^。；！？：:\\n])\\n', '\\1', 'g'),
            '[。；！？\\n]'
        ) as sentences
    from other_years
),

numbered as (
    select * exclude (sentences), unnest(sentences) as sentence, generate_subscripts(sentences, 1) as number
    from parted
),

-- A sentence that names the report's year as well compares.
begun as (
    select
        *,
        cast(nullif(regexp_extract(sentence, '{_OF_A_YEAR}', 1), '') as integer) as told_year,
        contains(sentence, year || '年') as names_own_year,
        regexp_matches(sentence, '{_COUNT}') as has_count
    from numbered
    where sentence != ''
),

placed as (
    select
        *,
        has_count
        and (
            coalesce(lag(told_year = year and has_count) over neighbours, false)
            or coalesce(lead(told_year = year and has_count) over neighbours, false)
        ) as is_beside_own_count
    from begun
    window neighbours as (partition by report_key, section_code order by number)
),

judged as (
    select
        *,
        case
            when title_year != period_year and told_year = title_year then '标题与统计期限不一致，所述年度无法判断'
            when regexp_matches(sentence, '今年|本年[^度]') then '句中又称“今年”“本年”，是否为对比无法判断'
            when is_beside_own_count then '与相邻句的本年度数字并列，是否为对比无法判断'
        end as doubt
    from placed
    where
        told_year is not null
        and not names_own_year
        and not regexp_matches(sentence, '{_OF_THE_PAST}')
        and (
            told_year between year - {_OLDEST} and year - 1
            or (told_year = year + 1 and not regexp_matches(sentence, '{_OF_THE_FUTURE}'))
        )
),

-- Without a stated period the title alone says the year: where prose and signature agree on another, the title is the odd one.
in_prose as (
    select
        report_key,
        case
            when period_year is null and title_year is not null and told_year = signed_year then 'title'
            else 'section.' || section_code
        end as place,
        arg_min(told_year, (doubt is not null, number)) as told_year,
        arg_min(sentence, (doubt is not null, number)) as sentence,
        arg_min(coalesce(doubt, ''), (doubt is not null, number)) as doubt,
        any_value(year) as year
    from judged
    group by all
),

looked_at as (
    select
        report_key,
        place,
        case when doubt = '' then 'fail' else 'not_assessable' end as status,
        case place when 'title' then year else told_year end as left_value,
        case place when 'title' then told_year else year end as right_value,
        case
            when place = 'title' then '标题为' || year || '年，落款和正文为' || told_year || '年：' || left(sentence, 80)
            when doubt = '' then left(sentence, 80)
            else left(sentence, 80) || '（' || doubt || '）'
        end as detail
    from in_prose
    union all
    -- Against the period as well as the title the signature decides; it proves a title right, not a period.
    select
        report_key,
        'title',
        case when extract(year from signed_on) - 1 = title_year then 'not_assessable' else 'fail' end,
        title_year,
        year,
        '标题为' || title_year || '年，统计期限为' || period_year || '年'
        || coalesce('，落款于' || strftime(signed_on, '{_DAY}'), '')
    from report
    where title_year != period_year
)

select
    report_key,
    place,
    status,
    left_value,
    right_value,
    left_value - right_value as difference,
    [] as cells,
    detail,
    null as other_report_key
from looked_at
union all
select report_key, 'report', 'pass', null, null, null, null, null, null
from report
anti join looked_at using (report_key)
where title_year = year
"""

RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="H7",
        rule_name="report_complete",
        severity="error",
        title_zh="报告完整",
        title_en="The report is complete",
        formula="有一至六各节和三张统计表，标题年度 = 统计期限年度",
        basis=f"{RULE_OF_FORM}：报告的六个部分和三张表",
        sql=_REPORT_COMPLETE,
        passes_once=True,
    ),
    Rule(
        rule_id="H8",
        rule_name="published_on_time",
        severity="error",
        title_zh="按期公布",
        title_en="Published on time",
        formula="公布日期 ≤ 限期（部门次年1月31日，政府次年3月31日；登记册另有限期的从其限期）",
        basis="条例第四十九条",
        sql=_PUBLISHED_ON_TIME,
        # The register sets deadlines, and the first version of a report counts.
        scope="history",
        only_warns="report.report_key in (select report_key from mart_filing where not is_binding)",
    ),
    Rule(
        rule_id="S11",
        rule_name="stale_year",
        severity="warning",
        title_zh="年度陈旧",
        title_en="Another year than the report's",
        formula="标题和正文自述所用的年度 = 报告年度",
        basis="前后一致",
        sql=_STALE_YEAR,
        passes_once=True,
    ),
)
