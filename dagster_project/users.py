"""What `gongkai user list` and `gongkai user log` show."""

from __future__ import annotations

from dataclasses import asdict

import pyarrow as pa

from dashboard.access import log
from dashboard.access.accounts import Accounts
from dashboard.data.sandbox import Answer


def list_accounts(accounts: Accounts) -> Answer:
    """A row for each account, by name."""
    columns = {name: pa.string() for name in ("name", "role", "scope", "place")}
    rows = [
        {
            **asdict(kept.account),
            "is_enabled": kept.is_enabled,
            "has_password": kept.has_password,
            "created_at": kept.created_at,
        }
        for kept in accounts.all()
    ]
    kinds = {**columns, "is_enabled": pa.bool_(), "has_password": pa.bool_(), "created_at": pa.string()}
    return Answer(pa.Table.from_pylist(rows, pa.schema(kinds)), is_cut=False, seconds=0)


def list_log(accounts: Accounts, name: str | None, most: int) -> Answer:
    """A row for each event, in order; empty where there are no accounts yet."""
    found = log.entries(accounts.path, name, most) if accounts.path.exists() else []
    kinds = {column: pa.string() for column in ("at", "event", "account", "address", "given_by", "detail")}
    rows = [{column: asdict(entry)[column] for column in kinds} for entry in found]
    return Answer(pa.Table.from_pylist(rows, pa.schema(kinds)), is_cut=False, seconds=0)
