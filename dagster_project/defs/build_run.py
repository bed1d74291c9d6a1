"""The resource that every asset of a build shares: the writer's lock, the build's record and the paths."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
from pydantic import PrivateAttr

from dagster_project.dbt_project import code_fingerprint
from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.paths import WarehousePaths
from dagster_project.warehouse.published_builds import published_with
from dagster_project.warehouse.runs import Run


class BuildRun(dg.ConfigurableResource["BuildRun"]):
    """Takes the lock and opens the build's record when a run starts, closes both when it ends, however it ends.

    Every run writes the warehouse, so this is also what keeps it to one writer, whoever starts the run.
    """

    inbox: str
    warehouse: str
    keep_releases: int
    full_refresh: bool = False
    _run: Run | None = PrivateAttr(default=None)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        assert context.run_id is not None  # outside a run nothing sets a resource up
        self._run = Run.start(self.paths, context.run_id)
        code_fingerprint()  # of the code that runs, not of what it may have become by the end

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        self.run.finish()

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
