"""Signing in and what each person then sees, in a real browser before the server that others reach."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.access.accounts import Accounts
from dashboard.access.current import Account

PASSWORD = "correct horse battery"
PROVINCE = "13"


@pytest.fixture(scope="module")
def others_warehouse(tmp_path_factory: pytest.TempPathFactory, warehouse: Path) -> Path:
    """The release of the sample corpus, with accounts."""
    folder = tmp_path_factory.mktemp("others") / "warehouse"
    shutil.copytree(warehouse / "releases", folder / "releases")
    (folder / "current.duckdb").symlink_to((warehouse / "current.duckdb").readlink())
    accounts = Accounts(folder / "accounts.sqlite")
    accounts.add(Account("张敏", "analyst", PROVINCE, "河北省"), PASSWORD, "test")
    accounts.add(Account("wang", "viewer"), PASSWORD, "test")
    accounts.add(Account("leaving", "viewer"), PASSWORD, "test")
    return folder


@pytest.fixture(scope="module")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "serve.log"


@pytest.fixture(scope="module")
def others_address(others_warehouse: Path, log_file: Path) -> Iterator[str]:
    """The address of a server that listens for everybody, started as an operator does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [Path(sys.executable).parent / "gongkai", "serve", "--host", "0.0.0.0", "--port", str(port)]
    with log_file.open("wb") as log:
        server = subprocess.Popen([*command, "--warehouse", others_warehouse, "--log-format", "json"], stderr=log)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def log_in(page: Page, address: str, name: str, path: str = "/") -> None:
    page.goto(f"{address}{path}")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_a_supervisor_signs_in_sees_the_own_province_and_signs_out(
    page: Page, others_address: str, others_warehouse: Path
) -> None:
    with duckdb.connect(others_warehouse / "current.duckdb", read_only=True) as release:
        own, other = (
            release.execute(
                f"select organ_name, report_key from dim_organ join dim_report using (organ_key)"
                f" where is_current and {condition} order by organ_name, year desc limit 1",
                [PROVINCE],
            ).fetchall()[0]
            for condition in ("province_code = ?", "province_code <> ?")
        )
    log_in(page, others_address, "张敏", "/report")
    assert page.url == f"{others_address}/report"
    expect(page.locator(".account")).to_contain_text("张敏")
    expect(page.locator(".account")).to_contain_text("分析 · 河北省")
    expect(page.locator("#finder-hits")).to_contain_text(own[0])
    expect(page.locator("#finder-hits")).not_to_contain_text(other[0])
    page.goto(f"{others_address}/report/{own[1]}")
    expect(page.locator("h1")).to_contain_text(own[0])
    page.goto(f"{others_address}/report/{other[1]}")
    expect(page.locator("h1")).to_have_text("找不到这份报告")
    # Every chart, table and query works under the content-security policy: the page complains of nothing.
    page.goto(others_address)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    expect(page.locator(".ag-row").first).to_be_visible()
    page.goto(f"{others_address}/sql?sql=select+distinct+province_name+from+dim_organ")
    expect(page.locator("#sql-grid .ag-row")).to_have_count(1)
    expect(page.locator("#sql-grid")).to_contain_text("河北省")
    page.goto(f"{others_address}/dictionary")
    expect(page.locator("#dictionary-count")).to_be_visible()
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_url(f"{others_address}/login")
    # What was seen is not kept in the browser.
    page.go_back()
    expect(page.get_by_label("密码")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("张敏")


def test_a_session_that_ends_leads_to_the_login_by_itself(
    browser: Browser, others_address: str, others_warehouse: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, others_address, "leaving", "/report?q=2022")
    expect(page.locator("#finder-hits")).to_be_visible()
    Accounts(others_warehouse / "accounts.sqlite").set_enabled("leaving", False, "test")
    # Nobody clicks: the page asks every second for a new release.
    expect(page.get_by_label("密码")).to_be_visible()
    assert "next=/report" in page.url
    context.close()


def test_what_the_role_does_not_hold_is_said(browser: Browser, others_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, others_address, "wang")
    expect(page.locator(".account")).to_contain_text("查看")
    page.goto(f"{others_address}/sql?lang=en")
    expect(page.get_by_role("alert")).to_contain_text("Your account may not open this page")
    page.get_by_role("link", name="Back to the overview").click()
    expect(page.locator(".account")).to_contain_text("Viewer")
    assert page.url == f"{others_address}/?lang=en"
    context.close()


def test_a_wrong_password_is_told_without_losing_the_way(browser: Browser, others_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{others_address}/report?q=2021")
    page.get_by_label("账号").fill("wang")
    page.get_by_label("密码").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不对，请再试一次。")
    expect(page.get_by_label("账号")).to_have_value("wang")
    expect(page.get_by_label("密码")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#finder-hits")).to_be_visible()
    assert page.url == f"{others_address}/report?q=2021"
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_login_page_fits_and_is_read_by_keyboard(
    browser: Browser, others_address: str, width: int, scheme: Any, language: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{others_address}/login?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.documentElement.lang") == ("zh-CN" if language == "zh" else "en")
    focused = []
    for _ in range(4):
        focused.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
        page.keyboard.press("Tab")
    assert focused == ["name", "password", "BUTTON", "A"]
    # WCAG AA: every text against what it stands on.
    assert page.evaluate(_LOWEST_CONTRAST) >= 4.5
    context.close()


_LOWEST_CONTRAST = """() => {
    const light = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const read = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const ground = (element) => {
        for (let e = element; e; e = e.parentElement) {
            const colour = read(getComputedStyle(e).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour.slice(0, 3);
        }
        return [255, 255, 255];
    };
    const texts = [...document.querySelectorAll("body *")].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
    return Math.min(...texts.map((e) => {
        const [a, b] = [light(read(getComputedStyle(e).color).slice(0, 3)), light(ground(e))].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
    }));
}"""


def test_the_log_and_the_metrics_tell_of_all_processes(others_address: str, log_file: Path) -> None:
    def readings() -> float:
        with urlopen(f"{others_address}/metrics", timeout=10) as answer:
            text = answer.read().decode()
        lines = [line for line in text.splitlines() if 'route="/healthz"' in line and "_total" in line]
        return float(lines[0].rpartition(" ")[2])

    before = readings()
    for _ in range(20):
        urlopen(f"{others_address}/healthz", timeout=10).close()
    # Whichever process is asked, it counts what all have answered.
    assert {readings() for _ in range(6)} == {before + 20}
    lines = [json.loads(line) for line in log_file.read_text(encoding="utf-8").splitlines()]
    assert {line["kind"] for line in lines} <= {"request", "log"}
    assert len([line for line in lines if line.get("path") == "/healthz"]) >= 20


def test_a_script_in_what_was_read_is_shown_as_text(
    page: Page, tmp_path: Path, warehouse: Path, serving: Callable[[Path], AbstractContextManager[str]]
) -> None:
    wicked = '<img src=x onerror="alert(1)"><script>alert(2)</script>人民政府'
    (tmp_path / "releases").mkdir()
    release = shutil.copy((warehouse / "current.duckdb").resolve(), tmp_path / "releases" / "wicked.duckdb")
    (tmp_path / "current.duckdb").symlink_to(release)
    with duckdb.connect(release) as connection:
        connection.execute("update dim_organ set organ_name = $1, county_name = $1", [wicked])
        connection.execute("update dim_region set region_name = $1, county_name = $1 where level = 'county'", [wicked])
        connection.execute("update dim_report set title = ?, url = 'javascript:alert(3)'", [wicked])
        connection.execute("update report_text set problems = '<script>alert(4)</script>', measures = ?", [wicked])
        connection.execute("update report_claim set sentence = ?", [wicked])
        connection.execute("update fct_rule_result set detail = ?", [wicked])
        connection.execute("update report_cell set raw = ?, state = 'text' where row_code = 'granted'", [wicked])
        (key,) = connection.sql("select report_key from fct_rule_result where status = 'fail' limit 1").fetchall()[0]
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    with serving(tmp_path) as address:
        for path in ("/report", f"/report/{key}", "/sql?sql=select+organ_name+from+dim_organ", "/"):
            page.goto(f"{address}{path}")
            if path == "/":
                expect(page.locator(".js-plotly-plot").first).to_be_visible()
            else:
                expect(page.locator("#content")).to_contain_text('<img src=x onerror="alert(1)">')
            assert page.locator("#content script, #content iframe, #content img[src=x]").count() == 0
            assert page.locator('a[href^="javascript:"]').count() == 0
        page.goto("about:blank")
    assert dialogs == []
