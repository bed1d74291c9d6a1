"""Sample reports straight into the landing tables: a warehouse of 100,000 reports for benchmarks and tests, without their files.

The documents are those of `gongkai demo`, read by the parser as if they lay in the inbox, so the rows are the same; only no file is
ever written. Their paths begin with `示例`, and every report is marked as a sample. The inbox knows nothing of them: build with
`gongkai build --from-landing`.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import islice

import duckdb
import pyarrow as pa

from dagster_project.demo.corpus import SampleFile, sample_files
from dagster_project.inbox import InboxFile
from dagster_project.report_parser import Given, parse_many
from dagster_project.warehouse import landing
from dagster_project.warehouse.raw_schema import FILE
from dagster_project.warehouse.record_batches import Batch, to_landing

_BATCH_FILES = 250
_TRANSACTION_FILES = 5_000
_WAITING_BATCHES = 8
"""Batches given out at once: enough to keep the readers busy, few enough to hold in memory."""

Landed = tuple[list[InboxFile], Batch]


class HoldsRealReports(Exception):
    """The warehouse has documents that are no samples: the two must never stand in one release."""


def land_samples(
    connection: duckdb.DuckDBPyConnection,
    reports: int,
    seed: int,
    on_progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Add the sample corpus of `seed` to the landing tables; `on_progress` is told how many reports are there.

    Another seed adds other reports of the same organs; the same seed again changes nothing.

    Raises:
        HoldsRealReports: when the landing tables hold anything but samples.
        ValueError: when there are fewer organs than it takes to file so many reports.
    """
    landing.create_schema(connection)
    if connection.sql("select count(*) from raw.document where not is_sample").fetchall()[0][0]:
        raise HoldsRealReports("仓库中已有真实报告，示例数据不能与其混在一起；请指定另一个仓库目录。")
    done = 0
    waiting: list[Landed] = []
    for landed in _read(sample_files(reports, seed), f"示例{seed}"):
        waiting.append(landed)
        done += len(landed[0])
        if len(waiting) * _BATCH_FILES >= _TRANSACTION_FILES:
            _land(connection, waiting)
            waiting = []
        on_progress(done)
    if waiting:
        _land(connection, waiting)


def _read(files: Iterator[SampleFile], folder: str) -> Iterator[Landed]:
    """Batches of files with their rows. This process writes the reports, the others read them."""
    readers = max(1, (os.cpu_count() or 1) - 1)
    given: deque[Future[Landed]] = deque()
    with ProcessPoolExecutor(readers, multiprocessing.get_context("spawn")) as pool:
        while batch := list(islice(files, _BATCH_FILES)):
            documents = [(f"{folder}/{file.path}", file.data) for file in batch]
            given.append(pool.submit(_read_batch, documents))
            if len(given) > _WAITING_BATCHES:
                yield given.popleft().result()
        while given:
            yield given.popleft().result()


def _read_batch(documents: Sequence[tuple[str, bytes]]) -> Landed:
    """The files as the inbox would list them, and what the parser makes of them."""
    now = datetime.now(UTC)
    files = [InboxFile(path, path, hashlib.sha256(data).hexdigest(), len(data), now) for path, data in documents]
    read = parse_many([Given(data, path) for path, data in documents])
    reports = [report for reports_of_one in read for report in reports_of_one]
    return files, to_landing(files, reports)


def _land(connection: duckdb.DuckDBPyConnection, landed: Iterable[Landed]) -> None:
    listing, batches = zip(*landed, strict=True)
    landing.land(connection, batches)
    # Not `landing.sync_files`: that would take what was landed before for files that left the inbox.
    rows = [{name: getattr(file, name) for name in FILE.names} for files in listing for file in files]
    connection.register("listing", pa.Table.from_pylist(rows, schema=FILE))
    connection.execute("insert or replace into raw.file by name select * from listing")
    connection.unregister("listing")
