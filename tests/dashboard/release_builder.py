"""Writes a small published release with the tables and types of the contract, for tests of the dashboard alone.

The labels come from the form itself; facts are derived from the cells the way the warehouse does it: leaves only, current
versions only, null where the print is not a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from jinja2 import Template

import dashboard
from dagster_project.report_parser.claims import CLAIM_KINDS
from dagster_project.report_parser.form import (
    APPLICANTS,
    DISPUTE_RESULTS,
    DISPUTE_TRACKS,
    FORMS,
    OUTCOME_GROUPS,
    CellName,
    Form,
    expected_version,
)
from expectations.suggestions import write_suggestions

TABLES = """
create table dim_report(report_key varchar, organ_key varchar, year integer, form varchar, title varchar, source varchar,
    sha256 varchar, part integer, media_type varchar, encoding varchar, is_current boolean, is_sample boolean,
    period_start date, period_end date, signed_on date, published_on date, url varchar, status varchar, number_cells bigint, blank_cells bigint, dash_cells bigint,
    text_cells bigint, absent_cells bigint);
create table dim_organ(organ_key varchar, organ_name varchar, organ_level varchar, organ_type varchar,
    region_code varchar, province_code varchar, province_name varchar, city_code varchar, city_name varchar,
    county_code varchar, county_name varchar, township_code varchar, township_name varchar);
create table dim_region(region_code varchar, region_name varchar, level varchar, province_code varchar,
    province_name varchar, city_code varchar, city_name varchar, county_code varchar, county_name varchar,
    township_code varchar, township_name varchar);
create table dim_year(year integer, form varchar, is_reported boolean);
create table dim_outcome(outcome_code varchar, outcome_zh varchar, outcome_en varchar, group_code varchar,
    group_zh varchar, group_en varchar, in_form_2019 boolean, in_form_2021 boolean, sort_order integer);
create table dim_dispute(track_code varchar, result_code varchar, track_zh varchar, track_en varchar,
    result_zh varchar, result_en varchar, sort_order integer);
create table dim_form(form varchar, notice varchar, first_year integer, last_year integer, cell_count integer);
create table dim_form_cell(form varchar, table_code varchar, table_zh varchar, table_en varchar, row_code varchar,
    row_zh varchar, row_en varchar, row_order integer, group_code varchar, group_zh varchar, group_en varchar,
    column_code varchar, column_zh varchar, column_en varchar, column_order integer, unit varchar, article varchar,
    is_total boolean);
create table fct_application(report_key varchar, organ_key varchar, year integer, applicant_code varchar,
    new_received decimal(18,6), carried_in decimal(18,6), carried_forward decimal(18,6));
create table fct_outcome(report_key varchar, organ_key varchar, year integer, applicant_code varchar,
    outcome_code varchar, value decimal(18,6));
create table dim_applicant(applicant_code varchar, applicant_zh varchar, applicant_en varchar, sort_order integer);
create table dim_disclosure_item(item_code varchar, measure_code varchar, item_zh varchar, item_en varchar,
    measure_zh varchar, measure_en varchar, unit varchar, article varchar, in_form_2019 boolean, in_form_2021 boolean,
    sort_order integer);
create table fct_disclosure(report_key varchar, organ_key varchar, year integer, item_code varchar,
    measure_code varchar, value decimal(18,6));
create table fct_channel(report_key varchar, organ_key varchar, year integer, channel_code varchar,
    value decimal(18,6), is_approximate boolean, sentence varchar);
create table fct_dispute(report_key varchar, organ_key varchar, year integer, track_code varchar, result_code varchar,
    value decimal(18,6));
create table report_cell(report_key varchar, table_code varchar, row_code varchar, column_code varchar,
    value decimal(18,6), raw varchar, state varchar, line integer);
create table dim_claim(kind varchar, code varchar, claim_zh varchar, claim_en varchar, unit varchar,
    sort_order integer);
create table report_claim(report_key varchar, kind varchar, code varchar, value decimal(18,6), is_approximate boolean,
    sentence varchar, line integer);
