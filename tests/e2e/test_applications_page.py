"""The page on applications in a browser: its figures are those of the release, and every way leads on."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import duckdb
from playwright.sync_api import Page, expect
from settling import gone_back

_CURRENT = "report_key in (select report_key from dim_report where is_current and year = ?)"


def _one(release: duckdb.DuckDBPyConnection, sql: str, *parameters: Any) -> Any:
    row = release.execute(sql, list(parameters)).fetchone()
    assert row is not None
    return row[0]


def _traces(page: Page, name: str) -> Any:
    page.wait_for_selector(f"#{name}-figure .js-plotly-plot .main-svg")
    return page.evaluate(f"document.querySelector('#{name}-figure .js-plotly-plot').data")


def _exported(page: Page, query: str, path: Path) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.locator(f'a.tool[data-export="{query}"][href*=".csv"]').first.click()
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_page_on_applications(page: Page, address: str, release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    year = int(_one(release, "select max(year) from dim_report where is_current"))
    page.goto(address)
    page.get_by_role("link", name="申请与办理", exact=True).click()
    page.wait_for_url(f"{address}/applications")
    expect(page.locator("#body h1")).to_contain_text(f"全国{year}")

    # The flow has what the facts have, and the file what the flow has.
    (flow,) = _traces(page, "flow")
    drawn = dict(
        zip((label.partition(" ")[0] for label in flow["node"]["label"][1:]), flow["link"]["value"], strict=True)
    )
    sums = release.execute(
        f"select sum(new_received), sum(carried_in), sum(carried_forward) from fct_application where {_CURRENT}", [year]
    ).fetchone()
    granted = f"select sum(value) from fct_outcome where outcome_code = 'granted' and {_CURRENT}"
    assert sums is not None
    stated = dict(zip(("本年新收", "上年结转", "结转下年"), sums, strict=True)) | {
        "予以公开": _one(release, granted, year)
    }
    for name, value in stated.items():
        assert drawn[name] == value, name
    rows = {row["code"]: row["value"] for row in _exported(page, "flow", tmp_path / "flow.csv")}
    assert float(rows["new_received"]) == sums[0]

    # The commonest reason for not granting stands on top.
    commonest = f"""
        select outcome_code, sum(value) from fct_outcome join dim_outcome using (outcome_code)
        where group_code in ('denied', 'unavailable', 'rejected') and {_CURRENT}
        group by outcome_code, sort_order order by 2 desc, sort_order limit 1
    """
    reason = _traces(page, "refusals")[0]
    assert reason["y"][0] == _one(release, commonest, year)

    # A click on a small chart goes down to the place, and back again.
    largest = page.evaluate("document.querySelector('#children-figure .js-plotly-plot').data[0].customdata[0]")
    name = _one(release, "select region_name from dim_region where region_code = ?", largest)
    page.locator("#children-figure .js-plotly-plot").scroll_into_view_if_needed()
    page.locator("#children-figure .bars .point path").nth(6).click(force=True)
    page.wait_for_url(f"{address}/applications?province={largest}")
    expect(page.locator("#body h1")).to_contain_text(name)
    page.reload()
    expect(page.locator("#body h1")).to_contain_text(name)
    gone_back(page)
    expect(page.locator("#body h1")).to_contain_text("全国")

    # The table of all places agrees with the facts and leads into each.
    table = page.locator("#table-applications_by_place-page")
    table.scroll_into_view_if_needed()
    row = table.locator(f'.ag-row:has(a[href*="province={largest}"])')
    expect(row.first).to_be_visible()
    received = _one(
        release,
        f"select sum(new_received) from fct_application join dim_organ using (organ_key) where province_code = ? and {_CURRENT}",
        largest,
        year,
    )
    expect(table.locator('.ag-row [col-id="received"]').first).to_have_text(f"{int(received):,}")
    table.locator(f'a[href="/applications?province={largest}"]').click()
    page.wait_for_url(re.compile(rf"/applications\?province={largest}$"))
    expect(page.locator("#body h1")).to_contain_text(name)

    page.locator("#language").click()
    page.wait_for_url(re.compile(rf"\?province={largest}&lang=en$"))
    expect(page.locator("h2", has_text="Where applications came from and went")).to_be_visible()


def test_reports_whose_sides_differ_are_listed_and_lead_to_the_report(
    page: Page, address: str, release: duckdb.DuckDBPyConnection
) -> None:
    unequal = """
        with one as (
            select
                report_key,
                (select sum(new_received) + sum(carried_in) - sum(carried_forward) from fct_application a
                where a.report_key = r.report_key)
                - (select sum(value) from fct_outcome o where o.report_key = r.report_key) as missing,
                (select count(*) - count(value) from fct_outcome o where o.report_key = r.report_key)
                + (select 3 * count(*) - count(new_received) - count(carried_in) - count(carried_forward) from fct_application a
                where a.report_key = r.report_key) as unknown
            from dim_report r where is_current
        )
        select report_key from one where unknown = 0 and missing <> 0 order by abs(missing) desc
    """
    keys = [key for (key,) in release.execute(unequal).fetchall()]
    assert keys, "the sample plants some"
    page.goto(f"{address}/applications?year=all")
    expect(page.locator("#balance")).to_contain_text(f"其中 {len(keys):,} 份两边不等")
    table = page.locator("#table-unbalanced-page")
    table.scroll_into_view_if_needed()
    link = table.locator(".ag-row a").first
    link.wait_for()
    assert re.fullmatch(r"/report/(\w+)", str(link.get_attribute("href"))) is not None
    assert str(link.get_attribute("href")).removeprefix("/report/") in keys
    link.click()
    expect(page.locator(".statutory.is-application")).to_be_visible()


def test_a_county_has_organs_and_a_phone_does_not_scroll_sideways(
    page: Page, address: str, release: duckdb.DuckDBPyConnection
) -> None:
    row = release.execute("""
        select province_code, city_code, county_code from dim_organ join dim_report using (organ_key)
        where is_current and city_name is not null and county_code is not null and organ_level = 'township'
        group by all order by count(distinct organ_key) desc, county_code limit 1
    """).fetchone()
    assert row is not None
    province, city, county = row
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/applications?province={province}&city={city}&county={county}&year=all&lang=en")
    page.wait_for_selector("#children-figure .js-plotly-plot .main-svg")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    table = page.locator("#table-applications_by_place-page")
    table.scroll_into_view_if_needed()
    expect(table.locator('.ag-row a[href^="/report/"]').first).to_be_visible()
