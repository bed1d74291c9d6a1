"""People's verdicts, and what is left of a ledger that was damaged or lost."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from made_releases import Result, write_release

from expectations.ledger import AmbiguousFingerprint, Ledger, MissingReason, UnknownFinding, put_aside_if_damaged

BROKEN = Result()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


def test_the_newest_verdict_counts_and_a_withdrawn_one_does_not(ledger: Ledger, tmp_path: Path) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    fingerprint = ledger.findings()[0].fingerprint
    assert ledger.findings()[0].verdict is None
    assert ledger.give_verdict(fingerprint, "confirmed", None, "李") == fingerprint
    ledger.give_verdict(fingerprint, "dismissed", "附注已说明", "王")
    (finding,) = ledger.findings()
    assert (finding.verdict, finding.reason, finding.given_by) == ("dismissed", "附注已说明", "王")
    assert ledger.dismissed() == [fingerprint]
    ledger.give_verdict(fingerprint, "withdrawn", None, "王")
    assert ledger.findings()[0].verdict is None
    assert ledger.precision_by_rule() == {}
    assert ledger.dismissed() == []


def test_who_asks_what_was_dismissed_makes_no_ledger(ledger: Ledger) -> None:
    assert ledger.dismissed() == []
    assert not ledger.path.exists()


@pytest.mark.parametrize("reason", [None, "", " "])
def test_to_dismiss_takes_a_reason(ledger: Ledger, tmp_path: Path, reason: str | None) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    with pytest.raises(MissingReason):
        ledger.give_verdict(ledger.findings()[0].fingerprint, "dismissed", reason, "李")
    assert ledger.findings()[0].verdict is None


def test_precision_counts_what_was_confirmed_and_dismissed(ledger: Ledger, tmp_path: Path) -> None:
    results = [replace(BROKEN, year=year, report_key=f"a-{year}") for year in (2019, 2020, 2021, 2022)]
    ledger.sync(*write_release(tmp_path / "releases", 1, *results, replace(BROKEN, rule_id="H2")))
    for finding in ledger.findings(rule_id="H1"):
        verdict = "dismissed" if finding.year == 2019 else "confirmed"
        ledger.give_verdict(finding.fingerprint, verdict, "附注已说明", "李")
    (precision,) = ledger.precision_by_rule().items()
    assert (precision[0], precision[1].confirmed, precision[1].dismissed, precision[1].judged) == ("H1", 3, 1, 4)


def test_the_beginning_of_a_fingerprint_will_do_if_it_is_the_only_one(ledger: Ledger, tmp_path: Path) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    fingerprint = ledger.findings()[0].fingerprint
    assert ledger.give_verdict(fingerprint[:6], "confirmed", None, "李") == fingerprint
    for unknown in ("0" * 32, fingerprint[:5], "", "%", fingerprint + "0"):
        with pytest.raises(UnknownFinding):
            ledger.give_verdict(unknown, "confirmed", None, "李")


def test_a_beginning_that_two_findings_share_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    results = [replace(BROKEN, organ_key=f"o{i}", report_key=f"r{i}") for i in range(20_000)]
    ledger.sync(*write_release(tmp_path / "releases", 1, *results))
    fingerprints = sorted(finding.fingerprint for finding in ledger.findings())
    shared = next(a[:6] for a, b in pairwise(fingerprints) if a[:6] == b[:6])
    with pytest.raises(AmbiguousFingerprint):
        ledger.give_verdict(shared, "confirmed", None, "李")


def _overwrite(path: Path) -> None:
    path.write_bytes(b"this is no database\n" * 400)


def _overwrite_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(os.urandom(6 * 4096))


def _cut_off(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 + 100)


@pytest.mark.parametrize("damage", [_overwrite, _overwrite_a_page, _cut_off])
def test_a_damaged_ledger_is_kept_aside_and_made_anew_with_its_verdicts(
    ledger: Ledger, tmp_path: Path, damage: object
) -> None:
    releases = tmp_path / "releases"
    results = [replace(BROKEN, year=year, report_key=f"a-{year}") for year in range(1900, 2023)]
    mended = replace(BROKEN, status="pass")
    ledger.sync(*write_release(releases, 1, *results))
    ledger.sync(*write_release(releases, 2, *results[:-1], mended))
    for finding in ledger.findings(year=2000):
        ledger.give_verdict(finding.fingerprint, "dismissed", "印刷如此", "李")
    findings, last_event = ledger.findings(), ledger.events_after(0)[-1].event_id

    assert put_aside_if_damaged(ledger.path) is None
    damage(ledger.path)  # type: ignore[operator]
    damaged = ledger.path.read_bytes()
    kept = put_aside_if_damaged(ledger.path)
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert not ledger.path.exists()

    third = write_release(releases, 3, *results[1:-1], mended)
    ledger.sync(*third)
    by_year = {finding.year: finding for finding in ledger.findings()}
    assert {year for year, finding in by_year.items() if finding.status == "resolved"} == {1900, 2022}
    unchanged = [finding for finding in findings if finding.year not in (1900, 2022)]
    last = {"last_seen": "2026-01-03T00:00:00Z", "last_release": third[1]}
    assert [by_year[finding.year] for finding in unchanged] == [replace(finding, **last) for finding in unchanged]
    # Who has read the events of the lost ledger gets what the third release changed, and nothing of the past.
    assert [(event.event, event.year) for event in ledger.events_after(last_event)] == [("resolved", 1900)]
    assert ledger.events_after(0) == ledger.events_after(last_event)


def test_a_log_whose_database_was_lost_is_put_aside(ledger: Ledger, tmp_path: Path) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    log = tmp_path / "ledger.sqlite-wal"
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("update finding set severity = 'warning'")
        connection.commit()
        left = log.read_bytes()
    ledger.path.unlink()
    log.write_bytes(left)
    assert put_aside_if_damaged(ledger.path) is not None
    assert not log.exists()
    ledger.sync(*write_release(tmp_path / "releases", 2, BROKEN))
    assert [(finding.severity, finding.first_seen[:10]) for finding in ledger.findings()] == [("error", "2026-01-01")]
    assert put_aside_if_damaged(tmp_path / "never.sqlite") is None


def test_the_past_of_a_first_ledger_is_no_news(ledger: Ledger, tmp_path: Path) -> None:
    """A warehouse of an earlier version of the project: releases, but no ledger."""
    later = replace(BROKEN, year=2023, report_key="a-2023")
    write_release(tmp_path / "releases", 1, BROKEN, has_severity=False)
    ledger.sync(*write_release(tmp_path / "releases", 2, BROKEN, later))
    assert [(event.event, event.year) for event in ledger.events_after(0)] == [("new", 2023)]
    history = [event for event in ledger.events_after(-(2**62)) if event.event_id < 0]
    assert [(event.event, event.year) for event in history] == [("new", 2022)]


def test_a_release_that_cannot_be_read_is_left_out_of_a_new_ledger_and_named(ledger: Ledger, tmp_path: Path) -> None:
    write_release(tmp_path / "releases", 1, BROKEN)
    damaged, damaged_id = write_release(tmp_path / "releases", 2, BROKEN)
    damaged.write_bytes(b"no database at all")
    summary = ledger.sync(*write_release(tmp_path / "releases", 3, BROKEN))
    assert (summary.history, summary.left_out) == (1, [damaged_id])
    assert [finding.first_seen[:10] for finding in ledger.findings()] == ["2026-01-01"]


def test_a_journal_with_a_line_cut_off_gives_back_the_others(ledger: Ledger, tmp_path: Path) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN, replace(BROKEN, rule_id="H2")))
    first, second = (finding.fingerprint for finding in ledger.findings())
    ledger.give_verdict(first, "confirmed", None, "李")
    with (tmp_path / "verdicts.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('{"fingerprint": "cut o')
    ledger.give_verdict(second, "dismissed", "说明\n两行", "王")
    ledger.path.unlink()
    ledger.sync(*write_release(tmp_path / "releases", 2, BROKEN, replace(BROKEN, rule_id="H2")))
    assert [(finding.verdict, finding.reason) for finding in ledger.findings()] == [
        ("confirmed", None),
        ("dismissed", "说明\n两行"),
    ]


def test_a_lost_journal_is_written_anew(ledger: Ledger, tmp_path: Path) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    ledger.give_verdict(ledger.findings()[0].fingerprint, "confirmed", None, "李")
    journal = tmp_path / "verdicts.jsonl"
    before = journal.read_bytes()
    journal.unlink()
    ledger.sync(*write_release(tmp_path / "releases", 2, BROKEN))
    assert journal.read_bytes() == before
