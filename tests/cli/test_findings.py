"""`gongkai findings`, `verdict` and `rules` on the sample warehouse."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from expectations.ledger import Ledger

Gongkai = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def own(warehouse: Path, tmp_path: Path) -> Path:
    """The release and the ledger of the sample warehouse, for a test that writes."""
    folder = tmp_path / "own"
    (folder / "releases").mkdir(parents=True)
    release = (warehouse / "current.duckdb").resolve()
    shutil.copy2(release, folder / "releases")
    (folder / "current.duckdb").symlink_to(Path("releases") / release.name)
    shutil.copy2(warehouse / "ledger.sqlite", folder)
    return folder


def listed(gongkai: Gongkai, command: str, warehouse: Path, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        gongkai(command, *options, "--format", "json", "--warehouse", warehouse).stdout
    )
    return rows


def test_findings_are_filtered(gongkai: Gongkai, warehouse: Path) -> None:
    everything = listed(gongkai, "findings", warehouse)
    assert everything
    assert {finding["status"] for finding in everything} == {"new"}
    assert listed(gongkai, "findings", warehouse, "--status", "resolved") == []
    assert listed(gongkai, "findings", warehouse, "--status", "all") == everything
    one = everything[0]
    for option, value, column in (("--rule", one["rule_id"].lower(), "rule_id"), ("--year", str(one["year"]), "year")):
        chosen = [finding for finding in everything if finding[column] == one[column]]
        assert listed(gongkai, "findings", warehouse, option, value) == chosen
    for region in (one["region_code"][:2], one["province_name"]):
        chosen = [finding for finding in everything if finding["province_name"] == one["province_name"]]
        assert listed(gongkai, "findings", warehouse, "--region", region) == chosen


def test_the_table_is_short_and_csv_is_whole(gongkai: Gongkai, warehouse: Path) -> None:
    options = ("findings", "--rule", "H1", "--warehouse", warehouse)
    table = gongkai(*options).stdout
    assert next(line.split() for line in table.splitlines() if line.split())[-3:] == ["位置", "差额", "裁定"]
    rows = list(csv.DictReader(gongkai(*options, "--format", "csv").stdout.splitlines()))
    whole = listed(gongkai, "findings", warehouse, "--rule", "H1")
    assert [row["fingerprint"] for row in rows] == [row["fingerprint"] for row in whole]
    assert all(row["fingerprint"][:8] in table and row["organ_name"] and row["place_zh"] for row in rows)


def test_a_verdict_is_given_shown_and_withdrawn(gongkai: Gongkai, own: Path) -> None:
    fingerprint = listed(gongkai, "findings", own, "--rule", "H1")[0]["fingerprint"]

    def verdict() -> tuple[str | None, str | None, str | None]:
        found = listed(gongkai, "findings", own, "--rule", "H1")
        (finding,) = [row for row in found if row["fingerprint"] == fingerprint]
        return finding["verdict"], finding["reason"], finding["given_by"]

    given = gongkai("verdict", fingerprint[:8], "dismiss", "--reason", "合并统计", "--by", "李", "--warehouse", own)
    assert given.stdout.startswith(fingerprint)
    assert verdict() == ("dismissed", "合并统计", "李")
    assert "不属实" in gongkai("findings", "--rule", "H1", "--warehouse", own).stdout
    gongkai("verdict", fingerprint, "withdraw", "--warehouse", own)
    assert verdict() == (None, None, None)


def test_a_verdict_that_cannot_be_given_says_why(gongkai: Gongkai, own: Path) -> None:
    fingerprint = listed(gongkai, "findings", own)[0]["fingerprint"]
    for arguments, code, reason in (
        ((fingerprint, "dismiss"), 2, "--reason"),
        ((fingerprint, "accept"), 2, "confirm"),
        (("0" * 32, "confirm"), 1, "gongkai findings"),
        ((fingerprint[:5], "confirm"), 1, "前六位"),
    ):
        refused = gongkai("verdict", *arguments, "--warehouse", own, check=False)
        assert (refused.returncode, reason in refused.stderr) == (code, True)
    assert not (own / "verdicts.jsonl").exists()


def test_a_precision_is_told_from_thirty_judged_findings_on(gongkai: Gongkai, own: Path) -> None:
    ledger = Ledger(own / "ledger.sqlite")
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.executemany(
            "insert into finding values (?, 'H1', 'error', 'o', 2022, ?, 'r', '', '', '', '', 'resolved', '')",
            [(f"f{number:031}", f"place {number}") for number in range(30)],
        )
    for number in range(29):
        ledger.give_verdict(f"f{number:031}", "dismissed" if number < 3 else "confirmed", "说明", "李")
    assert "样本不足 n=29" in gongkai("rules", "--warehouse", own).stdout
    ledger.give_verdict(f"f{29:031}", "confirmed", None, "李")
    assert "90.0% n=30" in gongkai("rules", "--warehouse", own).stdout
    h1 = listed(gongkai, "rules", own)[0]
    assert (h1["rule_id"], h1["confirmed"], h1["dismissed"], h1["judged"], h1["precision"]) == ("H1", 27, 3, 30, "0.9")


def test_after_a_rollback_the_ledger_says_how_far_it_goes(gongkai: Gongkai, own: Path) -> None:
    synced = (own / "current.duckdb").resolve()
    assert gongkai("findings", "--warehouse", own).stderr == ""
    earlier = synced.with_name("20200101T000000-earlier.duckdb")
    shutil.copy2(synced, earlier)
    gongkai("rollback", "--to", earlier.stem, "--warehouse", own)
    told = gongkai("findings", "--warehouse", own).stderr
    assert synced.stem in told
    assert earlier.stem in told


@pytest.mark.parametrize("command", [("findings",), ("rules",), ("verdict", "abcdef", "confirm")])
def test_without_a_ledger_the_next_step_is_told(gongkai: Gongkai, own: Path, command: tuple[str, ...]) -> None:
    (own / "ledger.sqlite").unlink()
    refused = gongkai(*command, "--warehouse", own, check=False)
    assert (refused.returncode, "gongkai build" in refused.stderr) == (1, True)
    assert not (own / "ledger.sqlite").exists()


def test_a_dry_run_takes_both_its_options(gongkai: Gongkai, own: Path) -> None:
    refused = gongkai("rules", "--dry-run", "H1", "--warehouse", own, check=False)
    assert (refused.returncode, "--sql" in refused.stderr) == (2, True)
