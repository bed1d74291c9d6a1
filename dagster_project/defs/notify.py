"""Alerts: telling people what the build has changed, and going on until it has reached them."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from dagster_project.alerts.delivery import tell_quietly
from dagster_project.defs.build_run import BuildRun
from dagster_project.defs.remember import LEDGER
from dagster_project.settings import load_settings
from dagster_project.warehouse.paths import WarehousePaths

ALERTS = dg.AssetKey(["release", "alerts"])
_EVERY_SECONDS = 300


@dg.asset(
    key=ALERTS,
    description="The messages about what newly broke, came back or is resolved, by the routes file alerts.toml.",
    group_name="release",
    owners=["team:data-quality"],
    deps=[LEDGER],
    check_specs=[
        dg.AssetCheckSpec(
            "delivered", asset=ALERTS, description="The routes file is sound, and no message waits for its channel"
        )
    ],
)
def alerts(build: BuildRun) -> Iterator[dg.MaterializeResult]:
    """Queue and send. A channel that does not work, or a routes file that cannot be used, is a warning and fails no build."""
    with build.run.stage("notify"):
        outcome = tell_quietly(build.paths, Path(build.alerts), at_once=True)
    yield dg.MaterializeResult(
        metadata={"sent": outcome.sent, "waiting": len(outcome.waiting)},
        check_results=[
            dg.AssetCheckResult(
                passed=not outcome.problems,
                check_name="delivered",
                severity=dg.AssetCheckSeverity.WARN,
                description="；".join(outcome.problems) or None,
            )
        ],
    )


@dg.sensor(
    minimum_interval_seconds=_EVERY_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Sends digests whose time has come, tries again what did not go through, and tells the operators of trouble.",
)
def alerts_due() -> dg.SkipReason:
    """The same as `gongkai alert send`; it starts no run."""
    settings = load_settings()
    outcome = tell_quietly(WarehousePaths(settings.warehouse), settings.alerts)
    return dg.SkipReason("；".join([f"已发送 sent {outcome.sent}", *outcome.problems]))
