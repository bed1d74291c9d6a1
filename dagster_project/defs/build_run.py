"""The resource that every asset of a build shares: the writer's lock, the build's record and the paths."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import dagster as dg
from pydantic import PrivateAttr

from dagster_project.alerts.delivery import tell_quietly
from dagster_project.dbt_project import code_fingerprint
from dagster_project.report_parser import parser_version
from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.published_builds import published_with
from dagster_project.warehouse.runs import Run, Trigger, is_build_running
from expectations import data_docs

TRIGGER_TAG = "gongkai/trigger"
RELEASE_TAG = "gongkai/release"
PARSER_TAG = "gongkai/parser_version"
INBOX_TAG = "gongkai/inbox"
_WAIT_SECONDS = 4 * 3600
"""How long a run that nobody sits before waits for another build: longer than any should take."""


class BuildRun(dg.ConfigurableResource["BuildRun"]):
    """Takes the lock and opens the build's record when a run starts, closes both when it ends, however it ends.

    Every run writes the warehouse, so this is also what keeps it to one writer, whoever starts the run. A run that meets another build waits
    for it, except from the command line, where somebody wants to know. `accept_loss` publishes even where far fewer reports are there, or
    more nulls, than in the last release.
    """

    inbox: str
    warehouse: str
    keep_releases: int
    alerts: str
    full_refresh: bool = False
    accept_loss: bool = False
    _run: Run | None = PrivateAttr(default=None)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        assert context.run is not None  # outside a run nothing sets a resource up
        assert context.instance is not None
        trigger = cast(Trigger, context.run.tags.get(TRIGGER_TAG, "ui"))
        if context.log and is_build_running(self.paths):
            context.log.info("另一次构建正在进行，等它结束 waiting for the build that is at work")
        self._run = Run.start(self.paths, context.run.run_id, trigger, 0 if trigger == "cli" else _WAIT_SECONDS)
        tags = {TRIGGER_TAG: trigger, RELEASE_TAG: self._run.release_id, PARSER_TAG: parser_version()}
        context.instance.add_run_tags(context.run.run_id, tags)
        code_fingerprint()  # of the code that runs, not of what it may have become by the end

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        try:
            data_docs.publish(self.data_docs, self.paths.data_docs)
        finally:
            self.run.finish()
            tell_quietly(self.paths, Path(self.alerts))  # the operators, of a failure or that it is over

    @property
    def data_docs(self) -> Path:
        """Where this run's Data Docs are made; they are shown when it is over, so those of a run that failed too."""
        return self.paths.data_docs_runs / self.run.release_id

    @property
    def run(self) -> Run:
        assert self._run is not None
        return self._run

    @property
    def starts_anew(self) -> bool:
        """Whether nothing of the last build is kept but the landing tables: it was asked for, or other code made it."""
        with connect_build(self.paths) as connection:
            before = published_with(connection)
        return self.full_refresh or before is None or before[0] != code_fingerprint()

    @property
    def paths(self) -> WarehousePaths:
        return WarehousePaths(Path(self.warehouse))
