"""S6 to S10: what the prose states, held against the tables and against itself.

The prose's figures are the parser's claims, which are certain of what a figure counts but not of how much of the year's work it
covers. So what may be a part of the table's figure (less than it, beside another figure that fits) and what may cover more than the
report (全县, 各部门) is no contradiction here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dagster_project.report_parser.form import APPLICANTS, FORMS, OUTCOME_GROUPS, TOTAL

from .rule import CODES, Rule

_BASIS = "同一份报告的正文与表格陈述的是同一事实"
_COVERS_MORE = (
    "全(?:县|縣|市|区|區|省|州[^县]|旗|盟|系统|系統)|各级|各級|各(?:县|市|区|乡|镇|街道|部门|单位|地)|所属|下属|辖区"
)
"""Words of a sentence that may speak of others beside the one who reports."""

_Cells = tuple[tuple[str, str], ...]
"""Cells of one table, as (row, column)."""


class _Meaning(NamedTuple):
    """What a claim's figure may be the sum of: any of the `readings` will do. `place` names the figure within the table."""

    code: str
    place: str
    readings: tuple[_Cells, ...]


def _received(code: str, *columns: str) -> _Meaning:
    """收到 may mean what was newly received, or with it what was carried in from last year."""
    new: _Cells = tuple(("new_received", column) for column in columns)
    return _Meaning(
        code, f"new_received.{columns[0]}", (new, new + tuple(("carried_in", column) for column in columns))
    )


def _application(code: str, place: str, rows: Iterable[str]) -> _Meaning:
    return _Meaning(code, f"{place}.{TOTAL.code}", (tuple((row, TOTAL.code) for row in rows),))


_NAMED_APPLICANTS = tuple(applicant.code for applicant in APPLICANTS if applicant.code != "other")
"""其他 names nobody: no claim is made of it."""

_OUTCOMES = {
    group.code: tuple(
        dict.fromkeys(
            row.code for form in FORMS.values() for row in form.by_code["application"].rows if row.group == group.code
        )
    )
    for group in OUTCOME_GROUPS
}
"""The rows of each group of outcomes, in either form."""
_OTHER_HANDLING = tuple(row for row in _OUTCOMES["other_handling"] if row != "other_handling")

_APPLICATIONS = (
    _received("received", TOTAL.code),
    *(_received(f"received_{applicant}", applicant) for applicant in _NAMED_APPLICANTS),
    _application("carried_in", "carried_in", ["carried_in"]),
    _application("processed", "processed_total", ["processed_total"]),
    _application("carried_forward", "carried_forward", ["carried_forward"]),
    *(_application(code, code, rows) for code, rows in _OUTCOMES.items() if code != "other_handling"),
    # One row of the trial form, a group of three in the other.
    _application("other_handling", "other_handling", ["other_handling"]),
    _application("other_handling", "other_handling", _OTHER_HANDLING),
    _application("not_held", "unavailable_not_held", ["unavailable_not_held"]),
)

_LITIGATION = ("direct_litigation", "litigation_after_reconsideration")
_DISPUTES = tuple(
    _Meaning(
        f"{code}{suffix}",
        f"{code}.{column}",
        tuple(tuple((track, column) for track in tracks) for tracks in readings),
    )
    for code, readings in (
        ("reconsideration", (("reconsideration",),)),
        # 行政诉讼 may leave out the suits that followed a reconsideration, or name them only.
        ("litigation", (_LITIGATION, *((track,) for track in _LITIGATION))),
    )
    for suffix, column in (("", "total"), ("_upheld", "upheld"), ("_corrected", "corrected"))
)

