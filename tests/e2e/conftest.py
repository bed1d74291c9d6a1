"""A real browser before a real server on a release of the real pipeline (the fixture `warehouse`).

Every page is watched: a console error, a failed request or a request to another host fails the test.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.request import urlopen

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

import dashboard
from expectations.ledger import Ledger

_ROOT = Path(dashboard.__file__).parent.parent
_SERVE = """
import sys
from pathlib import Path
from dashboard.server import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]))
"""
_CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_START_SECONDS = 60
_PATIENCE = 20_000
"""Milliseconds to wait for what should appear: a machine at work with other things is slow, not wrong."""
expect.set_options(timeout=_PATIENCE)


@contextmanager
def _serving(warehouse: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", _SERVE, str(warehouse), str(port)], cwd=_ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                urlopen(f"{address}/healthz", timeout=5).close()
                break
            except OSError:  # nobody listens yet, or whoever does is still loading
                assert server.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def serving() -> Callable[[Path], AbstractContextManager[str]]:
    """Serves a warehouse in a process of its own and gives the address."""
    return _serving


@pytest.fixture(scope="session")
def address(warehouse: Path) -> Iterator[str]:
    """The address of the dashboard on `warehouse`."""
    with _serving(warehouse) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium() -> str:
    executable = shutil.which("chromium")
    assert executable, "Chromium is needed: apt-get install chromium fonts-noto-cjk"
    return executable


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """For a test that needs a visitor of its own: a context that knows nothing yet."""
    with playwright.chromium.launch(executable_path=chromium, args=_CHROMIUM_ARGUMENTS) as browser:
        yield browser


@pytest.fixture(scope="session")
def profile(
    playwright: Playwright, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser that has been here before: it keeps the scripts that it compiled, which is a third of what a page costs."""
    with playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=chromium,
        args=_CHROMIUM_ARGUMENTS,
        viewport={"width": 1440, "height": 900},
        accept_downloads=True,
        # Without smooth scrolling: a place on the screen stays where it was measured.
        reduced_motion="reduce",
    ) as profile:
        yield profile


@pytest.fixture
def page(profile: BrowserContext) -> Iterator[Page]:
    """A page 1440 px wide whose every complaint fails the test. What it stored is forgotten afterwards."""
    page = profile.new_page()
    page.set_default_timeout(_PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "response", lambda answer: complaints.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else complaints.append(f"another host: {request.url}")
        ),
    )
    yield page
    _, *opened = profile.pages  # the browser's own first page stays, or it would end with the last
    for each in opened:
        if each.url.startswith("http"):
            each.evaluate("localStorage.clear()")
        each.close()
    profile.clear_cookies()
    assert complaints == []


@pytest.fixture(scope="session")
def release(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published release, to ask in SQL what the pages should show."""
    with duckdb.connect(warehouse / "current.duckdb", read_only=True) as connection:
        yield connection


@pytest.fixture
def judged(
    warehouse: Path, tmp_path: Path, serving: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[tuple[str, Ledger]]:
    """The address of a server on a copy of the warehouse, and the copy's ledger, which people may write to."""
    copy = tmp_path / "warehouse"
    (copy / "releases").mkdir(parents=True)
    release = (warehouse / "current.duckdb").resolve()
    (copy / "releases" / release.name).symlink_to(release)
    (copy / "current.duckdb").symlink_to(copy / "releases" / release.name)
    shutil.copy(warehouse / "ledger.sqlite", copy)
    with serving(copy) as address:
        yield address, Ledger(copy / "ledger.sqlite")
