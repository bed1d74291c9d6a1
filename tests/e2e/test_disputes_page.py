"""Reconsiderations and lawsuits in a browser: figures of the release, a funnel to drill into, choices that stay in the address."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
from playwright.sync_api import Page, expect
from settling import gone_back

_POINTS = "document.querySelector('#funnel-figure .js-plotly-plot').data.flatMap(t => t.customdata ? t.x.map((x, i) => [t.customdata[i], x]) : [])"


def test_the_page_walked_through(page: Page, address: str, release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (year,) = release.execute("select max(year) from mart_report").fetchall()[0]
    decided, pending = release.execute(
        """
        select sum(value) filter (track_code = 'reconsideration' and result_code <> 'pending'), sum(value) filter (result_code = 'pending')
        from fct_dispute where year = ?
        """,
        [year],
    ).fetchall()[0]
    rates = {
        row[0]: row[1:]
        for row in release.execute(
            """
            select indicator_code, numerator, denominator from mart_indicator
            where level = 'nation' and scope = 'consolidated' and year = ?
            """,
            [year],
        ).fetchall()
    }
    page.goto(f"{address}/disputes")
    expect(page.locator("h1")).to_contain_text(str(year))
    expect(page.locator("#card-reconsiderations .figure")).to_have_text(f"{int(decided):,}")
    expect(page.locator("#card-pending .figure")).to_have_text(f"{int(pending):,}")
    for track in ("reconsideration", "litigation"):
        numerator, denominator = rates[f"{track}_correction_rate"]
        expect(page.locator(f"#card-{track}-rate .figure")).to_have_text(f"{100 * numerator / denominator:.1f}%")

    # The points are the provinces, and a click on one goes there.
    page.wait_for_selector("#funnel-figure .js-plotly-plot .points path")
    provinces = release.execute(
        """
        select region_code, denominator from mart_indicator
        where level = 'province' and scope = 'consolidated' and year = ? and denominator > 0
            and indicator_code = 'reconsideration_correction_rate'
        """,
        [year],
    ).fetchall()
    assert sorted(page.evaluate(_POINTS)) == sorted([code, cases] for code, cases in provinces)
    largest = max(provinces, key=lambda row: row[1])[0]
    page.locator("#funnel-figure").scroll_into_view_if_needed()
    at = page.evaluate(
        """code => {
            const plot = document.querySelector('#funnel-figure .js-plotly-plot');
            const trace = plot.data.find(each => (each.customdata || []).includes(code)), i = trace.customdata.indexOf(code);
            const {xaxis, yaxis} = plot._fullLayout, box = plot.getBoundingClientRect();
            return [box.x + xaxis._offset + xaxis.d2p(trace.x[i]), box.y + yaxis._offset + yaxis.d2p(trace.y[i])];
        }""",
        largest,
    )
    page.mouse.move(at[0] - 3, at[1])
    page.mouse.move(*at)
    page.mouse.click(*at)
    page.wait_for_url(re.compile(rf"/disputes\?province={largest}$"))
    gone_back(page)
    expect(page.locator("h1")).to_contain_text("全国")

    # A point for each organ, of lawsuits: the choices are in the address and outlast a reload.
    page.locator("#body").get_by_text("单位", exact=True).first.click()
    page.wait_for_url(re.compile(r"by=organ"))
    page.get_by_text("诉讼纠正率", exact=True).last.click()
    page.wait_for_url(re.compile(r"track=litigation"))
    page.reload()
    page.locator("#table-corrections-page").scroll_into_view_if_needed()
    organ = page.locator("#table-corrections-page .ag-row a").first
    expect(organ).to_have_attribute("href", re.compile(r"^/report/"))

    # The file has what the table has.
    with page.expect_download() as download:
        page.locator("#table-corrections-page [data-export=corrections]").first.click()
    path = tmp_path / "corrections.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expect(organ).to_have_text(rows[0]["name"])
    stated = release.execute(
        """
        select organ_key, numerator, denominator from mart_indicator
        where level = 'organ' and scope = 'consolidated' and year = ? and denominator > 0 and indicator_code = 'litigation_correction_rate'
        """,
        [year],
    ).fetchall()
    assert sorted((row["code"], int(row["corrected"]), int(row["decided"])) for row in rows) == sorted(stated)
    assert all((row["standing"] == "too_few") == (int(row["decided"]) < 30) for row in rows)

    page.locator("#language").click()
    expect(page.locator("#card-pending h2")).to_contain_text("Pending")
    page.wait_for_url(re.compile(r"by=organ&track=litigation&lang=en$"))


def test_a_selection_without_a_report_and_a_narrow_screen(page: Page, address: str) -> None:
    page.goto(f"{address}/disputes?province=99")
    expect(page.locator(".empty h1")).to_have_text("所选范围没有报告")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/disputes?lang=en&by=organ&year=all")
    page.wait_for_selector("#funnel-figure .js-plotly-plot .points path")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator("#card-pending .figure")).to_have_text("—")
