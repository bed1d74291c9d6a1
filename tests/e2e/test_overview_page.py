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
from python_calamine import CalamineWorkbook
from settling import gone_back

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
    expect(page.locator("#body h1")).to_contain_text(str(year))
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
    heading = page.locator("#body h1")
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

    gone_back(page)
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
        expect(page.locator("#body h1")).to_contain_text(name)
    page.locator("#filter-year").click()
    page.get_by_role("option", name="全部年度").click()
    page.wait_for_url(re.compile(rf"\?province={province}&city={city}&county={county}&year=all$"))
    expect(page.locator("#card-reports .figure")).to_have_text(_written(reports))


def test_going_back_from_a_year_shows_the_latest_again(page: Page, address: str, year: int) -> None:
    page.goto(address)
    heading = page.locator("#body h1")
    expect(heading).to_contain_text(str(year))
    page.locator("#filter-year").click()
    page.get_by_role("option", name="2021 年度").click()
    expect(heading).to_contain_text("2021")
    page.wait_for_url(re.compile(r"\?year=2021$"))
    gone_back(page)
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
    expect(page.locator("#body h1")).to_contain_text(name)
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


def test_the_table_as_csv_and_xlsx(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, year: int, tmp_path: Path
) -> None:
    page.goto(address)
    page.locator("#table-reports-page").scroll_into_view_if_needed()  # its rows are drawn when they come into sight
    page.wait_for_selector("#table-reports-page .ag-row")
    stated = dict(
        release.execute(
            """
            select report_key, sum(new_received) from dim_report left join fct_application using (report_key)
            where is_current and dim_report.year = ? group by report_key
            """,
            [year],
        ).fetchall()
    )
    for kind in ("csv", "xlsx"):
        with page.expect_download() as download:
            page.locator(f"#table-reports-page [data-export]:text-is('{kind.upper()}')").click()
        path = tmp_path / f"reports.{kind}"
        download.value.save_as(path)
        rows = _rows_of(path)
        printed = {row["report_key"]: row["received"] for row in rows}
        assert printed.keys() == stated.keys()
        for key, value in stated.items():
            assert (None if printed[key] in ("", None) else Decimal(printed[key])) == value, key


