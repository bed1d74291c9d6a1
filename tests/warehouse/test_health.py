"""What `gongkai status` and the alerts say is wrong, from real run records and a real link."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from dagster_project.warehouse.health import Trouble, troubles
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.releases import point_to
from dagster_project.warehouse.runs import Run

TWO = time(2, 0)
"""In Beijing: 18:00 UTC of the day before."""
BEGUN = datetime(2024, 3, 10, 18, 0, 20, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path)


def build(
    paths: WarehousePaths, begun: datetime = BEGUN, failed: tuple[str, str] | None = None, *, held_back: bool = False
) -> str:
    """Leave what a build leaves that began then; returns its release's id."""
    run = Run.start(paths, "abcdef0123456789")
    release = f"{begun:%Y%m%dT%H%M%S}-abcdef01"
    if failed:
        run.fail(*failed, held_back=held_back)
    else:
        paths.releases.mkdir(exist_ok=True)
        (paths.releases / f"{release}.duckdb").touch()
        point_to(paths, release)
        run.record.release_id = release
    run.finish()
    written = next(paths.runs.glob(f"{run.release_id}.json"))
    record = json.loads(written.read_text(encoding="utf-8"))
    record["started_at"] = record["finished_at"] = begun.isoformat()
    written.unlink()
    (paths.runs / f"{release}.json").write_text(json.dumps(record), encoding="utf-8")
    return release


def kinds(found: list[Trouble]) -> list[str]:
    return [trouble.kind for trouble in found]


def test_nothing_is_wrong_before_the_first_build_and_after_a_good_one(paths: WarehousePaths) -> None:
    assert troubles(paths, BEGUN, TWO) == []
    build(paths)
    assert troubles(paths, BEGUN + timedelta(hours=20), TWO) == []


def test_a_gate_that_held_a_release_back_says_why_and_what_is_served(paths: WarehousePaths) -> None:
    served = build(paths)
    reason = "raw.document volume：报告份数不少于上一版本的 80%。 不符 unexpected 1 行 rows：last=3000，now=12。"
    build(paths, BEGUN + timedelta(hours=2), failed=("landing_gate", reason), held_back=True)
    [trouble] = troubles(paths, BEGUN + timedelta(hours=3), TWO)
    assert trouble.kind == "held_back"
    for text in (trouble.zh, trouble.en):
        assert reason in text
        assert served in text
        assert "--accept-loss" in text


def test_a_gate_that_broke_held_nothing_back(paths: WarehousePaths) -> None:
    build(paths, failed=("mart_gate", "no such column"))
    assert kinds(troubles(paths, BEGUN + timedelta(hours=1), TWO)) == ["failed"]


def test_another_failure_names_its_stage_and_no_override(paths: WarehousePaths) -> None:
    build(paths, failed=("transform", "dbt failed"))
    [trouble] = troubles(paths, BEGUN + timedelta(hours=1), TWO)
    assert trouble.kind == "failed"
    assert "transform" in trouble.en
    assert "Nothing is published yet." in trouble.en
    assert "--accept-loss" not in trouble.zh


def test_trouble_is_over_with_the_next_good_build(paths: WarehousePaths) -> None:
    build(paths, failed=("transform", "dbt failed"))
    build(paths, BEGUN + timedelta(hours=1))
    assert troubles(paths, BEGUN + timedelta(hours=2), TWO) == []


def test_a_killed_build_is_told_once_nobody_holds_the_lock(paths: WarehousePaths) -> None:
    build(paths, BEGUN)
    run = Run.start(paths, "0123456789abcdef")
    now = datetime.now(UTC)
    assert troubles(paths, now) == []
    run._lock.close()  # what the operating system does when the process dies
    assert kinds(troubles(paths, now)) == ["interrupted"]


@pytest.mark.parametrize(
    ("hours", "nightly", "expected"),
    [
        (24.5, TWO, []),  # it may still begin
        (25.1, TWO, ["missed"]),
        (25.1, None, []),  # nobody promised one
        (51.0, TWO, ["missed", "stale"]),
        (51.0, None, []),
    ],
)
def test_a_missed_night_and_an_old_release(
    paths: WarehousePaths, hours: float, nightly: time | None, expected: list[str]
) -> None:
    build(paths)
    assert kinds(troubles(paths, BEGUN + timedelta(hours=hours), nightly)) == expected


def test_a_night_stays_one_trouble_and_the_next_is_another(paths: WarehousePaths) -> None:
    build(paths)
    keys = [
        next(
            trouble.key for trouble in troubles(paths, BEGUN + timedelta(hours=hours), TWO) if trouble.kind == "missed"
        )
        for hours in (26, 40, 49)
    ]
    assert keys == ["missed:20240312", "missed:20240312", "missed:20240313"]


def test_builds_that_fail_every_night_leave_a_release_that_grows_old(paths: WarehousePaths) -> None:
    build(paths)
    for night in (1, 2):
        build(
            paths,
            BEGUN + timedelta(days=night),
            failed=("mart_gate", "main.dim_report report_unique：…"),
            held_back=True,
        )
    assert kinds(troubles(paths, BEGUN + timedelta(days=2, hours=3), TWO)) == ["held_back", "stale"]
