"""An account of a region gets no row of another, by whatever way it asks; the rows are not in the file that it is served from."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from dash import Dash
from known_release import CITY, CITY_2022, DISTRICT, DISTRICT_2022, REPORTS, TOWN, TOWN_2021
from people import Browser
from release_builder import Report, write_release

from dashboard.access import current, log
from dashboard.access.accounts import Accounts
from dashboard.address import Address
from dashboard.data.query import Query
from dashboard.data.release import ReleaseUnavailableError, Warehouse
from dashboard.data.scope import condition, scope_file, scoped_release
from dashboard.data.selection import IN_YEAR
from dashboard.view import View
from expectations.ledger import Ledger, UnknownFinding

FIRST = "20260101T000000-a"


def release_of(root: Path, run_id: str = FIRST) -> Path:
    return root / "releases" / f"{run_id}.duckdb"


def rows(file: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(file, read_only=True) as connection:
        return connection.sql(sql).fetchall()


@pytest.mark.parametrize(
    ("code", "organs"),
    [
        ("64", {CITY.name, TOWN.name}),
        ("6401", {CITY.name, TOWN.name}),
        ("640181", {TOWN.name}),
        ("640181104", {TOWN.name}),
        ("11", {DISTRICT.name}),
        ("62", set()),
    ],
)
def test_a_region_has_its_own_and_what_lies_below(warehouse_folder: Path, code: str, organs: set[str]) -> None:
    file = scoped_release(release_of(warehouse_folder), code)
    assert {name for (name,) in rows(file, "select organ_name from dim_organ")} == organs
    expected = {report.key for report in REPORTS if report.organ.name in organs}
    for table in ("dim_report", "report_cell"):
        assert {key for (key,) in rows(file, f"select distinct report_key from {table}")} == expected
    years = {report.year for report in REPORTS if report.organ.name in organs}
    assert {year for (year,) in rows(file, "select year from dim_year where is_reported")} == years
    told = rows(file, "select reports, has_sample from release_info")
    assert told == [(len(expected), any(r.is_sample for r in REPORTS if r.organ.name in organs))]


def test_what_leads_out_of_a_region_is_blank(tmp_path: Path) -> None:
    result = (TOWN_2021.key, "H1", "application.total", 2, 1, [], "fail")
    release = write_release(tmp_path, FIRST, REPORTS, [result])
    with duckdb.connect(release) as connection:
        connection.execute(
            "update fct_rule_result set other_report_key = ?, detail = '与东城区雷同'", [DISTRICT_2022.key]
        )
    asked = "select rule_id, other_report_key, detail from fct_rule_result"
    assert rows(scoped_release(release, "64"), asked) == [("H1", None, None)]
    assert rows(release, asked) == [("H1", DISTRICT_2022.key, "与东城区雷同")]


def test_a_table_that_does_not_say_whose_its_rows_are_is_left_out(tmp_path: Path) -> None:
    release = write_release(tmp_path, FIRST, REPORTS)
    with duckdb.connect(release) as connection:
        connection.execute("create table mart_new as select organ_name from dim_organ")
    assert condition("mart_new", {"organ_name"}) is None
    assert rows(scoped_release(release, "64"), "select * from duckdb_tables() where table_name = 'mart_new'") == []


def test_many_at_once_make_one_file(warehouse_folder: Path) -> None:
    code = "import sys; from pathlib import Path; from dashboard.data.scope import scoped_release; p = scoped_release(Path(sys.argv[1]), '64'); print(p.stat().st_ino)"
    started = [
        subprocess.Popen([sys.executable, "-c", code, release_of(warehouse_folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1
    assert [process.returncode for process in started] == [0] * 4
    assert {file.name for file in (warehouse_folder / "scopes").iterdir()} == {".64.lock", f"{FIRST}-64.duckdb"}


def test_what_a_killed_process_left_is_made_anew(warehouse_folder: Path) -> None:
    target = scope_file(release_of(warehouse_folder), "64")
    target.parent.mkdir()
    target.with_suffix(".part").write_bytes(b"half a file")
    assert rows(scoped_release(release_of(warehouse_folder), "64"), "select count(*) from dim_organ") == [(2,)]


def test_it_goes_with_its_release(warehouse_folder: Path) -> None:
    first = scoped_release(release_of(warehouse_folder), "64")
    second = write_release(warehouse_folder, "20260102T000000-b", REPORTS)
    assert scoped_release(second, "64").exists()
    assert first.exists()
    release_of(warehouse_folder).unlink()
    scoped_release(second, "11")
    assert not first.exists()
    assert scope_file(second, "64").exists()


def test_while_a_new_part_is_made_the_last_one_is_served(warehouse_folder: Path, app: Dash) -> None:
    warehouse = Warehouse(warehouse_folder)
    with app.server.test_request_context("/"):
        current.sign_in(current.Account("x", "viewer", "64"))
        before = warehouse.current()
        assert (before.path.name, warehouse.release_id()) == (f"{FIRST}-64.duckdb", before.path.name)
        write_release(warehouse_folder, "20260102T000000-b", [Report(TOWN, 2025)])
        assert warehouse.current().path == before.path
        deadline = time.monotonic() + 30
        while warehouse.current().path == before.path:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert warehouse.release_id() == "20260102T000000-b-64.duckdb"
        assert warehouse.current().rows("select year from dim_report") == ({"year": 2025},)
        current.sign_in(current.Account("y", "viewer"))
        assert warehouse.release_id() == "20260102T000000-b.duckdb"


def test_a_part_that_cannot_be_made_is_no_release(warehouse_folder: Path, app: Dash) -> None:
    (warehouse_folder / "scopes").write_text("a file where the folder should be")
    with app.server.test_request_context("/"):
        current.sign_in(current.Account("x", "viewer", "64"))
        with pytest.raises(ReleaseUnavailableError):
            Warehouse(warehouse_folder).current()


PAGES = (
    ("/", ""),
    ("/", "?province=64"),
    ("/", "?province=64&city=6401&county=640181&year=2021"),
    ("/", "?year=all"),
    ("/disputes", "?province=64&by=organ&year=all"),
    ("/filing", "?province=64&year=all"),
    ("/compare", f"?a=64&b={TOWN.key}&organ={CITY.key}&year=2021"),
    ("/report", "?q=临河"),
    ("/report", ""),
    (f"/report/{TOWN_2021.key}", ""),
    (f"/report/{CITY_2022.key}", ""),
    ("/sql", ""),
    ("/dictionary", ""),
)
OTHERS = (
    TOWN.name,
    CITY.name,
    TOWN_2021.key,
    CITY_2022.key,
    TOWN.key,
    CITY.key,
    TOWN_2021.sha256,
    "公众号200余条",
    "976.81",
)
"""What of 宁夏 an account of 北京 must not see. The names of places are anybody's: the gazetteer is whole."""


