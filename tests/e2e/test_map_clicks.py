"""The map in a browser, on a page of its own: drawn from our files, no other host asked (the fixture `page` watches), a click gives a code."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from dash import Dash, Input, Output, dcc, html
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

import dashboard
from dashboard.components import charts
from dashboard.figures import region_map
from dashboard.figures.boundaries import boundaries
from dashboard.i18n import Translator

ASSETS = Path(dashboard.__file__).parent / "assets"


@dataclass(frozen=True)
class Indicator:
    name_zh: str = "实质公开率"
    name_en: str = "Disclosure rate"
    unit: str = "件"


def rated(code: str, name: str) -> region_map.MapPlace:
    # The code's last digits make the rate, so that neighbours differ.
    share = Decimal(int(code) % 97) / 100
    return region_map.MapPlace(code, name, share, "rated", share * 100, Decimal(100), 5)


@pytest.fixture(scope="module")
def maps() -> Iterator[str]:
    """An address whose path names the region of a map; a click shows its code."""
    app = Dash(__name__, assets_folder=str(ASSETS), serve_locally=True, suppress_callback_exceptions=True)
    app.layout = html.Div([dcc.Location(id="location"), html.Div(id="content"), html.P(id="clicked")])

    @app.callback(Output("content", "children"), Input("location", "pathname"))
    def draw(path: str) -> object:
        region = path.strip("/") or None
        drawn = boundaries(region)
        assert drawn is not None
        places = [rated(code, name) for code, name in drawn.names.items()]
        figure = region_map.figure(Translator("zh"), region, places, Indicator())
        graph = dcc.Graph(id="map", figure=figure, config=charts.CONFIG, style={"height": 440}, responsive=True)
        return [graph, html.Div(style={"height": 2000})]

    @app.callback(Output("clicked", "children"), Input("map", "clickData"), prevent_initial_call=True)
    def clicked(data: dict[str, list[dict[str, str]]] | None) -> str:
        return data["points"][0]["customdata"] if data else ""

    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()


AREAS = "#map .geo:not(.geo2) path.choroplethlocation"
"""Those of the map itself; the sea's frame is `geo2` and has them once more."""


def place_within(page: Page, code: str) -> tuple[float, float]:
    """A point of the screen that lies in that area, a few pixels from its borders: a mouse knows whole pixels only."""
    point: tuple[float, float] = page.evaluate(
        """([areas, code]) => {
            const area = [...document.querySelectorAll(areas)].find(each => each.__data__.loc === code);
            const {left, top, width, height} = area.getBoundingClientRect();
            const toArea = area.getScreenCTM().inverse();
            const within = (x, y) => area.isPointInFill(new DOMPoint(x, y).matrixTransform(toArea));
            for (let x = Math.ceil(left); x < left + width; x++)
                for (let y = Math.ceil(top); y < top + height; y++)
                    if (within(x, y) && [-3, 3].every(step => within(x + step, y) && within(x, y + step))) return [x, y];
        }""",
        [AREAS, code],
    )
    return point


@pytest.mark.parametrize(
    ("region", "name", "code"), [("", "甘肃省", "62"), ("62", "庆阳市", "6210"), ("6210", "正宁县", "621025")]
)
def test_a_click_on_a_place_gives_its_code(page: Page, maps: str, region: str, name: str, code: str) -> None:
    page.goto(maps + region)
    drawn = boundaries(region or None)
    assert drawn is not None
    expect(page.locator(AREAS)).to_have_count(len(drawn.names))
    x, y = place_within(page, code)
    page.mouse.move(x, y)
    expect(page.locator("#map .hoverlayer")).to_contain_text(name)
    expect(page.locator("#map .hoverlayer")).to_contain_text("/ 100 件")
    page.mouse.click(x, y)
    expect(page.locator("#clicked")).to_have_text(code)


def test_a_wheel_scrolls_the_page_and_not_the_map(page: Page, maps: str) -> None:
    page.goto(maps + "62")
    expect(page.locator(AREAS)).to_have_count(14)
    shapes = page.locator(AREAS).evaluate_all("areas => areas.map(area => area.getAttribute('d'))")
    x, y = place_within(page, "6209")
    page.mouse.move(x, y)
    page.mouse.wheel(0, 300)
    page.wait_for_function("window.scrollY > 200")
    page.mouse.dblclick(x, y - 200)
    assert page.locator(AREAS).evaluate_all("areas => areas.map(area => area.getAttribute('d'))") == shapes


def test_a_thumb_scrolls_the_page_and_a_tap_gives_the_code(browser: Browser, maps: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(maps)
    expect(page.locator(AREAS).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    x, y = place_within(page, "65")
    page.touchscreen.tap(x, y)
    expect(page.locator("#clicked")).to_have_text("65")
    touches = context.new_cdp_session(page)
    touches.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for way in range(20, 201, 20):
        touches.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - way}]})
    touches.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("window.scrollY > 100")
    context.close()
