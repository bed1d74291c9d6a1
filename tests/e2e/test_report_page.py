"""One report in a browser: every cell as printed, broken rules in place, and the ways to it."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import Page, expect
from settling import gone_back


@pytest.fixture(scope="module")
def broken(release: duckdb.DuckDBPyConnection) -> str:
    """The report that breaks the most rules that must hold."""
    row = release.execute("""
        select report_key from fct_rule_result join dim_report using (report_key)
        where fct_rule_result.status = 'fail' and fct_rule_result.severity = 'error' and is_current
        group by report_key order by count(*) desc, report_key limit 1
    """).fetchone()
    assert row is not None, "the demo corpus plants errors"
    return str(row[0])


def _shown_cells(page: Page) -> dict[str, tuple[str, str]]:
    cells = page.evaluate("""
        [...document.querySelectorAll('td[data-cell]')].map(cell => [
            cell.dataset.cell, cell.querySelector('.printed').textContent,
            [...cell.classList].find(name => /^is-(number|blank|dash|text|absent)$/.test(name)),
        ])
    """)
    return {name: (printed, state.removeprefix("is-")) for name, printed, state in cells}


def test_drilling_from_the_table_to_a_report_as_printed(
    page: Page, address: str, release: duckdb.DuckDBPyConnection
) -> None:
    page.goto(address)
    link = page.locator("#table-reports-page .cell-link").first
    organ = link.inner_text()
    link.click()
    page.wait_for_url(re.compile(r"/report/[0-9a-f]{16}$"))
    expect(page.locator("#report-header h1")).to_contain_text(organ)
    key = page.url.rpartition("/")[2]
    stated = {
        name: (raw or "", state)
        for name, raw, state in release.execute(
            """
            select table_code || '.' || row_code || '.' || column_code, raw, state
            from report_cell where report_key = ?
            """,
            [key],
        ).fetchall()
    }
    assert len(stated) in (198, 200)
    assert _shown_cells(page) == stated
    gone_back(page)
    expect(page.locator("#card-reports")).to_be_visible()


def test_broken_rules_are_marked_in_place(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, broken: str
) -> None:
    page.goto(f"{address}/report/{broken}")
    page.wait_for_selector("#rules")
    failures = release.execute(
        """
        select rule_id, place, left_value, right_value, severity, coalesce(cells, []) from fct_rule_result
        where report_key = ? and status = 'fail' order by rule_id, place
        """,
        [broken],
    ).fetchall()
    marked = page.evaluate("[...document.querySelectorAll('td.is-broken')].map(cell => cell.dataset.cell)")
    assert set(marked) == {cell for *_, severity, cells in failures if severity == "error" for cell in cells}
    listed = page.locator("tr[data-status=fail]")
    expect(listed).to_have_count(len(failures))
    for rule_id, place, left, right, *_ in failures:
        row = page.locator(f"tr[data-rule={rule_id}][data-place='{place}'] td.number")
        if left is not None and right is not None and place.startswith(("application", "dispute", "disclosure")):
            assert [row.nth(side).inner_text() for side in (0, 1)] == [
                f"{left.normalize():,f}",
                f"{right.normalize():,f}",
            ]

    cell = page.locator("td.is-broken").first
    mark = cell.locator(".rule-mark").inner_text()
    assert mark.startswith("⚠")
    cell.focus()
    tip = page.locator("#tip")
    expect(tip).to_be_visible()
    for rule_id in mark.removeprefix("⚠").split():
        expect(tip).to_contain_text(rule_id)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_what_would_mend_it_and_the_notice_stand_beside_the_rules(
    page: Page, address: str, release: duckdb.DuckDBPyConnection
) -> None:
    key, printed, suggested = release.execute("""
        select report_key, printed_value, suggested_value from fct_suggestion join dim_report using (report_key)
        where is_current and kind = 'change' and suggestion_count = 1 order by report_key limit 1
    """).fetchall()[0]
    page.goto(f"{address}/report/{key}")
    box = page.locator("#rules .suggestions").first
    expect(box).to_contain_text(f"{printed.normalize():,f} → {suggested.normalize():,f}")
    with page.expect_download() as download:
        page.locator(".notices a", has_text="pdf").click()
    assert re.fullmatch(r"整改通知书-[\w-]+\.pdf", download.value.suggested_filename)


def test_english_keeps_names_and_figures(page: Page, address: str, broken: str) -> None:
    page.goto(f"{address}/report/{broken}")
    page.wait_for_selector("#rules")
    in_chinese, heading = _shown_cells(page), page.locator("#report-header h1").inner_text()
    page.locator("#language").click()
    expect(page.locator("#table-application h2")).to_contain_text("Applications received and processed")
    assert _shown_cells(page) == in_chinese
    assert page.locator("#report-header h1").inner_text().split(" · ")[0] == heading.split(" · ")[0]


def test_the_way_to_another_year(page: Page, address: str, release: duckdb.DuckDBPyConnection) -> None:
    row = release.execute("""
        select any_value(report_key order by year), min(year), organ_key from dim_report where is_current
        group by organ_key having count(*) > 1 order by count(*) desc, organ_key limit 1
    """).fetchone()
    assert row is not None
    _, first_year, organ = row
    first, second = release.execute(
        "select report_key, year from dim_report where is_current and organ_key = ? order by year limit 2", [organ]
    ).fetchall()
    page.goto(f"{address}/report/{first[0]}")
    page.get_by_role("link", name=str(second[1])).click()
    page.wait_for_url(re.compile(second[0]))
    expect(page.locator("#report-header h1")).to_contain_text(str(second[1]))
    page.get_by_role("link", name=f"← {first_year}").click()
    page.wait_for_url(re.compile(first[0]))


def test_finding_a_report(page: Page, address: str, release: duckdb.DuckDBPyConnection, broken: str) -> None:
    row = release.execute(
        "select organ_name, year from dim_report join dim_organ using (organ_key) where report_key = ?", [broken]
    ).fetchone()
    assert row is not None
    organ, year = row
    page.goto(f"{address}/report")
    page.locator("#finder-text").fill(f"{organ} {year}")
    page.wait_for_url(re.compile(r"\?q="))
    hit = page.locator("#hits .cell-link", has_text=organ).first
    expect(hit).to_be_visible()
    page.reload()
    expect(page.locator("#finder-text")).to_have_value(f"{organ} {year}")
    hit.click()
    expect(page.locator("#report-header h1")).to_contain_text(organ)


def test_an_unknown_report_has_a_way_back(page: Page, address: str) -> None:
    page.goto(f"{address}/report/ffffffffffffffff")
    expect(page.locator(".empty h1")).to_have_text("找不到这份报告")
    page.locator(".empty a").click()
    expect(page.locator("#finder-text")).to_be_visible()


def test_an_unknown_page_has_a_way_back(page: Page, address: str) -> None:
    page.goto(f"{address}/nowhere")
    page.locator(".empty a").click()
    expect(page.locator("#card-reports")).to_be_visible()


def test_wide_tables_scroll_in_their_own_box(page: Page, address: str, broken: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/report/{broken}")
    box = page.locator("#table-application .table-box")
    expect(box).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