_DISCLOSURES = (
    *(
        _Meaning(f"{row}_{measure}", f"{row}.{measure}", (((row, measure),),))
        for row in ("rules", "normative_documents")
        for measure in ("issued", "repealed", "in_force")
    ),
    # The trial form has no 制发: it counts what was made and what was disclosed.
    *(
        _Meaning(f"{row}_issued", f"{row}.newly_made", (((row, "newly_made"),), ((row, "newly_disclosed"),)))
        for row in ("rules", "normative_documents")
    ),
    *(
        _Meaning(row, f"{row}.decisions", (((row, "decisions"),),))
        for row in ("licences", "penalties", "coercive_measures")
    ),
    _Meaning("fee_wan", "fees.amount", ((("fees", "amount"),),)),
    _Meaning("fee_yuan", "fees.amount", ((("fees", "amount"),),)),
)


def _column_or_row(meanings: Sequence[_Meaning]) -> str:
    """SQL that holds for each `cell` that some meaning names, and for few others."""
    named = {cell for meaning in meanings for cells in meaning.readings for cell in cells}
    rows = [row for row, _ in named]
    several = sorted({row for row in rows if rows.count(row) > 1})
    columns = sorted({column for row, column in named if row not in several})
    return f"(list_contains({several}, cell.row_code) or list_contains({columns}, cell.column_code))"


def _against_table(kind: str, table: str, meanings: Sequence[_Meaning]) -> str:
    """SQL of a rule that holds the prose's figures of `kind` against the cells of `table` that they may stand for."""
    # Fees in yuan and in 万元 are one thing.
    targets = list(dict.fromkeys(meaning[1:] for meaning in meanings))
    values = ",\n        ".join(
        f"({targets.index(meaning[1:])}, '{meaning.code}', {reading}, '{row}', '{column}')"
        for meaning in meanings
        for reading, cells in enumerate(meaning.readings)
        for row, column in cells
    )
    places = ",\n        ".join(
        f"({number}, '{table}.{place}', {[f'{table}.{row}.{column}' for row, column in readings[0]]})"
        for number, (place, readings) in enumerate(targets)
    )
    return f"""
with meaning as (
    select
        number,
        code,
        reading,
        row_code::{CODES["row_code"]} as row_code,
        column_code::{CODES["column_code"]} as column_code
    from (
        values
        {values}
    ) as named (number, code, reading, row_code, column_code)
),

meaning_place (number, place, cells) as (
    values
        {places}
),

claim as (
    select
        report_key,
        code,
        case when code = 'fee_yuan' then value / 10000 else value end::decimal(38, 6) as value,
        code in ('fee_yuan', 'fee_wan') as is_money,
        is_approximate,
        sentence
    from {{report_claim}}
    where kind = '{kind}'
),

-- A cell of the printed form that is not among the telling ones is a zero.
reading as (
    select
        claim.report_key,
        meaning.number,
        claim.value,
        meaning.reading,
        any_value(claim.is_money) as is_money,
        any_value(claim.is_approximate) as is_approximate,
        any_value(claim.sentence) as sentence,
        coalesce(sum(cell.value), 0) as known,
        coalesce(bool_or(cell.state in ('blank', 'dash')), false) as may_grow,
        coalesce(bool_or(cell.state in ('text', 'absent')), false) or bool_and(coalesce(cell.state, 'number') != 'number')
            as is_unreadable
    from claim
    inner join meaning on claim.code = meaning.code
    inner join {{printed_table}} as printed on claim.report_key = printed.report_key and printed.table_code = '{table}'
    inner join dim_form_cell as form_cell
        on
            printed.form = form_cell.form
            and printed.table_code = form_cell.table_code
            and meaning.row_code = form_cell.row_code
            and meaning.column_code = form_cell.column_code
    left join {{telling_cell}} as cell
        on
            printed.report_number = cell.report_number
            and cell.table_code = '{table}'
            and meaning.row_code = cell.row_code
            and meaning.column_code = cell.column_code
            -- As the join says, but known before it: most cells need not be looked up.
            and {_column_or_row(meanings)}
    group by claim.report_key, claim.code, meaning.number, claim.value, meaning.reading
),

-- Money is often rounded in the prose: it fits where it is less than one unit of the coarser print away.
fitted as (
    select
        *,
        case
            when is_unreadable then 'not_assessable'
            when
                value = known
                or (
                    is_money and value > 0 and known > 0
                    and abs(value - known) < greatest(
                        power(10, -length(rtrim(split_part(value::varchar, '.', 2), '0'))),
                        power(10, -length(rtrim(split_part(known::varchar, '.', 2), '0')))
                    )
                )
                then 'pass'
            when is_approximate then case when known > value then 'pass' else 'not_assessable' end
            when known < value and may_grow then 'not_assessable'
            else 'fail'
        end as status
    from reading
),

stated as (
    select
        report_key,
        number,
        value,
        any_value(sentence) as sentence,
        arg_min(known, reading) as known,
        value > max(known) as is_more,
        case
            when bool_or(status = 'pass') then 'pass'
            when bool_or(status = 'not_assessable') or regexp_matches(any_value(sentence), '{_COVERS_MORE}')
                then 'not_assessable'
            else 'fail'
        end as status
    from fitted
    group by report_key, number, value
),

-- A figure that is less than the table's may be a part of it, unless it is all that the prose tells.
told as (
    select
        report_key,
        number,
        case
            when bool_or(status = 'fail' and is_more) then 'fail'
            when bool_or(status = 'pass') then 'pass'
            when count(*) = 1 then any_value(status)
            else 'not_assessable'
        end as verdict,
        max(value) filter (where status = 'fail') as contradicting,
        max(value) filter (where status = 'pass') as fitting,
        max(value) as largest
    from stated
    group by report_key, number
)

-- Of several figures the largest is shown that the verdict rests on.
select
    told.report_key,
    meaning_place.place,
    told.verdict as status,
    stated.value as left_value,
    stated.known as right_value,
    stated.value - stated.known as difference,
    case when told.verdict != 'pass' then meaning_place.cells end as cells,
    case when told.verdict != 'pass' then stated.sentence end as detail,
    null as other_report_key
from told
inner join meaning_place using (number)
inner join stated
    on
        told.report_key = stated.report_key
        and told.number = stated.number
        and case told.verdict when 'fail' then told.contradicting when 'pass' then told.fitting else told.largest end
        = stated.value
"""


