"""What a correction notice reads of a release, made in memory around the reports of `made_results.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from made_results import CellName, Printed, database

from expectations.results import TABLES, create_table
from expectations.rules import RULES
from expectations.suggestions import write_suggestions

SEEDS = Path(__file__).parents[2] / "dbt" / "seeds"
ORGAN = {
    "organ_name": "白阳镇人民政府",
    "region_code": "640425100",
    "province_name": "宁夏回族自治区",
    "city_name": "固原市",
    "county_name": "彭阳县",
    "township_name": "白阳镇",
}
REPORT = {
    "title": "彭阳县白阳镇人民政府2022年政府信息公开工作年度报告",
    "source": "宁夏/白阳镇2022.html",
    "url": "https://www.pengyang.gov.cn/report.html",
    "published_on": date(2023, 1, 25),
    "is_sample": False,
    "is_current": True,
}


def release(
    reports: Mapping[str, Mapping[CellName, Printed]],
    more: Sequence[Mapping[str, Any]] = (),
    organ: Mapping[str, Any] | None = None,
    report: Mapping[str, Any] | None = None,
) -> duckdb.DuckDBPyConnection:
    """A release of `reports`, each of an organ of its own that bears the report's key; `more` are results of further rules, and `organ` and
    `report` tell what is otherwise than in `ORGAN` and `REPORT`."""
    connection = database(reports)
    create_table("dim_rule", TABLES["dim_rule"], connection)
    connection.executemany(
        "insert into dim_rule by name select unnest(?::struct(rule_id varchar, rule_name varchar, severity varchar,"
        " title_zh varchar, title_en varchar, formula varchar, scope varchar, forms varchar[], basis varchar))",
        [
            (
                {name: getattr(rule, name) for name in TABLES["dim_rule"][1] if name != "forms"}
                | {"forms": [*rule.forms]},
            )
            for rule in RULES
        ]
        + [({**_SECTION_RULE, "forms": ["2021"]},)],
    )
    connection.execute(f"""
        create or replace table dim_form_cell as from read_csv('{SEEDS / "form_cell.csv"}', types = {{'form': 'varchar'}});
        create table dim_form as from read_csv('{SEEDS / "form.csv"}', types = {{'form': 'varchar'}});
        create table dim_year as select 2022 as year, '2021' as form;
        create table report_section as select 'overview' as section_code, '一、总体情况' as heading;
        create table dim_region as select unnest(['64', '6404', '640425', '640425100']) as region_code;
    """)
    organs = [{**ORGAN, "organ_key": key, **(organ or {})} for key in reports]
    documents = [
        {
            **REPORT,
            "report_key": key,
            "organ_key": key,
            "year": 2022,
            "form": "2021",
            "sha256": key * 8,
            **(report or {}),
        }
        for key in reports
    ]
    _create(connection, "dim_organ", organs)
    _create(connection, "dim_report", documents)
    connection.execute("update fct_rule_result set organ_key = report_key")
    # A release has text where the build has an enumeration of the rules there are.
    connection.execute("alter table fct_rule_result alter rule_id type varchar")
    for result in more:
        whole = {"status": "fail", "organ_key": result["report_key"], "year": 2022, **result}
        names = ", ".join(whole)
        marks = ", ".join("?" for _ in whole)
        connection.execute(f"insert into fct_rule_result ({names}) values ({marks})", list(whole.values()))
    write_suggestions(connection)
    return connection


_SECTION_RULE = {
    "rule_id": "S99",
    "rule_name": "made_rule",
    "severity": "warning",
    "title_zh": "自拟规则",
    "title_en": "A made rule",
    "formula": "各部分均应写明",
    "scope": "report",
    "basis": "条例 第五十条",
}


def _create(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    kinds = {bool: "boolean", int: "integer", date: "date", Decimal: "decimal(18, 6)"}
    columns = ", ".join(f"{name} {kinds.get(type(value), 'varchar')}" for name, value in rows[0].items())
    connection.execute(f"create table {table} ({columns})")
    marks = ", ".join("?" for _ in rows[0])
    connection.executemany(f"insert into {table} values ({marks})", [list(row.values()) for row in rows])
