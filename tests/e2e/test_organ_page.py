"""An organ in a browser: found by its name, its years as the release has them, its peers and its sentences."""

from __future__ import annotations

import csv
import io
import re

import duckdb
import pytest
from playwright.sync_api import Page, expect
from settling import gone_back


@pytest.fixture(scope="module")
def organ(release: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """Key and name of an organ with applications and a name of its own."""
    row = release.execute("""
        select organ_key, organ_name from dim_organ join mart_report using (organ_key)
        where dim_organ.organ_level = 'county' and dim_organ.organ_type = 'government'
        group by all having count(*) > 3 order by sum(new_received) desc, organ_key limit 1
    """).fetchone()
    assert row is not None
    return row


def test_from_a_name_to_its_years(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, organ: tuple[str, str]
) -> None:
    key, name = organ
    page.goto(address)
    page.get_by_role("link", name="单位", exact=True).click()
    search = page.get_by_label("单位名称或地名")
    search.fill(name)
    search.press("Enter")
    page.wait_for_url(re.compile("name="))
    page.locator("#table-organs-page .cell-link", has_text=re.compile(f"^{name}$")).first.click()
    page.wait_for_url(re.compile(rf"/organ/{key}"))
    expect(page.locator("#organ-header h1")).to_have_text(name)
    expect(page.locator(".filters:visible")).to_have_count(0)

    for year, received, report_key in release.execute(
        "select year, new_received, report_key from mart_report where organ_key = ?", [key]
    ).fetchall():
        row = page.locator(f"#organ-years tr[data-year='{year}']")
        expect(row.locator("td.number").first).to_have_text("—" if received is None else f"{int(received):,}")
        expect(row.locator("th a")).to_have_attribute("href", f"/report/{report_key}")

    page.wait_for_selector("#organ_applications-figure .js-plotly-plot .bars")
    drawn = page.evaluate("document.querySelector('#organ_applications-figure .js-plotly-plot').data[0]")
    stated = dict(
        release.execute("select year::varchar, new_received from mart_report where organ_key = ?", [key]).fetchall()
    )
    assert dict(zip(drawn["x"], drawn["y"], strict=True)) == {
        year: None if stated.get(year) is None else int(stated[year]) for year in drawn["x"]
    }
    expect(page.locator("#table-organ_peers-page .ag-row[row-index='0'] .cell-link")).to_have_text(name)


def test_its_own_choices_stay_in_the_address(page: Page, address: str, organ: tuple[str, str]) -> None:
    key, _ = organ
    page.goto(f"{address}/organ/{key}")
    page.get_by_label("词语（空格分开，须同时出现）").fill("公开 信息")
    page.get_by_label("词语（空格分开，须同时出现）").press("Enter")
    page.wait_for_url(re.compile("find="))
    marks = page.locator(".hits mark")
    expect(marks.first).to_be_visible()
    assert set(marks.all_inner_texts()) <= {"公开", "信息"}
    page.get_by_role("textbox", name="指标").click()
    page.get_by_role("option", name="结转率").click()
    page.wait_for_url(re.compile("indicator=carry_forward_rate"))
    page.reload()
    expect(marks.first).to_be_visible()
    expect(page.get_by_role("textbox", name="指标")).to_have_value("结转率")
    page.locator("#language").click()
    expect(page.locator("#organ-years h2")).to_have_text("Its reports")
    gone_back(page)
    expect(page.locator("#organ-years h2")).to_have_text("历年报告")
    gone_back(page)
    expect(page.get_by_role("textbox", name="指标")).to_have_value("实质公开率")


def test_its_file_and_how_it_was_made(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, organ: tuple[str, str]
) -> None:
    key, name = organ
    page.goto(f"{address}/organ/{key}")
    with page.expect_download() as download:
        page.locator("[data-export=organ_years]", has_text="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    years = release.execute(
        "select year from mart_filing where organ_key = $1 union select year from mart_report where organ_key = $1",
        [key],
    ).fetchall()
    assert {int(row["year"]) for row in rows} == {year for (year,) in years}
    page.locator("#organ-years .is-made").click()
    page.wait_for_url(re.compile(rf"/made/organ_years\?organ={key}$"))
    expect(page.locator(".sql-text")).to_contain_text("mart_filing")
    expect(page.locator(".parameters")).to_contain_text(key)
    gone_back(page)
    expect(page.locator("#organ-header h1")).to_have_text(name)


def test_no_such_organ(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/organ/nope")
    expect(page.locator(".empty h1")).to_have_text("找不到这个单位")
    page.locator(".empty a").click()
    expect(page.locator("#table-organs-page")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_an_organ_on_a_narrow_screen(page: Page, address: str, organ: tuple[str, str]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/organ/{organ[0]}?lang=en")
    page.wait_for_selector("#organ_indicator-figure .js-plotly-plot")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
