"""Data Docs in a browser without a network: the pages that a build left on disk, and the way to them from the dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A page whose browser has no network; a complaint, a failed request and one for anything but a file fail the test."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else complaints.append(f"asked for: {request.url}")
        ),
    )
    yield page
    context.close()
    assert complaints == []


def test_every_page_opens_without_a_network(offline: Page, warehouse: Path) -> None:
    index = (warehouse / "data-docs" / "index.html").as_uri()
    offline.goto(index)
    suites = [link.inner_text() for link in offline.locator("td a").all()]
    assert {"landing_document", "mart_comparison", "results", "rules"} <= set(suites)
    for suite in suites:
        offline.get_by_role("link", name=suite, exact=True).click()
        expect(offline.locator("h1")).to_contain_text(suite)
        assert offline.locator("section").count() >= 1
        offline.locator("nav a").click()
        expect(offline.locator("h1")).to_contain_text("数据检查")


def test_a_broken_rule_is_flagged_with_its_rows(offline: Page, warehouse: Path) -> None:
    offline.goto((warehouse / "data-docs" / "index.html").as_uri())
    expect(offline.locator("tr", has_text="rules").locator(".flagged")).to_be_visible()
    expect(offline.locator(".fail")).to_have_count(0)
    offline.get_by_role("link", name="rules", exact=True).click()
    section = offline.locator("#application_balance")
    expect(section).to_contain_text("申请收支平衡")
    expect(section.locator("th", has_text="organ_name")).to_be_visible()
    assert section.locator("tbody tr").count() >= 1


def test_the_dictionary_leads_there(page: Page, address: str) -> None:
    page.goto(f"{address}/dictionary")
    href = page.locator("#data-docs").get_attribute("href")
    page.goto(f"{address}{href}")
    page.get_by_role("link", name="landing_cell", exact=True).click()
    expect(page.locator("#value_only_in_number .pass")).to_be_visible()


def test_a_narrow_screen_holds_the_pages(offline: Page, warehouse: Path) -> None:
    offline.set_viewport_size({"width": 390, "height": 844})
    offline.goto((warehouse / "data-docs" / "index.html").as_uri())
    offline.get_by_role("link", name="rules", exact=True).click()
    assert offline.evaluate("document.documentElement.scrollWidth") == 390
