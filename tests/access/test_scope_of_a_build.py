"""The part of a release that the real pipeline built: every table is known, and nothing of another province is in any column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from dash import Dash
from people import Browser

from dashboard.access.accounts import Accounts
from dashboard.access.current import Account
from dashboard.access.policy import Policy
from dashboard.app import create_app
from dashboard.components.tools import EXPORT
from dashboard.data.queries import QUERIES
from dashboard.data.scope import WHOLE, condition, scoped_release

CODES = ("13", "22", "62")


@pytest.fixture(scope="module")
def release(warehouse: Path) -> Path:
    return (warehouse / "current.duckdb").resolve()


@pytest.fixture(params=CODES)
def both(request: pytest.FixtureRequest, release: Path) -> Iterator[tuple[str, duckdb.DuckDBPyConnection]]:
    """A code, and its part of the release beside the whole."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{release}' as whole (read_only)")
        connection.execute(f"attach '{scoped_release(release, request.param)}' as part (read_only)")
        yield request.param, connection


def columns_of(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, str, str, str | None]]:
    return connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns()"
        " where database_name = ? order by table_name, column_index",
        [database],
    ).fetchall()


def test_every_table_of_a_release_is_whole_or_says_whose_its_rows_are(release: Path) -> None:
    """A new table has to be thought of: with a key of an organ or report, or in WHOLE."""
    with duckdb.connect(release, read_only=True) as connection:
        columns = connection.sql("select table_name, column_name from duckdb_columns() where not internal").fetchall()
        others = connection.sql("select view_name from duckdb_views() where not internal").fetchall()
    tables: dict[str, set[str]] = {}
    for table, column in columns:
        tables.setdefault(table, set()).add(column)
    assert len(tables) > 30
    assert [table for table, names in tables.items() if condition(table, names) is None] == []
    assert tables.keys() >= WHOLE
    assert others == []
    # A table about organs must not be called whole.
    assert [table for table in WHOLE if tables[table] & {"organ_key", "report_key"}] == []


def test_tables_types_and_descriptions_are_those_of_the_release(
    both: tuple[str, duckdb.DuckDBPyConnection], release: Path
) -> None:
    _, connection = both
    assert columns_of(connection, "part") == columns_of(connection, "whole")
    comments = "select table_name, comment from duckdb_tables() where database_name = '{}' order by 1"
    part = connection.sql(comments.format("part")).fetchall()
    assert part == connection.sql(comments.format("whole")).fetchall()
    assert all(comment for _, comment in part)


def test_no_key_of_another_region_is_in_any_column(both: tuple[str, duckdb.DuckDBPyConnection]) -> None:
    code, connection = both
    connection.execute(
        """
        create or replace temp table other as
        with organ as (select * from whole.dim_organ where not coalesce(starts_with(region_code, $code), false))
        select organ_key as word from organ
        union select organ_name from organ
            where organ_name not in (select organ_name from whole.dim_organ where starts_with(region_code, $code))
        union select report_key from whole.dim_report join organ using (organ_key)
        union select sha256 from whole.dim_report join organ using (organ_key)
        union select source from whole.dim_report join organ using (organ_key)
        """,
        {"code": code},
    )
    assert connection.sql("select count(*) > 500 from other").fetchall() == [(True,)]
    found = [
        (table, column)
        for table, column, kind, _ in columns_of(connection, "part")
        if kind == "VARCHAR"
        and connection.sql(
            f'select 1 from part."{table}" where "{column}" in (select word from other) limit 1'
        ).fetchall()
    ]
    assert found == []


def test_rows_are_those_of_the_region_and_none_is_missing(both: tuple[str, duckdb.DuckDBPyConnection]) -> None:
    code, connection = both
    of_region = f"(select organ_key from whole.dim_organ where starts_with(region_code, '{code}'))"
    by_table: dict[str, set[str]] = {}
    for table, column, _, _ in columns_of(connection, "part"):
        by_table.setdefault(table, set()).add(column)
    for table, columns in by_table.items():
        if table in WHOLE or table in ("mart_indicator", "mart_filing"):
            continue
        reports = f"(select report_key from whole.dim_report where organ_key in {of_region})"
        where = f"organ_key in {of_region}" if "organ_key" in columns else f"report_key in {reports}"
        # As counted sets: a fact may have equal rows.
        query = "select count(*), bit_xor(hash(rows)), sum(hash(rows)::hugeint % 1000003) from {} as rows"
        chosen = f'(select * from whole."{table}" where {where})'
        if columns & {"other_report_key"}:
            query = "select count(*) from {} as rows"
        assert (
            connection.sql(query.format(f'part."{table}"')).fetchall()
            == connection.sql(query.format(chosen)).fetchall()
        ), table
    assert (
        connection.sql("select count(*) from part.dim_region").fetchall()
        == connection.sql("select count(*) from whole.dim_region").fetchall()
    )


