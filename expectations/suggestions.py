"""Suggestions: the smallest change of printed figures that would satisfy every broken identity of a table.

One cell altered, or, where no such cell exists, two cells exchanged. A change counts only if each broken identity (H1 to H4) of its table
passes with it and none that passes now stops passing; which they are, and how blanks are read, is asked of the rules themselves, by their
own SQL over tables that hold the change. A suggestion never alters a figure: it stands beside what is printed.

The arithmetic does not tell who erred. `fault` says what the reading of the document tells: the publisher, where every row of the table was
read without doubt; the parser, where it had to part digits that are printed as one; otherwise it is unclear.

Set-based: the statements are the same for one broken report and for all of them. What does not belong here: what must hold (`rules/`), and
anything that compares reports.
"""

from __future__ import annotations

import duckdb

from .results import Described, create_table
from .rules import RULES

IDENTITIES = ("H1", "H2", "H3", "H4")
"""The rules whose places are identities of figures along a row or a column, which the place names."""

MOST = 5
"""More equally small changes than this tell nothing: the first are listed, and their number says how many there are."""

FCT_SUGGESTION: Described = (
    "The smallest changes of printed figures, one cell or two exchanged, that would satisfy every broken identity (H1 to H4) of a table "
    "and break none that passes. None is made: printed values stay as they are. Where there are several, the figures do not tell which. "
    "Grain: one row per report version, table and change, at most five a table.",
    {
        "report_key": ("VARCHAR NOT NULL", "Key of the report version (dim_report)."),
        "organ_key": ("VARCHAR NOT NULL", "Key of the organ (dim_organ)."),
        "year": ("INTEGER NOT NULL", "The year reported on."),
        "table_code": ("VARCHAR NOT NULL", "The table of the form: application or dispute."),
        "suggestion_no": ("INTEGER NOT NULL", "Number of the change within report and table, the likeliest first."),
        "suggestion_count": (
            "INTEGER NOT NULL",
            "How many changes would do. With more than one, none is the suggestion; more than five are not all listed.",
        ),
        "kind": ("VARCHAR NOT NULL", "change: one cell; swap: two cells exchanged, where no single change would do."),
        "row_code": ("VARCHAR NOT NULL", "Row of the cell."),
        "column_code": ("VARCHAR NOT NULL", "Column of the cell."),
        "printed_value": ("DECIMAL(38, 6) NOT NULL", "What the cell prints."),
        "suggested_value": (
            "DECIMAL(38, 6) NOT NULL",
            "What would satisfy the identities; of a swap what the other cell prints.",
        ),
        "other_row_code": ("VARCHAR", "Row of the other cell of a swap."),
        "other_column_code": ("VARCHAR", "Column of the other cell of a swap."),
        "mends": ("VARCHAR[] NOT NULL", "The broken rules that the change would satisfy, as rule@place."),
        "slip": (
            "VARCHAR",
            "How the printed figure could have come from the other: transposed, doubled, extra_digit, missing_digit, other_digit, "
            "nought (0 printed); null where no slip of a key explains it.",
        ),
        "fault": (
            "VARCHAR NOT NULL",
            "Whose error the reading makes likely: publisher (every row of the table was read without doubt), parser (digits printed "
            "as one had to be parted) or unclear.",
        ),
        "reason": ("VARCHAR NOT NULL", "What speaks for it, in Chinese: the slip, and how the cells were read."),
    },
)

_BROKEN = {
    "broken_identity": f"""
select
    report_key,
    organ_key,
    year,
    split_part(place, '.', 1) as table_code,
    rule_id,
    place,
    cells,
    abs(difference) as gap
from fct_rule_result
where status = 'fail' and rule_id in {IDENTITIES} and {{is_asked}}
""",
    "broken_table": """
select
    report_key,
    table_code,
    any_value(organ_key) as organ_key,
    any_value(year) as year,
    count(*) as identities,
    min(gap) as gap,
    max(gap) as widest_gap
from broken_identity
group by report_key, table_code
""",
    "broken_cell": """
select
    cell.report_key,
    cell.table_code,
    cell.row_code,
    cell.column_code,
    cell.table_code || '.' || cell.row_code || '.' || cell.column_code as place,
    cell.value::decimal(38, 6) as value,
    cell.state
from report_cell as cell
semi join broken_table using (report_key, table_code)
""",
    "standing": f"""
select report_key, rule_id, place, status
from fct_rule_result
where rule_id in {IDENTITIES} and report_key in (select report_key from broken_table)
""",
}
"""Tables of what is broken, by name; `is_asked` selects the reports."""

