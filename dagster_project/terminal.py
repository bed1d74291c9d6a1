"""What a person sees in the terminal: the progress of a build, its summary, and the state of a warehouse."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from dagster_project.warehouse.health import Trouble
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.releases import list_releases, published
from dagster_project.warehouse.runs import RunRecord, read_runs

STAGES: dict[str, str] = {
    "ingest": "读取文件 ingest",
    "landing_gate": "检查落地表 landing gate",
    "transform": "建立模型 dbt",
    "mart_gate": "检查模型 mart gate",
    "expectations": "勾稽校验 expectations",
    "suggestions": "更正建议 suggestions",
    "rate": "计算指标 indicators",
    "publish": "发布 publish",
    "remember": "登记台账 ledger",
    "notify": "发送告警 alerts",
    "document": "数据文档 dbt docs",
}
_POLL_SECONDS = 0.2
_REJECTED_SHOWN = 20


@contextmanager
def build_progress(paths: WarehousePaths, output: TextIO) -> Iterator[None]:
    """Show how far the build is while the block runs: bars on a terminal, a line for each finished stage elsewhere."""
    console = Console(file=output)
    finished = threading.Event()
    known = {record.run_id for record in read_runs(paths)}
    show = _show_bars if console.is_terminal else _show_lines

    def newest() -> RunRecord | None:
        records = read_runs(paths)
        return records[0] if records and records[0].run_id not in known else None

    display = threading.Thread(target=show, args=(console, newest, finished), daemon=True)
    display.start()
    try:
        yield
    finally:
        finished.set()
        display.join()


def _show_bars(console: Console, newest: Callable[[], RunRecord | None], finished: threading.Event) -> None:
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    ) as progress:
        starting = progress.add_task("启动 starting", total=None)
        bars: dict[str, TaskID] = {}
        is_last_look = False
        while not is_last_look:
            is_last_look = finished.wait(_POLL_SECONDS)
            record = newest()
            if record is None:
                continue
            progress.update(starting, visible=False)
            for stage in (*record.seconds, record.stage):
                if stage and stage not in bars:
                    bars[stage] = progress.add_task(STAGES[stage], total=None)
            for stage, bar in bars.items():
                if stage == record.stage:
                    progress.update(bar, completed=record.done, total=record.total or None)
                else:
                    total = progress.tasks[progress.task_ids.index(bar)].total or 1
                    progress.update(bar, completed=total, total=total)
                    progress.stop_task(bar)


def _show_lines(console: Console, newest: Callable[[], RunRecord | None], finished: threading.Event) -> None:
    told: set[str] = set()
    is_last_look = False
    while not is_last_look:
        is_last_look = finished.wait(_POLL_SECONDS)
        record = newest()
        for stage, seconds in record.seconds.items() if record else ():
            if stage not in told and (record is None or stage != record.stage):
                told.add(stage)
                console.print(f"{STAGES[stage]}  {seconds:.1f} s", highlight=False)


def print_summary(record: RunRecord, output: TextIO) -> None:
    """What a build did."""
    console = Console(file=output, highlight=False)
    if record.state == "published":
        console.print("[bold green]✔ 已发布 published[/]", record.release_id)
    else:
        console.print(
            "[bold red]✘ 未发布 not published[/]（上一版本继续服务）",
            f"阶段 {STAGES.get(record.failed_stage or '', record.failed_stage or '启动')}：{escape(record.error or '')}",
        )
    _print_notes(console, record)
    console.print(_facts(record))
    _print_rejected(console, record)


def _print_notes(console: Console, record: RunRecord) -> None:
    if record.state == "published" and record.error:
        stage = STAGES.get(record.failed_stage or "", record.failed_stage)
        console.print(f"[bold yellow]但发布之后有一步失败 but a later stage failed[/] {stage}：{escape(record.error)}")
    for warning in record.warnings:
        console.print(f"[bold yellow]注意 warning[/] {escape(warning)}")


def _facts(record: RunRecord) -> Table:
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    facts.add_column()
    files = record.files
    if files:
        facts.add_row(
            "文件 files",
            f"{files['new']:,} new 新增 · {files['unchanged']:,} unchanged 未变 · {files['rejected']:,} rejected 未能读取",
        )
    if any(record.register.values()):
        facts.add_row(
            "应报名册 register",
            f"{record.register['registered']:,} organs 机关 · {record.register['bad']:,} unusable rows 行有误",
        )
    if record.state == "published":
        facts.add_row("报告 reports", f"{record.reports:,}")
        facts.add_row("单元格 cells", f"{record.cells:,}")
        facts.add_row("勾稽不符 rules broken", f"{record.rules_broken:,} 处 places")
    seconds = " · ".join(f"{STAGES[stage].split(maxsplit=1)[1]} {value:.1f}" for stage, value in record.seconds.items())
    facts.add_row("用时 seconds", f"{seconds} · 合计 total {sum(record.seconds.values()):.1f}")
    return facts


def _print_rejected(console: Console, record: RunRecord) -> None:
    if not record.rejected:
        return
    console.print(f"\n未能读取 rejected（{len(record.rejected):,}）", style="bold")
    for refused in record.rejected[:_REJECTED_SHOWN]:
        console.print(f"  {escape(refused['path'])}  [yellow]{refused['reason']}[/]  {escape(refused['message'])}")
    if len(record.rejected) > _REJECTED_SHOWN:
        console.print("  …… 其余见 gongkai status --json，或 select * from mart_document where status = 'rejected'")


def print_status(paths: WarehousePaths, found: Sequence[Trouble], alerts: Sequence[str], output: TextIO) -> None:
    """What is published, since when, what was refused, and what is wrong: with the pipeline, and with `alerts` on their way."""
    console = Console(file=output, highlight=False)
    records = read_runs(paths)
    release = published(paths)
    if release is None:
        console.print(f"{paths.root} 还没有发布过版本；请运行 gongkai build。")
    else:
        since = datetime.fromtimestamp(paths.current.lstat().st_mtime, UTC).astimezone()
        console.print(f"[bold]已发布 published[/] {release}  自 since {since:%Y-%m-%d %H:%M:%S %z}")
        others = [other for other in list_releases(paths) if other != release]
        console.print(f"可回退 other releases: {'、'.join(others) or '无 none'}", style="dim")
        ours = next((record for record in records if record.release_id == release), None)
        if ours:
            _print_notes(console, ours)
            console.print(_facts(ours))
    if records and records[0].state == "running":
        now = records[0]
        console.print(f"\n[bold]正在构建 building[/] {STAGES.get(now.stage or '', '启动')} {now.done:,}/{now.total:,}")
    latest = next((record for record in records if record.files), None)
    if latest:
        _print_rejected(console, latest)
    if records and not found and not alerts:
        console.print("\n一切正常 nothing is wrong", style="dim")
    for trouble in found:
        console.print(
            f"\n[bold red]需要处理 trouble[/] {trouble.since.astimezone():%Y-%m-%d %H:%M:%S %z}  {trouble.kind}"
        )
        console.print(f"  {escape(trouble.zh)}\n  {escape(trouble.en)}", soft_wrap=True)
    if alerts:
        console.print("\n[bold red]告警未送达 alerts not delivered[/]  详见 gongkai alert status")
    for problem in alerts:
        console.print(f"  {escape(problem)}", soft_wrap=True)
    failed = next((record for record in records[1:] if record.state in ("failed", "interrupted")), None)
    if failed:
        stage = STAGES.get(failed.failed_stage or "", failed.failed_stage or "启动")
        console.print(
            f"\n较早的一次失败 an earlier failure {failed.started_at}  {failed.state}  阶段 {stage}", style="dim"
        )
