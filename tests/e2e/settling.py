"""Waiting until a page stands still, for a test that reads it at once or presses keys on it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

_ANSWERED = """() => {
    if (!window.store) return false;
    const { stored, completed, ...underWay } = window.store.getState().callbacks;
    return Object.values(underWay).every(callbacks => callbacks.length === 0);
}"""
"""No callback of Dash is asked for or being answered. An idle network says less: it is idle, too, before the first request, and a page
is told to have been idle once and for all."""
_FILLED = """() => [...document.querySelectorAll("[id^='table-'][id$='-page'], [id^='table-'][id$='-plain'], .ag-root")].every(
    table => table.querySelector(".ag-cell, .ag-overlay-no-rows-center"))"""
"""Every table has rows. What draws one is loaded after the page: until then there is its panel only."""


def answered(page: Page) -> None:
    """The page shows the answer to its address, not that to the one before."""
    page.wait_for_function(_ANSWERED)


def gone_back(page: Page) -> None:
    """Back to the address before, and its answer is there: what stands on the page until then may look the same, and takes no choice."""
    page.go_back()
    answered(page)


def first_option_taken(page: Page) -> None:
    """The arrow and enter keys take the first option of the list that is open. A list that is just being filled would lose them."""
    answered(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][data-combobox-selected]")).to_have_count(1)
    page.keyboard.press("Enter")


def settled(page: Page) -> None:
    """The page is answered and every table has its rows, so that nothing moves any more."""
    expect(page.locator("main h1, main h2").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    answered(page)
    # A busy browser asks for a table's rows only after the network was idle for a while.
    page.wait_for_function(_FILLED)
    expect(page.locator(".ag-row-loading, .ag-overlay-loading-center")).to_have_count(0)
    if "?sql=" in page.url:  # until the statement is answered it cannot be run again
        expect(page.locator("#sql-grid .ag-cell").first).to_be_visible()
        expect(page.locator("#sql-run")).to_be_enabled()
