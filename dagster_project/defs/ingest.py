"""The landing tables: what the parser read from the inbox."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from dagster_project.defs.build_run import INBOX_TAG, BuildRun
from dagster_project.inbox import fingerprint
from dagster_project.register import REGISTER
from dagster_project.warehouse.connections import connect_build
from dagster_project.warehouse.ingest import ingest

_RETRIES = 3
_WAIT_SECONDS = 60

LANDING_TABLES = {
    "file": "The files that lie in the inbox now, each with the hash of its bytes.",
    "register": "The lines of the inbox's register of who has to file, the unusable ones with their problem.",
    "document": "Every report read so far, with its organ, year, form and place, or the reason it was rejected.",
    "cell": "Every cell of each report's form: value, printed text, state and line.",
    "finding": "What a reader should know about how each report was read.",
    "section": "The prose of the six sections.",
    "claim": "Figures that the prose states.",
    "metadata": "The index card that a document carries, entry by entry.",
}


@dg.multi_asset(
    specs=[
        dg.AssetSpec(["raw", table], description=description, group_name="landing", owners=["team:ingest"])
        for table, description in LANDING_TABLES.items()
    ]
)
def landing_tables(context: dg.AssetExecutionContext, build: BuildRun) -> Iterator[dg.MaterializeResult]:
    """Read what is new in the inbox; an unchanged file costs a hash.

    An inbox that is not there may be a disk that is not mounted yet: it is waited for, and never read as an empty one.
    """
    inbox = Path(build.inbox)
    if not inbox.is_dir() and context.retry_number < _RETRIES:
        raise dg.RetryRequested(max_retries=_RETRIES, seconds_to_wait=_WAIT_SECONDS)
    with build.run.stage("ingest"), connect_build(build.paths) as connection:
        if not inbox.is_dir():
            raise NotADirectoryError(f"收件目录不存在：{inbox}。请检查磁盘是否已挂载，或 GONGKAI_INBOX 是否正确。")
        record = build.run.record
        record.inbox = fingerprint(inbox, also=REGISTER)
        context.instance.add_run_tags(context.run.run_id, {INBOX_TAG: record.inbox or "empty"})
        summary = ingest(connection, inbox, build.run.progress)
        record.rejected = [*summary.bad_register_rows, *summary.rejected]
        record.register = {"registered": summary.registered, "bad": len(summary.bad_register_rows)}
        record.files = {"new": summary.new, "unchanged": summary.unchanged, "rejected": len(summary.rejected)}
        rows = {table: connection.sql(f"select count(*) from raw.{table}").fetchall()[0][0] for table in LANDING_TABLES}
    context.log.info("文件：新 %(new)d，未变 %(unchanged)d，未能读取 %(rejected)d", record.files)
    for table, count in rows.items():
        yield dg.MaterializeResult(["raw", table], metadata={"dagster/row_count": count})
