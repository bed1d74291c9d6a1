"""Data quality in a browser: from the counties with the most broken reports to a notice, and a verdict on a finding."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect
from settling import gone_back

from expectations.ledger import Ledger

_COUNTIES, _REPORTS, _FINDINGS = (f"#table-{name}-page" for name in ("quality_counties", "quality_reports", "findings"))


@pytest.fixture(scope="module")
def county(release: duckdb.DuckDBPyConnection) -> tuple[str, str, int]:
    """Code and name of the county with the most broken reports in the latest year, and how many there are."""
    row = release.execute("""
        select m.county_code, any_value(d.region_name), count(distinct m.report_key) filter (m.broken_rules > 0) as broken,
            count(distinct (f.rule_id, f.place, f.report_key)) filter (f.status = 'fail' and f.severity = 'error') as errors
        from mart_report m
        join dim_region d on d.region_code = m.county_code
        left join fct_rule_result f using (report_key)
        where m.year = (select max(year) from mart_report)
        group by m.county_code
        order by broken desc, errors desc, m.county_code
        limit 1
    """).fetchone()
    assert row is not None
    assert row[2] > 0, "the demo corpus plants errors"
    return row[:3]


def test_from_the_worst_county_to_its_notice(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, county: tuple[str, str, int], tmp_path: Path
) -> None:
    code, name, broken = county
    page.goto(address)
    page.get_by_role("link", name="数据质量").click()
    expect(page.locator("#card-broken")).to_be_visible()
    stated = release.execute("""
        select count(*) from mart_report where broken_rules > 0 and year = (select max(year) from mart_report)
    """).fetchone()
    assert stated is not None
    expect(page.locator("#card-broken .figure")).to_have_text(str(stated[0]))
    first = page.locator(f"{_COUNTIES} .ag-row[row-index='0']")
    expect(first.locator(".cell-link")).to_have_text(name)
    expect(first.locator(".chip")).to_have_text(f"⚠ {broken}")

    first.locator(".cell-link").click()
    page.wait_for_url(re.compile(rf"county={code}"))
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator(f"{_REPORTS} .ag-row .cell-link")).to_have_count(broken)
    expect(page.locator(_COUNTIES)).to_have_count(0)

    row = page.locator(f"{_REPORTS} .ag-row[row-index='0']")
    organ = row.locator(".cell-link").inner_text()
    with page.expect_download() as download:
        row.get_by_role("link", name="docx").click()
    with zipfile.ZipFile(download.value.path()) as notice:
        assert organ in re.sub("<[^>]+>", "", notice.read("word/document.xml").decode())
    with page.expect_download() as download:
        page.locator(".zips").get_by_role("link", name="pdf").click()
    with zipfile.ZipFile(download.value.path()) as notices:
        assert len([each for each in notices.namelist() if each.endswith(".pdf")]) == broken

    row.locator(".cell-link").click()
    page.wait_for_url(re.compile(r"/report/[0-9a-f]{16}#rules$"))
    expect(page.locator("#report-header h1")).to_contain_text(organ)
    expect(page.locator("#rules")).to_be_in_viewport()
    page.get_by_role("link", name="该单位历年").click()
    expect(page.locator("#organ-header h1")).to_contain_text(organ)
    gone_back(page)
    gone_back(page)
    expect(page.locator("h1")).to_contain_text(name)
    page.reload()
    expect(page.locator(f"{_REPORTS} .ag-row .cell-link")).to_have_count(broken)


def test_a_bar_leads_into_its_region(page: Page, address: str) -> None:
    page.goto(f"{address}/quality")
    page.wait_for_selector("#quality_regions-figure .bars .point path")
    code = page.evaluate("document.querySelector('#quality_regions-figure .js-plotly-plot').data[0].customdata[0][0]")
    page.locator("#quality_regions-figure .bars .point path").first.click(force=True)  # plotly's own layer takes it
    page.wait_for_url(re.compile(rf"\?province={code}$"))
    expect(page.locator("#card-broken")).to_be_visible()


def test_files_hold_what_the_page_shows(page: Page, address: str, release: duckdb.DuckDBPyConnection) -> None:
    page.goto(f"{address}/quality?part=findings&severity=error")
    page.wait_for_selector(f"{_FINDINGS} .ag-row .chip")
    stated = release.execute("""
        select count(distinct (f.rule_id, f.organ_key, f.place))
        from fct_rule_result f join dim_report r using (report_key)
        where r.is_current and f.status = 'fail' and f.severity = 'error' and r.year = (select max(year) from mart_report)
    """).fetchone()
    assert stated is not None
    with page.expect_download() as download:
        page.locator(f"{_FINDINGS} [data-export=findings]", has_text="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == stated[0] > 0
    assert {row["severity"] for row in rows} == {"error"}
    with page.expect_download() as download:
        page.locator(f"{_FINDINGS} [data-export=findings]", has_text="XLSX").click()
    with zipfile.ZipFile(download.value.path()) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == len(rows) + 1


def test_a_verdict_is_shown_at_once(judged: tuple[str, Ledger], page: Page) -> None:
    address, ledger = judged
    page.goto(f"{address}/quality?part=findings")
    page.wait_for_selector(f"{_FINDINGS} .ag-row .chip")
    page.locator("label", has_text="规则").locator("xpath=following::input[1]").click()
    page.get_by_role("option", name=re.compile("^H2 ")).click()
    page.wait_for_url(re.compile("rule=H2"))
    row = page.locator(f"{_FINDINGS} .ag-row[row-index='0']")
    expect(row.locator("[col-id=rule_id]")).to_contain_text("H2")
    row.locator("[col-id=verdict] a").click()
    page.wait_for_url(re.compile("finding=([0-9a-f]{32})"))
    expect(page.locator("#verdict h2")).to_contain_text("H2")
    fingerprint = page.url.partition("finding=")[2][:32]

    page.locator("#verdict-submit").click()
    expect(page.locator("#verdict-message")).to_have_text("请选属实或不属实。")
    page.get_by_label("不属实，通知书中不列").check()
    page.locator("#verdict-name").fill("王五")
    page.locator("#verdict-submit").click()
    expect(page.locator("#verdict-message")).to_have_text("不属实须写明理由。")
    assert ledger.dismissed() == []
    page.locator("#verdict-reason").fill("<b>附件</b>另有说明")
    page.locator("#verdict-submit").click()
    expect(page.locator("#verdict-standing")).to_contain_text("不属实：<b>附件</b>另有说明（王五，")
    expect(row.locator("[col-id=verdict]")).to_have_text("不属实")
    assert ledger.dismissed() == [fingerprint]

    page.locator("#language").click()
    expect(page.locator("#verdict-standing")).to_contain_text("Dismissed: <b>附件</b>另有说明 (王五,")
    page.locator(".parts").get_by_role("link", name="Rules").click()
    expect(page.locator("#rule-H2")).to_contain_text("too few (1)")
    expect(page.locator("#rule-H1")).to_contain_text("none judged")
    gone_back(page)
    expect(page.locator("#verdict-standing")).to_be_visible()


@pytest.mark.parametrize("part", ["overview", "findings", "rules"])
def test_a_narrow_screen_does_not_scroll_sideways(page: Page, address: str, part: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/quality?part={part}&lang=en")
    expect(page.locator(".part.is-here")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
