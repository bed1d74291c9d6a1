"""Publishing while the dashboard is read: open pages show the new release by themselves, and no request fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
from playwright.sync_api import Page, expect
from settling import answered

Serving = Callable[[Path], AbstractContextManager[str]]
_SECONDS = 5


def _publish(source: Path, warehouse: Path, run_id: str) -> None:
    """Publishes a copy of the release `source` under another name, the way the publisher does: a new link renamed over."""
    releases = warehouse / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    path = releases / f"{run_id}.duckdb"
    shutil.copyfile(source, path)
    with duckdb.connect(path) as connection:
        connection.execute("update release_info set run_id = ?", [run_id])
    link = warehouse / "current.duckdb.new"
    link.symlink_to(path.relative_to(warehouse))
    link.replace(warehouse / "current.duckdb")


def test_open_pages_show_a_new_release(page: Page, warehouse: Path, tmp_path: Path, serving: Serving) -> None:
    source = (warehouse / "current.duckdb").resolve()
    _publish(source, tmp_path, "run-first")
    with serving(tmp_path) as address:
        page.goto(f"{address}/?year=all&lang=en")
        note = page.locator("#release-note")
        expect(note).to_contain_text("run-first")
        # The page is open when its last part is: on a busy machine that takes seconds that are none of the release's.
        expect(page.locator("#table-reports-page .ag-row").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        answered(page)
        _publish(source, tmp_path, "run-second")
        (tmp_path / "releases" / "run-first.duckdb").unlink()
        expect(note).to_contain_text("run-second", timeout=_SECONDS * 1000)
        expect(page.locator("#body h1")).to_contain_text("All years")
        page.close()  # before the server, which the page goes on asking


def test_the_first_release_ends_the_empty_state(page: Page, warehouse: Path, tmp_path: Path, serving: Serving) -> None:
    with serving(tmp_path) as address:
        page.goto(address)
        expect(page.locator(".empty code")).to_have_text("gongkai build")
        _publish((warehouse / "current.duckdb").resolve(), tmp_path, "run-first")
        expect(page.locator("#card-reports")).to_be_visible(timeout=_SECONDS * 1000)
        page.close()