@pytest.mark.parametrize(("path", "search"), PAGES)
def test_no_page_shows_another_region(browser_of: Callable[[str], Browser], path: str, search: str) -> None:
    page = browser_of("beijing-analyst").page(path, search)
    # What was typed into the address comes back as it was.
    assert [word for word in OTHERS if word in page and word not in path + search] == []


@pytest.mark.parametrize(
    ("scope", "place", "search", "heading", "reports"),
    [
        ("11", "北京市", "", "北京市", 1),
        ("11", "北京市", "?province=11", "北京市", 1),
        ("11", "北京市", "?province=64", "宁夏回族自治区", 0),
        ("6401", "银川市", "", "宁夏回族自治区 · 银川市", 4),
        ("6401", "银川市", "?province=64", "宁夏回族自治区 · 银川市", 4),
        ("6401", "银川市", "?province=64&city=6401&county=640181", "宁夏回族自治区 · 银川市 · 灵武市", 2),
        (TOWN.region_code, "临河镇", "", "宁夏回族自治区 · 银川市 · 灵武市 · 临河镇", 2),
        (None, None, "", "全国", 5),
        (None, None, "?province=64", "宁夏回族自治区", 4),
    ],
)
def test_figures_bear_the_name_of_the_region_whose_they_are(
    warehouse_folder: Path, app: Dash, scope: str | None, place: str | None, search: str, heading: str, reports: int
) -> None:
    with app.server.test_request_context("/"):
        current.sign_in(current.Account("x", "viewer", scope, place))
        address = Address.parse("/", f"{search}{'&' if search else '?'}year=all")
        view = View.of(Warehouse(warehouse_folder).current(), address)
        assert view.place == heading
        assert len(view.rows(Query("reports", f"{IN_YEAR} select report_key from report"))) == reports


def test_no_callback_tells_of_another_region(browser_of: Callable[[str], Browser]) -> None:
    """Every callback of every page, with an address that asks for the other province in each way there is."""
    own, national = browser_of("beijing-analyst"), browser_of("analyst")
    told = 0
    for output, registered in own.app.callback_map.items():
        if "callback" not in registered or output.startswith("sql-result"):
            continue
        for path, search in PAGES:
            values = {"address.pathname": path, "address.search": search}
            answer = own.call(output, values)
            assert [word for word in OTHERS if word in answer.text and word not in path + search] == [], output
            told += "银川市人民政府" in national.call(output, values).text
    assert told > 0  # those that may see it do


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_notice_of_another_region_is_none(browser_of: Callable[[str], Browser], form: str) -> None:
    link = f"/notice/{TOWN_2021.key}.{form}"
    refused = browser_of("beijing-viewer").get(link)
    assert refused.status_code == 404
    assert "临河" not in refused.text
    assert browser_of("yinchuan-steward").get(link).status_code == 200


