"""The rules' results as tables: `dim_rule`, the catalogue, and `fct_rule_result`, what each rule said of each report.

Set-based: one statement a rule, whatever the number of reports.
"""

from __future__ import annotations

import duckdb

from .rules import CELLS, RULES, Rule

TABLES: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "dim_rule": (
        "The rule catalogue. Grain: one row per rule.",
        {
            "rule_id": ("VARCHAR PRIMARY KEY", "Stable id of the rule: H for hard rules, S for soft ones."),
            "rule_name": ("VARCHAR NOT NULL", "Stable English name."),
            "severity": ("VARCHAR NOT NULL", "error or warning."),
            "title_zh": ("VARCHAR NOT NULL", "Title in Chinese."),
            "title_en": ("VARCHAR NOT NULL", "Title in English."),
            "formula": ("VARCHAR NOT NULL", "What must hold, in the form's own words."),
            "forms": ("VARCHAR[] NOT NULL", "Form versions that the rule holds for."),
            "basis": ("VARCHAR NOT NULL", "The article, notice or logic that the rule rests on."),
        },
    ),
    "fct_rule_result": (
        "What each rule says of each report version. Grain: one row per report, rule and place.",
        {
            "report_key": ("VARCHAR NOT NULL", "Key of the report version (dim_report)."),
            "organ_key": ("VARCHAR NOT NULL", "Key of the organ (dim_organ)."),
            "year": ("INTEGER NOT NULL", "The year reported on."),
            "rule_id": ("VARCHAR NOT NULL", "Key of the rule (dim_rule)."),
            "place": (
                "VARCHAR NOT NULL",
                "The part of the form the verdict is about: table, table.row, table.column or table.row.column. "
                "H5 names the failing cell itself, or the table when all its cells pass.",
            ),
            "status": (
                "VARCHAR NOT NULL",
                "pass, fail or not_assessable (blanks leave it open, or a cell is unreadable).",
            ),
            "left_value": ("DECIMAL(38, 6)", "The formula's left side, blanks read as 0; for H5 the printed value."),
            "right_value": ("DECIMAL(38, 6)", "The formula's right side, blanks read as 0; null where it has none."),
            "difference": ("DECIMAL(38, 6)", "left_value less right_value."),
            "cells": ("VARCHAR[]", "The cells involved, as table.row.column; null where the place passes."),
        },
    ),
}
"""Table → (description, column → (type, description))."""


def write_results(connection: duckdb.DuckDBPyConnection, changed_reports: str | None = None) -> None:
    """Bring both tables up to date with `report_cell` and `dim_report` of the same database, in one transaction.

    `changed_reports` is a query with the one column `report_key`: the results of no other report are looked at. Without it both
    tables are made anew.
    """
    connection.begin()
    _create("dim_rule", connection)
    connection.executemany(
        "insert into dim_rule values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                rule.rule_id,
                rule.rule_name,
                rule.severity,
                rule.title_zh,
                rule.title_en,
                rule.formula,
                list(rule.forms),
                rule.basis,
            )
            for rule in RULES
        ],
    )
    cells = "report_cell"
    if changed_reports is None:
        _create("fct_rule_result", connection)
    else:
        cells = "changed_cell"
        connection.execute(f"delete from fct_rule_result where report_key in ({changed_reports})")
        connection.execute(
            f"create temp table {cells} as from report_cell where report_key in ({changed_reports}) order by rowid"
        )
    for rule in RULES:
        connection.execute(_insert_results(rule, cells), {"rule_id": rule.rule_id, "forms": list(rule.forms)})
    connection.execute("drop table if exists temp.changed_cell")
    connection.commit()


def _create(table: str, connection: duckdb.DuckDBPyConnection) -> None:
    description, columns = TABLES[table]
    definitions = ", ".join(f"{name} {column_type}" for name, (column_type, _) in columns.items())
    connection.execute(f"create or replace table {table} ({definitions})")
    connection.execute(f"comment on table {table} is {_literal(description)}")
    for name, (_, meaning) in columns.items():
        connection.execute(f"comment on column {table}.{name} is {_literal(meaning)}")


def _insert_results(rule: Rule, cells: str) -> str:
    return f"""
insert into fct_rule_result
select
    result.report_key,
    report.organ_key,
    report.year,
    $rule_id,
    result.place,
    result.status,
    result.left_value,
    result.right_value,
    result.difference,
    result.cells
from ({rule.sql.replace(CELLS, cells)}) as result
inner join dim_report as report on result.report_key = report.report_key
where report.form = 'mixed' or list_contains($forms, report.form)
"""


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
