"""What a rule is: data about what must hold, and the one SQL query that asks it of every report.

The query yields a row for each place that the rule looks at:
(report_key, place, status, left_value, right_value, difference, cells, detail, other_report_key). `status` is pass, fail or
not_assessable; `cells` names the cells involved as `table.row.column` where the place does not pass; `detail` is the sentence or the
fact that the verdict rests on, `other_report_key` the report that this one was held against; both are null where there is none.

How blanks are read: a blank or dash cell is an unknown number of at least 0. A rule passes when reading it as 0 satisfies it, fails
when no such number can, and is not assessable otherwise, or when no cell holds a figure. A text or absent cell makes it not
assessable. Printed values are never repaired.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dagster_project.report_parser.form import FORMS

Severity = Literal["error", "warning"]
Scope = Literal["report", "history"]

REPORT_TABLES = (
    "dim_report",
    "report_cell",
    "report_claim",
    "report_section",
    "report_finding",
    "report_metadata",
    "report_text",
)
"""The tables that a query names in braces: they stand for the rows of the reports that are asked."""


def enumeration(codes: Iterable[str]) -> str:
    """The type of a column that holds nothing but these codes: numbers to whoever writes, joins or groups, text to everyone else."""
    return f"enum ({', '.join(map(repr, dict.fromkeys(codes)))})"


_FORM_TABLES = [table for form in FORMS.values() for table in form.tables]
CODES: Mapping[str, str] = {
    "table_code": enumeration(table.code for table in _FORM_TABLES),
    "row_code": enumeration(row.code for table in _FORM_TABLES for row in table.rows),
    "column_code": enumeration(column.code for table in _FORM_TABLES for row in table.rows for column in row.columns),
}
"""The types of the codes in `{telling_cell}`."""

_TYPED_CODES = ", ".join(f"{column}::{kind} as {column}" for column, kind in CODES.items())
PREPARED = {
    "numbered_report": """
        select report_key, form, (row_number() over (order by report_key))::uinteger as report_number
        from {dim_report}
    """,
    # Where tables of two versions stand in one report, a cell of each tells which it follows.
    "printed_table": f"""
        with mixed as (
            select report_key, report_number
            from {{numbered_report}}
            where form = 'mixed'
        ),

        printed as (
            select report_number, report_key, unnest(['disclosure', 'application', 'dispute']) as table_code, form
            from {{numbered_report}}
            where form != 'mixed'
            union all
            select
                mixed.report_number,
                mixed.report_key,
                cell.table_code,
                case when cell.column_code = 'in_force' or cell.row_code = 'other_misc' then '2021' else '2019' end
            from {{report_cell}} as cell
            inner join mixed on cell.report_key = mixed.report_key
            where
                cell.row_code in ('rules', 'other_misc', 'other_handling', 'reconsideration')
                and cell.column_code in ('in_force', 'total_disclosed', 'total')
        )

        select report_number, report_key, table_code::{CODES["table_code"]} as table_code, form
        from printed
    """,
    # Two scans with a filter each: one with both would look every cell up.
    "telling_cell": f"""
        with figure as (
            select numbered.report_number, {_TYPED_CODES}, cell.value
            from {{report_cell}} as cell
            inner join {{numbered_report}} as numbered on cell.report_key = numbered.report_key
            where cell.value != 0
        ),

        gap as materialized (
            select numbered.report_number, {_TYPED_CODES}, cell.state
            from {{report_cell}} as cell
            inner join {{numbered_report}} as numbered on cell.report_key = numbered.report_key
            where cell.state != 'number'
        ),

        gapped as materialized (
            select distinct report_number, table_code
            from gap
        ),

        form_cell as (
            select form, {_TYPED_CODES}
            from dim_form_cell
        ),

        -- What is neither a gap nor a figure.
        zero as (
            select printed.report_number, printed.table_code, form_cell.row_code, form_cell.column_code
            from {{printed_table}} as printed
            semi join gapped using (report_number, table_code)
            inner join form_cell on printed.form = form_cell.form and printed.table_code = form_cell.table_code
            anti join gap using (report_number, table_code, row_code, column_code)
            anti join (select * from figure semi join gapped using (report_number, table_code))
                using (report_number, table_code, row_code, column_code)
        )

        select *, 'number' as state
        from figure
        union all
        select report_number, table_code, row_code, column_code, null, state
        from gap
        union all
        select *, 0, 'number'
        from zero
    """,
}
"""More such tables, made once for all rules, each of those before it. `{numbered_report}`: a number for each report, which joins and groups
sooner than its key. `{printed_table}`: the tables that each report has, and the version of the form that each of them follows: its
cells are those of dim_form_cell. `{telling_cell}`: the cells without the zeros of tables in which every cell holds a number; nine cells
of ten are such zeros and add nothing to any sum."""

RULE_OF_FORM = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"


@dataclass(frozen=True)
class Rule:
    """One rule. `forms` are the form versions it holds for; `basis` is the article, notice or logic it rests on.

    A rule of scope `report` needs nothing but the report itself: it is asked of the reports that changed, and its `sql` names the
    `REPORT_TABLES` in braces (`{report_cell}`). A rule of scope `history` holds a report against others: it is asked of all of them
    in every build, and only of current versions.

    One for which that takes too long has `kin`: SQL for the reports that it looks at, (report_key, basis, seen_by, looks_at). A verdict follows
    from what changed only together with the report's own row, and from the reports whose `seen_by` shares a number with its `looks_at`.
    So it is asked again where one of these came, went or changed, and its `sql` speaks of the reports of `{asked_report}` alone.

    Where `passes_once`, its `sql` yields at most one row that passes a report, without values: of other rules such rows are merged.

    Where `only_warns` (SQL over `result`, `report` and `organ`) holds, breaking an error rule is a warning.
    """

    rule_id: str
    rule_name: str
    severity: Severity
    title_zh: str
    title_en: str
    formula: str
    basis: str
    sql: str = field(repr=False)
    scope: Scope = "report"
    forms: tuple[str, ...] = ("2019", "2021")
    passes_once: bool = False
    only_warns: str = field(default="false", repr=False)
    kin: str = field(default="", repr=False)

    def asked_of(self, tables: Mapping[str, str]) -> str:
        """The rule's SQL with what stands for the tables that it names in braces.

        Raises:
            KeyError, ValueError, IndexError: when its braces name anything else.
        """
        return self.sql.format_map(tables) if self.scope == "report" or self.kin else self.sql