def _rows_of(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_chart_is_saved_as_a_picture(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    page.wait_for_selector("#outcomes-figure .js-plotly-plot .bars")
    with page.expect_download() as download:
        page.locator("[data-png=outcomes-figure]").click()
    path = tmp_path / "outcomes.png"
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size > 10_000


def test_every_figure_tells_how_it_was_made(page: Page, address: str, province: tuple[str, str]) -> None:
    page.goto(f"{address}/?province={province[0]}")
    page.locator("section.panel:has(#outcomes-figure) .is-made").click()
    page.wait_for_url(re.compile(rf"/made/outcomes\?province={province[0]}$"))
    expect(page.locator("#table-reports-page .is-made")).to_have_count(1)
    expect(page.locator("#table-outcomes-plain .is-made")).to_have_count(0)
    expect(page.locator(".sql-text")).to_contain_text("from outcome o")
    expect(page.locator(".parameters")).to_contain_text(province[0])
    expect(page.locator("#table-outcomes-plain .ag-row").first).to_contain_text("granted")
    page.locator("#table-reports-page .ag-row a").first.click()
    page.wait_for_url(re.compile("/report/"))


def test_a_table_shows_even_while_ag_grid_would_hide_it(page: Page, address: str) -> None:
    """On a busy machine AG Grid leaves its class for "columns not laid out yet" in place for ever."""
    page.goto(address)
    table = page.locator("#table-reports-page")
    table.scroll_into_view_if_needed()
    link = table.locator(".cell-link").first
    expect(link).to_be_visible()
    table.locator(".ag-root").evaluate("root => root.classList.add('ag-delay-render')")
    expect(link).to_be_visible()
    expect(table.locator("[role=columnheader]").first).to_be_visible()


def test_the_long_table_sorts_and_filters_in_the_release(
    page: Page, address: str, release: duckdb.DuckDBPyConnection
) -> None:
    page.goto(f"{address}/?year=all")
    table = page.locator("#table-reports-page")
    table.scroll_into_view_if_needed()
    header = table.locator("[role=columnheader][col-id=received]")
    for order in ("ascending", "descending"):
        header.locator(".ag-header-cell-text").click()
        expect(header).to_have_attribute("aria-sort", order)
    most = _one(release, "select max(new_received) from mart_report")
    expect(table.locator("[row-index='0'] [col-id=received]")).to_have_text(_written(most))


def test_consistent_reports_only(page: Page, address: str, release: duckdb.DuckDBPyConnection, year: int) -> None:
    page.goto(address)
    page.locator("#filter-more").click()
    page.locator("#filter-consistent").click()
    page.get_by_role("option", name="只看勾稽一致的报告").click()
    page.wait_for_url(re.compile(r"\?consistent=yes$"))
    kept = _one(
        release, "select count(*) from mart_report where year = ? and judged_rules > 0 and broken_rules = 0", year
    )
    expect(page.locator("#card-reports .figure")).to_have_text(_written(kept))
    page.locator("#filter-level").click()
    page.get_by_role("option", name="县级", exact=True).click()
    page.wait_for_url(re.compile(r"level=county"))
    kept = _one(
        release,
        "select count(*) from mart_report where year = ? and judged_rules > 0 and broken_rules = 0 and organ_level = 'county'",
        year,
    )
    expect(page.locator("#card-reports .figure")).to_have_text(_written(kept))


def test_the_map_shows_the_rates_and_leads_down(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, province: tuple[str, str]
) -> None:
    code, name = province
    page.goto(f"{address}/?year=all&measure=error_rate")
    page.wait_for_selector("#map-figure .choroplethlayer path")
    drawn = page.evaluate("document.querySelector('#map-figure .js-plotly-plot').data[0]")
    rates = dict(zip(drawn["locations"], drawn["z"], strict=True))
    stated = release.execute("""
        select province_code, 100.0 * count(*) filter (broken_rules > 0) / count(*)
        from mart_report where judged_rules > 0 and province_code is not null group by province_code having count(*) >= 30
    """).fetchall()
    assert rates == pytest.approx(dict(stated))
    # The table under the map has the same figures, and is the way for whoever has no mouse.
    page.locator("#table-places-page").scroll_into_view_if_needed()
    page.locator("#table-places-page").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(re.compile(rf"province={code}&year=all&measure=error_rate$"))
    expect(page.locator("#body h1")).to_contain_text(name)


def test_a_click_on_the_map_goes_down(page: Page, address: str, province: tuple[str, str]) -> None:
    code, _ = province
    page.emulate_media(reduced_motion="reduce")  # else the page still scrolls when the mouse comes
    page.goto(f"{address}/?year=all&measure=error_rate")
    page.wait_for_selector("#map-figure .choroplethlayer path")
    at = page.evaluate(
        """(code) => {
            const graph = document.querySelector('#map-figure .js-plotly-plot');
            const shape = [...graph.querySelectorAll('.choroplethlayer path')].find((p) => p.__data__.loc === code);
            shape.scrollIntoView({ block: "center" });
            const box = shape.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        code,
    )
    page.mouse.move(*at)
    page.mouse.click(*at)
    page.wait_for_url(re.compile(r"province=\d\d&year=all&measure=error_rate$"))
    expect(page.locator("#body h1")).not_to_contain_text("全国")


def test_what_stands_out_is_what_the_release_says(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, year: int
) -> None:
    page.goto(address)
    page.wait_for_selector("#notable-rules li")
    shown = page.locator("#notable-rules li").all_inner_texts()
    stated = release.execute(
        """
        select rule_id, count(distinct report_key) from fct_rule_result join mart_report using (report_key)
        where status = 'fail' and mart_report.year = ? group by rule_id
        """,
        [year],
    ).fetchall()
    counts = dict(stated)
    for item in shown:
        assert f"{counts[item.split()[0]]} 份报告" in item
    most = release.execute(
        """
        select max(abs(a.new_received - b.new_received)) from mart_report a join mart_report b using (organ_key)
        where a.year = ? and b.year = a.year - 1 and a.new_received_unknown = 0 and b.new_received_unknown = 0
        """,
        [year],
    ).fetchall()[0][0]
    assert page.locator("#moved li strong").first.inner_text()[1:] == _written(most)


def test_dark_is_remembered(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "light")
    page.locator("#scheme").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.reload()
    page.wait_for_selector("#card-reports")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(page.locator("html")).to_have_attribute("data-ag-theme-mode", "dark")


def test_a_sample_release_says_so(page: Page, address: str, release: duckdb.DuckDBPyConnection) -> None:
    page.goto(address)
    page.wait_for_selector("#card-reports")
    has_sample = _one(release, "select has_sample from release_info")
    assert page.locator(".banner").count() == int(has_sample)
    expect(page.locator("#release-note")).to_contain_text(_one(release, "select run_id from release_info"))


def test_a_narrow_screen_does_not_scroll_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/?lang=en")
    # The table draws its rows when it comes into sight.
    page.locator("#table-reports-page").scroll_into_view_if_needed()
    page.locator("#table-reports-page").scroll_into_view_if_needed()  # its rows are drawn when they come into sight
    page.wait_for_selector("#table-reports-page .ag-row")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
