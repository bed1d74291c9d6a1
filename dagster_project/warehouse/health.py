"""What is wrong with the warehouse now, for whoever watches it: `gongkai status` prints it, alerts tell the operators.

Read from the run records and the link to the release only, so it is quick and right also when Dagster is down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Literal

from .paths import WarehousePaths
from .releases import published
from .runs import RunRecord, is_build_running, read_runs

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The time zone of the schedule; it has no summer time."""
LATE_AFTER = timedelta(hours=1)
"""After the nightly time: a build that has not begun by then does not come any more."""
STALE_AFTER = timedelta(hours=50)
"""Age of a release of a nightly warehouse: two nights went by without a new one."""
_GATES = {
    "landing_gate": "落地表检查 landing gate",
    "mart_gate": "模型检查 mart gate",
    "expectations": "勾稽结果检查 expectations",
}

Kind = Literal["failed", "interrupted", "held_back", "missed", "stale"]


@dataclass(frozen=True)
class Trouble:
    """Something that an operator has to look at.

    `key` is the same for as long as it is the same trouble, so that it is told once; `since` is UTC. The texts say what happened, what is still
    served, and what to do.
    """

    kind: Kind
    key: str
    since: datetime
    zh: str
    en: str


def troubles(paths: WarehousePaths, now: datetime, nightly: time | None = None) -> list[Trouble]:
    """What is wrong at `now` (with its time zone). `nightly` is when a build has to begin each night, in China; None where nothing was
    promised, and then no build is missed and no release is stale."""
    runs = read_runs(paths)
    found = [*_of_last_run(paths, runs)]
    if nightly is not None and runs and not is_build_running(paths):
        found += _missed(paths, runs, now, nightly)
        found += _stale(paths, now)
    return found


def _of_last_run(paths: WarehousePaths, runs: list[RunRecord]) -> Iterator[Trouble]:
    last = next((run for run in runs if run.state != "running"), None)
    if last is None or last.state == "published":
        return
    since = datetime.fromisoformat(last.finished_at or last.started_at)
    served_zh, served_en = _served(paths)
    reason = last.error or "原因见 runs/last.log 或 Dagster 的运行记录 see runs/last.log or the run in Dagster"
    if last.state == "interrupted":
        yield Trouble(
            "interrupted",
            f"interrupted:{last.run_id}",
            since,
            f"最近一次构建中断（进程已不在）。{served_zh}请运行 gongkai build，会接着完成。",
            f"The last build was interrupted: its process is gone. {served_en} Run gongkai build; it goes on where it stopped.",
        )
    elif last.held_back and last.failed_stage:
        gate = _GATES[last.failed_stage]
        yield Trouble(
            "held_back",
            f"held_back:{last.run_id}",
            since,
            f"最近一次构建未通过{gate}，没有发布。{served_zh}原因：{reason} {_advice(last)[0]}",
            f"The last build was held back at the {gate.split(maxsplit=1)[1]}. {served_en} Reason: {reason} {_advice(last)[1]}",
        )
    else:
        yield Trouble(
            "failed",
            f"failed:{last.run_id}",
            since,
            f"最近一次构建失败（阶段 {last.failed_stage or '启动'}）。{served_zh}原因：{reason}",
            f"The last build failed (stage {last.failed_stage or 'start'}). {served_en} Reason: {reason}",
        )


def _advice(run: RunRecord) -> tuple[str, str]:
    """What to do about a build that was held back."""
    if any(check in (run.error or "") for check in (" volume：", " null_share：")):
        return (
            "请核对收件目录；若确实如此，运行 gongkai build --accept-loss 予以发布。",
            "Look at the inbox; if it is meant to be so, gongkai build --accept-loss publishes it.",
        )
    return (
        "详见 data-docs/index.html（看板 /data-docs/）；改正后再运行 gongkai build。",
        "See data-docs/index.html (/data-docs/ of the dashboard); mend it and run gongkai build.",
    )


def _missed(paths: WarehousePaths, runs: list[RunRecord], now: datetime, nightly: time) -> Iterator[Trouble]:
    due = _last_due(now - LATE_AFTER, nightly)
    if datetime.fromisoformat(runs[0].started_at) < due:
        served_zh, served_en = _served(paths)
        when = f"{due:%Y-%m-%d %H:%M}"
        yield Trouble(
            "missed",
            f"missed:{due:%Y%m%d}",
            due.astimezone(UTC),
            f"应于 {when}（北京时间）开始的夜间构建没有开始。{served_zh}请检查 dagster-daemon 是否在运行；"
            "不需要每晚构建时设 GONGKAI_NIGHTLY=off。",
            f"The nightly build due at {when} (Beijing time) did not begin. {served_en} See whether dagster-daemon runs;"
            " GONGKAI_NIGHTLY=off if no nightly build is wanted.",
        )


def _last_due(now: datetime, nightly: time) -> datetime:
    """When a build had to begin last, at `now`."""
    local = now.astimezone(CHINA)
    due = datetime.combine(local.date(), nightly, CHINA)
    return due if due <= local else due - timedelta(days=1)


def _stale(paths: WarehousePaths, now: datetime) -> Iterator[Trouble]:
    release = published(paths)
    if release is None:
        return
    since = _begun(release)
    if now - since > STALE_AFTER:
        yield Trouble(
            "stale",
            f"stale:{release}",
            since + STALE_AFTER,
            f"已发布的版本 {release} 已有 {(now - since).days} 天。原因见最近几次构建：gongkai status --json。",
            f"The published release {release} is {(now - since).days} days old. The last builds say why: gongkai status --json.",
        )


def _begun(release: str) -> datetime:
    """When the build of a release began: its id says so."""
    return datetime.strptime(release.partition("-")[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def _served(paths: WarehousePaths) -> tuple[str, str]:
    release = published(paths)
    if release is None:
        return "还没有版本可供查阅。", "Nothing is published yet."
    return f"仍在提供版本 {release}。", f"Release {release} is still served."
