"""What Dagster loads: the assets in the order of the data's way, the jobs, what starts them, and what they share."""

from __future__ import annotations

import dagster as dg
from dagster_dbt import DbtCliResource

from dagster_project.dbt_project import DBT_EXECUTABLE, DBT_PROJECT
from dagster_project.defs.automation import inbox_sensor, nightly_schedule
from dagster_project.defs.build_run import BuildRun
from dagster_project.defs.document import documentation
from dagster_project.defs.ingest import landing_tables
from dagster_project.defs.notify import alerts, alerts_due
from dagster_project.defs.publish import release
from dagster_project.defs.remember import ledger
from dagster_project.defs.transform import dbt_models, rating_models
from dagster_project.defs.validate import landing_gate, mart_gate, rule_results, suggestions
from dagster_project.settings import load_settings
from dagster_project.warehouse.paths import WarehousePaths

BUILD_JOB = "build"
FROM_LANDING_JOB = "build_from_landing"

_settings = load_settings()
_paths = WarehousePaths(_settings.warehouse)

defs = dg.Definitions(
    assets=[
        landing_tables,
        dbt_models,
        rule_results,
        suggestions,
        rating_models,
        release,
        ledger,
        alerts,
        documentation,
    ],
    asset_checks=[landing_gate, mart_gate],
    jobs=[
        dg.define_asset_job(
            BUILD_JOB,
            selection=dg.AssetSelection.all(),
            description="The whole pipeline: read the inbox, build the marts, check them, publish a release.",
        ),
        dg.define_asset_job(
            FROM_LANDING_JOB,
            selection=dg.AssetSelection.all() - dg.AssetSelection.assets(landing_tables).without_checks(),
            description="The pipeline from the landing tables on: what the inbox holds now stays unread.",
        ),
    ],
    sensors=[inbox_sensor(BUILD_JOB, _settings.inbox, _paths), alerts_due],
    schedules=[nightly_schedule(BUILD_JOB, _settings.nightly, _paths)] if _settings.nightly else [],
    resources={
        "build": BuildRun(
            inbox=str(_settings.inbox),
            warehouse=str(_settings.warehouse),
            keep_releases=_settings.keep_releases,
            alerts=str(_settings.alerts),
        ),
        "dbt": DbtCliResource(
            project_dir=str(DBT_PROJECT), profiles_dir=str(DBT_PROJECT), dbt_executable=str(DBT_EXECUTABLE)
        ),
    },
    # One process writes the warehouse: steps run one after another in it.
    executor=dg.in_process_executor,
)
