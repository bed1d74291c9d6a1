"""What is expected of the rules' results: that they are whole, and, rule by rule, that no report breaks it."""

from __future__ import annotations

from great_expectations.expectations.metadata_types import FailureSeverity as Severity

from ..rules import RULES
from .suite import Suite, no_rows, unique

RESULTS: tuple[Suite, ...] = (
    Suite("catalogue", "main", "dim_rule", (unique("rule_unique", "rule_id"),)),
    Suite(
        "results",
        "main",
        "fct_rule_result",
        (unique("result_unique", "report_key", "rule_id", "place"),),
    ),
)
"""Structural: a release without these does not go out."""


def _printed(value: str) -> str:
    """A figure as text without the zeros that its type adds, so that nothing rounds it on its way to a page."""
    return f"regexp_replace({value}::varchar, '\\.?0+$', '') as {value}"


FINDINGS: tuple[Suite, ...] = (
    Suite(
        "rules",
        "main",
        "fct_rule_result",
        # What each rule found, not the rule once more: every report was asked when its results were written.
        tuple(
            no_rows(
                rule.rule_name,
                f"{rule.rule_id} {rule.title_zh}：{rule.formula}。{rule.title_en}.",
                f"""
                select organ_name, year, place, {_printed("left_value")}, {_printed("right_value")}, detail, report_key
                from {{batch}} inner join dim_organ using (organ_key)
                where rule_id = '{rule.rule_id}' and status = 'fail'
                """,
                checked=f"rule_id = '{rule.rule_id}' and status != 'not_assessable'",
                severity=Severity.CRITICAL if rule.severity == "error" else Severity.WARNING,
            )
            for rule in RULES
        ),
        holds_back=False,
    ),
)
"""The reports' own errors: they are published and flagged."""

SUGGESTIONS: tuple[Suite, ...] = (
    Suite(
        "suggestions",
        "main",
        "fct_suggestion",
        (
            no_rows(
                "suggestion_beside_print",
                "建议值旁是所指的原数，与之不同，且能消除一处不符。A suggestion stands beside the printed figure that it names, differs"
                " from it, and mends a rule that is broken.",
                """
                select suggestion.*
                from {batch} as suggestion
                left join (from report_cell where report_key in (select report_key from {batch})) as cell
                    using (report_key, table_code, row_code, column_code)
                left join fct_rule_result as result
                    on suggestion.report_key = result.report_key
                    and suggestion.mends[1] = result.rule_id || '@' || result.place
                where
                    cell.value is distinct from suggestion.printed_value
                    or suggestion.suggested_value = suggestion.printed_value
                    or result.status is distinct from 'fail'
                """,
                severity=Severity.WARNING,
            ),
        ),
        holds_back=False,
    ),
)
"""Hints beside the printed values."""
