"""What a correction notice is about: the broken rules of one report, with their cells as printed, read from a release.

Set-based: the same few statements read the matter of one report and of all reports of a county. What does not belong here: words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

Row = Mapping[str, Any]


@dataclass(frozen=True)
class PrintedCell:
    """A cell of the form with what the document prints there. `group_zh` is the label that the row stands under, if that says more."""

    table_code: str
    table_zh: str
    row_code: str
    row_zh: str
    group_zh: str | None
    column_code: str
    column_zh: str
    value: Decimal | None
    raw: str | None
    state: str

    @property
    def name(self) -> str:
        return f"{self.table_code}.{self.row_code}.{self.column_code}"


@dataclass(frozen=True)
class Broken:
    """A rule that is broken at a place. `other` is the report that this one was held against, as (organ, year)."""

    rule_id: str
    title: str
    formula: str
    basis: str
    place: str
    left_value: Decimal | None
    right_value: Decimal | None
    difference: Decimal | None
    cells: tuple[str, ...]
    detail: str | None
    other: tuple[str, int] | None


@dataclass(frozen=True)
class Suggestion:
    """One of `count` smallest changes that would mend a table; with an `other_cell` the two are exchanged."""

    table_code: str
    count: int
    cell: str
    other_cell: str | None
    printed_value: Decimal
    suggested_value: Decimal
    rules: tuple[str, ...]
    fault: str
    reason: str


@dataclass(frozen=True)
class Matter:
    """One report and what is wrong with it: `errors` are to be corrected, `warnings` to be looked at.

    `form_notice` is the notice that prescribes the form which the report uses. `tables` are the names of its tables and `headings` the
    headings of its sections, by code: a report may lack either.
    """

    report_key: str
    organ_key: str
    organ_name: str
    places: tuple[str, ...]
    region_code: str | None
    year: int
    title: str | None
    form_notice: str
    source: str
    sha256: str
    url: str | None
    published_on: date | None
    is_sample: bool
    is_current: bool
    errors: tuple[Broken, ...]
    warnings: tuple[Broken, ...]
    suggestions: tuple[Suggestion, ...]
    cells: Mapping[str, PrintedCell]
    tables: Mapping[str, str]
    headings: Mapping[str, str]


def is_doubtful(matter: Matter) -> bool:
    """Whether what is broken may be the parser's error rather than the organ's: someone should look at the document first."""
    return any(suggestion.fault != "publisher" for suggestion in matter.suggestions)


_REPORTS = """
select report.report_key, report.organ_key, organ.organ_name, organ.province_name, organ.city_name, organ.county_name,
    organ.township_name, organ.region_code, report.year, report.title, form.notice as form_notice, report.source,
    report.sha256, report.url, report.published_on, report.is_sample, report.is_current
from dim_report as report
inner join dim_organ as organ on report.organ_key = organ.organ_key
left join dim_year as year on report.year = year.year
left join dim_form as form on coalesce(nullif(report.form, 'mixed'), year.form) = form.form
where list_contains($reports, report.report_key)
"""

_BROKEN = """
select result.report_key, result.rule_id, rule.title_zh, rule.formula, rule.basis, result.severity, result.place,
    result.left_value, result.right_value, result.difference, result.cells, result.detail,
    organ.organ_name as other_organ, other.year as other_year
from fct_rule_result as result
inner join dim_rule as rule on result.rule_id = rule.rule_id
left join dim_report as other on result.other_report_key = other.report_key
left join dim_organ as organ on other.organ_key = organ.organ_key
where list_contains($reports, result.report_key) and result.status = 'fail'
    and not list_contains($dismissed, md5(concat_ws('|', result.rule_id, result.organ_key, result.year, result.place)))
order by left(result.rule_id, 1), length(result.rule_id), result.rule_id, result.place
"""

# A document that mixes both versions is labelled by the one that names most of its cells.
_CELLS = """
with printed as (
    select * from report_cell where list_contains($reports, report_key)
),

layout as (
    select report_key, arg_max(form, (cells, form)) as form
    from (
        select printed.report_key, form.form, count(*) as cells
        from printed
        inner join dim_form_cell as form using (table_code, row_code, column_code)
        group by all
    )
    group by report_key
)

select layout.report_key, form.table_code, form.table_zh, form.row_code, form.row_zh, form.group_zh, form.column_code,
    form.column_zh, printed.value, printed.raw, coalesce(printed.state, 'absent') as state
from layout
inner join dim_form_cell as form using (form)
left join printed using (report_key, table_code, row_code, column_code)
order by form.table_code, form.row_order, form.column_order
"""

_SUGGESTIONS = """
select report_key, table_code, suggestion_count, row_code, column_code, other_row_code, other_column_code,
    printed_value, suggested_value, mends, fault, reason
