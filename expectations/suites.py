"""The suites: what is expected of the landing tables, of the marts, and of the reports' arithmetic.

A failed expectation of the landing or mart suite is structural and stops the release. A failed rule is the reports' own error:
they are published and flagged.
"""

from __future__ import annotations

from dataclasses import dataclass

import great_expectations as gx
from great_expectations.expectations import Expectation

from dagster_project.report_parser.claims import CLAIM_KINDS
from dagster_project.report_parser.form import SECTIONS

from .rules import RULES


@dataclass(frozen=True)
class Suite:
    """Expectations about one table. `name` is unique; each expectation has a description, and a `check` name in its meta."""

    name: str
    table: str
    schema: str
    expectations: tuple[Expectation, ...]


def _no_rows(check: str, description: str, query: str) -> Expectation:
    """Expect that `query` over {batch} finds nothing."""
    return gx.expectations.UnexpectedRowsExpectation(
        unexpected_rows_query=query, description=description, meta={"check": check}
    )


def _unique(check: str, column: str) -> Expectation:
    return gx.expectations.ExpectColumnValuesToBeUnique(
        column=column, description=f"{column} is unique", meta={"check": check}
    )


def _in_set(check: str, column: str, values: list[str]) -> Expectation:
    return gx.expectations.ExpectColumnValuesToBeInSet(
        column=column, value_set=values, description=f"{column} is one of {', '.join(values)}", meta={"check": check}
    )


LANDING: tuple[Suite, ...] = (
    Suite("landing_file", "file", "raw", (_unique("path_unique", "path"),)),
    Suite(
        "landing_register",
        "register",
        "raw",
        (
            _unique("line_unique", "line"),
            _no_rows(
                "registered_or_explained",
                "A line of the register names an organ and its place, or has a problem",
                "select line from {batch} where problem is null and (organ is null or region_code is null)",
            ),
        ),
    ),
    Suite(
        "landing_document",
        "document",
        "raw",
        (
            _no_rows(
                "some_report",
                "At least one document in the inbox is read as a report",
                "select 1 as missing where not exists (select 1 from {batch} where status != 'rejected')",
            ),
            _unique("document_unique", "report_key"),
            _no_rows(
                "part_unique",
                "The reports of a document are told apart by their number in it",
                "select sha256, part from {batch} group by all having count(*) > 1",
            ),
            _in_set("document_status", "status", ["parsed", "partial", "rejected"]),
            _no_rows(
                "rejected_has_reason",
                "A rejected document has a reason, others have none",
                "select report_key, status, reason from {batch} where (status = 'rejected') != (reason is not null)",
            ),
        ),
    ),
    Suite(
        "landing_cell",
        "cell",
        "raw",
        (
            _in_set("cell_state", "state", ["number", "blank", "dash", "text", "absent"]),
            _no_rows(
                "value_only_in_number",
                "A cell has a value in state number only: a blank is never 0",
                "select * from {batch} where (state = 'number') != (value is not null)",
            ),
        ),
    ),
    Suite(
        "landing_finding",
        "finding",
        "raw",
        (_in_set("finding_severity", "severity", ["error", "warning", "info"]),),
    ),
    Suite(
        "landing_section",
        "section",
        "raw",
        (
            _in_set("section_code", "section_code", [code for code, _ in SECTIONS]),
            _no_rows(
                "section_unique",
                "A report has each section once",
                "select report_key, section_code from {batch} group by all having count(*) > 1",
            ),
        ),
    ),
    Suite(
        "landing_claim",
        "claim",
        "raw",
        (
            _in_set("claim_kind", "kind", sorted({claim.kind for claim in CLAIM_KINDS})),
            _no_rows(
                "none_is_nought",
                "What the prose denies is 0, and no count that it states is negative",
                "select * from {batch} where value < 0 or (kind = 'none' and value != 0)",
            ),
        ),
    ),
    Suite(
        "landing_metadata",
        "metadata",
        "raw",
        (
            _no_rows(
                "entry_has_label",
                "An entry of an index card has a label",
                "select * from {batch} where trim(label) = ''",
            ),
        ),
    ),
)

MARTS: tuple[Suite, ...] = (
    Suite(
        "mart_report",
        "dim_report",
        "main",
        (
            gx.expectations.ExpectTableRowCountToBeBetween(
                min_value=1,
                description="At least one report is identified (organ and year known)",
                meta={"check": "reports_exist"},
            ),
            _unique("report_unique", "report_key"),
            _no_rows(
                "one_current_version",
                "Each organ and year has exactly one current version",
                "select organ_key, year from {batch} group by all having count(*) filter (where is_current) != 1",
            ),
            _no_rows(
                "form_complete",
                "Each report has every cell of its form",
                """
                select report.report_key
                from {batch} as report
                inner join dim_form as form using (form)
                left join report_cell as cell using (report_key)
                group by report.report_key, form.cell_count
                having count(cell.report_key) != form.cell_count
                """,
            ),
        ),
    ),
    Suite(
        "mart_application",
        "fct_application",
        "main",
        (
            _no_rows(
                "nothing_lost",
                "The facts add up to the cells they come from",
                """
                select fact.total, cell.total
                from (select coalesce(sum(new_received), 0) as total from {batch}) as fact
                cross join (
                    select coalesce(sum(value), 0) as total
                    from report_cell
                    inner join dim_report using (report_key)
                    where is_current and table_code = 'application' and row_code = 'new_received' and column_code != 'total'
                ) as cell
                where fact.total != cell.total
                """,
            ),
        ),
    ),
)

CATALOGUE: tuple[Suite, ...] = (Suite("catalogue", "dim_rule", "main", (_unique("rule_unique", "rule_id"),)),)

ARITHMETIC: tuple[Suite, ...] = (
    Suite(
        "rules",
        "fct_rule_result",
        "main",
        # What each rule found, not the rule once more: every report was asked when its results were written.
        tuple(
            _no_rows(
                rule.rule_name,
                f"{rule.rule_id} {rule.title_zh}：{rule.formula}",
                f"select * from {{batch}} where rule_id = '{rule.rule_id}' and status = 'fail'",
            )
            for rule in RULES
        ),
    ),
)

SUGGESTIONS: tuple[Suite, ...] = (
    Suite(
        "suggestions",
        "fct_suggestion",
        "main",
        (
            _no_rows(
                "suggestion_beside_print",
                "A suggestion stands beside the printed figure that it names, differs from it, and mends a rule that is broken",
                """
                select suggestion.*
                from {batch} as suggestion
                left join report_cell as cell using (report_key, table_code, row_code, column_code)
                left join fct_rule_result as result
                    on suggestion.report_key = result.report_key
                    and suggestion.mends[1] = result.rule_id || '@' || result.place
                where
                    cell.value is distinct from suggestion.printed_value
                    or suggestion.suggested_value = suggestion.printed_value
                    or result.status is distinct from 'fail'
                """,
            ),
        ),
    ),
)