def test_sums_over_a_region_are_its_own_and_those_above_are_left_out(
    both: tuple[str, duckdb.DuckDBPyConnection],
) -> None:
    code, connection = both
    strange = connection.execute(
        "select count(*) from part.mart_indicator where level = 'nation' or not coalesce(starts_with(region_code, $1), true)"
        " or (organ_key is null and region_code is null)",
        [code],
    ).fetchall()
    assert strange == [(0,)]
    own = "select count(*) from {}.mart_indicator where starts_with(region_code, '{}')"
    assert connection.sql(own.format("part", code)).fetchall() == connection.sql(own.format("whole", code)).fetchall()
    filing = "select count(*), count(distinct organ_key) from {}.mart_filing where starts_with(region_code, '{}')"
    assert (
        connection.sql(filing.format("part", code)).fetchall()
        == connection.sql(filing.format("whole", code)).fetchall()
    )
    everything = connection.sql("select count(*) from part.mart_filing").fetchall()
    assert (
        everything
        == connection.sql(f"select count(*) from part.mart_filing where starts_with(region_code, '{code}')").fetchall()
    )


@pytest.fixture(scope="module")
def app(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Dash:
    """The dashboards over the release, behind a proxy that says who it is."""
    root = tmp_path_factory.mktemp("served")
    (root / "releases").mkdir()
    (root / "releases" / release.name).hardlink_to(release)
    (root / "current.duckdb").symlink_to(Path("releases") / release.name)
    accounts = Accounts(root / "accounts.sqlite")
    accounts.add(Account("hebei", "viewer", "13", "河北省"), None, "test")
    accounts.add(Account("all", "viewer"), None, "test")
    return create_app(root, root, policy=Policy(login=True, proxy_header="X-Remote-User"))


def asked_by(app: Dash, name: str) -> Browser:
    browser = Browser(app, "127.0.0.1")
    browser.client.environ_base["HTTP_X_REMOTE_USER"] = name
    return browser


@pytest.fixture(scope="module")
def others(release: Path) -> list[str]:
    """Names and keys of the organs of another province that has many reports."""
    with duckdb.connect(release, read_only=True) as connection:
        rows = connection.sql(
            "select organ_name, organ_key from dim_organ where province_code = '22'"
            " union all select report_key, title from dim_report join dim_organ using (organ_key) where province_code = '22'"
        ).fetchall()
    return [str(word) for row in rows for word in row if word]


@pytest.mark.parametrize("name", QUERIES)
def test_no_export_holds_another_province(app: Dash, others: list[str], name: str) -> None:
    own, whole = (asked_by(app, who) for who in ("hebei", "all"))
    for search in ("", "?year=all", "?province=22&year=all"):
        for kind in ("csv", "xlsx"):
            assert own.get(f"{EXPORT}{name}.{kind}{search}").status_code in (200, 404)
        text = own.get(f"{EXPORT}{name}.csv{search}").text
        assert [word for word in others if word in text] == []
    assert whole.get(f"{EXPORT}{name}.csv?year=all").status_code in (200, 404)


def test_the_whole_country_is_exported_to_whom_it_is_for(app: Dash, others: list[str]) -> None:
    texts = [asked_by(app, "all").get(f"{EXPORT}{name}.csv?year=all").text for name in QUERIES]
    assert any(word in text for word in others for text in texts)


@pytest.mark.parametrize("name", QUERIES)
def test_no_row_of_a_long_table_is_of_another_province(app: Dash, others: list[str], name: str) -> None:
    """The forged request of a table: any query, any range, any filter."""
    output = next(key for key in app.callback_map if key.endswith(".getRowsResponse"))
    identity = {"rows": name, "look": "plain"}
    request = {"startRow": 0, "endRow": 1000, "filterModel": {}, "sortModel": []}

    def rows(who: str, search: str) -> str:
        body = {
            "output": output,
            "outputs": {"id": identity, "property": "getRowsResponse"},
            "inputs": [{"id": identity, "property": "getRowsRequest", "value": request}],
            "state": [
                {"id": identity, "property": "id", "value": identity},
                {"id": "address", "property": "pathname", "value": "/"},
                {"id": "address", "property": "search", "value": search},
            ],
            "changedPropIds": [],
        }
        answer = asked_by(app, who).client.post("/_dash-update-component", json=body)
        assert answer.status_code in (200, 204), answer.text
        return json.dumps(answer.json, ensure_ascii=False)

    for search in ("?year=all", "?province=22&year=all"):
        assert [word for word in others if word in rows("hebei", search)] == []