@pytest.mark.parametrize(
    "sql",
    [
        "select organ_name from dim_organ",
        "select * from dim_report",
        "select raw from report_cell",
        f"""select * from "{FIRST}".main.dim_organ""",
        f"""select * from "{FIRST}-64".main.dim_organ""",
        f"""select * from "{FIRST}-11".main.dim_organ""",
        "select * from whole.main.dim_organ",
        "select database_name, table_name from duckdb_tables()",
        "from duckdb_databases()",
        f"attach 'releases/{FIRST}.duckdb' as other",
        f"select * from read_blob('releases/{FIRST}.duckdb')",
        f"select * from '../releases/{FIRST}.duckdb'",
        "select * from fct_rule_result",
        "select sentence from report_claim",
    ],
)
def test_sql_reaches_the_region_only(browser_of: Callable[[str], Browser], sql: str) -> None:
    # Another's part of the release lies beside it.
    assert browser_of("yinchuan-steward").query("select count(*) as n from dim_organ")
    answer = browser_of("beijing-analyst").query(sql)
    words = [word for word in OTHERS if word in answer and word not in sql]
    assert words == []


def test_the_sql_of_a_region_is_answered(browser_of: Callable[[str], Browser]) -> None:
    assert DISTRICT.name in browser_of("beijing-analyst").query("select organ_name from dim_organ")
    assert TOWN.name in browser_of("yinchuan-steward").query("select organ_name from dim_organ")
    assert TOWN.name in browser_of("analyst").query("select organ_name from dim_organ")


def test_the_data_docs_are_for_the_whole_country(browser_of: Callable[[str], Browser], warehouse_folder: Path) -> None:
    (warehouse_folder / "data-docs").mkdir()
    (warehouse_folder / "data-docs" / "index.html").write_text("rows of all")
    (warehouse_folder / "dbt-docs.html").write_text("the models")
    for path in ("/data-docs/", "/data-docs/index.html", "/data-docs"):
        refused = browser_of("beijing-viewer").get(path, follow_redirects=True)
        assert refused.status_code == 403, path
        assert "rows of all" not in refused.text
    assert browser_of("viewer").get("/data-docs/").text == "rows of all"
    assert browser_of("beijing-viewer").get("/dbt-docs").text == "the models"
    assert "data-docs" not in browser_of("beijing-viewer").page("/dictionary")
    assert "data-docs" in browser_of("viewer").page("/dictionary")


def test_findings_and_verdicts_are_of_the_region(warehouse_folder: Path, app: Dash, accounts: Accounts) -> None:
    (finding,) = Ledger(warehouse_folder / "ledger.sqlite").findings()
    assert finding.report_key == TOWN_2021.key
    warehouse = Warehouse(warehouse_folder)
    with app.server.test_request_context("/"):
        current.sign_in(current.Account("beijing-steward", "steward", "11", "北京市"))
        assert warehouse.ledger().findings() == []
        with pytest.raises(UnknownFinding):
            warehouse.ledger().give_verdict(finding.fingerprint, "confirmed", None, "ignored")
        current.sign_in(current.Account("yinchuan-steward", "steward", "6401", "银川市"))
        assert warehouse.ledger().findings() == [finding]
        warehouse.ledger().give_verdict(finding.fingerprint[:8], "dismissed", "附注已说明", "somebody else")
    (judged,) = Ledger(warehouse_folder / "ledger.sqlite").findings()
    assert (judged.verdict, judged.given_by) == ("dismissed", "yinchuan-steward")
    (entry,) = [entry for entry in log.entries(accounts.path) if entry.event == "verdict"]
    assert (entry.account, entry.detail) == ("yinchuan-steward", f"dismissed {finding.fingerprint}")


def test_on_the_machine_itself_a_verdict_bears_the_name_that_is_given(warehouse_folder: Path) -> None:
    (finding,) = Ledger(warehouse_folder / "ledger.sqlite").findings()
    Warehouse(warehouse_folder).ledger().give_verdict(finding.fingerprint, "confirmed", None, "李明")
    (judged,) = Ledger(warehouse_folder / "ledger.sqlite").findings()
    assert judged.given_by == "李明"
