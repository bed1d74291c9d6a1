"""Dagster's own folder: the history of its runs, kept beside the warehouse.

`python -m dagster_project.dagster_home` prepares what `dagster dev`, `dagster-webserver` and `dagster-daemon` need: the folder and dbt's
manifest.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from dagster_project.dbt_project import prepare_manifest
from dagster_project.settings import load_settings
from dagster_project.warehouse.paths import WarehousePaths

_CONFIG = """\
telemetry:
  enabled: false
# No invitation to sign up somewhere.
nux:
  enabled: false
# The warehouse has one writer: runs take turns.
concurrency:
  runs:
    max_concurrent_runs: 1
# A run whose process died is tried again; one that failed would fail again.
run_retries:
  enabled: true
  max_retries: 1
  retry_on_asset_or_op_failure: false
event_log_storage:
  module: dagster_project.event_log
  class: EventLog
  config:
    base_dir: {events}
"""


def prepare_dagster_home(folder: Path) -> None:
    """Make `folder` Dagster's home for this process, so that its UI shows the builds of the command line too."""
    folder.mkdir(parents=True, exist_ok=True)
    # Where Dagster itself would put them.
    events = json.dumps(str(folder.absolute() / "history" / "runs"), ensure_ascii=False)
    (folder / "dagster.yaml").write_text(_CONFIG.format(events=events), encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(folder)


if __name__ == "__main__":
    prepare_dagster_home(WarehousePaths(load_settings().warehouse).dagster_home)
    prepare_manifest()
