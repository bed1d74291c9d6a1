"""The dbt project: staging, intermediate and marts. A whole `dbt build` is one step; its tests become asset checks."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets

from dagster_project.dbt_project import BUILD_DATABASE_VARIABLE, MANIFEST
from dagster_project.defs.build_run import BuildRun


class Translator(DagsterDbtTranslator):
    """Groups assets by the folder of their model, so that the graph shows the data's way."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return "seeds" if dbt_resource_props["resource_type"] == "seed" else str(dbt_resource_props["fqn"][1])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return ["team:warehouse"]


@dbt_assets(manifest=MANIFEST, dagster_dbt_translator=Translator())
def dbt_models(context: dg.AssetExecutionContext, build: BuildRun, dbt: DbtCliResource) -> Iterator[Any]:
    """Build and test every seed and model. Unit tests run in `make test`, not in every build.

    The models that are kept report by report take in what changed since the last published build, or everything where the code
    changed as well.
    """
    options = ["--exclude-resource-type", "unit_test", *(["--full-refresh"] if build.starts_anew else [])]
    os.environ[BUILD_DATABASE_VARIABLE] = str(build.paths.build)
    total = len(context.selected_asset_keys) + len(context.selected_asset_check_keys)
    with build.run.stage("transform"):
        invocation = dbt.cli(["build", *options], context=context, target_path=build.paths.dbt_target)
        for done, event in enumerate(invocation.stream(), start=1):
            build.run.progress(done, total)
            yield event
