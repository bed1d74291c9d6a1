"""Without a mouse: the tab key reaches every control, each shows that it has the focus, none keeps it, and all do their work."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Page, expect
from settling import first_option_taken, settled

from dashboard.components.frame import LINKS
from expectations.ledger import Ledger

_PATHS = (
    *(path for path, _ in LINKS),
    "/?level=county",
    "/?province=99",
    "/quality?part=findings",
    "/quality?part=rules",
    "/compare?a=62&b=64",
    "/made/reports",
    "/organ/<key>",
    "/report/<key>",
    "/sql?sql=select+1+as+n",
    "/nowhere",
)
_MOST_STOPS, _AT_ONCE = 600, 10

_LISTEN = """() => {
    const controls = "a[href], button, input, select, textarea, summary, [tabindex='0'], .ag-paging-button";
    // A table is a control of its own: its headings and its cells are one stop each.
    const isPart = (element) => element.closest(".ag-root") || element.matches("[class*=ag-tab-guard]");
    const isOff = (element) => element.disabled || element.matches(".ag-disabled, .ag-disabled *, [type=hidden]");
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const isMarked = (element) =>
        [element, element.nextElementSibling, element.closest(".editor")].some((each) => {
            const style = each && getComputedStyle(each);
            return style && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || (each !== element && style.boxShadow !== "none"));
        });
    const named = (element) => element.outerHTML.replace(/\\s+/g, " ").slice(0, 140);
    // Of radio buttons the arrows reach the others.
    const same = (element) => (element.type === "radio" ? document.getElementsByName(element.name) : [element]);
    const reached = new Set();
    const unmarked = new Set();
    let isThrough = false;
    document.addEventListener("keyup", () => (isThrough ||= document.activeElement === document.body));
    document.addEventListener("focusin", ({ target }) => {
        same(target).forEach((each) => reached.add(each));
        if (!isMarked(target)) unmarked.add(named(target));
    });
    window.keyboard = () => ({
        isThrough,
        missed: [...document.querySelectorAll(controls)]
            .filter((each) => !isPart(each) && !isOff(each) && isSeen(each) && !reached.has(each))
            .map(named),
        unmarked: [...unmarked],
        tables: [...document.querySelectorAll(".ag-root")]
            .filter((table) => table.querySelector(".ag-cell"))
            .flatMap((table) => [".ag-header-cell", ".ag-cell"].map((part) => [...reached].filter((each) => each.closest(part) && table.contains(each)).length)),
    });
}"""


@pytest.mark.parametrize("path", _PATHS)
def test_the_tab_key_reaches_every_control(
    page: Page, address: str, release: duckdb.DuckDBPyConnection, path: str
) -> None:
    column = "organ_key" if path.startswith("/organ") else "report_key"
    row = release.execute(
        f"select {column} from mart_report order by broken_rules desc nulls last, 1 limit 1"
    ).fetchone()
    assert row is not None
    page.goto(f"{address}{path.replace('<key>', row[0])}")
    settled(page)
    page.evaluate("document.querySelectorAll('.filters details').forEach(each => { each.open = true })")
    page.evaluate(_LISTEN)
    seen: dict[str, Any] = {}
    for _ in range(_MOST_STOPS // _AT_ONCE):
        for _ in range(_AT_ONCE):
            page.keyboard.press("Tab")
        seen = page.evaluate("keyboard()")
        if seen["isThrough"]:
            break
    assert seen["isThrough"], "the focus does not come to the end of the page"
    assert seen["missed"] == []
    assert seen["unmarked"] == []
    assert set(seen["tables"]) <= {1}, "a stop at the headings and one at the cells of each table"


def test_every_control_of_the_bar_works_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#card-reports")).to_be_visible()
    page.wait_for_load_state("networkidle")  # the tables' rows are there: nothing takes the focus away any more
    latest = page.locator("h1 small").inner_text()
    page.locator("#filter-year").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("option").first).to_be_visible()
    chosen = page.locator("[role=option][data-combobox-selected]")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_count(1)
    # A moment after it opens, the list starts from the year that is shown; before, from its top.
    if chosen.inner_text() == latest:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"year="))
    # The answer fills the selects in anew, which would close an open one.
    expect(page.locator("h1")).not_to_contain_text(latest)
    settled(page)
    page.locator("#filter-more").focus()
    page.keyboard.press("Enter")
    page.locator("#filter-level").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="省级", exact=True)).to_be_visible()
    first_option_taken(page)
    page.wait_for_url(re.compile(r"level="))
    settled(page)
    page.locator("#scheme").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_in_viewport()


def test_a_choice_keeps_the_focus(page: Page, address: str) -> None:
    """Each choice draws the page anew."""
    page.goto(f"{address}/disputes?level=county")
    settled(page)
    track = page.get_by_role("radiogroup").first
    track.locator("input:checked").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("track=litigation"))
    expect(track.locator("input[value=litigation]")).to_be_focused()


def test_a_choice_taken_back_leaves_the_focus_on_its_select(page: Page, address: str) -> None:
    page.goto(f"{address}/disputes?level=county")
    settled(page)
    page.locator("#filter-level").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="清除单位层级")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "level=" not in url)
    expect(page.locator("#filter-level")).to_be_focused()


def test_the_other_language_leaves_the_focus_on_the_switch(page: Page, address: str) -> None:
    page.goto(f"{address}/disputes")
    settled(page)
    page.locator("#language").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("lang=en"))
    expect(page.locator("#language")).to_have_text("中文")
    expect(page.locator("#language")).to_be_focused()


def into(page: Page, table: str) -> None:
    """The focus on the headings of a table, by the tab key."""
    page.locator(f"{table} .tools a").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(f"{table} .ag-header-cell").first).to_be_focused()


def test_a_table_sorts_filters_and_leads_on(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    table = "#table-reports-page"
    into(page, table)
    heading = page.locator(f"{table} .ag-header-cell[col-id=organ_name]")
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ag-filter input:focus")).to_be_visible()
    page.keyboard.type("街道")
    expect(page.locator(f"{table} .ag-row .cell-link").first).to_contain_text("街道")
    page.keyboard.press("Escape")
    expect(heading).to_be_focused()
    expect(page.locator(f"{table} .ag-row-loading")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    cell = page.locator(f"{table} .ag-row[row-index='1'] [col-id=organ_name]")
    expect(cell).to_be_focused()
    organ = cell.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/report/[0-9a-f]{16}"))
    expect(page.locator("#report-header h1")).to_contain_text(organ)


def test_what_the_map_leads_to_the_table_below_does(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    page.wait_for_selector("#map-figure .js-plotly-plot .geo")
    shown = page.evaluate("""() => {
        const map = document.querySelector("#map-figure .js-plotly-plot").data.filter(each => each.geo === "geo");
        return map.flatMap(each => each.customdata || []).filter(code => code).length;
    }""")
    rows = page.locator("#table-places-page .ag-root")
    expect(rows).to_have_attribute("aria-rowcount", str(shown + 1))
    into(page, "#table-places-page")
    page.keyboard.press("Tab")
    first = page.locator("#table-places-page .ag-row[row-index='0'] [col-id]").first
    expect(first).to_be_focused()
    name = first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("province="))
    expect(page.locator("h1")).to_contain_text(name)


def test_a_notice_in_a_table_is_taken_away(page: Page, address: str) -> None:
    page.goto(f"{address}/quality")
    settled(page)
    into(page, "#table-quality_reports-page")
    page.keyboard.press("Tab")
    row = page.locator("#table-quality_reports-page .ag-row[row-index='0']")
    for column in ("organ_name", "broken_rules", "rules"):
        expect(row.locator(f"[col-id={column}]")).to_be_focused()
        page.keyboard.press("ArrowRight")
    expect(row.locator("[col-id=to_correct]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row.get_by_role("link", name="docx")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("link", name="pdf")).to_be_focused()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")
    page.keyboard.press("Escape")
    expect(row.locator("[col-id=to_correct]")).to_be_focused()


def test_a_verdict_is_given(judged: tuple[str, Ledger], page: Page) -> None:
    address, ledger = judged
    page.goto(f"{address}/quality")
    settled(page)
    page.locator(".part", has_text="逐条核对").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("part=findings"))
    page.wait_for_selector("#table-findings-page .ag-row .chip")
    settled(page)
    into(page, "#table-findings-page")
    page.keyboard.press("Tab")
    for column in ("severity", "rule_id", "organ_name", "year", "place"):
        expect(page.locator(f".ag-row[row-index='0'] [col-id={column}]")).to_be_focused()
        page.keyboard.press("ArrowRight")
    expect(page.locator(".ag-row[row-index='0'] [col-id=verdict]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_be_focused()
    fingerprint = page.url.partition("finding=")[2][:32]
    for key in ("Tab", "Tab", "Tab", "ArrowDown", "Tab"):  # close, report, right, wrong, reason
        page.keyboard.press(key)
    page.keyboard.type("附注已说明")
    page.keyboard.press("Tab")
    page.keyboard.type("王五")
    page.keyboard.press("Tab")
    # Faster than a person: what was typed reaches Dash a moment after it is seen.
    page.wait_for_function("() => dash_component_api.getLayout('verdict-name').props.value === '王五'")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict-standing")).to_contain_text("附注已说明（王五，")
    expect(page.locator("#verdict-submit")).to_be_focused()
    assert ledger.dismissed() == [fingerprint]


def test_sides_are_picked_and_taken_back(page: Page, address: str) -> None:
    page.goto(f"{address}/compare")
    settled(page)
    side = page.locator(".pickers input").first
    side.focus()
    page.keyboard.type("陕西省")
    expect(page.get_by_role("option", name="陕西省", exact=True)).to_be_visible()
    expect(page.get_by_role("option").first).to_have_text("陕西省")
    first_option_taken(page)
    page.wait_for_url(re.compile(r"\ba=61"))
    expect(side).to_be_focused()
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/compare$"))
    expect(side).to_be_focused()


def test_a_statement_is_written_and_run(page: Page, address: str) -> None:
    page.goto(f"{address}/sql")
    settled(page)
    page.locator("#sql-text").focus()
    page.keyboard.type("select 41 + 1 as answer")
    page.keyboard.press("Tab")
    expect(page.locator("#sql-run")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#sql-grid .ag-cell")).to_have_text("42")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#sql-text")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("select 43 as answer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#sql-grid .ag-cell")).to_have_text("43")
    name = page.locator(".schema summary").first
    name.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    insert = page.locator(".insert:focus")
    expect(insert).to_be_visible()
    words = insert.get_attribute("data-insert")
    page.keyboard.press("Enter")
    expect(page.locator("#sql-text")).to_be_focused()
    assert words
    expect(page.locator("#sql-text")).to_have_value(re.compile(words))


def test_the_dictionary_is_searched(page: Page, address: str) -> None:
    page.goto(f"{address}/dictionary")
    settled(page)
    page.locator("main input").focus()
    page.keyboard.type("carried_forward")
    page.wait_for_url(re.compile("q=carried_forward"))
    expect(page.locator("[data-table]").first).to_contain_text("carried_forward")
    expect(page.locator("main input")).to_be_focused()


def test_an_explanation_comes_with_the_focus(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    help_mark = page.locator("#card-reports .help")
    help_mark.focus()
    expect(page.locator("#tip")).to_have_text(help_mark.get_attribute("data-tip") or "")
    expect(page.locator("#tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator("#tip")).to_be_visible()


def test_the_page_shown_is_in_sight_in_a_narrow_navigation(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/methods?lang=en")
    expect(page.locator(".nav-link.is-here")).to_be_in_viewport(ratio=1)
    assert page.evaluate("window.scrollX") == 0
