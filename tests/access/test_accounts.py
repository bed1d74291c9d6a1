"""The accounts' file and the commands that change it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from people import PASSWORD

from dagster_project.cli import main
from dagster_project.settings import InvalidSetting, load_settings
from dagster_project.warehouse.backup import back_up, restore
from dagster_project.warehouse.paths import WarehousePaths
from dashboard.access import log, passwords
from dashboard.access.accounts import Accounts, BadAccount
from dashboard.access.current import Account
from dashboard.access.sessions import session_key
from dashboard.server import AccountsNeededError, serve


@pytest.fixture
def empty(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "accounts.sqlite")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "12 至"),
        ("x" * 1025, "12 至"),
        ("ab" * 8, "不同的字符"),
        ("my name is Wang Fang", "账号名"),
    ],
)
def test_a_weak_password_is_not_taken(empty: Accounts, password: str, why: str) -> None:
    with pytest.raises(passwords.WeakPassword, match=why):
        empty.add(Account("wang fang".replace(" ", ""), "viewer"), password.replace("Wang Fang", "WangFang"), "test")
    assert empty.all() == []


def test_a_password_is_kept_as_a_hash_that_takes_work(empty: Accounts) -> None:
    empty.add(Account("王芳", "viewer"), PASSWORD, "test")
    content = empty.path.read_bytes()
    assert PASSWORD.encode() not in content
    assert b"scrypt:32768:8:3$" in content
    assert empty.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "<b>", "x" * 65, "local", "LOCAL", "a\nb"])
def test_what_is_no_name_is_not_taken(empty: Accounts, name: str) -> None:
    with pytest.raises(BadAccount, match="账号名"):
        empty.add(Account(name, "viewer"), None, "test")


@pytest.mark.parametrize("scope", ["6", "621", "../../x", "62'", "６２", "6210240011"])
def test_what_is_no_region_is_not_taken(empty: Accounts, scope: str) -> None:
    with pytest.raises(BadAccount, match="区划代码"):
        empty.add(Account("a", "viewer", scope), None, "test")


def test_a_name_is_taken_once(empty: Accounts) -> None:
    empty.add(Account("Wang", "viewer"), None, "test")
    with pytest.raises(BadAccount, match="已存在"):
        empty.add(Account("wang", "admin"), None, "test")


def test_the_log_is_only_added_to(empty: Accounts) -> None:
    empty.add(Account("a", "viewer"), None, "test")
    with closing(sqlite3.connect(empty.path)) as connection:
        for statement in ("delete from event", "update event set account = 'b'"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)
    assert [entry.account for entry in log.entries(empty.path)] == ["a"]


def test_the_key_of_the_sessions_is_made_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: _key_in_a_process(tmp_path), range(8)))
    assert len(keys) == 1
    assert session_key(tmp_path).hex() in keys
    assert (tmp_path / "session.key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["session.key"]


def _key_in_a_process(folder: Path) -> str:
    code = "import sys; from pathlib import Path; from dashboard.access.sessions import session_key; print(session_key(Path(sys.argv[1])).hex())"
    return subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True
    ).stdout.strip()


def gongkai(*arguments: str | Path, typed: str = "", code: int = 0) -> str:
    answer = CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)
    assert answer.exit_code == code, answer.output
    return answer.output


def test_the_commands(tmp_path: Path) -> None:
    where = ("--warehouse", tmp_path)
    typed = gongkai(
        "user", "add", "王芳", "--role", "viewer", "--scope", "62", *where, typed=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert "已添加 added: 王芳 · viewer · 62 甘肃省" in typed
    assert PASSWORD not in typed
    gongkai("user", "add", "proxied", "--role", "admin", "--no-password", *where)
    gongkai("user", "add", "li", "--role", "analyst", "--password-stdin", *where, typed=f"{PASSWORD}\n")
    gongkai("user", "change", "li", "--role", "steward", "--scope", "621024", *where)
    gongkai("user", "change", "王芳", "--scope", "all", *where)
    gongkai("user", "disable", "王芳", *where)
    gongkai("user", "password", "li", "--password-stdin", *where, typed="a wholly new secret\n")
    listed = json.loads(gongkai("user", "list", "--format", "json", *where))
    assert [
        (row["name"], row["role"], row["scope"], row["place"], row["is_enabled"], row["has_password"]) for row in listed
    ] == [
        ("li", "steward", "621024", "合水县", True, True),
        ("proxied", "admin", None, None, True, False),
        ("王芳", "viewer", None, None, False, True),
    ]
    gongkai("user", "enable", "王芳", *where)
    told = json.loads(gongkai("user", "log", "--format", "json", *where))
    assert [(row["account"], row["event"], row["detail"]) for row in told] == [
        ("王芳", "added", "viewer 62"),
        ("proxied", "added", "admin"),
        ("li", "added", "analyst"),
        ("li", "changed", "steward 621024"),
        ("王芳", "changed", "viewer"),
        ("王芳", "disabled", None),
        ("li", "password", None),
        ("王芳", "enabled", None),
    ]
    assert len(json.loads(gongkai("user", "log", "li", "--last", "1", "--format", "json", *where))) == 1
    assert "王芳" in gongkai("user", "list", *where)


@pytest.mark.parametrize(
    ("arguments", "typed", "code", "told"),
    [
        (("add", "a", "--role", "viewer", "--scope", "999"), "", 2, "没有区划代码 999"),
        (("add", "a", "--role", "viewer", "--password-stdin"), "short\n", 1, "12 至"),
        (("add", "a", "--role", "viewer"), "correct horse battery\nanother one altogether\n", 1, "Error"),
        (("add", "a", "--role", "viewer", "--no-password", "--password-stdin"), "", 2, "不能同用"),
        (("disable", "nobody"), "", 1, "没有账号 nobody"),
        (("change", "nobody", "--role", "admin"), "", 1, "没有账号 nobody"),
        (("change", "nobody"), "", 2, "--role"),
        (("password", "nobody", "--password-stdin"), f"{PASSWORD}\n", 1, "没有账号 nobody"),
    ],
)
def test_a_command_says_what_is_wrong(
    tmp_path: Path, arguments: tuple[str, ...], typed: str, code: int, told: str
) -> None:
    assert told in gongkai("user", *arguments, "--warehouse", tmp_path, typed=typed, code=code)


def test_without_accounts_nothing_but_loopback_is_served(tmp_path: Path) -> None:
    told = gongkai("serve", "--host", "0.0.0.0", "--port", "8799", "--warehouse", tmp_path, code=1)
    assert "gongkai user add" in told
    assert not (tmp_path / "accounts.sqlite").exists()


@pytest.mark.parametrize("why", ["disabled", "no password"])
def test_accounts_that_nobody_can_use_are_none(empty: Accounts, why: str) -> None:
    empty.add(Account("a", "admin"), None if why == "no password" else PASSWORD, "test")
    if why == "disabled":
        empty.set_enabled("a", False, "test")
    with pytest.raises(AccountsNeededError):
        serve(empty.path.parent, "0.0.0.0", 8799)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGKAI_LOGIN", "yes"),
        ("GONGKAI_COOKIE_SECURE", "1"),
        ("GONGKAI_PROXY_ADDRESSES", "proxy.example"),
        ("GONGKAI_PROXY_USER_HEADER", "X Remote User"),
        ("GONGKAI_SESSION_HOURS", "0"),
    ],
)
def test_a_setting_that_is_mistyped_is_said(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting, match=re.escape(name)):
        load_settings({name: value})


def test_settings_are_read() -> None:
    settings = load_settings(
        {
            "GONGKAI_LOGIN": "always",
            "GONGKAI_PROXY_USER_HEADER": "X-Remote-User",
            "GONGKAI_PROXY_ADDRESSES": "10.0.0.0/8, ::1",
            "GONGKAI_SESSION_HOURS": "2",
        }
    )
    assert (settings.login_always, settings.proxy_user_header, settings.session_hours) == (True, "X-Remote-User", 2)
    assert [str(network) for network in settings.proxy_addresses] == ["10.0.0.0/8", "::1/128"]


def test_a_backup_has_the_accounts(warehouse_folder: Path, accounts: Accounts, tmp_path: Path) -> None:
    file, manifest = back_up(WarehousePaths(warehouse_folder), tmp_path / "backup.tar.gz")
    assert "accounts.sqlite" in manifest.files
    assert file.stat().st_mode & 0o777 == 0o600
    before = accounts.all()
    shutil.rmtree(warehouse_folder)
    restore(WarehousePaths(warehouse_folder), file)
    assert accounts.all() == before
    assert accounts.path.stat().st_mode & 0o777 == 0o600
