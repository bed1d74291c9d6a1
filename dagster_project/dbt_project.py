"""The dbt project: where it is, what it is made from, the manifest that Dagster's assets are made from, and its documentation."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dagster_project.report_parser import parser_version
from dagster_project.settings import PROJECT
from dagster_project.warehouse import releases
from dagster_project.warehouse.paths import WarehousePaths

DBT_PROJECT = PROJECT / "dbt"
DBT_EXECUTABLE = Path(sys.executable).parent / "dbt"
MANIFEST = DBT_PROJECT / "target" / "manifest.json"
_DOCS_TARGET = Path("target") / "docs"
"""Relative to the project, or dbt would write the paths of this machine into the page."""
DOCS = DBT_PROJECT / _DOCS_TARGET / "static_index.html"
BUILD_DATABASE_VARIABLE = "GONGKAI_BUILD_DATABASE"
"""Names the build database to dbt's profile."""

_RULES = PROJECT / "expectations"
_SOURCES = ("*.sql", "*.yml", "*.md", "*.csv")


class DbtParseFailed(Exception):
    """dbt could not read its own project; the message is what it printed."""


def prepare_manifest() -> None:
    """Have dbt write its manifest, unless it is newer than everything it is made from.

    Raises:
        DbtParseFailed: when the project does not parse.
    """
    if not _is_fresh(MANIFEST):
        _run_dbt("parse")


def prepare_docs(database: Path) -> None:
    """Have dbt write its documentation as one page that needs no network, unless it is newer than everything it is made from.

    The page tells of the project and not of the data, so it takes its seconds once after a change and not in every build. The
    types of the columns come from `database`, a build of the project that nobody writes to.

    Raises:
        DbtParseFailed: when the project does not compile.
    """
    if not _is_fresh(DOCS):
        _run_dbt("docs", "generate", "--static", "--target-path", str(_DOCS_TARGET), database=str(database))


def dbt_environment(paths: WarehousePaths) -> dict[str, str]:
    """The variables that have dbt build the project in this warehouse, and say what it does as lines of JSON."""
    return {
        BUILD_DATABASE_VARIABLE: str(paths.build),
        "DBT_PROJECT_DIR": str(DBT_PROJECT),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_TARGET_PATH": str(paths.dbt_target),
        "DBT_LOG_PATH": str(paths.dbt_target),
        "DBT_LOG_FORMAT": "json",
        # What dbt says goes to Dagster; the file would take in every statement, ten megabytes a build.
        "DBT_LOG_LEVEL_FILE": "info",
        # Nobody reads its artefacts, and writing them takes it a second.
        "DBT_WRITE_JSON": "false",
    }


def _is_fresh(made: Path) -> bool:
    return made.exists() and made.stat().st_mtime > _last_change()


def _run_dbt(*arguments: str, database: str = ":memory:") -> None:
    outcome = subprocess.run(
        [DBT_EXECUTABLE, *arguments, "--project-dir", ".", "--profiles-dir", "."],
        env=os.environ | {BUILD_DATABASE_VARIABLE: database},
        cwd=DBT_PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        raise DbtParseFailed(outcome.stdout + outcome.stderr)


@cache  # a build is made by the code as it was when it began
def code_fingerprint() -> str:
    """A hash of everything that decides what a release holds, given the documents.

    Rows that another code made are not kept: where it differs from that of the published build, all is built anew.
    """
    digest = hashlib.sha256(parser_version().encode())
    for file in sorted((*_sources(), *_RULES.rglob("*.py"), Path(releases.__file__))):
        digest.update(f"{file.relative_to(PROJECT)}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def models_by_report() -> frozenset[str]:
    """The models that are kept report by report (dbt/macros/by_report.sql)."""
    nodes = json.loads(MANIFEST.read_text(encoding="utf-8"))["nodes"].values()
    return frozenset(node["name"] for node in nodes if node["config"].get("incremental_strategy") == "by_report")


def _last_change() -> float:
    return max(file.stat().st_mtime for file in _sources())


def _sources() -> Iterator[Path]:
    target = DBT_PROJECT / "target"
    return (file for pattern in _SOURCES for file in DBT_PROJECT.rglob(pattern) if target not in file.parents)


if __name__ == "__main__":
    prepare_manifest()
