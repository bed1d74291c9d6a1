"""The workbench in a browser: a statement is run, its answer is the release's, and the page stays usable whatever happens."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from attacks import ATTACKS
from playwright.sync_api import Page, expect
from settling import gone_back

from dashboard.data.questions import questions

_BY_YEAR = """select year, sum(new_received) as received, count(*) filter (new_received is null) as unknown
from fct_application group by year order by year"""
_ENDLESS = "select count(*) from range(10000000) a, range(10000000) b where a.range * b.range = 7"


def _run(page: Page, sql: str) -> None:
    page.locator("#sql-text").fill(sql)
    page.keyboard.press("Control+Enter")


def _rows(page: Page) -> list[list[str]]:
    expect(page.locator("#sql-grid .ag-center-cols-container .ag-row").first).to_be_visible()
    return page.evaluate("""
        [...document.querySelectorAll('#sql-grid .ag-center-cols-container .ag-row')]
            .sort((one, other) => one.getAttribute('row-index') - other.getAttribute('row-index'))
            .map(row => [...row.querySelectorAll('.ag-cell')]
                .sort((one, other) => one.getAttribute('aria-colindex') - other.getAttribute('aria-colindex'))
                .map(cell => cell.textContent.trim()))
    """)


def _stated(release: duckdb.DuckDBPyConnection, sql: str) -> list[list[str]]:
    return [[f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value}" else f"{value}" for value in row]
            for row in release.execute(sql).fetchall()]  # fmt: skip


@pytest.fixture
def bench(page: Page, address: str) -> Page:
    page.goto(f"{address}/sql")
    expect(page.locator("#sql-text")).to_be_visible()
    return page


def test_a_statement_is_answered_with_the_figures_of_the_release(
    bench: Page, release: duckdb.DuckDBPyConnection
) -> None:
    _run(bench, _BY_YEAR)
    expect(bench.locator("#sql-summary")).to_contain_text("7 行")
    assert _rows(bench) == _stated(release, _BY_YEAR)
    expect(bench.locator("#sql-figure .scatterlayer .trace")).to_have_count(1)
    expect(bench.locator("#sql-lines")).to_have_text("1\n2")


def test_the_answer_can_be_taken_along(bench: Page, release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    _run(bench, _BY_YEAR)
    stated = release.execute(_BY_YEAR).fetchall()
    with bench.expect_download() as as_csv:
        bench.locator("#sql-csv").click()
    as_csv.value.save_as(tmp_path / "answer.csv")
    with (tmp_path / "answer.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["year", "received", "unknown"]
    assert [tuple(map(float, row)) for row in rows[1:]] == [tuple(map(float, row)) for row in stated]
    with bench.expect_download() as as_parquet:
        bench.locator("#sql-parquet").click()
    as_parquet.value.save_as(tmp_path / "answer.parquet")
    with duckdb.connect() as connection:
        assert connection.sql(f"from '{tmp_path}/answer.parquet'").fetchall() == stated


def test_a_link_asks_again(bench: Page, release: duckdb.DuckDBPyConnection) -> None:
    _run(bench, _BY_YEAR)
    bench.wait_for_url(re.compile(r"\?sql="))
    assert parse_qs(urlsplit(bench.url).query)["sql"] == [_BY_YEAR]
    other = bench.context.new_page()
    other.goto(bench.url)
    expect(other.locator("#sql-text")).to_have_value(_BY_YEAR)
    assert _rows(other) == _stated(release, _BY_YEAR)


def test_the_back_button_goes_back_to_the_statement_before(bench: Page) -> None:
    _run(bench, "select 'first' as which")
    expect(bench.locator("#sql-grid .ag-cell")).to_have_text("first")
    bench.wait_for_url(re.compile("first"))
    _run(bench, "select 'second' as which")
    expect(bench.locator("#sql-grid .ag-cell")).to_have_text("second")
    bench.wait_for_url(re.compile("second"))
    gone_back(bench)
    expect(bench.locator("#sql-text")).to_have_value("select 'first' as which")
    expect(bench.locator("#sql-grid .ag-cell")).to_have_text("first")
    bench.go_forward()
    expect(bench.locator("#sql-grid .ag-cell")).to_have_text("second")


def test_a_question_is_one_click_away(bench: Page, release: duckdb.DuckDBPyConnection) -> None:
    question = questions()[3]
    link = bench.locator(f"[data-question='{question.name}'] a")
    expect(link).to_have_text(question.title_zh)
    link.click()
    expect(bench.locator("#sql-text")).to_have_value(question.sql)
    expect(bench.locator("#sql-summary")).to_contain_text(f"{len(release.sql(question.sql).fetchall())} 行")
    # Six groups of outcomes over the years: six lines.
    expect(bench.locator("#sql-figure .scatterlayer .trace")).to_have_count(6)


def test_null_is_neither_zero_nor_an_empty_text(bench: Page) -> None:
    _run(bench, "select 0 as zero, '' as empty, null::integer as nothing, 9007199254740993 as long")
    assert _rows(bench) == [["0", "", "NULL", "9007199254740993"]]


@pytest.mark.parametrize(
    ("sql", "code", "said"),
    [
        ("selec 1", "syntax", "SQL 有误"),
        ("select * from dim_reprt", "failed", "语句没有运行成功"),
        ("select 1; select 2", "several_statements", "一次只能运行一条语句"),
        ("delete from dim_report", "not_a_query", "这里只能查询"),
        ("select * from read_csv('/etc/passwd')", "forbidden", "这里不允许这样做"),
    ],
)
def test_a_refusal_says_why_and_the_page_stays_usable(bench: Page, sql: str, code: str, said: str) -> None:
    _run(bench, sql)
    refused = bench.locator(".refusal")
    expect(refused).to_have_attribute("data-code", code)
    expect(refused.locator("h2")).to_have_text(said)
    _run(bench, "select 42 as answer")
    expect(bench.locator("#sql-grid .ag-cell")).to_have_text("42")
    expect(refused).to_have_count(0)


def test_after_every_attack_the_page_answers(bench: Page, tmp_path: Path, warehouse: Path) -> None:
    """Those that try to get out at once; how those that only take time end, the tests of the sandbox show."""
    secret, target = tmp_path / "secret.csv", tmp_path / "target"
    secret.write_text("password\nhunter2\n", encoding="ascii")
    places = {"{secret}": secret, "{target}": target, "{release}": (warehouse / "current.duckdb").resolve()}
    quick = [attack for name, attack in ATTACKS.items() if name.startswith(("read_files", "do_things", "several"))]
    assert len(quick) > 70
    for number, (codes, sql) in enumerate(quick):
        for word, path in places.items():
            sql = sql.replace(word, str(path))
        _run(bench, sql)
        refused = bench.locator(".refusal")
        expect(refused).to_have_attribute("data-code", re.compile("|".join(codes)))
        assert "hunter2" not in bench.content()
        _run(bench, f"select {number} as answer")
        expect(bench.locator("#sql-grid .ag-cell")).to_have_text(str(number))
        expect(refused).to_have_count(0)
    assert not target.exists()


def test_errors_are_said_in_english_too(page: Page, address: str) -> None:
    page.goto(f"{address}/sql?lang=en&sql=delete+from+dim_report")
    expect(page.locator(".refusal h2")).to_have_text("Only queries run here")
    expect(page.locator("#sql-text")).to_have_value("delete from dim_report")


def test_a_long_run_is_cancelled_and_holds_nobody_up(bench: Page, address: str) -> None:
    expect(bench.locator("#sql-cancel")).to_be_disabled()
    _run(bench, _ENDLESS)
    expect(bench.locator("#sql-running")).to_be_visible()
    expect(bench.locator("#sql-run")).to_be_disabled()
    other = bench.context.new_page()
    other.goto(address)
    expect(other.locator("#card-reports")).to_be_visible()
    bench.locator("#sql-cancel").click()
    expect(bench.locator(".refusal")).to_have_attribute("data-code", "cancelled")
    expect(bench.locator("#sql-running")).to_be_hidden()
    _run(bench, "select 42 as answer")
    expect(bench.locator("#sql-grid .ag-cell")).to_have_text("42")


def test_a_cut_answer_says_so(bench: Page) -> None:
    _run(bench, "select * from report_cell")
    expect(bench.locator("#sql-summary")).to_contain_text("10,000 行")
    expect(bench.locator(".notice")).to_contain_text("只取了前 10,000 行")


def test_a_chart_is_never_drawn_over_itself(bench: Page) -> None:
    _run(bench, "select * from (values ('a', 1), ('a', 2), ('b', 3)) t(place, n)")
    expect(bench.locator("#sql-figure")).to_contain_text("横轴的值有重复")
    _run(bench, "select * from (values ('a', 1), ('b', 3)) t(place, n)")
    expect(bench.locator("#sql-figure .barlayer .point")).to_have_count(2)


def test_the_axes_can_be_chosen(bench: Page) -> None:
    _run(bench, "select * from (values (2020, 10, 1), (2021, 20, 2)) t(year, n, m)")
    expect(bench.locator("#sql-figure .ytitle")).to_have_text("n")
    bench.locator("#sql-chart-y").click()
    bench.get_by_role("option", name="m", exact=True).click()
    expect(bench.locator("#sql-figure .ytitle")).to_have_text("m")
    bench.locator("#sql-chart-kind").click()
    bench.get_by_role("option", name="柱").click()
    expect(bench.locator("#sql-figure .barlayer .point")).to_have_count(2)


def test_a_name_of_the_schema_goes_into_the_editor(bench: Page) -> None:
    bench.locator("#sql-text").fill("select ")
    bench.locator("[data-table=dim_year] summary").click()
    bench.locator("[data-table=dim_year] [data-insert=is_reported]").click()
    expect(bench.locator("#sql-text")).to_have_value("select is_reported")


def test_what_was_typed_outlives_a_change_of_language(bench: Page) -> None:
    _run(bench, "select 1 as one")
    expect(bench.locator("#sql-grid")).to_be_visible()
    bench.locator("#sql-text").fill("select 1 as one, 2 as not_run")
    bench.locator("#language").click()
    expect(bench.locator("h1")).to_have_text("SQL workbench")
    expect(bench.locator("#sql-text")).to_have_value("select 1 as one, 2 as not_run")
    # The answer is that of the address.
    assert _rows(bench) == [["1"]]


def test_a_statement_too_long_for_a_link_runs_all_the_same(bench: Page) -> None:
    _run(bench, f"select 42 as answer -- {'很长' * 500}")
    expect(bench.locator("#sql-grid .ag-cell")).to_have_text("42")
    expect(bench.locator("#sql-link-note")).to_contain_text("放不进链接")
    assert "sql=" not in bench.url


def test_the_longest_link_opens(page: Page, address: str) -> None:
    sql = f"select 42 as answer -- {'长' * 640}"
    page.goto(f"{address}/sql")
    _run(page, sql)
    page.wait_for_url(re.compile(r"\?sql="))
    assert len(page.url) > 5800
    page.goto(page.url)
    expect(page.locator("#sql-text")).to_have_value(sql)
    expect(page.locator("#sql-grid .ag-cell")).to_have_text("42")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_narrow_screen_holds_the_page(page: Page, address: str, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/sql?lang={language}&sql=select+*+from+dim_report")
    expect(page.locator("#sql-grid")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


Serving = Callable[[Path], AbstractContextManager[str]]


def test_without_a_release_the_page_says_so(page: Page, serving: Serving, tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        page.goto(f"{address}/sql")
        expect(page.locator(".empty code")).to_have_text("gongkai build")
        page.close()  # before the server, which the page goes on asking


def test_every_word_is_there(bench: Page) -> None:
    shown: Any = bench.locator("#content").inner_text()
    assert not re.search(r"\b(sql|schema)\.[a-z_]+\b", shown)