_DENIED = (
    ("application_received", "application", "new_received", TOTAL.code),
    ("application_carried_in", "application", "carried_in", TOTAL.code),
    ("application_carried_forward", "application", "carried_forward", TOTAL.code),
    ("dispute_reconsideration", "dispute", "reconsideration", TOTAL.code),
    *(("dispute_litigation", "dispute", track, TOTAL.code) for track in _LITIGATION),
    *(
        (f"{row}_issued", "disclosure", row, column)
        for row in ("rules", "normative_documents")
        for column in ("issued", "newly_made")
    ),
    *((row, "disclosure", row, "decisions") for row in ("licences", "penalties", "coercive_measures")),
    ("fees", "disclosure", "fees", "amount"),
)
"""The cells that are 0 where the prose says that there was none. No cell counts the fees for processing applications."""
_CONTRADICTIONS = f"""
with denied as (
    select code, {", ".join(f"{column}::{kind} as {column}" for column, kind in CODES.items())}
    from (
        values
        {", ".join(str(denied) for denied in _DENIED)}
    ) as named (code, table_code, row_code, column_code)
),

claim as (
    select report_key, code, sentence
    from {{report_claim}}
    where kind = 'none'
),

stated as (
    select
        claim.report_key,
        claim.sentence,
        printed.table_code || '.' || denied.row_code || '.' || denied.column_code as place,
        -- A cell of the printed form that is not among the telling ones is a zero.
        case when cell.report_number is null then 0 else cell.value end as value
    from claim
    inner join denied on claim.code = denied.code
    inner join {{printed_table}} as printed on claim.report_key = printed.report_key and denied.table_code = printed.table_code
    inner join dim_form_cell as form_cell
        on
            printed.form = form_cell.form
            and denied.table_code = form_cell.table_code
            and denied.row_code = form_cell.row_code
            and denied.column_code = form_cell.column_code
    left join {{telling_cell}} as cell
        on
            printed.report_number = cell.report_number
            and denied.table_code = cell.table_code
            and denied.row_code = cell.row_code
            and denied.column_code = cell.column_code
            -- As the join says, but known before it: of a whole year's cells most need not be looked up.
            and cell.row_code in ({", ".join(sorted({repr(row) for _, _, row, _ in _DENIED}))})
            and cell.column_code in ({", ".join(sorted({repr(column) for *_, column in _DENIED}))})
),

judged as (
    select
        *,
        case
            when value = 0 then 'pass'
            when value > 0 and not regexp_matches(sentence, '{_COVERS_MORE}') then 'fail'
            else 'not_assessable'
        end as status
    from stated
)

select
    report_key,
    place,
    status,
    0 as left_value,
    value as right_value,
    -value as difference,
    case when status != 'pass' then [place] end as cells,
    case when status != 'pass' then sentence end as detail,
    null as other_report_key
from judged
"""


