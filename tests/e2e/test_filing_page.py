"""Filing in a browser: who is missing is who is on the list, by place and by year."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
from playwright.sync_api import Page, expect
from settling import gone_back


def test_the_page_walked_through(page: Page, address: str, release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    def stated(where: str, year: int) -> dict[str, int]:
        return dict(
            release.execute(
                f"select filing_status, count(*) from mart_filing where is_expected and year = ? and {where} group by all",
                [year],
            ).fetchall()
        )

    (year,) = release.execute("select max(year) from mart_report").fetchall()[0]
    counts = stated("true", year)
    page.goto(f"{address}/filing")
    expect(page.locator("h1")).to_contain_text(str(year))
    expect(page.locator("#card-expected .figure")).to_have_text(f"{sum(counts.values()):,}")
    expect(page.locator("#card-filed .figure")).to_have_text(f"{counts['filed'] + counts.get('late', 0):,}")
    expect(page.locator("#card-missing .figure")).to_have_text(f"{counts['missing']:,}")
    page.wait_for_selector("#filing_years-figure .js-plotly-plot .bars")

    # From the country to a place in its table, and back.
    places = page.locator("#table-filing_places-page")
    places.scroll_into_view_if_needed()
    first = places.locator(".ag-row a").first
    name = first.inner_text()
    first.click()
    page.wait_for_url(re.compile(r"/filing\?province=[0-9]{2}$"))
    province = page.url[-2:]
    expect(page.locator("h1")).to_contain_text(name)
    there = stated(f"starts_with(region_code, '{province}')", year)
    expect(page.locator("#card-missing .figure")).to_have_text(f"{there['missing']:,}")
    page.reload()
    expect(page.locator("#card-missing .figure")).to_have_text(f"{there['missing']:,}")

    # The list to ring, whole, as a file.
    with page.expect_download() as download:
        page.locator("#table-filing_missing-page [data-export=filing_missing]").first.click()
    path = tmp_path / "missing.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = release.execute(
        """
        select organ_name, due_on::varchar, days_late from mart_filing
        where is_expected and filing_status = 'missing' and year = ? and starts_with(region_code, ?)
        """,
        [year, province],
    ).fetchall()
    assert sorted((row["organ_name"], row["due_on"], int(row["days_overdue"])) for row in rows) == sorted(expected)

    # The calendar tells by sign and word, not by colour alone, and sorts and filters in the release.
    calendar = page.locator("#table-filing_calendar-page")
    calendar.scroll_into_view_if_needed()
    cell = calendar.locator(".filing.is-missing").first
    expect(cell).to_have_text("✕ 未报")
    calendar.locator(".ag-header-cell", has_text="所在地").click()
    calendar.locator(".ag-row a").first.wait_for()

    gone_back(page)
    expect(page.locator("h1")).to_contain_text("全国")
    page.locator("#language").click()
    expect(page.locator("#card-missing h2")).to_contain_text("Missing")


def test_a_filter_that_does_not_apply_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/filing?form=2021&level=county")
    expect(page.locator(".notice[role=note]").first).to_contain_text("表式版本")
    page.goto(f"{address}/filing?province=99")
    expect(page.locator(".empty h1")).to_have_text("所选范围没有报告")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/filing?lang=en")
    page.wait_for_selector("#filing_days_late-figure .js-plotly-plot .bars")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
