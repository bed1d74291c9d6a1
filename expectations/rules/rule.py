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


def _codes(codes: Iterable[str]) -> str:
    return f"enum ({', '.join(map(repr, dict.fromkeys(codes)))})"


_FORM_TABLES = [table for form in FORMS.values() for table in form.tables]
CODES: Mapping[str, str] = {
    "table_code": _codes(table.code for table in _FORM_TABLES),
    "row_code": _codes(row.code for table in _FORM_TABLES for row in table.rows),
    "column_code": _codes(column.code for table in _FORM_TABLES for row in table.rows for column in row.columns),
}
"""The types of the codes in `{telling_cell}`: numbers to whoever joins and groups, text to everyone else."""

_TYPED_CODES = ", ".join(f"{column}::{kind} as {column}" for column, kind in CODES.items())
PREPARED = {
    # Two scans with a filter each: one with both would look every cell's table up.
    "telling_cell": f"""
        with gapped as materialized (
            select distinct report_key, table_code
            from {{report_cell}}
            where state != 'number'
        )

        select report_key, {_TYPED_CODES}, value, state
        from {{report_cell}}
        where value != 0
        union all
        select report_key, {_TYPED_CODES}, value, state
        from {{report_cell}}
        semi join gapped using (report_key, table_code)
        where coalesce(value, 0) = 0
    """,
    # By the one cell of each table that tells its version.
    "printed_table": """
        select
            report_key,
            table_code,
            case
                when table_code = 'dispute' or column_code = 'in_force' or row_code = 'other_misc' then '2021'
                else '2019'
            end as form
        from {report_cell}
        where
            row_code in ('rules', 'other_misc', 'other_handling', 'reconsideration')
            and column_code in ('in_force', 'total_disclosed', 'total')
    """,
}
"""Two more such tables, made once for all rules. `{telling_cell}`: the cells without the zeros of tables in which every cell holds a
number; nine cells of ten are such zeros and add nothing to any sum. `{printed_table}`: the tables that each report has, and the version of
the form that each of them follows (table 4 is the same in both): its cells are those of dim_form_cell."""

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
    only_warns: str = field(default="false", repr=False)
    kin: str = field(default="", repr=False)

    def asked_of(self, tables: Mapping[str, str]) -> str:
        """The rule's SQL with what stands for the tables that it names in braces.

        Raises:
            KeyError, ValueError, IndexError: when its braces name anything else.
        """
        return self.sql.format_map(tables) if self.scope == "report" or self.kin else self.sql
