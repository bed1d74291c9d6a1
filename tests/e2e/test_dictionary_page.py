"""The data dictionary in a browser, and dbt's documentation beside it, which asks no other host for anything."""

from __future__ import annotations

import re

import duckdb
from playwright.sync_api import Browser, Page, expect


def test_every_table_and_column_is_told(page: Page, address: str, release: duckdb.DuckDBPyConnection) -> None:
    page.goto(f"{address}/dictionary")
    expect(page.locator("#dictionary-count")).to_be_visible()
    shown = page.evaluate("""
        Object.fromEntries([...document.querySelectorAll('#dictionary-tables section')].map(table => [
            table.dataset.table,
            [...table.querySelectorAll('tr[data-column]')].map(({children: [name, type, description]}) => [
                name.textContent,
                type.textContent,
                [...description.childNodes].map(({tagName, textContent: told}) => tagName == 'CODE' ? `\\`${told}\\`` : told).join(''),
            ]),
        ]))
    """)
    stated: dict[str, list[list[str]]] = {}
    for table, *column in release.execute("""
        select
            table_name, column_name, regexp_replace(lower(data_type), '^enum.*', 'enum'), trim(comment)
        from duckdb_columns()
        where not internal order by table_name, column_index
    """).fetchall():
        stated.setdefault(table, []).append(column)
    assert shown == stated


def test_search_is_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/dictionary")
    page.locator("#dictionary-text").fill("processing_fee")
    page.wait_for_url(re.compile(r"\?q=processing_fee"))
    expect(page.locator("tr[data-column=processing_fee]")).to_have_count(1)
    expect(page.locator("#dictionary-tables section")).to_have_count(1)
    page.reload()
    expect(page.locator("#dictionary-text")).to_have_value("processing_fee")
    expect(page.locator("#dictionary-tables section")).to_have_count(1)
    page.locator("#dictionary-text").fill("no such thing")
    expect(page.locator("#dictionary-tables")).to_contain_text("没有含“no such thing”的表或列")


def test_a_table_is_queried_in_one_click(page: Page, address: str) -> None:
    page.goto(f"{address}/dictionary?q=dim_form_cell")
    page.locator("#dim_form_cell .button").click()
    expect(page.locator("#sql-text")).to_have_value("select * from dim_form_cell limit 100")
    expect(page.locator("#sql-summary")).to_contain_text("100 行")


def test_the_way_from_a_document_to_a_figure(page: Page, address: str) -> None:
    page.goto(f"{address}/dictionary?lang=en")
    steps = page.locator("#lineage .lineage > li")
    expect(steps.first).to_contain_text("mart_document")
    steps.nth(2).get_by_text("report_cell").click()
    expect(page.locator("#report_cell h2")).to_be_in_viewport()


def test_a_narrow_screen_holds_the_page(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/dictionary")
    expect(page.locator("#dictionary-count")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_dbt_docs_open_without_any_other_host(page: Page, address: str, browser: Browser) -> None:
    page.goto(f"{address}/dictionary")
    href = page.locator("#dbt-docs").get_attribute("href")
    context = browser.new_context()
    docs = context.new_page()
    elsewhere: list[str] = []
    docs.on("request", lambda asked: None if asked.url.startswith(address) else elsewhere.append(asked.url))
    docs.goto(f"{address}{href}#!/model/model.gongkai.fct_outcome")
    expect(docs.locator("body")).to_contain_text("fct_outcome")
    expect(docs.locator("body")).to_contain_text("kind of applicant")
    assert elsewhere == []
    context.close()