_LISTS = (
    *(("application", "received", f"received_{applicant}", "applicant") for applicant in _NAMED_APPLICANTS),
    *(("application", "received", way, "way") for way in ("in_person", "letter", "online", "fax")),
    *(("application", "processed", outcome, "outcome") for outcome in _OUTCOMES),
    *(
        ("dispute", track, f"{track}_{result}", "result")
        for track in ("reconsideration", "litigation")
        for result in ("upheld", "corrected")
    ),
)
"""(kind, whole, part, what the parts are told apart by). Beside these, every channel is a part of what was published in all."""

_COUNTED = "([0-9０-９][0-9０-９,]*(?:\\.[0-9０-９]+)?) ?[余多来]?万?[余多]?(?:条|條|篇|期|则|則|件|项|項|份|宗|起|例|个|個|部)"
"""A figure that counts something, as the parser understands it."""
_INCLUDES = "其中|包括"
_NAMES_EXAMPLES = "等|主要|如[^下]|同步|转发|轉發|转载|轉載"
"""The list does not name all of the whole, or counts a thing more than once."""
_SAYS_HOW_DIVIDED = f"分别|分別|分渠道|按渠道|{_COUNTED}[（(:：]"
_SAYS_ALTOGETHER = "共|合计|合計|总计|總計|累计|累計"

