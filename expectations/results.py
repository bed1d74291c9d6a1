"""The rules' results as tables: `dim_rule`, the catalogue, and `fct_rule_result`, what each rule said of each report.

Set-based: one statement a few rules, whatever the number of reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import duckdb

from .rules import PREPARED, REPORT_TABLES, RULES, Rule, Severity, enumeration

Described = tuple[str, dict[str, tuple[str, str]]]
"""(description of a table, column → (type, description))."""

TABLES: dict[str, Described] = {
    "dim_rule": (
        "The rule catalogue. Grain: one row per rule.",
        {
            "rule_id": ("VARCHAR PRIMARY KEY", "Stable id of the rule: H for hard rules, S for soft ones."),
            "rule_name": ("VARCHAR NOT NULL", "Stable English name."),
            "severity": ("VARCHAR NOT NULL", "error or warning."),
            "title_zh": ("VARCHAR NOT NULL", "Title in Chinese."),
            "title_en": ("VARCHAR NOT NULL", "Title in English."),
            "formula": ("VARCHAR NOT NULL", "What must hold, in the form's own words."),
            "scope": (
                "VARCHAR NOT NULL",
                "report: the report alone is looked at; history: it is held against other reports.",
            ),
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
            "rule_id": (
                f"{enumeration(rule.rule_id for rule in RULES)} NOT NULL",
                "Key of the rule (dim_rule).",
            ),
            "place": (
                "VARCHAR NOT NULL",
                "The part of the form the verdict is about: table, table.row, table.column or table.row.column. "
                "S9 names the whole that the prose states, claim.kind.code. Where several places pass they share one row, whose place is "
                "what they are in: a table, or the report. Rules on other parts name `title`, `published_on`, `form`, `section.<code>`, or `report` for the "
                "whole.",
            ),
            "status": (
                f"{enumeration(['pass', 'fail', 'not_assessable'])} NOT NULL",
                "pass, fail or not_assessable (blanks leave it open, or a cell is unreadable).",
            ),
            "severity": (
                f"{enumeration(get_args(Severity))} NOT NULL",
                "error or warning: the rule's, or less where it only warns at this place.",
            ),
            "left_value": (
                "DECIMAL(38, 6)",
                "The formula's left side, blanks read as 0; for H5 the printed value, for H8 the days after 31 December.",
            ),
            "right_value": (
                "DECIMAL(38, 6)",
                "The formula's right side, blanks read as 0; null where it has none, or it passes.",
            ),
            "difference": ("DECIMAL(38, 6)", "left_value less right_value."),
            "cells": ("VARCHAR[]", "The cells involved, as table.row.column; null where the place passes."),
            "detail": (
                "VARCHAR",
                "The sentence or fact that the verdict rests on, as printed; null where figures say it all.",
            ),
            "other_report_key": (
                "VARCHAR",
                "Key of the report version that this one was held against (dim_report); null where there is none.",
            ),
        },
    ),
}
"""The tables written here, by name."""
_UNCOMPRESSED = {"fct_rule_result": ("report_key", "organ_key")}
"""Columns of two million keys that the build keeps as they are: to try every way of packing them takes DuckDB a quarter of the time of writing
the table. A release, which is read for longer than it is written, packs them."""
_TOGETHER = 5
"""Rules asked in one statement."""


def write_results(
    connection: duckdb.DuckDBPyConnection, changed_reports: str | None = None, rules: Sequence[Rule] = RULES
) -> None:
    """Bring both tables up to date with the marts of the same database, in one transaction.

    `changed_reports` is a query with the one column `report_key`: rules that need the report alone are asked of these only, for the
    results of others cannot have changed. Without it every rule is asked of every report.
    """
    tables = {table: table for table in REPORT_TABLES}
    if changed_reports is not None:
        tables = {table: f"changed_{table}" for table in REPORT_TABLES}
        for table, changed in tables.items():
            connection.execute(
                f"create temp table {changed} as from {table} where report_key in ({changed_reports}) order by rowid"
            )
    for table, query in PREPARED.items():
        connection.execute(f"create temp table {table} as {query.format_map(tables)}")
        tables[table] = table
    # What is not yet committed is read by one thread only: so the tables above are made before. In a given order it is written by one, too.
    connection.execute("set preserve_insertion_order = false")
    connection.begin()
    create_table("dim_rule", TABLES["dim_rule"], connection)
    for rule in rules:
        connection.execute(
            "insert into dim_rule values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                rule.rule_id,
                rule.rule_name,
                rule.severity,
                rule.title_zh,
                rule.title_en,
                rule.formula,
                rule.scope,
                list(rule.forms),
                rule.basis,
            ),
        )
    if changed_reports is None:
        create_table("fct_rule_result", TABLES["fct_rule_result"], connection)
    else:
        of_all = [rule.rule_id for rule in rules if rule.scope == "history" and not rule.kin]
        connection.execute(
            f"delete from fct_rule_result where report_key in ({changed_reports}) or list_contains(?, rule_id)",
            [of_all],
        )
    for asked in _asked_together(rules):
        for rule in asked:
            if rule.kin:
                _find_asked(rule, changed_reports, connection)
                tables["asked_report"] = "asked_report"
        connection.execute(f"insert into fct_rule_result {result_query(asked, tables)}")
    for table in tables.values():
        connection.execute(f"drop table if exists temp.{table}")
    connection.commit()
    connection.execute("reset preserve_insertion_order")


def _asked_together(rules: Sequence[Rule]) -> Iterator[Sequence[Rule]]:
    """The rules by the statement that asks them. Few rows are written by one thread; the tables of all rules at once would be too much.

    A rule with `kin` is asked alone: which reports it is asked of is found before.
    """
    together = [rule for rule in rules if not rule.kin]
    for first in range(0, len(together), _TOGETHER):
        yield together[first : first + _TOGETHER]
    for rule in rules:
        if rule.kin:
            yield (rule,)


def _find_asked(rule: Rule, changed_reports: str | None, connection: duckdb.DuckDBPyConnection) -> None:
    """The reports of which a rule with `kin` is to be asked, in the temporary table `asked_report`; their results of before are gone then.

    What the rule looked at when it was last asked is kept in the schema `rules`, so that whatever came, went or changed since is known.
    """
    known = f"rules.kin_of_{rule.rule_id}"
    connection.execute("create schema if not exists rules")
    connection.execute(f"create temp table kin as {rule.kin}")
    if changed_reports is None:
        connection.execute("create or replace temp table asked_report as select report_key from kin")
    else:
        connection.execute(f"create table if not exists {known} as from kin limit 0")
        connection.execute(
            f"""
            create or replace temp table asked_report as
            with differing as (
                (from kin except from {known})
                union all
                (from {known} except from kin)
                union all
                (from kin where report_key in ({changed_reports}))
            ),

            looking as (
                select report_key, unnest(looks_at) as kin from kin
            )

            select report_key from kin semi join differing using (report_key)
            union
            select report_key from looking where kin in (select unnest(seen_by) from differing)
            """
        )
        connection.execute(
            "delete from fct_rule_result where rule_id = ? and"
            " (report_key in (from asked_report) or report_key not in (select report_key from kin))",
            [rule.rule_id],
        )
    connection.execute(f"create or replace table {known} as from kin")
    connection.execute(f"comment on table {known} is 'What {rule.rule_id} looked at when it was last asked.'")
    connection.execute("drop table kin")


def create_table(table: str, described: Described, connection: duckdb.DuckDBPyConnection) -> None:
    """Make `table` anew and empty, with its description and those of its columns as comments."""
    description, columns = described
    plain = dict.fromkeys(_UNCOMPRESSED.get(table, ()), " using compression uncompressed")
    definitions = ", ".join(f"{name} {column_type}{plain.get(name, '')}" for name, (column_type, _) in columns.items())
    connection.execute(f"create or replace table {table} ({definitions})")
    connection.execute(f"comment on table {table} is {_literal(description)}")
    for name, (_, meaning) in columns.items():
        connection.execute(f"comment on column {table}.{name} is {_literal(meaning)}")


def tables_of_a_release() -> dict[str, str]:
    """What stands for them when every report of a release is asked, and nothing may be written."""
    tables = {table: table for table in REPORT_TABLES} | {"asked_report": "dim_report"}
    for table, query in PREPARED.items():
        tables[table] = f"({query.format_map(tables)})"
    return tables


_MERGED = """,

