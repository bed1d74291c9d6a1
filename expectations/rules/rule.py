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

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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

TELLING_CELL = """
select
    cell.report_key,
    cell.table_code,
    cell.row_code,
    cell.column_code,
    cell.value,
    cell.state
from {report_cell} as cell
inner join {dim_report} as report on cell.report_key = report.report_key
where
    cell.value is distinct from 0
    or report.blank_cells + report.dash_cells + report.text_cells + report.absent_cells > 0
"""
"""One more such table, `{telling_cell}`, made once for all rules: the cells without the zeros of reports in which every cell holds a
number. Nine cells of ten are such zeros and add nothing to any sum."""

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