create table report_text(report_key varchar, problems varchar, measures varchar, processing_fee varchar);
create table mart_document(path varchar, sha256 varchar, part integer, report_key varchar);
create table report_finding(report_key varchar, code varchar, severity varchar, message varchar);
create table dim_rule(rule_id varchar, rule_name varchar, severity varchar, title_zh varchar, title_en varchar,
    formula varchar, forms varchar, basis varchar);
create table fct_rule_result(report_key varchar, organ_key varchar, year integer, rule_id varchar, place varchar,
    status varchar, severity varchar, left_value decimal(18,6), right_value decimal(18,6), difference decimal(18,6),
    cells varchar[], detail varchar, other_report_key varchar);
create table release_info(run_id varchar, published_at timestamp, parser_version varchar, reports bigint,
    files bigint, has_sample boolean);
"""

RULES = (
    ("H1", "application_balance", "收支平衡", "Applications balance", "新收 + 上年结转 = 总计 + 结转下年"),
    ("H2", "application_row_total", "行合计", "Row total", "总计 = 六类申请人之和"),
    ("H3", "outcome_subtotal", "办理结果合计", "Outcome subtotal", "（七）总计 = 各办理结果之和"),
    ("H4", "dispute_total", "争议合计", "Dispute total", "总计 = 维持 + 纠正 + 其他 + 未审结"),
    ("H5", "count_domain", "取值范围", "Count domain", "件数为非负整数"),
)

Printed = tuple[Decimal | None, str | None, str]
"""(value, raw text, state)."""


@dataclass(frozen=True)
class Organ:
    """An organ at a place: names are from the province down, codes are prefixes of `region_code`."""

    name: str
    region_code: str
    places: tuple[str | None, ...]
    type: str = "government"

    @property
    def key(self) -> str:
        return sha256(self.name.encode()).hexdigest()[:16]


@dataclass
class Report:
    """A report whose cells are all a printed 0, except where `cells` says otherwise."""

    organ: Organ
    year: int
    cells: dict[CellName, Printed] = field(default_factory=dict)
    form: str | None = None
    is_current: bool = True
    is_sample: bool = True
    version: int = 1
    part: int = 1
    published_on: date | None = None
    url: str | None = None
    claims: tuple[tuple[str, str, Decimal, bool, str, int], ...] = ()
    text: tuple[str | None, str | None, str | None] | None = None
    findings: tuple[tuple[str, str, str], ...] = ()

    @property
    def sha256(self) -> str:
        return sha256(f"{self.organ.name}{self.year}v{self.version}".encode()).hexdigest()

    @property
    def key(self) -> str:
        return self.sha256[:16]

    @property
    def printed_form(self) -> Form:
        return FORMS["2019" if (self.form or expected_version(self.year)) == "2019" else "2021"]

    def printed(self) -> Iterator[tuple[CellName, Printed]]:
        for name in self.printed_form.cells():
            yield name, self.cells.get(name, (Decimal(0), "0", "number"))


def number(value: int | str) -> Printed:
    return Decimal(value), str(value), "number"


BLANK: Printed = (None, "", "blank")
DASH: Printed = (None, "—", "dash")


def write_release(
    warehouse: Path,
    run_id: str,
    reports: Iterable[Report],
    rule_results: Iterable[tuple[str, str, str, Any, Any, list[str], str]] = (),
    regions: Iterable[tuple[str, ...]] = (),
) -> Path:
    """Writes releases/<run_id>.duckdb and points current.duckdb at it.

    `rule_results`: (report_key, rule_id, place, left, right, cells, status).
    """
    releases = warehouse / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    path = releases / f"{run_id}.duckdb"
    reports = list(reports)
    with duckdb.connect(path) as connection:
        connection.execute(TABLES)
        _insert(connection, "dim_form_cell", _form_cells())
        _insert(connection, "dim_form", [(f.version, f.notice, f.first_year, f.last_year, 0) for f in FORMS.values()])
        _insert(connection, "dim_outcome", _outcomes())
        _insert(connection, "dim_dispute", _disputes())
        _insert(connection, "dim_applicant", [(a.code, a.zh, a.en, order) for order, a in enumerate(APPLICANTS)])
        connection.execute(
            f"insert into dim_disclosure_item {_rendered('dim_disclosure_item', form_cell='dim_form_cell')}"
        )
        years = {report.year for report in reports}
        _insert(connection, "dim_year", [(y, expected_version(y), y in years) for y in range(2019, 2026)])
        _insert(connection, "dim_rule", [(*rule[:2], "error", *rule[2:], "2019,2021", "表内") for rule in RULES])
        _insert(
            connection, "dim_organ", [_organ_row(organ) for organ in {r.organ.key: r.organ for r in reports}.values()]
        )
        _insert(connection, "dim_region", _regions({r.organ for r in reports}) | set(regions))
        _insert(connection, "dim_report", [_report_row(report) for report in reports])
        _insert(
            connection,
            "report_cell",
            [(r.key, *name, value, raw, state, 10) for r in reports for name, (value, raw, state) in r.printed()],
        )
        _insert(connection, "dim_claim", [(*claim, order) for order, claim in enumerate(CLAIM_KINDS)])
        _insert(connection, "report_claim", [(r.key, *claim) for r in reports for claim in r.claims])
        _insert(connection, "report_text", [(r.key, *r.text) for r in reports if r.text])
        _insert(
            connection,
            "mart_document",
            [
                (_source(r), r.sha256, part, r.key if part == r.part else None)
                for r in reports
                for part in range(1, r.part + 1)
            ],
        )
        _insert(connection, "report_finding", [(r.key, *finding) for r in reports for finding in r.findings])
        _write_facts(connection)
        by_key = {report.key: report for report in reports}
        _insert(
            connection,
            "fct_rule_result",
            [
                (
                    key,
                    by_key[key].organ.key,
                    by_key[key].year,
                    rule,
                    place,
                    status,
                    "error",
                    left,
                    right,
                    None if left is None or right is None else left - right,
                    cells,
                    None,
                    None,
                )
                for key, rule, place, left, right, cells, status in rule_results
            ],
        )
        figures = _rendered("int_report_figures", int_report="dim_report")
        connection.execute(f"create temp table int_report_figures as {figures}")
        connection.execute(f"create table mart_report as {_rendered('mart_report')}")
        write_suggestions(connection)
        _insert(
            connection,
            "release_info",
            [
                (
                    run_id,
                    datetime.fromisoformat("2026-01-02 03:04:05"),
                    "1",
                    len(reports),
                    len(reports),
                    any(r.is_sample for r in reports),
                )
            ],
        )
    link = warehouse / "current.duckdb.new"
    link.symlink_to(Path("releases") / path.name)
    link.replace(warehouse / "current.duckdb")
    return path


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    rows = list(rows)
    if rows:
        # One append instead of a statement per row: the cells are thousands.
        batch = pa.table({f"c{i}": pa.array(column) for i, column in enumerate(zip(*rows, strict=True))})
        connection.register("batch", batch)
        connection.execute(f"insert into {table} select * from batch")
        connection.unregister("batch")


def _write_facts(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("""
        insert into fct_application
        select report_key, organ_key, year, column_code, max(value) filter (row_code = 'new_received'),
            max(value) filter (row_code = 'carried_in'), max(value) filter (row_code = 'carried_forward')
        from report_cell join dim_report using (report_key)
        where is_current and table_code = 'application' and column_code <> 'total' group by all;
        insert into fct_outcome
        select report_key, organ_key, year, column_code, row_code, value
        from report_cell join dim_report using (report_key)
        where is_current and table_code = 'application' and column_code <> 'total'
            and row_code in (select outcome_code from dim_outcome);
        insert into fct_dispute
        select report_key, organ_key, year, row_code, column_code, value
        from report_cell join dim_report using (report_key)
        where is_current and table_code = 'dispute' and column_code <> 'total';
        insert into fct_disclosure
        select report_key, organ_key, year, row_code, column_code, value
        from report_cell join dim_report using (report_key)
        where is_current and table_code = 'disclosure';
        insert into fct_channel
        select report_key, organ_key, year, code, value, is_approximate, sentence
        from report_claim join dim_report using (report_key)
        where is_current and kind = 'channel' and code <> 'all';
    """)


def _rendered(model: str, **names: str) -> str:
    """The SQL of a dbt model that needs nothing but names of tables and the project's own macros: so it has one definition. `names` are tables
    that are called otherwise here."""
    folder = Path(dashboard.__file__).parent.parent / "dbt"
    macros = "".join((folder / "macros" / name).read_text(encoding="utf-8") for name in ("organ.sql", "known.sql"))
    (file,) = (folder / "models").rglob(f"{model}.sql")
    return Template(macros + file.read_text(encoding="utf-8")).render(
        ref=lambda name: names.get(name, name), source=lambda _, name: name, is_to_build=lambda: "true"
    )


def _form_cells() -> list[tuple[Any, ...]]:
    groups = {group.code: group for group in OUTCOME_GROUPS}
    rows = []
    for form in FORMS.values():
        for table in form.tables:
            for row_order, row in enumerate(table.rows):
                group = groups.get(row.group or "")
                for column_order, column in enumerate(row.columns):
                    rows.append(
                        (
                            form.version,
                            table.code,
                            table.zh,
                            table.en,
                            row.code,
                            row.zh,
                            row.en,
                            row_order,
                            row.group,
                            group.zh if group else None,
                            group.en if group else None,
                            column.code,
                            column.zh,
                            column.en,
                            column_order,
                            column.unit,
                            row.article,
                            column.code == "total" or row.code == "processed_total",
                        )
                    )
    return rows


def _outcomes() -> list[tuple[Any, ...]]:
    groups = {group.code: group for group in OUTCOME_GROUPS}
    by_form = {v: {r.code: r for r in f.by_code["application"].rows if r.group} for v, f in FORMS.items()}
    codes = list(dict.fromkeys([*by_form["2021"], *by_form["2019"]]))
    rows = []
    for order, code in enumerate(codes):
        row = by_form["2021"].get(code) or by_form["2019"][code]
        group = groups[row.group or ""]
        rows.append(
            (
                code,
                row.zh,
                row.en,
                group.code,
                group.zh,
                group.en,
                code in by_form["2019"],
                code in by_form["2021"],
                order,
            )
        )
    return rows


def _disputes() -> list[tuple[Any, ...]]:
    return [
        (t.code, r.code, t.zh, t.en, r.zh, r.en, i * 4 + j)
        for i, t in enumerate(DISPUTE_TRACKS)
        for j, r in enumerate(DISPUTE_RESULTS)
    ]


_LEVELS = ((2, "province"), (4, "city"), (6, "county"), (9, "township"))


def _place_columns(code: str, places: tuple[str | None, ...]) -> list[str | None]:
    columns: list[str | None] = []
    for depth, (length, _) in enumerate(_LEVELS):
        known = len(code) >= length
        columns += [code[:length] if known else None, places[depth] if known else None]
    return columns


def _organ_row(organ: Organ) -> tuple[Any, ...]:
    level = dict(_LEVELS)[len(organ.region_code)]
    return (
        organ.key,
        organ.name,
        level,
        organ.type,
        organ.region_code,
        *_place_columns(organ.region_code, organ.places),
    )


def _regions(organs: set[Organ]) -> set[tuple[Any, ...]]:
    rows = set()
    for organ in organs:
        for depth, (length, level) in enumerate(_LEVELS):
            code = organ.region_code[:length]
            if len(code) == length:
                name = organ.places[depth] or "市辖区"
                rows.add((code, name, level, *_place_columns(code, organ.places)))
    return rows


def _source(report: Report) -> str:
    return f"inbox/{report.organ.name}_{report.year}.txt"


def _report_row(report: Report) -> tuple[Any, ...]:
    states = [state for _, (_, _, state) in report.printed()]
    return (
        report.key,
        report.organ.key,
        report.year,
        report.form or expected_version(report.year),
        f"{report.organ.name}{report.year}年政府信息公开工作年度报告",
        _source(report),
        report.sha256,
        report.part,
        "text/plain",
        "utf-8",
        report.is_current,
        report.is_sample,
        date(report.year, 1, 1),
        date(report.year, 12, 31),
        date(report.year + 1, 1, 20),
        report.published_on,
        report.url,
        "parsed",
        *(states.count(state) for state in ("number", "blank", "dash", "text", "absent")),
    )
