"""What every answer tells the browser, and what the server tells of its work."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from people import Browser

from dashboard.access.accounts import Accounts
from dashboard.access.policy import Policy
from dashboard.app import create_app

PLACES = ("/", "/login", "/healthz", "/report/x", "/sql/answer/x.csv", "/assets/tip.js", "/metrics", "/no/such/thing")


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("who", ["nobody", "admin"])
def test_every_answer_is_fenced_in(browser: Browser, browser_of: Callable[[str], Browser], path: str, who: str) -> None:
    headers = (browser if who == "nobody" else browser_of(who)).get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = dict(part.partition(" ")[::2] for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    # No other host at all.
    assert {source.strip("'").partition("-")[0] for words in policy.values() for source in words.split()} <= {
        "none",
        "self",
        "unsafe",
        "sha256",
        "data:",
        "blob:",
    }
    if path not in ("/assets/tip.js",):
        assert headers["Cache-Control"] == "private, no-store"


def test_the_scripts_of_the_page_are_those_of_the_policy(app: Dash, browser_of: Callable[[str], Browser]) -> None:
    answer = browser_of("viewer").get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert all(fingerprint in policy for fingerprint in app.csp_hashes())
    assert len(app.csp_hashes()) > 0


def test_the_program_may_be_kept_by_a_browser_and_data_may_not(browser_of: Callable[[str], Browser]) -> None:
    browser = browser_of("viewer")
    script = next(part.split('"')[0] for part in browser.get("/").text.split('src="') if "dash_renderer" in part)
    assert "no-store" not in browser.get(script).headers["Cache-Control"]
    assert browser.call("release.data").headers["Cache-Control"] == "private, no-store"


def test_metrics_count(browser_of: Callable[[str], Browser]) -> None:
    browser = browser_of("admin")
    browser.call("release.data")
    browser.call("release.data")
    browser.query("select 1")
    browser.query("drop table dim_report")
    browser.client.open("/", method="MADEUP")
    browser.get("/report/one")
    browser.get("/report/two")
    text = browser.get("/metrics").text
    assert 'gongkai_requests_total{method="GET",route="/<path:path>",status="200"} 2.0' in text
    assert 'gongkai_callback_seconds_count{callback="release.data"} 2.0' in text
    assert 'gongkai_queries_total{outcome="answered"} 1.0' in text
    assert 'gongkai_queries_total{outcome="not_a_query"} 1.0' in text
    assert 'method="other"' in text
    assert "gongkai_release_readable 1.0" in text
    assert "gongkai_release_age_seconds" in text
    assert "/report/one" not in text


def test_metrics_say_that_nothing_is_published(tmp_path: Path) -> None:
    text = Browser(create_app(tmp_path, tmp_path), "127.0.0.1").get("/metrics").text
    assert "gongkai_release_readable 0.0" in text
    assert "gongkai_release_age_seconds" not in text


_ASK = """
import sys
from pathlib import Path
from dashboard.access.policy import Policy
from dashboard.app import create_app
app = create_app(Path(sys.argv[1]), Path(sys.argv[1]), policy=Policy(login=True), log_format=sys.argv[2])
browser = app.server.test_client()
browser.get("/sql?sql=select+secret")
browser.get("/healthz", headers={"X-Request-ID": "from-the-proxy-1"})
browser.get("/healthz", headers={"X-Request-ID": "x\\ty z"})
app.server.logger.error("something with\\na line break")
"""


def told(folder: Path, log_format: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", _ASK, folder, log_format], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()


def test_a_request_is_a_line_of_json(warehouse_folder: Path, accounts: Accounts) -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in told(warehouse_folder, "json")]
    assert [line["kind"] for line in lines] == ["request"] * 3 + ["log"]
    asked, passed_on, forged, said = lines
    assert set(asked) == {"time", "kind", "method", "path", "status", "ms", "account", "address", "request_id"}
    assert (asked["method"], asked["path"], asked["account"]) == ("GET", "/sql", None)
    assert "secret" not in json.dumps(asked)
    assert passed_on["request_id"] == "from-the-proxy-1"
    assert forged["request_id"] != "x\ty z"
    assert said["message"] == "something with\na line break"


def test_without_being_asked_it_is_quiet(warehouse_folder: Path, accounts: Accounts) -> None:
    assert [line for line in told(warehouse_folder, "text") if "GET" in line or "{" in line] == []


def test_a_request_has_its_account(
    warehouse_folder: Path, accounts: Accounts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = Policy(login=True, proxy_header="X-Remote-User")
    browser = Browser(create_app(warehouse_folder, tmp_path, policy=policy, log_format="json"), "127.0.0.1")
    browser.client.environ_base["HTTP_X_REMOTE_USER"] = "viewer"
    answer = browser.call("release.data")
    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["account"], line["status"], line["path"]) == ("viewer", 200, "/_dash-update-component")
    assert line["request_id"] == answer.headers["X-Request-ID"]
