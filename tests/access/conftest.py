"""A small warehouse with accounts, and the app over it as it is served to others."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from dash import Dash
from known_release import REPORTS, RULE_RESULTS
from people import PASSWORD, PEOPLE, Browser
from release_builder import write_release

from dashboard.access.accounts import Accounts
from dashboard.access.current import Account
from dashboard.access.database import writing
from dashboard.access.passwords import hashed
from dashboard.access.policy import Policy
from dashboard.app import create_app
from expectations.ledger import Ledger

_HASHES: dict[str, str] = {}


@pytest.fixture
def warehouse_folder(tmp_path: Path) -> Path:
    """A release of 银川市, its 临河镇 and 北京市东城区, and a ledger of it; nobody has an account."""
    root = tmp_path / "warehouse"
    release = write_release(root, "20260101T000000-a", REPORTS, RULE_RESULTS)
    Ledger(root / "ledger.sqlite").sync(release, release.stem)
    return root


@pytest.fixture
def accounts(warehouse_folder: Path) -> Accounts:
    """The accounts of `PEOPLE`. Their passwords are hashed once: that is slow on purpose."""
    made = Accounts(warehouse_folder / "accounts.sqlite")
    for name, (role, scope, place) in PEOPLE.items():
        made.add(Account(name, role, scope, place), None, "test")
    if not _HASHES:
        _HASHES["all"] = hashed(PASSWORD)
    with writing(made.path) as connection:
        connection.execute("update account set password_hash = ?", [_HASHES["all"]])
    return made


@pytest.fixture
def app(warehouse_folder: Path, accounts: Accounts, tmp_path: Path) -> Dash:
    """The app as it is served to others."""
    desk = tmp_path / "desk"
    desk.mkdir()
    return create_app(warehouse_folder, desk, policy=Policy(login=True))


@pytest.fixture
def browser(app: Dash) -> Browser:
    """Of somebody who is not signed in."""
    return Browser(app)


@pytest.fixture
def browser_of(app: Dash, accounts: Accounts) -> Callable[[str], Browser]:
    """Gives the browser of a person in `PEOPLE`, signed in."""

    def signed_in(name: str) -> Browser:
        browser, kept = Browser(app), accounts.named(name)
        assert kept
        # What the login leaves behind; the password itself takes its time, and tests/access/test_login.py has it.
        with browser.client.session_transaction() as session:
            session.permanent = True
            session.update(account=name, version=kept.version, signed_at=int(time.time()))
        return browser

    return signed_in
