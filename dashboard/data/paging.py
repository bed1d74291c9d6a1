"""A part of a long answer, sorted and filtered by the release itself: a table of 100,000 rows reaches the browser a hundred at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .query import Query
from .release import Parameter, Release, Row

_TEXT_TESTS = {
    "contains": "contains(lower({column}::varchar), lower({value}))",
    "notContains": "not contains(lower({column}::varchar), lower({value}))",
    "equals": "{column}::varchar = {value}",
    "notEqual": "{column}::varchar <> {value}",
    "startsWith": "starts_with({column}::varchar, {value})",
    "endsWith": "ends_with({column}::varchar, {value})",
}
_NUMBER_TESTS = {
    "equals": "{column} = try_cast({value} as double)",
    "notEqual": "{column} <> try_cast({value} as double)",
    "greaterThan": "{column} > try_cast({value} as double)",
    "greaterThanOrEqual": "{column} >= try_cast({value} as double)",
    "lessThan": "{column} < try_cast({value} as double)",
    "lessThanOrEqual": "{column} <= try_cast({value} as double)",
    "inRange": "{column} between try_cast({value} as double) and try_cast({to} as double)",
}
_BLANK_TESTS = {"blank": "{column} is null", "notBlank": "{column} is not null"}


@dataclass(frozen=True)
class Slice:
    """`found` counts the rows before cutting."""

    rows: tuple[Row, ...]
    found: int


def part(release: Release, query: Query, given: Mapping[str, Parameter], request: Mapping[str, Any]) -> Slice:
    """The rows of AG Grid's `getRowsRequest`. Columns that the answer does not have and tests that nobody knows are ignored.

    Names of columns are those of the answer itself, never the request's text; values are parameters.
    """
    bound = query.bound(given)
    start, end = int(request.get("startRow") or 0), int(request.get("endRow") or 100)
    start, limit = max(0, start), max(0, min(end - start, 1000))
    filters, sorts = request.get("filterModel") or {}, request.get("sortModel") or []
    if query.is_short and not filters and not sorts:
        rows = query.rows(release, given)
        return Slice(rows[start : start + limit], len(rows))
    columns = _columns(release, query, bound) if filters or sorts else frozenset()
    tests: list[str] = []
    for name, model in filters.items():
        test = _test(model) if name in columns else None
        if test is not None:
            value, to = f"value_{len(tests)}", f"to_{len(tests)}"
            tests.append(test.format(column=f'"{name}"', value=f"${value}", to=f"${to}"))
            given_values = {value: model.get("filter"), to: model.get("filterTo")}
            bound |= {key: str(each) for key, each in given_values.items() if f"${key}" in tests[-1]}
    order = [
        f'"{sort["colId"]}" {"desc" if sort.get("sort") == "desc" else "asc"} nulls last'
        for sort in sorts
        if sort.get("colId") in columns
    ]
    where = f" where {' and '.join(tests)}" if tests else ""
    ordered = f" order by {', '.join(order)}" if order else ""
    (counted,) = release.rows(f"select count(*) as found from ({query.sql}){where}", **bound)
    sql = f"select * from ({query.sql}){where}{ordered} limit $limit offset $offset"
    rows = release.rows(sql, **bound, limit=limit, offset=start)
    return Slice(rows, counted["found"])


def _columns(release: Release, query: Query, bound: Mapping[str, Parameter]) -> frozenset[str]:
    described = release.rows(f"select column_name from (describe {query.sql})", **bound)
    return frozenset(row["column_name"] for row in described)


def _test(condition: Mapping[str, Any]) -> str | None:
    kind = condition.get("type", "")
    tests: Sequence[Mapping[str, str]] = (
        _BLANK_TESTS,
        _NUMBER_TESTS if condition.get("filterType") == "number" else _TEXT_TESTS,
    )
    return next((known[kind] for known in tests if kind in known), None)