passing as (
    select
        report_key,
        min(place) as first_place,
        max(place) as last_place,
        min(severity) as severity  -- error, if it is one at any of the places
    from result
    where status = 'pass'
    group by report_key
),

-- What passes is one row a report: a row for each of its places would be most of a release.
merged as (
    select *
    from result
    where status != 'pass'
    union all by name
    select
        report_key,
        case
            when first_place = last_place then first_place
            -- In alphabetical order what lies between two places of a table is of that table.
            when split_part(first_place, '.', 1) = split_part(last_place, '.', 1) then split_part(first_place, '.', 1)
            else 'report'
        end as place,
        'pass' as status,
        severity
    from passing
)"""
"""Tables of a query after `result`: its rows, of which those that pass are one a report."""


def result_query(rules: Sequence[Rule], tables: Mapping[str, str]) -> str:
    """A query for the rows of `fct_rule_result` of these rules; `tables` says what stands for the tables that they name in braces.

    Raises:
        KeyError, ValueError, IndexError: when braces in a rule's SQL name anything else.
    """
    found = "\nunion all\n".join(f"({_found(rule, tables)})" for rule in rules)
    # Whose report it is, is looked up once for all of them: that takes as long as many a rule.
    return f"""
select
    shown.report_key,
    report.organ_key,
    report.year,
    shown.rule_id,
    shown.place,
    shown.status,
    shown.severity,
    shown.left_value,
    shown.right_value,
    shown.difference,
    shown.cells,
    shown.detail,
    shown.other_report_key
from ({found}) as shown
inner join dim_report as report on shown.report_key = report.report_key
where report.form = 'mixed' or contains(shown.forms, report.form)
"""


def _found(rule: Rule, tables: Mapping[str, str]) -> str:
    """A query for what the rule says, of reports of every form."""
    # Joined where it is asked for only: over millions of rows it takes as long as a rule.
    warns = f"""
    inner join dim_report as report on result.report_key = report.report_key
    {"inner join dim_organ as organ on report.organ_key = organ.organ_key" if "organ." in rule.only_warns else ""}
    """
    return f"""
with asked as (
    {rule.asked_of(tables)}
),

result as (
    select
        result.*,
        case when {rule.only_warns} then 'warning' else '{rule.severity}' end as severity
    from asked as result
    {warns if rule.only_warns != "false" else ""}
){"" if rule.passes_once else _MERGED}

select
    report_key,
    {_literal(rule.rule_id)} as rule_id,
    {_literal(" ".join(rule.forms))} as forms,
    place,
    status,
    severity,
    left_value,
    right_value,
    difference,
    cells,
    detail,
    other_report_key
from {"result" if rule.passes_once else "merged"}
"""


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
