"""Signing in and out: what is asked, what is told, how often it may be tried, and what is remembered of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from dash import Dash
from people import PASSWORD, Browser

from dashboard.access import log, throttle
from dashboard.access.accounts import Accounts
from dashboard.access.database import writing
from dashboard.access.policy import Policy
from dashboard.app import create_app

TICK = "release.data"
WRONG = "not the password"


def events(accounts: Accounts, account: str | None = None) -> list[str]:
    return [entry.event for entry in log.entries(accounts.path, account) if entry.event != "added"]


def pass_time(accounts: Accounts, seconds: float) -> None:
    with writing(accounts.path) as connection:
        connection.execute("update attempt set at = at - ?", [seconds])


def test_the_right_password_leads_to_what_was_asked_for(browser: Browser, accounts: Accounts) -> None:
    wanted = "/report?q=临河&lang=en"
    away = browser.get("/report", query_string={"q": "临河", "lang": "en"})
    assert away.headers["Location"].startswith("/login?next=/report%3F")
    page = browser.get(away.headers["Location"]).text
    assert "Sign in" in page  # in the language of what was asked for
    there = browser.log_in("viewer", next=wanted)
    assert (there.status_code, there.headers["Location"]) == (303, quote(wanted, safe="/?=&"))
    assert browser.call(TICK).status_code == 200
    assert browser.get("/login").headers["Location"] == "/"
    (entry,) = [entry for entry in log.entries(accounts.path) if entry.event == "login"]
    assert (entry.account, entry.address) == ("viewer", "192.0.2.7")


def test_a_name_is_known_in_whatever_way_it_is_typed(browser: Browser) -> None:
    assert browser.log_in(" Ｖｉｅｗｅｒ").status_code == 303


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/login", "/logout", "x", "/a\r\nb", "/" * 9000],
)
def test_nobody_is_led_elsewhere(browser: Browser, wanted: str) -> None:
    assert browser.log_in("viewer", next=wanted).headers["Location"] == "/"


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.log_in("viewer").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert PASSWORD not in cookie


@pytest.mark.parametrize(
    ("policy", "address", "proto", "is_secure"),
    [
        (Policy(login=True), "127.0.0.1", "https", True),
        (Policy(login=True), "127.0.0.1", "http", False),
        (Policy(login=True), "192.0.2.7", "https", False),  # no proxy of ours
        (Policy(login=True, secure_cookie=True), "192.0.2.7", "http", True),
    ],
)
def test_behind_tls_the_cookie_goes_over_tls_only(
    warehouse_folder: Path,
    accounts: Accounts,
    tmp_path: Path,
    policy: Policy,
    address: str,
    proto: str,
    is_secure: bool,
) -> None:
    browser = Browser(create_app(warehouse_folder, tmp_path, policy=policy), address)
    cookie = browser.client.get("/login", headers={"X-Forwarded-Proto": proto}).headers["Set-Cookie"]
    assert ("Secure" in cookie) == is_secure


def test_a_form_of_another_session_is_refused(browser: Browser, accounts: Accounts) -> None:
    for token in ("", "x", "　"):
        browser.get("/login")
        answer = browser.client.post("/login", data={"name": "viewer", "password": PASSWORD, "csrf": token})
        assert answer.status_code == 400
        assert "页面已过期" in answer.text
    assert Browser(browser.app).client.post("/login", data={"name": "viewer", "password": PASSWORD}).status_code == 400
    assert events(accounts) == []


def test_signing_in_begins_a_session_of_its_own(browser: Browser) -> None:
    browser.get("/login")
    planted = browser.token()
    browser.log_in("viewer")
    with browser.client.session_transaction() as session:
        assert "form" not in session
        assert planted not in str(dict(session))


def test_a_wrong_password_and_a_wrong_name_are_told_alike(browser: Browser, accounts: Accounts) -> None:
    known, unknown = browser.log_in("viewer", WRONG), browser.log_in("nobody", WRONG)
    assert (known.status_code, unknown.status_code) == (401, 401)
    plain = [re.sub('viewer|nobody|value="[^"]*"', "", answer.text) for answer in (known, unknown)]
    assert plain[0] == plain[1]
    assert "账号或密码不对" in known.text
    assert WRONG not in known.text
    assert events(accounts) == ["login_refused", "login_refused"]
    # A password typed into the wrong field does not stand in the log.
    assert [entry.account for entry in log.entries(accounts.path) if entry.event == "login_refused"] == ["viewer", None]


def test_a_disabled_account_and_one_without_a_password_do_not_come_in(browser: Browser, accounts: Accounts) -> None:
    accounts.set_enabled("viewer", False, "test")
    assert browser.log_in("viewer").status_code == 401
    with writing(accounts.path) as connection:
        connection.execute("update account set password_hash = null where name = 'admin'")
    assert browser.log_in("admin").status_code == 401
    assert browser.log_in("admin", "nobody's").status_code == 401


def test_what_was_typed_is_shown_as_text(browser: Browser) -> None:
    answer = browser.log_in('"><script>alert(1)</script>', WRONG, next='/"><script>alert(2)</script>')
    assert "<script" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_after_five_wrong_passwords_the_account_waits(browser: Browser, accounts: Accounts) -> None:
    for _ in range(throttle.MOST_PER_ACCOUNT):
        assert browser.log_in("viewer", WRONG).status_code == 401
    locked = browser.log_in("viewer")
    assert locked.status_code == 429
    assert 0 < int(locked.headers["Retry-After"]) <= throttle.WINDOW
    assert "15 分钟后再试" in locked.text
    # From elsewhere and in another process as well; another account is not touched.
    elsewhere = Browser(browser.app, "198.51.100.9")
    assert elsewhere.log_in("VIEWER").status_code == 429
    assert browser.log_in("analyst").status_code == 303
    assert events(accounts, "viewer")[-2:] == ["login_locked", "login_locked"]
    pass_time(accounts, throttle.WINDOW + 1)
    assert elsewhere.log_in("viewer").status_code == 303


def test_a_new_password_ends_the_wait(browser: Browser, accounts: Accounts) -> None:
    for _ in range(throttle.MOST_PER_ACCOUNT):
        browser.log_in("viewer", WRONG)
    accounts.set_password("viewer", "a wholly new secret", "test")
    assert browser.log_in("viewer", "a wholly new secret").status_code == 303


def test_an_address_may_not_try_many_names(accounts: Accounts) -> None:
    with writing(accounts.path) as connection:
        for number in range(throttle.MOST_PER_ADDRESS):
            assert throttle.begin(connection, f"name-{number}", "2001:db8::1") != (0, 0)
        attempt, wait = throttle.begin(connection, "one-more", "2001:db8::ffff")  # the same network
        assert attempt == 0
        assert wait > 0
        assert throttle.begin(connection, "one-more", "2001:db8:1::1")[1] == 0


def test_many_tries_at_once_are_as_many(accounts: Accounts) -> None:
    outcomes: list[str] = []

    def attempt() -> None:
        with writing(accounts.path) as connection:
            outcomes.append("locked" if throttle.begin(connection, "viewer", "192.0.2.1")[1] else "tried")

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("tried") == throttle.MOST_PER_ACCOUNT


def test_the_right_password_forgives_the_wrong_ones(browser: Browser) -> None:
    for _ in range(throttle.MOST_PER_ACCOUNT - 1):
        browser.log_in("viewer", WRONG)
    assert browser.log_in("viewer").status_code == 303
    other = Browser(browser.app)
    for _ in range(throttle.MOST_PER_ACCOUNT - 1):
        assert other.log_in("viewer", WRONG).status_code == 401


def test_the_address_behind_a_proxy_is_the_persons(warehouse_folder: Path, accounts: Accounts, app: Dash) -> None:
    behind = Browser(app, "127.0.0.1")
    behind.client.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.66, 203.0.113.5, 127.0.0.1"
    behind.log_in("viewer", WRONG)
    direct = Browser(app, "192.0.2.7")
    direct.client.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.66"
    direct.log_in("viewer", WRONG)
    found = [entry.address for entry in log.entries(accounts.path) if entry.event == "login_refused"]
    assert found == ["203.0.113.5", "192.0.2.7"]


def test_signing_out(browser_of: Callable[[str], Browser], accounts: Accounts) -> None:
    browser = browser_of("viewer")
    page = browser.page("/")
    assert "退出" in page
    assert "查看" in page
    cookie = browser.client.get_cookie("gongkai_session")
    answer = browser.client.post("/logout", data={"csrf": "of another session"})
    assert (answer.status_code, browser.call(TICK).status_code) == (303, 200)
    browser.client.post("/logout", data={"csrf": browser.token()})
    assert browser.call(TICK).status_code == 401
    assert events(accounts, "viewer") == ["logout"]
    assert cookie


def test_the_account_is_named_with_its_region(browser_of: Callable[[str], Browser]) -> None:
    page = browser_of("beijing-viewer").page("/")
    assert "beijing-viewer" in page
    assert "查看 · 北京市" in page
    english = browser_of("beijing-viewer").page("/", "?lang=en")
    assert "Viewer · 北京市" in english
    assert "Sign out" in english
