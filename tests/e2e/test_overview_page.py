"""The overview in a browser: its figures are those of the release, and the address keeps its state."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Page, expect

_CURRENT = "report_key in (select report_key from dim_report where is_current and year = ?)"


def _one(release: duckdb.DuckDBPyConnection, sql: str, *parameters: Any) -> Any:
    row = release.execute(sql, list(parameters)).fetchone()
    assert row is not None
    return row[0]


@pytest.fixture(scope="module")
def year(release: duckdb.DuckDBPyConnection) -> int:
    """The latest year with reports, which the overview shows unless told otherwise."""
    return int(_one(release, "select max(year) from dim_report where is_current"))


@pytest.fixture(scope="module")
def province(release: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """Code and name of the province with the most reports."""
    row = release.execute("""
        select province_code, any_value(province_name) from dim_organ join dim_report using (organ_key)
        where is_current and province_code is not null group by province_code order by count(*) desc, 1 limit 1
    """).fetchone()
    assert row is not None
    return row


def _figure(page: Page, card: str) -> str:
    return page.locator(f"#card-{card} .figure").inner_text()


def _written(value: Decimal | int) -> str:
    return f"{int(value):,}"


def test_cards_equal_the_release(page: Page, address: str, release: duckdb.DuckDBPyConnection, year: int) -> None:
    page.goto(address)
    expect(page.locator("#overview h1")).to_contain_text(str(year))
    reports = _one(release, "select count(*) from dim_report where is_current and year = ?", year)
    received = _one(release, f"select sum(new_received) from fct_application where {_CURRENT}", year)
    processed = _one(release, f"select sum(value) from fct_outcome where {_CURRENT}", year)
    disclosed = _one(
        release,
        f"select sum(value) from fct_outcome where outcome_code in ('granted', 'partially_granted') and {_CURRENT}",
        year,
    )
    disputes = _one(release, f"select sum(value) from fct_dispute where {_CURRENT}", year)
    fails = "status = 'fail' and severity = 'error'"
    broken = _one(release, f"select count(distinct report_key) from fct_rule_result where {fails} and {_CURRENT}", year)
    assert _figure(page, "reports") == _written(reports)
    assert _figure(page, "received") == _written(received)
    assert _figure(page, "processed") == _written(processed)
    assert _figure(page, "disclosed") == f"{100 * disclosed / processed:.1f}%"
    assert _figure(page, "disputes") == _written(disputes)
    assert _figure(page, "broken") == _written(broken)


def test_the_chart_draws_the_release(page: Page, address: str, release: duckdb.DuckDBPyConnection) -> None:
    page.goto(address)
    page.wait_for_selector("#applications-figure .js-plotly-plot .bars")
    trace = page.evaluate("document.querySelector('#applications-figure .js-plotly-plot').data[0]")
    drawn = dict(zip(trace["x"], trace["y"], strict=True))
    stated = dict(
        release.execute("select year::varchar, sum(new_received) from fct_application group by year").fetchall()
    )
    years = [str(row[0]) for row in release.execute("select year from dim_year order by year").fetchall()]
    assert list(drawn) == years
    for each in years:
        assert drawn[each] == (None if stated.get(each) is None else int(stated[each])), each


def test_a_filter_stays_in_the_address(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, year: int, province: tuple[str, str]
) -> None:
    code, name = province
    page.goto(address)
    page.locator("#filter-province").click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).click()
    page.wait_for_url(re.compile(rf"\?province={code}$"))
    heading = page.locator("#overview h1")
    expect(heading).to_contain_text(name)
    reports = _one(
        release,
        "select count(*) from dim_report join dim_organ using (organ_key) where is_current and year = ? and province_code = ?",
        year,
        code,
    )
    expect(page.locator("#card-reports .figure")).to_have_text(_written(reports))

    page.reload()
    expect(heading).to_contain_text(name)
    expect(page.locator("#filter-province")).to_have_value(name)
    expect(page.locator("#card-reports .figure")).to_have_text(_written(reports))

    page.go_back()
    expect(heading).to_contain_text("全国")
    expect(page.locator("#filter-province")).to_have_value("")


def test_the_lower_levels_and_all_years(page: Page, address: str, release: duckdb.DuckDBPyConnection) -> None:
    row = release.execute("""
        select province_code, city_code, city_name, county_code, county_name, count(*)
        from dim_report join dim_organ using (organ_key)
        where is_current and city_name is not null and county_code is not null
        group by all order by count(*) desc, county_code limit 1
    """).fetchone()
    assert row is not None
    province, city, city_name, county, county_name, reports = row
    page.goto(f"{address}/?province={province}")
    for level, name in (("city", city_name), ("county", county_name)):
        page.locator(f"#filter-{level}").click()
        page.get_by_role("option", name=name, exact=True).click()
        expect(page.locator("#overview h1")).to_contain_text(name)
    page.locator("#filter-year").click()
    page.get_by_role("option", name="全部年度").click()
    page.wait_for_url(re.compile(rf"\?province={province}&city={city}&county={county}&year=all$"))
    expect(page.locator("#card-reports .figure")).to_have_text(_written(reports))


def test_going_back_from_a_year_shows_the_latest_again(page: Page, address: str, year: int) -> None:
    page.goto(address)
    heading = page.locator("#overview h1")
    expect(heading).to_contain_text(str(year))
    page.locator("#filter-year").click()
    page.get_by_role("option", name="2021 年度").click()
    expect(heading).to_contain_text("2021")
    page.wait_for_url(re.compile(r"\?year=2021$"))
    page.go_back()
    expect(heading).to_contain_text(str(year))
    page.wait_for_timeout(500)  # nothing may write a year into the address now
    assert page.url == f"{address}/"


def test_the_language_switch_stays_in_the_address(page: Page, address: str, province: tuple[str, str]) -> None:
    code, name = province
    page.goto(f"{address}/?province={code}")
    expect(page.locator("#card-received h2")).to_contain_text("收到申请")
    page.locator("#language").click()
    page.wait_for_url(re.compile(rf"\?province={code}&lang=en$"))
    expect(page.locator("#card-received h2")).to_contain_text("Applications received")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#overview h1")).to_contain_text(name)
    page.reload()
    expect(page.locator("#card-received h2")).to_contain_text("Applications received")
    page.locator("#language").click()
    expect(page.locator("#card-received h2")).to_contain_text("收到申请")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_an_empty_selection_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/?province=99")
    expect(page.locator(".empty h1")).to_have_text("所选范围没有报告")
    page.locator(".empty a").click()
    expect(page.locator("#card-reports")).to_be_visible()


def test_the_table_as_csv(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, year: int, tmp_path: Path
) -> None:
    page.goto(address)
    page.wait_for_selector("#organs .ag-row")
    with page.expect_download() as download:
        page.locator("#organs-csv").click()
    path = tmp_path / "organs.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    stated = dict(
        release.execute(
            """
            select report_key, sum(new_received) from dim_report left join fct_application using (report_key)
            where is_current and dim_report.year = ? group by report_key
            """,
            [year],
        ).fetchall()
    )
    printed = {row["报告编号"]: row["收到"] for row in rows}
    assert printed.keys() == stated.keys()
    for key, value in stated.items():
        assert printed[key] == ("" if value is None else str(int(value))), key


def test_a_sample_release_says_so(page: Page, address: str, release: duckdb.DuckDBPyConnection) -> None:
    page.goto(address)
    page.wait_for_selector("#card-reports")
    has_sample = _one(release, "select has_sample from release_info")
    assert page.locator(".banner").count() == int(has_sample)
    expect(page.locator("#release-note")).to_contain_text(_one(release, "select run_id from release_info"))


def test_a_narrow_screen_does_not_scroll_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/?lang=en")
    page.wait_for_selector("#organs .ag-row")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