_SINGLE_CELLS = """
with suspect as (
    select broken.report_key, broken.table_code, broken.place
    from (
        select report_key, table_code, unnest(cells) as place
        from broken_identity
    ) as broken
    inner join broken_table using (report_key, table_code)
    -- One cell moves each of its identities by the same amount.
    where broken_table.gap = broken_table.widest_gap
    group by broken.report_key, broken.table_code, broken.place
    having count(*) = any_value(broken_table.identities)
),

change as (
    select
        cell.report_key,
        cell.table_code,
        cell.row_code,
        cell.column_code,
        cell.value + step.direction * broken_table.gap as value
    from suspect
    inner join broken_cell as cell using (report_key, table_code, place)
    inner join broken_table using (report_key, table_code)
    cross join (values (1), (-1)) as step (direction)
    where cell.state = 'number'
)

select
    row_number() over (order by report_key, table_code, row_code, column_code, value) as candidate,
    report_key,
    table_code,
    row_code,
    column_code,
    value,
    null::varchar as other_row_code,
    null::varchar as other_column_code,
    null::decimal(38, 6) as other_value
from change
where value >= 0 and value = trunc(value)
"""

# The first identity that is broken holds one of the two cells, or both on different sides; a pair must touch all the others, too.
_SWAPS = """
with reference as (
    select report_key, table_code, arg_min(cells, (rule_id, place)) as cells, arg_min(gap, (rule_id, place)) as gap
    from broken_identity
    anti join (select report_key, table_code from suggestible) using (report_key, table_code)
    group by report_key, table_code
),

countable as (
    select * from broken_cell where state = 'number' and value >= 0 and value = trunc(value)
),

pair as (
    select
        one.report_key,
        one.table_code,
        one.place as one_place,
        other.place as other_place,
        least((one.row_code, one.column_code), (other.row_code, other.column_code)) as first_cell,
        greatest((one.row_code, one.column_code), (other.row_code, other.column_code)) as second_cell
    from (
        select report_key, table_code, unnest(cells) as place, gap
        from reference
    ) as held
    inner join countable as one using (report_key, table_code, place)
    inner join countable as other
        on one.report_key = other.report_key and one.table_code = other.table_code and one.place != other.place
    where abs(one.value - other.value) in (held.gap, held.gap / 2)
),

touching as (
    select pair.report_key, pair.table_code, pair.first_cell, pair.second_cell
    from (
        select distinct report_key, table_code, first_cell, second_cell, least(one_place, other_place) as one_place,
            greatest(one_place, other_place) as other_place
        from pair
    ) as pair
    inner join broken_identity as broken using (report_key, table_code)
    group by all
    having bool_and(list_contains(broken.cells, pair.one_place) or list_contains(broken.cells, pair.other_place))
)

select
    row_number() over (order by touching.report_key, touching.table_code, first_cell, second_cell) as candidate,
    touching.report_key,
    touching.table_code,
    one.row_code,
    one.column_code,
    other.value,
    other.row_code as other_row_code,
    other.column_code as other_column_code,
    one.value as other_value
from touching
inner join broken_cell as one
    on touching.report_key = one.report_key and touching.table_code = one.table_code
    and touching.first_cell = (one.row_code, one.column_code)
inner join broken_cell as other
    on touching.report_key = other.report_key and touching.table_code = other.table_code
    and touching.second_cell = (other.row_code, other.column_code)
"""

# An identity that a change can move runs along a row or a column of it: the other cells need not be looked at.
_SUPPOSED = """
select
    candidate.candidate as report_number,
    cell.table_code,
    cell.row_code,
    cell.column_code,
    case
        when cell.row_code = candidate.row_code and cell.column_code = candidate.column_code then candidate.value
        when cell.row_code = candidate.other_row_code and cell.column_code = candidate.other_column_code
            then candidate.other_value
        else cell.value
    end as value,
    cell.state
from candidate
inner join broken_cell as cell
    on candidate.report_key = cell.report_key and candidate.table_code = cell.table_code
    and (
        cell.row_code in (candidate.row_code, candidate.other_row_code)
        or cell.column_code in (candidate.column_code, candidate.other_column_code)
    )
"""

