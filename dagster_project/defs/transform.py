"""The dbt project: staging, intermediate and marts. A `dbt build` is one step, its tests become asset checks.

There are two: most models are what the rules are asked of, a few count what the rules said."""

import json
import os
from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtCliResource, DbtProject, dbt_assets
from packaging.version import Version

from dagster_project import dbt_process
from dagster_project.dbt_project import BUILD_DATABASE_VARIABLE, DBT_PROJECT, MANIFEST, dbt_environment
from dagster_project.defs.build_run import BuildRun
from dagster_project.defs.dbt_checks import describe


class Translator(DagsterDbtTranslator):
    """Groups assets by the folder of their model, so that the graph shows the data's way, and says what each test expects."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return "seeds" if dbt_resource_props["resource_type"] == "seed" else str(dbt_resource_props["fqn"][1])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return ["team:warehouse"]

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return spec and dg.AssetCheckSpec(
            name=spec.name,
            asset=spec.asset_key,
            description=describe(manifest["nodes"][unique_id]),
            additional_deps=spec.additional_deps,
            blocking=spec.blocking,
            metadata=spec.metadata,
        )


AFTER_RULES = "tag:after_rules"
"""The models that read what the rules said."""


@dbt_assets(manifest=MANIFEST, exclude=AFTER_RULES, dagster_dbt_translator=Translator())
def dbt_models(context: dg.AssetExecutionContext, build: BuildRun, dbt: DbtCliResource) -> Iterator[Any]:
    """Build and test every seed and model that the rules are asked of."""
    yield from _build_models("transform", ["--exclude", AFTER_RULES], context, build, dbt)
    dbt_process.load_ahead(dbt_environment(build.paths))


@dbt_assets(manifest=MANIFEST, select=AFTER_RULES, dagster_dbt_translator=Translator())
def rating_models(context: dg.AssetExecutionContext, build: BuildRun, dbt: DbtCliResource) -> Iterator[Any]:
    """Build and test the models that count what the rules said."""
    yield from _build_models("rate", ["--select", AFTER_RULES], context, build, dbt)


def _build_models(
    stage: str, models: list[str], context: dg.AssetExecutionContext, build: BuildRun, dbt: DbtCliResource
) -> Iterator[Any]:
    """Unit tests run in `make test`, not in every build.

    The models that are kept report by report take in what changed since the last published build, or everything where the code
    changed as well.
    """
    arguments = ["build", "--exclude-resource-type", "unit_test", *(["--full-refresh"] if build.starts_anew else [])]
    os.environ[BUILD_DATABASE_VARIABLE] = str(build.paths.build)
    total = len(context.selected_asset_keys) + len(context.selected_asset_check_keys)
    with build.run.stage(stage):
        if context.is_subset:
            # Somebody picked some of the models in the UI: the resource works out which they are.
            invocation = dbt.cli(arguments, context=context, target_path=build.paths.dbt_target)
        else:
            invocation = _start([*arguments, *models], context, build)
        for done, event in enumerate(invocation.stream(), start=1):
            build.run.progress(done, total)
            yield event


def _start(arguments: list[str], context: dg.AssetExecutionContext, build: BuildRun) -> DbtCliInvocation:
    """dbt at work on all models of the step. The resource would first ask dbt for its version, and load the project into this process
    too, which takes longer than dbt itself."""
    return DbtCliInvocation(
        process=dbt_process.start(arguments, dbt_environment(build.paths)),
        manifest=json.loads(MANIFEST.read_text(encoding="utf-8")),
        dagster_dbt_translator=Translator(),
        project_dir=DBT_PROJECT,
        target_path=build.paths.dbt_target,
        raise_on_error=True,
        cli_version=Version(metadata.version("dbt-core")),
        context=context,
    )
