"""What the gates hold a build against: measures of the build beside those of the release that is served.

Written to `gate.landing` and `gate.marts` of the build database; what may pass is said in `expectations/suites/comparison.py`. Without a
release, or where its tables are those of another version of the project, there is nothing to hold the build against, and no row.
"""

from __future__ import annotations

import duckdb

from .connections import connect_build
from .paths import WarehousePaths
from .releases import published, quoted

_COLUMNS = """
    measure VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    last_release VARCHAR NOT NULL,
    last DOUBLE NOT NULL,
    now DOUBLE NOT NULL,
    is_accepted BOOLEAN NOT NULL
"""
_NULL = "count(*) filter (where {} is null) / nullif(count(*), 0)"
_SHARES = {
    "dim_report.form": ("dim_report", _NULL.format("form")),
    "dim_report.signed_on": ("dim_report", _NULL.format("signed_on")),
    "dim_report.published_on": ("dim_report", _NULL.format("published_on")),
    "dim_organ.region_code": ("dim_report inner join {}.dim_organ using (organ_key)", _NULL.format("region_code")),
    # What dim_report counted: the cells themselves are many.
    "report_cell.value": (
        "dim_report",
        "1 - sum(number_cells) / nullif(sum(number_cells + blank_cells + dash_cells + text_cells + absent_cells), 0)",
    ),
}
"""Columns that a reading may leave null, and so the ones in which a parser that reads worse than before shows."""


def compare_landing(paths: WarehousePaths, *, accept_loss: bool) -> None:
    """Reports in the files that lie in the inbox now, against those of the last release."""
    measures = [
        """
        select
            'reports in the inbox' as measure,
            'rows' as kind,
            (select count(distinct report_key) from release.main.mart_document where status != 'rejected') as last,
            (
                select count(*) from raw.document
                where status != 'rejected' and sha256 in (select sha256 from raw.file)
            ) as now
        """
    ]
    _compare(paths, "landing", measures, accept_loss=accept_loss)


def compare_marts(paths: WarehousePaths, *, accept_loss: bool) -> None:
    """Identified reports against those of the last release; and, among the reports that both hold, the nulls in key columns."""
    measures = [
        """
        select
            'dim_report' as measure,
            'rows' as kind,
            (select count(*) from release.main.dim_report) as last,
            (select count(*) from main.dim_report) as now
        """,
        *(_null_share(measure, tables, share) for measure, (tables, share) in _SHARES.items()),
    ]
    _compare(paths, "marts", measures, accept_loss=accept_loss)


def _null_share(measure: str, tables: str, share: str) -> str:
    shares = (
        f"""
        (
            select coalesce({share}, 0)
            from {database}.{tables.format(database)}
            where report_key in (select report_key from release.main.dim_report)
                and report_key in (select report_key from main.dim_report)
        ) as {name}
        """
        for name, database in (("last", "release.main"), ("now", "main"))
    )
    return f"select '{measure}' as measure, 'null share' as kind, {', '.join(shares)}"


def _compare(paths: WarehousePaths, stage: str, measures: list[str], *, accept_loss: bool) -> None:
    release = published(paths)
    with connect_build(paths) as connection:
        connection.execute("create schema if not exists gate")
        connection.execute(f"create or replace table gate.{stage} ({_COLUMNS})")
        if release is None:
            return
        try:
            connection.execute(f"attach '{quoted(paths.current.resolve())}' as release (read_only)")
            for measure in measures:
                connection.execute(
                    f"insert into gate.{stage} select measure, kind, ?, last, now, ? from ({measure})",
                    [release, accept_loss],
                )
        except (duckdb.IOException, duckdb.CatalogException, duckdb.BinderException):
            # A release that is damaged or of another version must not stop the build that replaces it.
            return
