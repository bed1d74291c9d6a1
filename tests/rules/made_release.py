"""A release of a few hand-made rows, and one rule's answers to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb

from dagster_project.report_parser.form import FORMS, SECTIONS, FormVersion
from expectations.results import tables_of_a_release
from expectations.rules import RULES

STATES = ("number", "blank", "dash", "text", "absent")
_TABLES = """
create table dim_report(report_key varchar, organ_key varchar, year integer, form varchar, title varchar, is_current boolean,
    period_start date, signed_on date, published_on date, number_cells integer, blank_cells integer, dash_cells integer,
    text_cells integer, absent_cells integer);
create table dim_organ(organ_key varchar, organ_level varchar, organ_type varchar, region_code varchar, city_name varchar);
create table dim_form(form varchar, first_year integer, last_year integer);
create table mart_filing(organ_key varchar, year integer, report_key varchar, due_on date, is_binding boolean,
    published_on date, published_by varchar);
create table report_cell(report_key varchar, table_code varchar, row_code varchar, column_code varchar,
    value decimal(18, 6), raw varchar, state varchar);
create table report_section(report_key varchar, section_code varchar, text varchar);
create table report_finding(report_key varchar, code varchar);
create table dim_form_cell(form varchar, table_code varchar, row_code varchar, column_code varchar);
insert into dim_form values ('2019', 2019, 2020), ('2021', 2021, null);
"""
BY_ID = {rule.rule_id: rule for rule in RULES}


class Result(NamedTuple):
    place: str
    status: str
    left: Decimal | None
    right: Decimal | None
    cells: list[str] | None
    detail: str | None


@contextmanager
def made_release() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(_TABLES)
        cells = [(version, *name) for version, form in FORMS.items() for name in form.cells()]
        connection.executemany("insert into dim_form_cell values (?, ?, ?, ?)", cells)
        yield connection


def add_report(
    connection: duckdb.DuckDBPyConnection,
    cells: Mapping[str, int | str] | None = None,
    sections: Mapping[str, str] | None = None,
    findings: tuple[str, ...] = (),
    *,
    printed_in: Mapping[str, FormVersion] | None = None,
    **attributes: Any,
) -> None:
    """The report `r` on 2022 of the county bureau `o`: a whole report whose cells are zeros, unless told otherwise.

    `cells` are figures, or states that are no number, or other text; a table's name stands for all its cells. `sections` are
    the texts of all sections that are there. `printed_in` tells the form of single tables, for a mixed report.
    """
    report = {
        "report_key": "r",
        "organ_key": "o",
        "year": 2022,
        "form": "2021",
        "title": "某县财政局2022年政府信息公开工作年度报告",
        "is_current": True,
        "period_start": date(2022, 1, 1),
        "signed_on": date(2023, 1, 20),
        "published_on": None,
    }
    organ = {"organ_key": "o", "organ_level": "county", "organ_type": "department", "region_code": "621025"}
    report |= {name: value for name, value in attributes.items() if name in report}
    organ |= {name: value for name, value in attributes.items() if name not in report}
    printed = []
    for table in FORMS["2021"].by_code:
        version = (printed_in or {}).get(table) or ("2021" if report["form"] == "mixed" else report["form"])
        for row in FORMS[version].by_code[table].rows:
            for column in row.columns:
                name = f"{table}.{row.code}.{column.code}"
                content = (cells or {}).get(name, (cells or {}).get(table, 0))
                state = "number" if not isinstance(content, str) else content if content in STATES else "text"
                raw = content if state == "text" else None
                printed.append(("r", table, row.code, column.code, content if state == "number" else None, raw, state))
    assert {name for name in (cells or {}) if "." in name} <= {".".join(row[1:4]) for row in printed}
    report |= {f"{state}_cells": sum(row[-1] == state for row in printed) for state in STATES}
    texts = {code: "" for code, _ in SECTIONS} if sections is None else sections
    _insert(connection, "dim_report", [report])
    _insert(connection, "dim_organ", [organ])
    connection.executemany("insert into report_cell values (?, ?, ?, ?, ?, ?, ?)", printed)
    for code, text in texts.items():
        connection.execute("insert into report_section values ('r', ?, ?)", [code, text])
    for code in findings:
        connection.execute("insert into report_finding values ('r', ?)", [code])


def add_filing(
    connection: duckdb.DuckDBPyConnection, due_on: date, published_on: date | None, published_by: str
) -> None:
    row = {"organ_key": "o", "year": 2022, "report_key": "r", "due_on": due_on, "is_binding": True}
    _insert(connection, "mart_filing", [{**row, "published_on": published_on, "published_by": published_by}])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        places = ", ".join("?" * len(row))
        connection.execute(f"insert into {table} ({', '.join(row)}) values ({places})", list(row.values()))


def asked(connection: duckdb.DuckDBPyConnection, rule_id: str) -> list[Result]:
    """What the rule says, in the order of the places."""
    rule = BY_ID[rule_id]
    sql = rule.asked_of(tables_of_a_release())
    rows = connection.execute(
        f"select place, status, left_value, right_value, cells, detail from ({sql}) where report_key = 'r' order by place"
    ).fetchall()
    return [Result(*row) for row in rows]


def verdicts(
    rule_id: str, cells: Mapping[str, int | str] | None = None, sections: Mapping[str, str] | None = None, **told: Any
) -> dict[str, str]:
    """Place and status of what the rule says of one report."""
    with made_release() as connection:
        add_report(connection, cells, sections, **told)
        return {result.place: result.status for result in asked(connection, rule_id)}
