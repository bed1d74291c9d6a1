"""A few made reports in memory with what the rules of arithmetic say of them, and nothing else of a warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import duckdb
import pyarrow as pa

from dagster_project.report_parser.form import APPLICANTS, FORMS, CellName
from expectations.results import TABLES, create_table
from expectations.rules import arithmetic

Printed = int | str | None
"""A count, a decimal as text, None for a blank, or the state `text`, `absent` or `dash`."""

_CELL_COLUMNS = ("report_key", "table_code", "row_code", "column_code", "value", "raw", "state")
_STATES = ("text", "absent", "dash")


def row(code: str, *values: Printed, total: Printed) -> dict[CellName, Printed]:
    """A row of table 3: the applicants' figures and the printed total."""
    cells: dict[CellName, Printed] = {
        ("application", code, applicant.code): value for applicant, value in zip(APPLICANTS, values, strict=True)
    }
    return {**cells, ("application", code, "total"): total}


def track(
    code: str, upheld: Printed, corrected: Printed, other: Printed, pending: Printed, total: Printed
) -> dict[CellName, Printed]:
    """A row of table 4."""
    columns = ("upheld", "corrected", "other", "pending", "total")
    return dict(
        zip([("dispute", code, column) for column in columns], (upheld, corrected, other, pending, total), strict=True)
    )


SOUND: dict[CellName, Printed] = {
    **row("new_received", 30, 4, 0, 0, 0, 0, total=34),
    **row("carried_in", 3, 0, 0, 0, 0, 0, total=3),
    **row("granted", 21, 3, 0, 0, 0, 0, total=24),
    **row("denied_state_secret", 7, 1, 0, 0, 0, 0, total=8),
    **row("processed_total", 28, 4, 0, 0, 0, 0, total=32),
    **row("carried_forward", 5, 0, 0, 0, 0, 0, total=5),
    **track("reconsideration", 6, 1, 0, 2, 9),
}
"""What a report prints in which every identity holds; all other cells are a printed 0."""


def database(
    reports: Mapping[str, Mapping[CellName, Printed]], findings: Mapping[str, tuple[str, str]] | None = None
) -> duckdb.DuckDBPyConnection:
    """A database of `reports`, each told by what it prints otherwise than `SOUND`, and the results of H1 to H5.

    `findings`: report key → (code, message) of a note of the parser.
    """
    connection = duckdb.connect()
    connection.execute("""
        create table report_cell(report_key varchar, table_code varchar, row_code varchar, column_code varchar,
            value decimal(18, 6), raw varchar, state varchar, line integer);
        create table report_finding(report_key varchar, code varchar, severity varchar, message varchar);
        create table dim_form_cell(form varchar, table_code varchar, row_code varchar, column_code varchar);
    """)
    form = [(version, *name) for version, form in FORMS.items() for name in form.cells()]
    connection.executemany("insert into dim_form_cell values (?, ?, ?, ?)", form)
    cells = [
        (report_key, *name, *_printed({**SOUND, **changes}.get(name, 0)))
        for report_key, changes in reports.items()
        for name in FORMS["2021"].cells()
    ]
    made = pa.table(dict(zip(_CELL_COLUMNS, zip(*cells, strict=True), strict=True)))
    connection.register("made", made)
    connection.execute("insert into report_cell select *, 1 from made")
    for report_key, (code, message) in (findings or {}).items():
        connection.execute("insert into report_finding values (?, ?, 'info', ?)", [report_key, code, message])
    ask(connection)
    return connection


def ask(connection: duckdb.DuckDBPyConnection) -> None:
    """What H1 to H5 say of the cells as they are now."""
    create_table("fct_rule_result", TABLES["fct_rule_result"], connection)
    # Every cell may be telling.
    tables = {
        "telling_cell": "(select report_key as report_number, * from report_cell)",
        "printed_table": "(select distinct report_key as report_number, report_key, table_code, '2021' as form from report_cell)",
    }
    for rule in arithmetic.RULES:
        connection.execute(
            f"insert into fct_rule_result by name select *, '{rule.rule_id}' as rule_id, 'error' as severity,"
            f" 'organ' as organ_key, 2022 as year from ({rule.asked_of(tables)})"
        )


def _printed(printed: Printed) -> tuple[Decimal | None, str | None, str]:
    if printed is None:
        return None, "", "blank"
    if printed in _STATES:
        return None, {"text": "见附件", "absent": None, "dash": "-"}[str(printed)], str(printed)
    return Decimal(printed), str(printed), "number"
