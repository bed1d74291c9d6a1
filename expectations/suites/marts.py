"""What must hold of the marts before they are published. Their columns, types, keys and relationships are dbt's contracts and tests."""

from __future__ import annotations

from great_expectations.expectations import Expectation

from .comparison import fewer_rows, more_nulls
from .suite import Suite, no_rows, unique


def _nothing_lost(value: str, table_code: str, leaves: str) -> Expectation:
    """Expect that the fact's `value` adds up to the cells of the current reports that it is made from."""
    return no_rows(
        "nothing_lost",
        "合计与所依据的各格之和一致。The facts add up to the cells they come from.",
        f"""
        select fact.total as fact, cell.total as cells
        from (select coalesce(sum({value}), 0) as total from {{batch}}) as fact
        cross join (
            select coalesce(sum(value), 0) as total
            from report_cell
            where
                table_code = '{table_code}' and {leaves}
                and report_key not in (select report_key from dim_report where not is_current)
        ) as cell
        where fact.total != cell.total
        """,
    )


_NOT_OUTCOMES = "('new_received', 'carried_in', 'processed_total', 'carried_forward')"

MARTS: tuple[Suite, ...] = (
    Suite(
        "mart_report",
        "main",
        "dim_report",
        (
            no_rows(
                "reports_exist",
                "至少有一份报告的机关和年度已知。At least one report is identified (organ and year known).",
                "select 'no report' as missing where not exists (select 1 from {batch})",
            ),
            unique("report_unique", "report_key"),
            no_rows(
                "one_current_version",
                "每个机关每个年度恰有一个现行版本。Each organ and year has exactly one current version.",
                "select organ_key, year from {batch} group by all having count(*) filter (where is_current) != 1",
            ),
            no_rows(
                "form_complete",
                "每份报告有其表式的每一格。Each report has every cell of its form.",
                """
                select report.report_key, form.cell_count as expected, coalesce(cell.count, 0) as found
                from {batch} as report
                inner join dim_form as form using (form)
                left join (select report_key, count(*) as count from report_cell group by report_key) as cell
                    using (report_key)
                where coalesce(cell.count, 0) != form.cell_count
                """,
            ),
        ),
    ),
    Suite("mart_comparison", "gate", "marts", (fewer_rows(), more_nulls()), about=("main", "dim_report")),
    Suite(
        "mart_application",
        "main",
        "fct_application",
        (_nothing_lost("new_received", "application", "row_code = 'new_received' and column_code != 'total'"),),
    ),
    Suite(
        "mart_outcome",
        "main",
        "fct_outcome",
        (_nothing_lost("value", "application", f"row_code not in {_NOT_OUTCOMES} and column_code != 'total'"),),
    ),
    Suite("mart_disclosure", "main", "fct_disclosure", (_nothing_lost("value", "disclosure", "true"),)),
    Suite("mart_dispute", "main", "fct_dispute", (_nothing_lost("value", "dispute", "column_code != 'total'"),)),
)
