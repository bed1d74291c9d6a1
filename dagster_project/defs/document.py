"""The documentation that is served beside the release."""

import shutil
from collections.abc import Iterator

import dagster as dg

from dagster_project.dbt_project import DOCS, prepare_docs
from dagster_project.defs.build_run import BuildRun
from dagster_project.defs.publish import RELEASE

DOCUMENTATION = dg.AssetKey(["release", "documentation"])


@dg.asset(
    key=DOCUMENTATION,
    description="dbt's documentation of the models: one page that needs no network, served under the dashboard.",
    group_name="release",
    owners=["team:warehouse"],
    deps=[RELEASE],
    check_specs=[
        dg.AssetCheckSpec("complete", asset=DOCUMENTATION, description="The page that is served is the one dbt wrote")
    ],
)
def documentation(build: BuildRun) -> Iterator[dg.MaterializeResult]:
    """Written anew only when the dbt project changed: a build costs a copy."""
    served = build.paths.dbt_docs
    with build.run.stage("document"):
        prepare_docs(build.paths.build)
        draft = served.with_suffix(".part")
        shutil.copyfile(DOCS, draft)
        draft.replace(served)
        complete = served.stat().st_size == DOCS.stat().st_size
    yield dg.MaterializeResult(
        metadata={"bytes": served.stat().st_size},
        check_results=[dg.AssetCheckResult(passed=complete, check_name="complete")],
    )