_SUMS = f"""
with list_part (kind, whole, part, told_apart_by) as (
    values
        {", ".join(str(part) for part in _LISTS)}
),

claim as not materialized (
    select report_key, kind, code, value, is_approximate, sentence
    from {{report_claim}}
    where kind != 'none'
),

part as (
    select claim.*, list_part.whole, list_part.told_apart_by
    from claim
    inner join list_part on claim.kind = list_part.kind and claim.code = list_part.part
    union all
    select *, 'all' as whole, 'channel' as told_apart_by
    from claim
    where kind = 'channel' and code != 'all'
),

listed as (
    select
        report_key,
        sentence,
        part.kind,
        part.whole as code,
        whole.value as whole,
        part.told_apart_by,
        sum(part.value) as parts,
        count(*) as number_of_parts,
        bool_or(part.is_approximate or whole.is_approximate) as is_approximate
    from claim as whole
    inner join part using (report_key, sentence)
    where
        whole.kind = part.kind
        and whole.code = part.whole
        -- Known before the join: most claims are of no whole.
        and whole.code in ('all', {", ".join(sorted({repr(whole) for _, whole, _, _ in _LISTS}))})
    group by report_key, sentence, part.kind, part.whole, part.told_apart_by, whole.value
),

doubtful as (
    select * from listed
    where parts != whole or is_approximate
),

-- A figure that is no claim may be a part as well: the sentence is certain where its figures are its claims, and each is there once.
sentence_read as (
    select
        report_key,
        sentence,
        list_transform(
            regexp_extract_all(sentence, '{_COUNTED}', 1),
            lambda figure: translate(figure, '０１２３４５６７８９,', '0123456789')::decimal(38, 6)
        ) as figures,
        list_sort(figures) = list_sort(list(value::decimal(38, 6))) and not bool_or(is_approximate) as is_certain
    from claim
    semi join doubtful using (report_key, sentence)
    group by report_key, sentence
),

described as (
    select
        *,
        figures[-1] = whole and figures[1] != whole and regexp_matches(sentence, '{_SAYS_ALTOGETHER}') as ends_with_whole,
        regexp_matches(sentence, '{_INCLUDES}') as includes,
        regexp_matches(sentence, '{_NAMES_EXAMPLES}') as names_examples,
        figures[1] = whole and regexp_matches(sentence, '{_SAYS_HOW_DIVIDED}') as says_how_divided,
        -- Who lists several channels after 其中 and ends there means all of them; of outcomes or results only some may be named.
        kind = 'channel' and number_of_parts > 1
        and regexp_matches(sentence, '(?:{_INCLUDES}).*{_COUNTED}[）)]?[。;；]?$') as ends_with_parts
    from doubtful
    inner join sentence_read using (report_key, sentence)
),

judged as (
    select
        report_key,
        kind,
        code,
        parts,
        whole,
        sentence,
        case
            when not is_certain or names_examples then 'not_assessable'
            when parts > whole or ends_with_parts or not includes then 'fail'
            else 'not_assessable'
        end as status
    from described
    where includes or ends_with_whole or says_how_divided
    union all
    select report_key, kind, code, parts, whole, sentence, 'pass'
    from listed
    where parts = whole and not is_approximate
)

select
    report_key,
    'claim.' || kind || '.' || code as place,
    min(status) as status,
    arg_min(parts, status) as left_value,
    arg_min(whole, status) as right_value,
    arg_min(parts - whole, status) as difference,
    null as cells,
    arg_min(sentence, status) filter (where status != 'pass') as detail,
    null as other_report_key
from judged
group by report_key, kind, code
"""
"""The statuses happen to sort from the worst: fail, not_assessable, pass."""

RULES: tuple[Rule, ...] = (
    Rule(
        rule_id="S6",
        rule_name="narrative_applications",
        severity="warning",
        title_zh="正文申请数据与表三不一致",
        title_en="Applications in the prose against table 3",
        formula="正文所述收到、结转、办结及各类结果的申请件数 = 第三项表格相应数字（“收到”可指本年新收，也可含上年结转）",
        basis=_BASIS,
        sql=_against_table("application", "application", _APPLICATIONS),
    ),
    Rule(
        rule_id="S7",
        rule_name="narrative_disputes",
        severity="warning",
        title_zh="正文复议诉讼数据与表四不一致",
        title_en="Disputes in the prose against table 4",
        formula="正文所述因政府信息公开发生的行政复议、行政诉讼件数 = 第四项表格相应数字",
        basis=_BASIS,
        sql=_against_table("dispute", "dispute", _DISPUTES),
    ),
    Rule(
        rule_id="S8",
        rule_name="narrative_disclosure",
        severity="warning",
        title_zh="正文主动公开数据与表二不一致",
        title_en="Disclosures in the prose against table 2",
        formula="正文所述规章、规范性文件、行政许可、行政处罚、行政强制件数及收费金额 = 第二项表格相应数字",
        basis=_BASIS,
        sql=_against_table("disclosure", "disclosure", _DISCLOSURES),
    ),
    Rule(
        rule_id="S9",
        rule_name="narrative_sum",
        severity="warning",
        title_zh="正文分项之和与总数不一致",
        title_en="Parts in the prose against their whole",
        formula="同一句话所列各分项之和 = 该句所述总数；仅以“其中”列举部分的，不大于总数",
        basis="部分之和等于整体",
        sql=_SUMS,
    ),
    Rule(
        rule_id="S10",
        rule_name="claim_contradiction",
        severity="warning",
        title_zh="正文称无而表格有数",
        title_en="Denied in the prose, counted in a table",
        formula="正文称未收到、未发生、未制发、未作出、未收取或均已办结的，表格相应数字为 0",
        basis=_BASIS,
        sql=_CONTRADICTIONS,
    ),
)