_SUPPOSED_TABLES = {
    "telling_cell": "supposed_cell",
    "printed_table": "(select distinct report_number, report_number as report_key, table_code, null::varchar as form from supposed_cell)",
}

_VERDICTS = " union all ".join(
    f"select '{rule.rule_id}' as rule_id, report_key, place, status from ({rule.asked_of(_SUPPOSED_TABLES)})"
    for rule in RULES
    if rule.rule_id in IDENTITIES
)
"""What the identities say of the supposed cells, which stand for every table that they ask, and a candidate for a report."""

# What stands now at the places that a change can move, beside what the change makes of it; a place without a row passes. As a table of
# its own: DuckDB would join the verdicts with what stands by rule and place first, over all reports.
_OUTCOMES = f"""
with touched as (
    select distinct candidate, report_key, table_code, unnest([
        table_code || '.' || row_code,
        table_code || '.' || column_code,
        table_code || '.' || other_row_code,
        table_code || '.' || other_column_code
    ]) as place
    from candidate
)

select touched.candidate, rule.rule_id, touched.place, coalesce(standing.status, 'pass') as status
from touched
cross join (select unnest({list(IDENTITIES)}) as rule_id) as rule
left join standing using (report_key, rule_id, place)
where touched.place is not null
"""

_SUGGESTIBLE = """
insert into suggestible
select candidate.* exclude (candidate)
from candidate
inner join broken_table using (report_key, table_code)
inner join (
    select
        outcome.candidate,
        bool_and(
            coalesce(verdict.status, 'pass') = 'pass'
            or (outcome.status = 'not_assessable' and verdict.status != 'fail')
        ) as is_sound,
        count(*) filter (where outcome.status = 'fail') as mended
    from outcome
    left join verdict
        on outcome.candidate = verdict.report_key
        and outcome.rule_id = verdict.rule_id
        and outcome.place = verdict.place
    group by outcome.candidate
) as outcomes using (candidate)
where outcomes.is_sound and outcomes.mended = broken_table.identities
"""

