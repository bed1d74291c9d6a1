"""Every page, light and dark, in both languages: axe-core finds nothing serious, and the page fits a narrow screen."""

from __future__ import annotations

import re

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from settling import answered

from dashboard.components.frame import LINKS
from dashboard.pages.selected import PAGES

_PATHS = tuple(dict.fromkeys([*(path for path, _ in LINKS), *PAGES, "/made/reports", "/report/<key>", "/organ/<key>"]))


@pytest.mark.parametrize("path", _PATHS)
def test_axe_finds_nothing_serious(page: Page, address: str, release: duckdb.DuckDBPyConnection, path: str) -> None:
    column = "organ_key" if path.startswith("/organ") else "report_key"
    row = release.execute(
        f"select {column} from mart_report order by broken_rules desc nulls last, 1 limit 1"
    ).fetchone()
    assert row is not None
    path = path.replace("<key>", row[0])
    for scheme, width, language in (("light", 1440, "zh"), ("dark", 390, "en")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}{path}?lang={language}")
        expect(page.locator("main h1").first).to_be_visible()
        # A table is there when its scripts are, and is drawn when it comes into sight.
        page.wait_for_load_state("networkidle")
        answered(page)
        for table in page.locator(".ag-root-wrapper").all():
            table.scroll_into_view_if_needed()
            expect(table.locator("[role=columnheader]").first).to_be_visible()
            expect(table.locator(".ag-cell, .ag-overlay-no-rows-center").first).to_be_visible()
            expect(table.locator(".ag-header-row-column:not(:has([role=columnheader]))")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = _serious(page)
        if found:
            # Where a table was being drawn again, it is drawn by now: a second look must find nothing at all.
            page.wait_for_timeout(2000)
            found = _serious(page)
        assert found == [], f"{path}, {scheme}, {width} px"


def _serious(page: Page) -> list[str]:
    return [
        f"{violation['id']} ({violation['impact']}): {re.sub(chr(10), ' ', node['html'][:160])}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
