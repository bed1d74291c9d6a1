"""On paper: graphs stand whole within their panels, their legends have colours, and the screen is as before afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from settling import answered

_A4 = {"width": 718, "height": 1000}
"""Pixels of a sheet within its margins."""
_GRAPHS = """() => [...document.querySelectorAll(".panel .main-svg")].map(svg => {
    const graph = svg.getBoundingClientRect(), panel = svg.closest(".panel").getBoundingClientRect();
    const content = [...svg.querySelectorAll("path, text, rect")].map(part => part.getBoundingClientRect().right);
    return [Math.max(graph.right, ...content), panel.right];
})"""
_FITTED = """() => [...document.querySelectorAll(".dash-graph")].every(graph =>
    [...graph.querySelectorAll(".main-svg")].every(svg => Math.abs(svg.getBoundingClientRect().width - graph.clientWidth) < 1))"""
"""Plotly has drawn every graph as wide as its place, which tables beside it may have changed."""
_PAPER_IS_SILENT = """(() => {
    window.isPaper = false;
    window.addEventListener("resize", event => window.isPaper && event.stopImmediatePropagation(), true);
    const Observer = window.ResizeObserver;
    window.ResizeObserver = class extends Observer {
        constructor(tell) { super((...news) => window.isPaper || tell(...news)); }
    };
})()"""
"""A browser that prints lays the page out for the sheet and tells no script of the new sizes. The test makes the window as wide as the
sheet instead, of which Plotly would hear and, sooner or later, draw its graphs anew."""
_LATE = 500
"""Milliseconds, far more than Dash waits before it tells Plotly of a new size."""
_WIDTHS = "() => [...document.querySelectorAll('.main-svg')].map(svg => svg.getBoundingClientRect().width)"


@pytest.mark.parametrize("path", ["/", "/applications", "/disputes", "/quality"])
def test_graphs_stand_within_their_panels(page: Page, address: str, path: str) -> None:
    page.add_init_script(_PAPER_IS_SILENT)
    page.goto(address + path)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    answered(page)
    page.wait_for_function(_FITTED)
    on_screen = page.evaluate(_WIDTHS)

    page.evaluate("isPaper = true")
    page.wait_for_timeout(_LATE)  # what was told before is acted upon now, at the size of the screen
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(_A4)
    edges = page.evaluate(_GRAPHS)
    assert len(edges) > 1
    assert all(graph <= panel for graph, panel in edges)

    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(media="screen")
    page.evaluate("isPaper = false, dispatchEvent(new Event('afterprint')), dispatchEvent(new Event('resize'))")
    page.wait_for_function(_FITTED)
    assert page.evaluate(_WIDTHS) == on_screen
    assert page.locator(".main-svg[viewBox]").count() == 0


def test_colours_are_printed(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print")
    swatch = page.locator(".legend li > *").first
    expect(swatch).to_be_visible()
    assert swatch.evaluate("element => getComputedStyle(element).printColorAdjust") == "exact"
