"""What a first visitor's browser has to fetch, as it comes over the wire."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from dashboard.pages.selected import PAGES

_MOST_BYTES = 2_500_000


@pytest.mark.parametrize("path", [*PAGES, "/report", "/sql", "/dictionary", "/methods"])
def test_a_first_load_is_small(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    fetched: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: fetched.append(event["encodedDataLength"]))
    page.goto(address + path)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-dash-is-loading=true]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    context.close()
    assert 500_000 < sum(fetched) <= _MOST_BYTES, "nothing counted, or too much for a slow line"
