"""What a suite is, and the kinds of expectation it is made of.

All of them are queries for the rows that should not be there: so each says how many there are, shows some of them, and never carries more
than these through Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import great_expectations as gx
from great_expectations.expectations import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity as Severity


@dataclass(frozen=True)
class Suite:
    """Expectations about one table. `name` is unique; each expectation has a description, and in its meta a `check` name and the
    filter of the rows that it looks at (`checked`). `about` names the table that the expectations speak of, where that is another one
    than they read. A suite that `holds_back` stops the release when one that is critical fails."""

    name: str
    schema: str
    table: str
    expectations: tuple[Expectation, ...]
    about: tuple[str, str] | None = None
    holds_back: bool = True

    @property
    def subject(self) -> tuple[str, str]:
        """(schema, table) that the expectations speak of."""
        return self.about or (self.schema, self.table)


def no_rows(
    check: str, description: str, query: str, *, checked: str = "true", severity: Severity = Severity.CRITICAL
) -> Expectation:
    """Expect that `query` over {batch} finds nothing; `checked` is the filter of the table's rows that are looked at."""
    return gx.expectations.UnexpectedRowsExpectation(
        unexpected_rows_query=query,
        description=description,
        severity=severity,
        meta={"check": check, "checked": checked},
    )


def unique(check: str, *columns: str) -> Expectation:
    key = ", ".join(columns)
    return no_rows(
        check,
        f"{key} 不重复。{key} is unique.",
        f"select {key}, count(*) as found from {{batch}} group by all having count(*) > 1",
    )


def one_of(check: str, column: str, values: Sequence[str]) -> Expectation:
    told = ", ".join(values)
    listed = ", ".join(f"'{value}'" for value in values)
    return no_rows(
        check,
        f"{column} 取值为 {told} 之一。{column} is one of {told}.",
        f"select {column}, count(*) as found from {{batch}} where {column} not in ({listed}) group by all",
    )


def has_columns(check: str, columns: Mapping[str, str]) -> Expectation:
    """Expect these columns and no others, with these types of DuckDB."""
    expected = ", ".join(f"('{name}', $${kind}$$)" for name, kind in columns.items())
    return no_rows(
        check,
        "列名与类型和定义一致。Columns and types are as defined.",
        f"""
        select column_name, expected.kind as expected, found.column_type as found
        from (values {expected}) as expected (column_name, kind)
        full join (describe {{batch}}) as found using (column_name)
        where expected.kind is distinct from found.column_type
        """,
    )