from fct_suggestion
where list_contains($reports, report_key)
order by table_code, suggestion_no
"""

_TABLES = "select distinct table_code, table_zh from dim_form_cell"
_HEADINGS = "select section_code, mode(heading) as heading from report_section group by section_code"


def read_matters(
    connection: duckdb.DuckDBPyConnection, report_keys: Sequence[str], dismissed: Collection[str] = ()
) -> list[Matter]:
    """The matter of each of these reports that the release has, in the order of `report_keys`.

    `dismissed` are the fingerprints of findings that people have dismissed: they are left out.
    """
    asked = {"reports": list(report_keys)}
    broken = _by_report(_rows(connection, _BROKEN, **asked, dismissed=list(dismissed)))
    cells = _by_report(_rows(connection, _CELLS, **asked))
    suggestions = _by_report(_rows(connection, _SUGGESTIONS, **asked))
    has_sections = any(row["place"].startswith("section.") for rows in broken.values() for row in rows)
    headings = {row["section_code"]: row["heading"] for row in _rows(connection, _HEADINGS)} if has_sections else {}
    tables = {row["table_code"]: row["table_zh"] for row in _rows(connection, _TABLES)}
    reports = {row["report_key"]: row for row in _rows(connection, _REPORTS, **asked)}
    return [
        _matter(reports[key], broken.get(key, []), cells.get(key, []), suggestions.get(key, []), tables, headings)
        for key in report_keys
        if key in reports
    ]


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, **parameters: Any) -> list[Row]:
    rows: list[Row] = connection.execute(sql, parameters).to_arrow_table().to_pylist()
    return rows


def _by_report(rows: Sequence[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["report_key"], []).append(row)
    return grouped


def _matter(
    report: Row,
    broken: Sequence[Row],
    cells: Sequence[Row],
    suggestions: Sequence[Row],
    tables: Mapping[str, str],
    headings: Mapping[str, str],
) -> Matter:
    printed = {cell.name: cell for cell in map(_cell, cells)}
    order = {name: number for number, name in enumerate(printed)}

    def in_printed_order(one: Broken) -> int:
        return min((order[name] for name in one.cells if name in order), default=-1)

    def breaches(severity: str) -> tuple[Broken, ...]:
        found = [_broken(row) for row in broken if row["severity"] == severity]
        rules = {rule: number for number, rule in enumerate(dict.fromkeys(one.rule_id for one in found))}
        return tuple(sorted(found, key=lambda one: (rules[one.rule_id], in_printed_order(one))))

    errors = breaches("error")
    wrong = {one.place.partition(".")[0] for one in errors}
    named = ("province_name", "city_name", "county_name", "township_name")
    same = ("report_key", "organ_key", "organ_name", "region_code", "year", "title", "source", "sha256", "url")
    more = ("published_on", "is_sample", "is_current")
    return Matter(
        places=tuple(report[name] for name in named if report[name]),
        form_notice=report["form_notice"] or "",
        errors=errors,
        warnings=breaches("warning"),
        suggestions=tuple(_suggestion(row) for row in suggestions if row["table_code"] in wrong),
        cells=printed,
        tables=tables,
        headings=headings,
        **{name: report[name] for name in (*same, *more)},
    )


def _cell(row: Row) -> PrintedCell:
    names = ("table_code", "table_zh", "row_code", "row_zh", "column_code", "column_zh", "value", "raw", "state")
    group = row["group_zh"]
    if group and row["row_zh"].startswith(group):
        group = None  # （二）部分公开 is its own row
    return PrintedCell(group_zh=group, **{name: row[name] for name in names})


def _broken(row: Row) -> Broken:
    names = ("rule_id", "formula", "basis", "place", "left_value", "right_value", "difference", "detail")
    return Broken(
        title=row["title_zh"],
        cells=tuple(row["cells"] or ()),
        other=(row["other_organ"], row["other_year"]) if row["other_organ"] else None,
        **{name: row[name] for name in names},
    )


def _suggestion(row: Row) -> Suggestion:
    table, other = row["table_code"], row["other_row_code"]
    return Suggestion(
        table_code=table,
        count=row["suggestion_count"],
        cell=f"{table}.{row['row_code']}.{row['column_code']}",
        other_cell=other and f"{table}.{other}.{row['other_column_code']}",
        printed_value=row["printed_value"],
        suggested_value=row["suggested_value"],
        rules=tuple(dict.fromkeys(mended.partition("@")[0] for mended in row["mends"])),
        fault=row["fault"],
        reason=row["reason"],
    )
