"""The ledger: what became of each broken rule, and what people said of it."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb

from dagster_project.defs.build_run import BuildRun
from dagster_project.defs.publish import RELEASE
from expectations.ledger import Ledger, SyncSummary, put_aside_if_damaged

LEDGER = dg.AssetKey(["release", "ledger"])


@dg.asset(
    key=LEDGER,
    description="The findings with their lives and people's verdicts: a file beside the releases that no build rebuilds away.",
    group_name="release",
    owners=["team:data-quality"],
    deps=[RELEASE],
    check_specs=[
        dg.AssetCheckSpec(
            "follows",
            asset=LEDGER,
            description="What the ledger saw in this release is every place of a current report that breaks a rule",
        )
    ],
)
def ledger(context: dg.AssetExecutionContext, build: BuildRun) -> Iterator[dg.MaterializeResult]:
    """Take in the release that was just published, and any before it that a killed build left out."""
    run = build.run
    with run.stage("remember"):
        if run.record.release_id is None:
            raise dg.Failure("没有发布新版本，台账保持不变。")
        release = build.paths.releases / f"{run.release_id}.duckdb"
        kept = put_aside_if_damaged(build.paths.ledger)
        ledger = Ledger(build.paths.ledger)
        summary = ledger.sync(release, run.release_id)
        run.record.warnings += _warnings(kept, summary)
        in_ledger, in_release = ledger.count_seen_in(run.release_id), _count_broken(release)
    for warning in run.record.warnings:
        context.log.warning(warning)
    yield dg.MaterializeResult(
        metadata={
            "new": summary.new,
            "reopened": summary.reopened,
            "resolved": summary.resolved,
            "standing": summary.standing,
        },
        check_results=[
            dg.AssetCheckResult(
                passed=in_ledger == in_release,
                check_name="follows",
                metadata={"in_the_release": in_release, "in_the_ledger": in_ledger},
            )
        ],
    )


def _warnings(kept: Path | None, summary: SyncSummary) -> Iterator[str]:
    if kept:
        yield f"台账 ledger.sqlite 已损坏，另存为 {kept.name}；新台账由现有版本与 verdicts.jsonl 重建。"
    if summary.history:
        yield f"没有台账：已由现有的 {summary.history} 个版本建立，其中的问题视为已知，不作为新问题通知。"
    if summary.left_out:
        yield f"以下版本无法读取，未计入台账：{'、'.join(summary.left_out)}。"


def _count_broken(release: Path) -> int:
    """Places of current reports that break a rule."""
    with duckdb.connect(str(release), read_only=True) as connection:
        broken = connection.sql(
            """
            select distinct result.rule_id, result.organ_key, result.year, result.place
            from fct_rule_result as result
            inner join dim_report as report on result.report_key = report.report_key and report.is_current
            where result.status = 'fail'
            """
        )
        return len(broken)
