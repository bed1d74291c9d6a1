"""Where things lie in a warehouse folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class WarehousePaths:
    """The files of one warehouse. Only `current`, `dbt_docs`, `data_docs` and, through `expectations.ledger`, `ledger` are for readers."""

    root: Path

    @property
    def build(self) -> Path:
        """The writer's database: landing tables and the marts being built."""
        return self.root / "build.duckdb"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """A link to the published release."""
        return self.root / "current.duckdb"

    @property
    def dbt_docs(self) -> Path:
        """dbt's documentation of the project that built the newest release, in one file."""
        return self.root / "dbt-docs.html"

    @property
    def data_docs(self) -> Path:
        """A link to the pages that say what the last build expected of its tables, and found."""
        return self.root / "data-docs"

    @property
    def data_docs_runs(self) -> Path:
        """What the last builds found, a folder each: where `data_docs` leads."""
        return self.root / "data-docs-runs"

    @property
    def ledger(self) -> Path:
        """The findings with their lives and verdicts: beside the releases, never rebuilt away."""
        return self.root / "ledger.sqlite"

    @property
    def accounts(self) -> Path:
        """Who may look at the dashboards, and the log of it; written by the server and by `gongkai user`, through `dashboard.access`."""
        return self.root / "accounts.sqlite"

    @property
    def outbox(self) -> Path:
        """What was told to whom, and the alerts on their way."""
        return self.root / "outbox.sqlite"

    @property
    def runs(self) -> Path:
        """A record of each build, as JSON."""
        return self.root / "runs"

    @property
    def lock(self) -> Path:
        """Held by the one build that may write."""
        return self.root / "build.lock"

    @property
    def dbt_target(self) -> Path:
        return self.root / "dbt_target"

    @property
    def dagster_home(self) -> Path:
        return self.root / "dagster"
