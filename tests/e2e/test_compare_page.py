"""Comparing in a browser: sides found by typing, their figures those of the release, two years of an organ."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
from playwright.sync_api import Page, expect
from settling import gone_back


def _row(release: duckdb.DuckDBPyConnection, sql: str) -> tuple[str, str]:
    row = release.execute(sql).fetchone()
    assert row is not None
    return row


def test_sides_are_found_and_compared(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    province, name = _row(
        release,
        """
        select region_code, region_name from mart_indicator join dim_region using (region_code)
        where mart_indicator.level = 'province' and scope = 'consolidated' and indicator_code = 'disclosure_rate' and year = 2023
        order by denominator desc limit 1
        """,
    )
    organ, organ_name = _row(
        release,
        """
        select organ_key, organ_name from mart_report join dim_organ using (organ_key)
        where year in (2022, 2023) and new_received > 0 group by all
        having count(*) = 2 order by sum(new_received) desc limit 1
        """,
    )
    page.goto(f"{address}/compare?year=2023")
    expect(page.locator("h1")).to_have_text("对比")

    # Typed, found by the server among all of them, chosen; the address says so.
    side = page.get_by_label("对比 A").first
    side.click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).click()
    page.wait_for_url(re.compile(rf"[?&]a={province}\b"))
    page.wait_for_selector("#compare-table")
    side = page.get_by_label("对比 B").first
    side.click()
    page.keyboard.type(organ_name)
    page.get_by_role("option", name=organ_name).first.click()
    page.wait_for_url(re.compile(rf"[?&]b={organ}\b"))

    numerator, denominator = release.execute(
        """
        select numerator, denominator from mart_indicator
        where region_code = ? and scope = 'consolidated' and indicator_code = 'disclosure_rate' and year = 2023
        """,
        [province],
    ).fetchall()[0]
    first = page.locator("#compare-table tbody tr").first
    expect(first).to_contain_text("实质公开率")
    expect(first.locator("td").first).to_contain_text(f"{100 * numerator / denominator:.1f}%")
    expect(first.locator("td").first).to_contain_text(f"{numerator:,} / {denominator:,}")
    page.wait_for_selector("#compare_handling-figure .js-plotly-plot .points path")

    with page.expect_download() as download:
        page.locator("#compare-table [data-export=compare_table]").first.click()
    path = tmp_path / "table.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["indicator_code"]: row for row in csv.DictReader(file)}
    assert len(rows) == 19
    assert (rows["disclosure_rate"]["numerator_a"], rows["disclosure_rate"]["denominator_a"]) == (
        str(numerator),
        str(denominator),
    )

    # The organ among the sides is the one whose two years are shown.
    expect(page.locator("#two-years")).to_contain_text(organ_name)
    expect(page.locator("#compare-texts h2")).to_contain_text("2022 → 2023")
    assert page.locator("#compare-texts ins").count() > 1
    assert page.locator("#compare-texts del").count() > 1
    decoration = "element => getComputedStyle(element).textDecorationLine"
    assert page.locator(".difference ins").first.evaluate(decoration) == "underline"
    assert page.locator(".difference del").first.evaluate(decoration) == "line-through"
    page.locator("#table-compare_cells-page").scroll_into_view_if_needed()
    expect(page.locator("#table-compare_cells-page .ag-row").first).to_be_visible()

    page.get_by_role("textbox", name="前一年度").click()
    page.get_by_role("option", name="2021 年度").click()
    page.wait_for_url(re.compile(r"older=2021"))
    expect(page.locator("#compare-texts h2")).to_contain_text("2021 → 2023")
    page.reload()
    expect(page.locator("#compare-texts h2")).to_contain_text("2021 → 2023")
    gone_back(page)
    expect(page.locator("#compare-texts h2")).to_contain_text("2022 → 2023")
    page.locator("#language").click()
    expect(page.locator("h1")).to_have_text("Compare")


def test_a_start_is_proposed(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/compare?lang=en")
    page.locator("a.button").click()
    page.wait_for_url(re.compile(r"a=[0-9]{2}&b=[0-9]{2}&c=[0-9]{2}"))
    page.wait_for_selector("#compare_disputes-figure .js-plotly-plot .points path")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_rate_that_fell_has_a_minus_sign(page: Page, address: str) -> None:
    page.goto(f"{address}/compare")
    page.wait_for_selector("h1")
    rate = "dashAgGridComponentFunctions.Rate({value: -33.84, data: {}}).props.children"
    assert page.evaluate(rate) == "−33.8%"