_INSERT = """
insert into fct_suggestion
with figures as (
    select
        suggestible.*,
        broken_table.organ_key,
        broken_table.year,
        cell.value as printed_value,
        suggestible.value as suggested_value,
        trunc(cell.value)::hugeint::varchar as printed,
        suggestible.value::hugeint::varchar as suggested,
        cell.value = trunc(cell.value) and cell.value >= 0 as is_count
    from suggestible
    inner join broken_table using (report_key, table_code)
    inner join broken_cell as cell using (report_key, table_code, row_code, column_code)
),

slips as (
    select
        *,
        case
            when other_row_code is not null or not is_count then null
            when printed = '0' then 'nought'
            when length(printed) = length(suggested) and list_contains(
                [
                    left(printed, i - 1) || printed[i + 1] || printed[i] || substr(printed, i + 2)
                    for i in range(1, length(printed))
                ],
                suggested
            ) then 'transposed'
            when list_contains(
                [
                    case when printed[i] = printed[i + 1] then left(printed, i) || substr(printed, i + 2) end
                    for i in range(1, length(printed))
                ],
                suggested
            ) then 'doubled'
            when list_contains(
                [left(printed, i - 1) || substr(printed, i + 1) for i in range(1, length(printed) + 1)], suggested
            ) then 'extra_digit'
            when list_contains(
                [left(suggested, i - 1) || substr(suggested, i + 1) for i in range(1, length(suggested) + 1)], printed
            ) then 'missing_digit'
            when length(printed) = length(suggested) and length(printed) > 1 and length(
                list_filter(range(1, length(printed) + 1), lambda i: printed[i] != suggested[i])
            ) = 1 then 'other_digit'
        end as slip
    from figures
),

evidence as (
    select
        report_key,
        table_code,
        bool_or(state in ('text', 'absent')) as has_unread
    from broken_cell
    group by report_key, table_code
),

glued as (
    select slips.report_key, slips.table_code, slips.row_code, slips.other_row_code
    from slips
    inner join report_finding as finding on slips.report_key = finding.report_key and finding.code = 'digits_parted'
    where
        contains(finding.message, slips.table_code || '.' || slips.row_code || '（')
        or contains(finding.message, slips.table_code || '.' || slips.other_row_code || '（')
    group by all
),

faults as (
    select
        slips.*,
        case
            when glued.report_key is not null then 'parser'
            when evidence.has_unread then 'unclear'
            else 'publisher'
        end as fault
    from slips
    inner join evidence using (report_key, table_code)
    left join glued
        on slips.report_key = glued.report_key
        and slips.table_code = glued.table_code
        and slips.row_code = glued.row_code
        and slips.other_row_code is not distinct from glued.other_row_code
),

mended as (
    select report_key, table_code, list(rule_id || '@' || place order by rule_id, place) as mends
    from broken_identity
    group by report_key, table_code
),

-- A count in the place of what is none mends that as well.
out_of_domain as (
    select report_key, place
    from fct_rule_result
    where rule_id = 'H5' and status = 'fail'
),

numbered as (
    select
        *,
        row_number() over (
            partition by report_key, table_code
            order by
                coalesce(list_position(
                    ['transposed', 'doubled', 'extra_digit', 'missing_digit', 'other_digit'], slip
                ), 9),
                -- Two figures beside each other are exchanged more easily.
                row_code is distinct from other_row_code and column_code is distinct from other_column_code,
                -- What is added up by hand is wrong more often than what is counted.
                not (column_code = 'total' or row_code = 'processed_total'),
                row_code, column_code, suggested_value, other_row_code, other_column_code
        ) as suggestion_no,
        count(*) over (partition by report_key, table_code) as suggestion_count
    from faults
)

select
    numbered.report_key,
    numbered.organ_key,
    numbered.year,
    numbered.table_code,
    numbered.suggestion_no,
    numbered.suggestion_count,
    case when numbered.other_row_code is null then 'change' else 'swap' end,
    numbered.row_code,
    numbered.column_code,
    numbered.printed_value,
    numbered.suggested_value,
    numbered.other_row_code,
    numbered.other_column_code,
    mended.mends || case when out_of_domain.place is null then [] else ['H5@' || out_of_domain.place] end,
    numbered.slip,
    numbered.fault,
    concat_ws(
        '；',
        case numbered.slip
            when 'nought' then '印作 0'
            when 'transposed' then '相邻两位数字颠倒'
            when 'doubled' then '一位数字多印了一遍'
            when 'extra_digit' then '多印一位数字'
            when 'missing_digit' then '少印一位数字'
            when 'other_digit' then '一位数字不同'
        end,
        case numbered.fault
            when 'parser' then '原文该行数字之间没有间隔，由程序拆分，请先核对原文'
            when 'unclear' then '该表另有未能读出的单元格，请先核对原文'
            else '该表各格均已明确读出，应是原文如此'
        end
    )
from numbered
inner join mended using (report_key, table_code)
left join out_of_domain
    on numbered.report_key = out_of_domain.report_key
    and out_of_domain.place = numbered.table_code || '.' || numbered.row_code || '.' || numbered.column_code
where numbered.suggestion_no <= $most
"""


def write_suggestions(connection: duckdb.DuckDBPyConnection, changed_reports: str | None = None) -> None:
    """Bring `fct_suggestion` up to date with `fct_rule_result` of the same database, in one transaction.

    `changed_reports` is a query with the one column `report_key`: the suggestions of others cannot have changed. Without it the
    suggestions of all reports are made anew.
    """
    connection.begin()
    is_asked = "true"
    if changed_reports is None:
        create_table("fct_suggestion", FCT_SUGGESTION, connection)
    else:
        is_asked = f"report_key in ({changed_reports})"
        connection.execute(f"delete from fct_suggestion where {is_asked}")
    for table, query in _BROKEN.items():
        connection.execute(f"create temp table {table} as {query.format(is_asked=is_asked)}")
    connection.execute(f"create temp table suggestible as from ({_SINGLE_CELLS}) select * exclude (candidate) limit 0")
    for candidates in (_SINGLE_CELLS, _SWAPS):
        trial = {"candidate": candidates, "supposed_cell": _SUPPOSED, "verdict": _VERDICTS, "outcome": _OUTCOMES}
        for table, query in trial.items():
            connection.execute(f"create temp table {table} as {query}")
        connection.execute(_SUGGESTIBLE)
        for table in trial:
            connection.execute(f"drop table {table}")
    connection.execute(_INSERT, {"most": MOST})
    for table in ("suggestible", *_BROKEN):
        connection.execute(f"drop table {table}")
    connection.commit()
