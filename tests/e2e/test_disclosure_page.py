"""The page on proactive disclosure in a browser: its figures are those of the release, and what does not compare stands apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from settling import gone_back


def _one(release: duckdb.DuckDBPyConnection, sql: str, *parameters: Any) -> Any:
    row = release.execute(sql, list(parameters)).fetchone()
    assert row is not None
    return row[0]


def _traces(page: Page, name: str) -> Any:
    page.wait_for_selector(f"#{name}-figure .js-plotly-plot .main-svg")
    return page.evaluate(f"document.querySelector('#{name}-figure .js-plotly-plot').data")


def _by_year(release: duckdb.DuckDBPyConnection, item: str, measure: str) -> dict[str, Any]:
    return dict(
        release.execute(
            "select year::varchar, sum(value) from fct_disclosure where item_code = ? and measure_code = ? group by year",
            [item, measure],
        ).fetchall()
    )


def test_the_page_on_disclosure(page: Page, address: str, release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    page.goto(address)
    page.get_by_role("link", name="主动公开", exact=True).click()
    page.wait_for_url(f"{address}/disclosure")

    # Documents in force are those of the form of 2021; a year that does not ask is a gap.
    in_force = _traces(page, "normative_documents")[0]
    stated = _by_year(release, "normative_documents", "in_force")
    assert dict(zip(in_force["x"], in_force["customdata"], strict=True)) == {
        year: None if stated.get(year) is None else int(stated[year]) for year in in_force["x"]
    }
    assert in_force["customdata"][in_force["x"].index("2020")] is None

    # Decisions run through both forms; what is out of line is drawn apart, and both together are what is printed.
    plain, flagged = _traces(page, "decisions")[:2]
    stated = _by_year(release, "licences", "decisions")
    assert {"2019", "2021"} <= stated.keys()
    for year, value, apart in zip(plain["x"], plain["y"], flagged["y"], strict=True):
        assert (value or 0) + (apart or 0) == (stated.get(year) or 0), year

    # The trial form has its own charts, and its years only.
    assert _traces(page, "trial_rules")[0]["y"][-1] is None

    # The file of the fees has the sums.
    with page.expect_download() as download:
        page.locator('a.tool[data-export="fees"][href*=".xlsx"]').click()
    path = tmp_path / "fees.xlsx"
    download.value.save_as(path)
    (head, *rows) = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    fees = {row[head.index("year")]: row[head.index("value")] for row in rows}
    for year, value in _by_year(release, "fees", "amount").items():
        if value is not None:
            assert round(float(fees[int(year)]), 4) == round(float(value), 4), year  # type: ignore[arg-type, index]

    # A sentence on a channel leads to its report.
    table = page.locator("#table-channel_sentences-page")
    table.scroll_into_view_if_needed()
    # A row's cells are filled one after the other, and a row may be drawn anew: what stands in one is read at once.
    href, sentence = page.wait_for_function("""() => {
        const row = document.querySelector("#table-channel_sentences-page .ag-row[row-index='0']");
        const link = row?.querySelector("a"), cell = row?.querySelector("[col-id=sentence]");
        return link && cell?.innerText ? [link.getAttribute("href"), cell.innerText] : null;
    }""").json_value()
    key = href.removeprefix("/report/")
    assert _one(release, "select count(*) from fct_channel where report_key = ? and sentence = ?", key, sentence)
    table.locator(f'a[href="{href}"]').first.click()
    expect(page.locator(".statutory.is-disclosure")).to_be_visible()
    gone_back(page)
    expect(page.locator("#body h1")).to_contain_text("全国")

    # The year of the trial form: its items, not those of the new one.
    page.locator("#filter-year").click()
    page.get_by_role("option", name="2020 年度").click()
    page.wait_for_url(re.compile(r"\?year=2020$"))
    expect(page.locator("#body h1")).to_contain_text("2020")
    items = page.locator("#table-disclosed_items-page")
    items.scroll_into_view_if_needed()
    expect(items.locator(".ag-row", has_text="政府集中采购").first).to_be_visible()
    page.locator("#language").click()
    page.wait_for_url(re.compile(r"\?year=2020&lang=en$"))
    expect(page.locator("h2", has_text="Table 2 added up")).to_be_visible()
    page.reload()
    expect(page.locator("h2", has_text="Flow against stock")).to_be_visible()


def test_a_phone_does_not_scroll_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/disclosure?lang=en&year=2020")
    page.wait_for_selector("#channels-figure .js-plotly-plot .main-svg")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
