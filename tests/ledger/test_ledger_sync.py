"""What the ledger makes of one release after another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from dataclasses import replace
from decimal import Decimal
from hashlib import md5
from pathlib import Path

import pytest
from made_releases import Result, write_release

from expectations.ledger import Ledger

BROKEN = Result()
MENDED = replace(BROKEN, status="pass", right=Decimal(3))
OPEN = replace(BROKEN, status="not_assessable")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


def told(ledger: Ledger) -> list[tuple[str, str | None]]:
    return [(event.event, event.cause) for event in ledger.events_after(0)]


def statuses(ledger: Ledger) -> list[str]:
    return [finding.status for finding in ledger.findings()]


def test_a_finding_comes_stays_goes_and_comes_back(ledger: Ledger, tmp_path: Path) -> None:
    seen = []
    for day, result in enumerate((BROKEN, BROKEN, MENDED, MENDED, BROKEN, BROKEN), start=1):
        ledger.sync(*write_release(tmp_path / "releases", day, result))
        seen += statuses(ledger)
    assert seen == ["new", "persisting", "resolved", "resolved", "reopened", "persisting"]
    assert told(ledger) == [("new", None), ("resolved", "passes"), ("reopened", None)]
    (finding,) = ledger.findings()
    assert finding.fingerprint == md5(b"H1|a|2022|application.total").hexdigest()
    assert (finding.first_seen, finding.last_seen) == ("2026-01-01T00:00:00Z", "2026-01-06T00:00:00Z")
    assert (finding.first_release[:8], finding.last_release[:8]) == ("20260101", "20260106")
    assert finding.status_since == "2026-01-06T00:00:00Z"


def test_events_tell_the_values_of_their_release_exactly(ledger: Ledger, tmp_path: Path) -> None:
    fee = replace(BROKEN, left=Decimal("976.81"), right=Decimal("1234567890.1"))
    ledger.sync(*write_release(tmp_path / "releases", 1, fee))
    ledger.sync(*write_release(tmp_path / "releases", 2, MENDED))
    came, went = ledger.events_after(0)
    assert (came.left_value, came.right_value, came.difference) == (976.81, 1234567890.1, -1234566913.29)
    assert (went.left_value, went.right_value, went.difference) == (3, 3, 0)
    assert (came.rule_id, came.organ_key, came.year, came.report_key) == ("H1", "a", 2022, "a-2022")
    assert ledger.events_after(came.event_id) == [went]


def test_a_release_synced_twice_adds_nothing(ledger: Ledger, tmp_path: Path) -> None:
    release = write_release(tmp_path / "releases", 1, BROKEN)
    first = ledger.sync(*release)
    before = ledger.findings(), ledger.events_after(0)
    again = ledger.sync(*release)
    assert (first.new, first.standing, ledger.count_seen_in(release[1])) == (1, 1, 1)
    assert (again.new, again.resolved, again.reopened) == (0, 0, 0)
    assert (ledger.findings(), ledger.events_after(0)) == before


@pytest.mark.parametrize(
    ("afterwards", "cause"),
    [
        pytest.param(MENDED, "passes", id="the rule passes"),
        pytest.param(OPEN, None, id="the same document can no longer be read there"),
        pytest.param(replace(OPEN, report_key="a-2022-new"), "report_replaced", id="a new version leaves it open"),
        pytest.param(replace(MENDED, report_key="a-2022-new"), "passes", id="a new version mends it"),
        pytest.param(replace(BROKEN, is_current=False), "report_gone", id="no version is current"),
        pytest.param(
            replace(BROKEN, organ_key="b", report_key="b-2022"), "report_gone", id="the report left the inbox"
        ),
        pytest.param(replace(MENDED, place="application.other"), "not_found", id="the place is no longer listed"),
    ],
)
def test_when_a_finding_is_resolved(ledger: Ledger, tmp_path: Path, afterwards: Result, cause: str | None) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    ledger.sync(*write_release(tmp_path / "releases", 2, afterwards))
    (finding,) = [finding for finding in ledger.findings() if finding.organ_key == "a"]
    resolved = [event.cause for event in ledger.events_after(0) if event.event == "resolved"]
    assert (finding.status, resolved) == (("resolved", [cause]) if cause else ("persisting", []))
    if cause is None:
        assert finding.last_seen == "2026-01-01T00:00:00Z"


def test_a_rule_that_was_withdrawn_resolves_its_findings_under_a_cause_of_its_own(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    ledger.sync(*write_release(tmp_path / "releases", 2, replace(MENDED, rule_id="H2"), rules=("H2",)))
    assert told(ledger) == [("new", None), ("resolved", "rule_gone")]


@pytest.mark.parametrize(("table", "status"), [("pass", "resolved"), ("not_assessable", "persisting")])
def test_of_a_cell_that_h5_no_longer_lists_its_table_speaks(
    ledger: Ledger, tmp_path: Path, table: str, status: str
) -> None:
    negative = replace(BROKEN, rule_id="H5", place="dispute.reconsideration.total", left=Decimal(-1), right=None)
    ledger.sync(*write_release(tmp_path / "releases", 1, negative))
    ledger.sync(*write_release(tmp_path / "releases", 2, replace(negative, place="dispute", status=table, left=None)))
    assert statuses(ledger) == [status]


def test_only_current_versions_have_findings(ledger: Ledger, tmp_path: Path) -> None:
    older = replace(BROKEN, report_key="a-2022-old", is_current=False)
    ledger.sync(*write_release(tmp_path / "releases", 1, older, MENDED))
    assert ledger.findings() == []


def test_a_rule_that_says_two_things_of_a_place_has_one_finding(ledger: Ledger, tmp_path: Path) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN, replace(BROKEN, left=Decimal(9))))
    assert [event.difference for event in ledger.events_after(0)] == [7]


def test_a_finding_follows_its_report_to_another_organ_with_its_verdict(ledger: Ledger, tmp_path: Path) -> None:
    """The parser learned where the organ is: its key changes, the document does not."""
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    ledger.give_verdict(ledger.findings()[0].fingerprint, "dismissed", "印刷如此", "李")
    ledger.sync(*write_release(tmp_path / "releases", 2, replace(BROKEN, organ_key="a-of-the-county")))
    (finding,) = ledger.findings()
    assert (finding.organ_key, finding.status, finding.verdict) == ("a-of-the-county", "persisting", "dismissed")
    assert finding.fingerprint == md5(b"H1|a-of-the-county|2022|application.total").hexdigest()
    assert told(ledger) == [("new", None)]


def test_a_release_without_severities_of_results_has_those_of_its_rules(ledger: Ledger, tmp_path: Path) -> None:
    warned = replace(BROKEN, severity="warning")
    ledger.sync(*write_release(tmp_path / "releases", 1, warned, has_severity=False))
    assert [finding.severity for finding in ledger.findings()] == ["error"]
    ledger.sync(*write_release(tmp_path / "releases", 2, warned))
    assert [finding.severity for finding in ledger.findings()] == ["warning"]


def test_a_release_that_a_killed_build_left_out_is_made_up_for(ledger: Ledger, tmp_path: Path) -> None:
    other = replace(BROKEN, place="application.other")
    ledger.sync(*write_release(tmp_path / "releases", 1, BROKEN))
    write_release(tmp_path / "releases", 2, BROKEN, other)
    ledger.sync(*write_release(tmp_path / "releases", 3, MENDED, other))
    assert [(event.event, event.place[12:], event.release_id[:8]) for event in ledger.events_after(0)] == [
        ("new", "total", "20260101"),
        ("new", "other", "20260102"),
        ("resolved", "total", "20260103"),
    ]


def _sync_and_die(path: Path, release: Path, release_id: str) -> None:
    """Killed inside the transaction: everything is written and nothing committed."""
    connect = sqlite3.connect

    class Dying(sqlite3.Connection):
        def execute(self, sql: str, *arguments: object) -> sqlite3.Cursor:
            if sql == "commit":
                os.kill(os.getpid(), signal.SIGKILL)
            return super().execute(sql, *arguments)  # type: ignore[arg-type]

    sqlite3.connect = lambda *arguments, **options: connect(*arguments, **options, factory=Dying)  # type: ignore[assignment]
    Ledger(path).sync(release, release_id)


def test_a_sync_that_was_killed_did_nothing_and_the_next_does_it_once(ledger: Ledger, tmp_path: Path) -> None:
    ledger.sync(*write_release(tmp_path / "releases", 1, MENDED))
    release = write_release(tmp_path / "releases", 2, BROKEN)
    process = multiprocessing.get_context("spawn").Process(target=_sync_and_die, args=(ledger.path, *release))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert told(ledger) == []
    ledger.sync(*release)
    assert told(ledger) == [("new", None)]


def test_findings_are_filtered(ledger: Ledger, tmp_path: Path) -> None:
    ledger.sync(
        *write_release(
            tmp_path / "releases",
            1,
            BROKEN,
            replace(BROKEN, rule_id="H2"),
            replace(BROKEN, year=2023, report_key="a-2023"),
        )
    )
    assert len(ledger.findings(statuses=["new"])) == 3
    assert ledger.findings(statuses=["resolved"]) == []
    assert [finding.year for finding in ledger.findings(rule_id="H1")] == [2022, 2023]
    assert [finding.rule_id for finding in ledger.findings(year=2022)] == ["H1", "H2"]
