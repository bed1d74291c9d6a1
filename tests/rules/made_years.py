"""A few organs and their reports of some years, made by hand, and what a rule that holds them against one another says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

import duckdb
import pyarrow as pa

from dagster_project.report_parser.form import FORMS, FormVersion
from expectations.results import write_results
from expectations.rules import RULES

_TABLES = """
create table dim_organ(organ_key varchar, organ_name varchar, organ_level varchar, organ_type varchar, region_code varchar,
    county_code varchar, city_code varchar, province_code varchar, township_name varchar, county_name varchar,
    city_name varchar, province_name varchar, first_year integer, last_year integer, successor_organ_key varchar);
create table dim_report(report_key varchar, organ_key varchar, year integer, form varchar, is_current boolean,
    number_cells integer, blank_cells integer, dash_cells integer, text_cells integer, absent_cells integer);
create table report_cell(report_key varchar, table_code varchar, row_code varchar, column_code varchar,
    value decimal(18, 6), state varchar);
create table report_section(report_key varchar, section_code varchar, text varchar);
create table mart_filing(organ_key varchar, organ_level varchar, organ_type varchar, region_code varchar, year integer,
    is_expected boolean, expected_by varchar, filing_status varchar);
create table dim_form_cell(form varchar, table_code varchar, row_code varchar, column_code varchar);
"""
_STATES = ("number", "blank", "dash", "text", "absent")

Printed = int | str
"""A number (`"0.5"` is one too), or the state of a cell that holds none."""


class Result(NamedTuple):
    place: str
    status: str
    severity: str
    left: Decimal | None
    right: Decimal | None
    detail: str | None
    other: str | None


@dataclass
class MadeYears:
    """Organs are named by their key; a report is `organ/year`."""

    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def __post_init__(self) -> None:
        self.connection.execute(_TABLES)
        cells = [(version, *name) for version, form in FORMS.items() for name in form.cells()]
        self.connection.executemany("insert into dim_form_cell values (?, ?, ?, ?)", cells)

    def add_organ(
        self,
        key: str,
        region_code: str | None = "621025107",
        level: str = "township",
        organ_type: str = "government",
        *,
        merged_into: str | None = None,
        name: str | None = None,
        places: tuple[str | None, ...] = (None, None, None, None),
    ) -> None:
        """`places` are the names from the township up."""
        codes = [region_code[:length] if region_code and len(region_code) >= length else None for length in (6, 4, 2)]
        self.connection.execute(
            "insert into dim_organ values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, ?)",
            [key, name or key, level, organ_type, region_code, *codes, *places, merged_into],
        )

    def add_report(
        self,
        organ: str,
        year: int,
        cells: Mapping[str, Printed] | None = None,
        sections: Mapping[str, str] | None = None,
        *,
        form: FormVersion = "2021",
        version: str = "",
    ) -> None:
        """A report whose cells are zeros, unless told otherwise. A superseded `version` is named."""
        key = f"{organ}/{year}{version}"
        rows = []
        for name in FORMS[form].cells():
            printed = (cells or {}).get(".".join(name), 0)
            state = printed if printed in _STATES else "number"
            rows.append((key, *name, Decimal(printed) if state == "number" else None, state))
        unknown = set(cells or {}) - {".".join(row[1:4]) for row in rows}
        assert not unknown, f"not on the form of {form}: {unknown}"
        columns = ("report_key", "table_code", "row_code", "column_code", "value", "state")
        table = pa.table(dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))
        self.connection.register("made", table)
        self.connection.execute("insert into report_cell select * from made")
        counts = [sum(row[5] == state for row in rows) for state in _STATES]
        self.connection.execute(
            "insert into dim_report values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [key, organ, year, form, not version, *counts],
        )
        for code, text in (sections or {}).items():
            self.connection.execute("insert into report_section values (?, ?, ?)", [key, code, text])

    def ask(self, rule_id: str) -> dict[str, list[Result]]:
        """What the rule says, by report, in the order of the places."""
        self.connection.execute(
            "update dim_organ set first_year = years.first_year, last_year = years.last_year from (select organ_key,"
            " min(year) as first_year, max(year) as last_year from dim_report group by organ_key) as years"
            " where dim_organ.organ_key = years.organ_key"
        )
        write_results(self.connection, rules=[rule for rule in RULES if rule.rule_id == rule_id])
        said: dict[str, list[Result]] = {}
        for key, *result in self.connection.execute(
            "select report_key, place, status, severity, left_value, right_value, detail, other_report_key"
            " from fct_rule_result order by report_key, place"
        ).fetchall():
            said.setdefault(key, []).append(Result(*result))
        return said
