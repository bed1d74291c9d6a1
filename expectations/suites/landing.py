"""What must hold of the landing tables before dbt reads them."""

from __future__ import annotations

from great_expectations.expectations import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity as Severity

from dagster_project.report_parser.claims import CLAIM_KINDS
from dagster_project.report_parser.form import SECTIONS
from dagster_project.warehouse.raw_schema import TABLES, column_types

from .comparison import fewer_rows
from .suite import Suite, has_columns, no_rows, one_of, unique


def _landing(table: str, *expectations: Expectation) -> Suite:
    return Suite(f"landing_{table}", "raw", table, (has_columns("schema", column_types(TABLES[table])), *expectations))


LANDING: tuple[Suite, ...] = (
    _landing("file", unique("path_unique", "path")),
    _landing(
        "register",
        unique("line_unique", "line"),
        no_rows(
            "registered_or_explained",
            "名册的每一行或写明机关及其所在地，或注有问题。A line of the register names an organ and its place, or has a problem.",
            "select line from {batch} where problem is null and (organ is null or region_code is null)",
        ),
    ),
    _landing(
        "document",
        no_rows(
            "some_report",
            "收件目录中至少有一份文件读作报告。At least one document in the inbox is read as a report.",
            """
            select 'no report' as missing where not exists (
                select 1 from {batch} inner join raw.file using (sha256) where status != 'rejected'
            )
            """,
        ),
        unique("document_unique", "report_key"),
        no_rows(
            "part_unique",
            "同一文件中的各份报告以序号区分。The reports of a document are told apart by their number in it.",
            "select sha256, part from {batch} group by all having count(*) > 1",
        ),
        one_of("document_status", "status", ["parsed", "partial", "rejected"]),
        no_rows(
            "rejected_has_reason",
            "未能读取的文件有原因，其余没有。A rejected document has a reason, others have none.",
            "select report_key, status, reason from {batch} where (status = 'rejected') != (reason is not null)",
        ),
        no_rows(
            "newest_year",
            "最近一个已过报送期限（3 月 31 日）的年度已有报告。The newest year whose deadline (31 March) has passed is there.",
            """
            select max(year) as newest, year(today()) - if(month(today()) > 3, 1, 2) as due
            from {batch} inner join raw.file using (sha256)
            having max(year) < due
            """,
            checked="year is not null",
            severity=Severity.WARNING,
        ),
    ),
    Suite("landing_volume", "gate", "landing", (fewer_rows(),), about=("raw", "document")),
    _landing(
        "cell",
        no_rows(
            "value_only_in_number",
            "只有读作数字的格才有值：空白绝不当作 0。A cell has a value in state number only: a blank is never 0.",
            "select * from {batch} where (state = 'number') != (value is not null)",
        ),
    ),
    _landing("finding", one_of("finding_severity", "severity", ["error", "warning", "info"])),
    _landing(
        "section",
        one_of("section_code", "section_code", [code for code, _ in SECTIONS]),
        no_rows(
            "section_unique",
            "一份报告的每一部分只有一处。A report has each section once.",
            "select report_key, section_code from {batch} group by all having count(*) > 1",
        ),
    ),
    _landing(
        "claim",
        one_of("claim_kind", "kind", sorted({claim.kind for claim in CLAIM_KINDS})),
        no_rows(
            "none_is_nought",
            "正文称“无”的为 0，所述件数不为负。What the prose denies is 0, and no count that it states is negative.",
            "select * from {batch} where value < 0 or (kind = 'none' and value != 0)",
        ),
    ),
    _landing(
        "metadata",
        no_rows(
            "entry_has_label",
            "索引信息的每一项都有名目。An entry of an index card has a label.",
            "select * from {batch} where trim(label) = ''",
        ),
    ),
)
