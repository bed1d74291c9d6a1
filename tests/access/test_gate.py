"""Nothing is answered to whom it is not for, by whatever way it is asked for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from dash import Dash
from itsdangerous import TimestampSigner
from people import Browser

from dashboard.access import current, permissions
from dashboard.access.accounts import Accounts
from dashboard.access.policy import Policy
from dashboard.access.sessions import COOKIE
from dashboard.app import create_app

TICK = "release.data"
QUERY = "sql-result.children"


def routes(app: Dash) -> list[tuple[str, str]]:
    """Each way in: (method, a path that leads there)."""
    return [
        (method, re.sub(r"<any\((\w+)[^>]*>", r"\1", re.sub(r"<(?!any)[^>]*>", "x", rule.rule)))
        for rule in app.server.url_map.iter_rules()
        for method in rule.methods or ()
    ]


def test_without_a_cookie_nothing_but_the_login_page_is_answered(browser: Browser) -> None:
    ways = routes(browser.app)
    assert len(ways) > 30
    for method, path in ways:
        if path in permissions.PUBLIC:
            continue
        shown = browser.client.open(path, method=method)
        if method == "GET":
            assert (shown.status_code, shown.headers["Location"][:12]) == (303, "/login?next="), path
        else:
            assert shown.status_code == 401, path
        asked_by_script = browser.client.open(path, method=method, headers={"Accept": "*/*"})
        assert asked_by_script.status_code == 401, path


@pytest.mark.parametrize("path", ["/login", "/login/style.css", "/healthz", "/readyz"])
def test_what_is_open_tells_nothing(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert "20260101T000000-a" not in answer.text
    assert "_dash" not in answer.text


def test_no_callback_is_answered_without_a_cookie(browser: Browser) -> None:
    outputs = [name for name, registered in browser.app.callback_map.items() if "callback" in registered]
    assert len(outputs) > 10
    assert {browser.call(output).status_code for output in outputs} == {401}


def test_a_cookie_that_was_altered_is_none(app: Dash, browser_of: Callable[[str], Browser]) -> None:
    browser = browser_of("viewer")
    cookie = browser.client.get_cookie(COOKIE)
    assert cookie is not None
    payload, _, signature = cookie.value.partition(".")
    for forged in (f"x{payload}.{signature}", f"{payload}.{signature[:-4]}AAAA", "", "null", "e30.YQ.YQ"):
        browser.client.set_cookie(COOKIE, forged)
        assert browser.call(TICK).status_code == 401
    browser.client.set_cookie(COOKIE, cookie.value)
    assert browser.call(TICK).status_code == 200


def test_a_cookie_of_another_key_is_none(warehouse_folder: Path, accounts: Accounts, tmp_path: Path) -> None:
    browser = Browser(create_app(warehouse_folder, tmp_path, policy=Policy(login=True)))
    browser.log_in("admin")
    cookie = browser.client.get_cookie(COOKIE)
    assert cookie is not None
    (warehouse_folder / "session.key").unlink()
    other = Browser(create_app(warehouse_folder, tmp_path, policy=Policy(login=True)))
    other.client.set_cookie(COOKIE, cookie.value)
    assert other.call(TICK).status_code == 401


def test_a_session_ends_when_nobody_uses_it(
    app: Dash, browser_of: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of("viewer")
    assert browser.call(TICK).status_code == 200
    now = time.time()
    hours = app.server.permanent_session_lifetime / timedelta(hours=1)
    assert hours == 12
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now + 12 * 3600 + 2))
    assert browser.call(TICK).status_code == 401
    assert browser.get("/").headers["Location"].startswith("/login")


def test_use_keeps_a_session_and_the_clock_of_an_open_page_does_not(browser_of: Callable[[str], Browser]) -> None:
    browser = browser_of("viewer")
    with browser.client.session_transaction() as session:
        session["signed_at"] = 0
    assert "Set-Cookie" not in browser.call(TICK).headers
    assert COOKIE in browser.get("/").headers["Set-Cookie"]
    # Not with every request: a cookie is signed anew once a minute.
    assert "Set-Cookie" not in browser.get("/").headers


@pytest.mark.parametrize("change", ["disabled", "password", "role"])
def test_a_changed_account_has_no_session_any_more(
    browser_of: Callable[[str], Browser], accounts: Accounts, change: str
) -> None:
    browser = browser_of("admin")
    assert browser.call(TICK).status_code == 200
    if change == "disabled":
        accounts.set_enabled("admin", False, "test")
    elif change == "password":
        accounts.set_password("admin", "another fine secret", "test")
    else:
        accounts.change(current.Account("admin", "viewer"), "test")
    assert browser.call(TICK).status_code == 401
    if change == "disabled":
        accounts.set_enabled("admin", True, "test")
        assert browser.call(TICK).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {},
    ],
)
def test_another_site_cannot_send_anything(browser_of: Callable[[str], Browser], headers: dict[str, str]) -> None:
    browser = browser_of("admin")
    del browser.client.environ_base["HTTP_SEC_FETCH_SITE"]
    assert browser.call(TICK, headers=headers).status_code == 403
    assert browser.client.post("/login", data={"name": "admin"}, headers=headers).status_code == 403
    assert browser.client.post("/logout", headers=headers).status_code == 403
    assert browser.call(TICK, headers={"Origin": "http://localhost"}).status_code == 200


@pytest.mark.parametrize("name", ["viewer", "beijing-viewer"])
def test_sql_is_refused_without_the_role(browser_of: Callable[[str], Browser], name: str) -> None:
    browser = browser_of(name)
    of_sql = [
        output
        for output, registered in browser.app.callback_map.items()
        if "callback" in registered and "sql-" in f"{output}{registered['inputs']}"
    ]
    assert len(of_sql) >= 4
    assert {browser.call(output).status_code for output in of_sql} == {403}
    for path in ("/sql", "/sql/", "/sql?sql=select+1", "/sql/answer/" + "a" * 32 + ".csv"):
        assert browser.get(path).status_code == 403, path
    # Led there within the app, the page says so and holds nothing of the workbench.
    page = browser.page("/sql")
    assert "您的账号没有打开这个页面的权限" in page
    assert "sql-text" not in page
    assert '"href": "/sql"' not in page
    # Whatever a forged request claims to be about.
    body = {"output": QUERY, "outputs": [], "inputs": [], "state": [], "changedPropIds": []}
    assert browser.client.post("/_dash-update-component", json=body).status_code == 403


@pytest.mark.parametrize("name", ["analyst", "steward", "admin"])
def test_sql_is_answered_to_those_who_have_the_role(browser_of: Callable[[str], Browser], name: str) -> None:
    browser = browser_of(name)
    assert browser.get("/sql").status_code == 200
    page = browser.page("/sql")
    assert "sql-text" in page
    assert '"href": "/sql"' in page
    assert "北京市东城区人民政府" in browser.query("select organ_name from dim_organ")


def test_an_answer_is_for_whom_asked(browser_of: Callable[[str], Browser]) -> None:
    run_id = "0123456789abcdef" * 2
    mine, other = browser_of("analyst"), browser_of("steward")
    mine.query("select 42 as n", run_id)
    assert mine.get(f"/sql/answer/{run_id}.csv").text.split()[1:] == ["42"]
    assert other.get(f"/sql/answer/{run_id}.csv").status_code == 404


def test_the_role_is_asked_for_where_the_thing_is_done(app: Dash) -> None:
    from dashboard.data.desk import Desk
    from dashboard.data.release import Warehouse

    with app.server.test_request_context("/"):
        current.sign_in(current.Account("v", "viewer"))
        with pytest.raises(current.RoleNeeded):
            Desk(Path("/nowhere")).run(Path("/nowhere"), "a" * 32, "select 1")
        with pytest.raises(current.RoleNeeded):
            Warehouse(Path("/nowhere")).ledger().give_verdict("abcdef", "confirmed", None, "v")
        current.sign_in(current.Account("a", "analyst"))
        with pytest.raises(current.RoleNeeded):
            Warehouse(Path("/nowhere")).ledger().give_verdict("abcdef", "confirmed", None, "a")


def test_roles_hold_what_those_before_them_hold() -> None:
    table = {(name, role): current.Account(name, role).may("steward") for role in current.ROLES for name in "x"}
    assert [table["x", role] for role in current.ROLES] == [False, False, True, True]
    assert permissions.role_for_components(["address", "verdict-reason", "sql-text"]) == "steward"
    assert permissions.role_for_components(["address"]) == "viewer"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"output": "no.such"}', b'{"output": ["page.children"]}', b'"x"'])
def test_a_callback_that_does_not_exist_is_refused(browser_of: Callable[[str], Browser], body: bytes) -> None:
    browser = browser_of("admin")
    answer = browser.client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_on_the_machine_itself_everybody_is_its_administrator(warehouse_folder: Path, tmp_path: Path) -> None:
    local = Browser(create_app(warehouse_folder, tmp_path), address="127.0.0.1")
    assert local.get("/").status_code == 200
    assert "北京市东城区人民政府" in local.query("select organ_name from dim_organ")
    assert "退出" not in local.page("/")
    assert not (warehouse_folder / "session.key").exists()


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("127.0.0.1", {"Host": "evil.example:8050"}),  # a name of another site that leads here
        ("127.0.0.1", {"Host": "127.0.0.1.evil.example"}),
        ("127.0.0.1", {"X-Forwarded-For": "198.51.100.2"}),  # a proxy lets others in
        ("127.0.0.1", {"Forwarded": "for=198.51.100.2"}),
        ("192.0.2.7", {}),
    ],
)
def test_without_a_login_nobody_from_elsewhere_is_answered(
    warehouse_folder: Path, tmp_path: Path, address: str, headers: dict[str, str]
) -> None:
    browser = Browser(create_app(warehouse_folder, tmp_path), address)
    answer = browser.get("/", headers=headers)
    assert answer.status_code == 403
    assert "GONGKAI_LOGIN=always" in answer.text
    assert browser.get("/metrics", headers=headers).status_code == 403
    assert browser.get("/healthz", headers=headers).status_code == 200


def proxied(warehouse_folder: Path, desk: Path, address: str = "127.0.0.1") -> Browser:
    policy = Policy(login=True, proxy_header="X-Remote-User")
    return Browser(create_app(warehouse_folder, desk, policy=policy), address)


def test_a_proxy_says_who_it_is(warehouse_folder: Path, accounts: Accounts, tmp_path: Path) -> None:
    accounts.add(current.Account("王芳", "viewer", "11", "北京市"), None, "test")
    behind = proxied(warehouse_folder, tmp_path)
    behind.client.environ_base["HTTP_X_REMOTE_USER"] = "王芳".encode().decode("latin-1")
    page = behind.page("/report")
    assert "东城区" in page
    assert "临河镇" not in page
    assert "王芳" in page
    assert "log-out" not in page
    assert behind.call(QUERY).status_code == 403


@pytest.mark.parametrize("name", ["", "nobody", "disabled"])
def test_a_proxys_unknown_name_is_nobody(warehouse_folder: Path, accounts: Accounts, tmp_path: Path, name: str) -> None:
    accounts.add(current.Account("disabled", "admin"), None, "test")
    accounts.set_enabled("disabled", False, "test")
    behind = proxied(warehouse_folder, tmp_path)
    answer = behind.get("/", headers={"X-Remote-User": name})
    assert answer.status_code == 403
    assert "没有与您的登录名对应的账号" in answer.text
    assert behind.call(TICK, headers={"X-Remote-User": name}).status_code == 401


def test_the_header_is_believed_from_the_proxy_only(warehouse_folder: Path, accounts: Accounts, tmp_path: Path) -> None:
    direct = proxied(warehouse_folder, tmp_path, "192.0.2.7")
    assert direct.call(TICK, headers={"X-Remote-User": "admin"}).status_code == 401
    assert direct.get("/login").headers["Location"] == "/"


def test_metrics_are_for_the_machine_and_administrators(browser_of: Callable[[str], Browser], app: Dash) -> None:
    assert browser_of("steward").get("/metrics").status_code == 403
    assert browser_of("admin").get("/metrics").status_code == 200
    assert Browser(app, "127.0.0.1").get("/metrics").status_code == 200
    assert Browser(app, "127.0.0.1").get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 303
