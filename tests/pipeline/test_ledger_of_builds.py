"""The ledger over real builds: what people said outlives re-reading, full refresh, rollback, a killed build and the machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

from expectations.ledger import Event, Ledger

FIXTURES = Path(__file__).parent.parent / "report_parser" / "fixtures"


def altered(township: str) -> str:
    """The report of a township with 2 printed as the total of 本年新收, which breaks H1 and H2."""
    fixture = (FIXTURES / "tabs_with_lost_tab_and_blanks.txt").read_text(encoding="utf-8")
    assert "石横镇" in fixture
    text = fixture.replace("石横镇", township)
    row = next(line for line in text.splitlines() if "本年新收政府信息公开申请数量" in line)
    head, separator, _ = row.rstrip("\t").rpartition("\t")
    return text.replace(row, f"{head}{separator}2\t")


def findings(gongkai: Any, warehouse: Path, *options: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(
        gongkai("findings", "--status", "all", "--format", "json", *options, "--warehouse", warehouse).stdout
    )
    return listed


def published(warehouse: Path) -> str:
    return (warehouse / "current.duckdb").resolve().stem


def kill_once_published(warehouse: Path, *arguments: str | Path) -> None:
    before = published(warehouse)
    executable = Path(sys.executable).parent / "gongkai"
    build = subprocess.Popen([executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while published(warehouse) == before:
        assert build.poll() is None, "the build ended without publishing"
        time.sleep(0.005)
    os.kill(build.pid, signal.SIGKILL)
    build.wait()


def of_organ(listed: list[dict[str, Any]], one: dict[str, Any]) -> dict[str, Any]:
    """The one finding of the list that is of the same organ."""
    (finding,) = [finding for finding in listed if finding["organ_key"] == one["organ_key"]]
    return finding


def told(events: list[Event]) -> list[tuple[str, str, str]]:
    """What happened to findings of the two rules that the altered total breaks; its prose and blanks may break others."""
    return [(event.event, event.rule_id, event.release_id) for event in events if event.rule_id in ("H1", "H2")]


def test_verdicts_and_events_over_builds(gongkai: Any, tmp_path: Path) -> None:
    inbox, warehouse = tmp_path / "inbox", tmp_path / "warehouse"
    inbox.mkdir()
    shutil.copy2(FIXTURES / "values_on_the_line_below.txt", inbox)
    (inbox / "first.txt").write_text(altered("石横镇"), encoding="utf-8")
    gongkai("build", "--inbox", inbox, "--warehouse", warehouse)
    ledger = Ledger(warehouse / "ledger.sqlite")
    built = published(warehouse)
    assert sorted(told(ledger.events_after(0))) == [("new", "H1", built), ("new", "H2", built)]
    (h1,) = findings(gongkai, warehouse, "--rule", "h1")
    assert (h1["status"], h1["left_value"], h1["right_value"], h1["place_zh"]) == ("new", 2, 1, "总计")
    gongkai(
        "verdict", h1["fingerprint"][:8], "dismiss", "--reason", "附注已说明", "--by", "李", "--warehouse", warehouse
    )
    last = ledger.events_after(0)[-1].event_id

    # The parser changed, so every document is read again; every model is built anew; and the build is killed after it published.
    with duckdb.connect(str(warehouse / "build.duckdb")) as connection:
        connection.execute("update raw.document set parser_version = 'older'")
    (inbox / "second.txt").write_text(altered("王庄镇"), encoding="utf-8")
    kill_once_published(warehouse, "build", "--full-refresh", "--inbox", inbox, "--warehouse", warehouse)
    killed = published(warehouse)
    assert ledger.last_synced() == built
    gongkai("build", "--inbox", inbox, "--warehouse", warehouse)
    assert sorted(told(ledger.events_after(last))) == [("new", "H1", killed), ("new", "H2", killed)]
    last = ledger.events_after(last)[-1].event_id
    known = {"status": "persisting", "verdict": "dismissed", "reason": "附注已说明", "given_by": "李"}
    known |= {name: h1[name] for name in ("fingerprint", "place", "first_seen")}
    assert known.items() <= of_organ(findings(gongkai, warehouse, "--rule", "H1"), h1).items()

    # What is published goes back; what the publishers did does not.
    gongkai("rollback", "--to", built, "--warehouse", warehouse)
    assert published(warehouse) == built
    assert known.items() <= of_organ(findings(gongkai, warehouse, "--rule", "H1"), h1).items()
    assert ledger.events_after(last) == []

    # Another machine takes over from the backup; its ledger is damaged, and the first report is withdrawn.
    backup, machine = tmp_path / "backup.tar.gz", tmp_path / "machine"
    gongkai("backup", backup, "--warehouse", warehouse)
    gongkai("restore", backup, "--warehouse", machine)
    assert findings(gongkai, machine) == findings(gongkai, warehouse)
    (machine / "ledger.sqlite").write_bytes(b"no database\n" * 1000)
    refused = gongkai("findings", "--warehouse", machine, check=False)
    assert (refused.returncode, "gongkai build" in refused.stderr) == (1, True)
    (inbox / "first.txt").unlink()
    outcome = gongkai("build", "--inbox", inbox, "--warehouse", machine)
    assert "ledger.sqlite.damaged-" in outcome.stdout
    now = published(machine)
    rebuilt = Ledger(machine / "ledger.sqlite")
    assert sorted(told(rebuilt.events_after(last))) == [("resolved", "H1", now), ("resolved", "H2", now)]
    known["status"] = "resolved"
    assert known.items() <= of_organ(findings(gongkai, machine, "--rule", "H1"), h1).items()


def test_the_rules_and_a_dry_run(gongkai: Any, warehouse: Path, tmp_path: Path) -> None:
    listed = {
        rule["rule_id"]: rule
        for rule in json.loads(gongkai("rules", "--format", "json", "--warehouse", warehouse).stdout)
    }
    assert listed["H1"]["pass"] > 0
    assert listed["H1"]["standing"] == listed["H1"]["fail"] == len(findings(gongkai, warehouse, "--rule", "H1"))
    assert (listed["H1"]["judged"], listed["H1"]["precision"]) == (0, None)
    assert "尚无裁定" in gongkai("rules", "--warehouse", warehouse).stdout

    changed = tmp_path / "h4.sql"
    changed.write_text(
        "select report_key, 'dispute.reconsideration' as place, case when value > 0 then 'fail' else 'pass' end as status,"
        " value as left_value, null as right_value, null as difference, null as cells, null as detail,"
        " null as other_report_key from {report_cell} where table_code = 'dispute' and row_code = 'reconsideration'"
        " and column_code = 'total'",
        encoding="utf-8",
    )
    before = (warehouse / "current.duckdb").resolve().read_bytes()
    outcome = gongkai("rules", "--dry-run", "h4", "--sql", changed, "--format", "json", "--warehouse", warehouse)
    changes = json.loads(outcome.stdout)
    with duckdb.connect(str((warehouse / "current.duckdb").resolve()), read_only=True) as connection:
        expected = connection.sql(
            "select report_key from report_cell join dim_report using (report_key) where is_current and"
            " table_code = 'dispute' and row_code = 'reconsideration' and column_code = 'total' and value > 0"
        ).fetchall()
    anew = [change for change in changes if change["change"] == "fails_anew"]
    assert expected
    assert sorted((change["report_key"],) for change in anew) == sorted(expected)
    assert all(change["organ_name"] and change["place_zh"] == "行政复议" for change in anew)
    assert (warehouse / "current.duckdb").resolve().read_bytes() == before

    for sql, reason in (("select {nothing}", "{report_cell}"), ("select * from read_csv('/etc/passwd')", "read_csv")):
        changed.write_text(sql, encoding="utf-8")
        refused = gongkai("rules", "--dry-run", "H4", "--sql", changed, "--warehouse", warehouse, check=False)
        assert (refused.returncode, reason in refused.stderr) == (1, True)
