"""The dbt project: where it is, the manifest that Dagster's assets are made from, and its documentation."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from dagster_project.settings import PROJECT

DBT_PROJECT = PROJECT / "dbt"
DBT_EXECUTABLE = Path(sys.executable).parent / "dbt"
MANIFEST = DBT_PROJECT / "target" / "manifest.json"
_DOCS_TARGET = Path("target") / "docs"
"""Relative to the project, or dbt would write the paths of this machine into the page."""
DOCS = DBT_PROJECT / _DOCS_TARGET / "static_index.html"
BUILD_DATABASE_VARIABLE = "GONGKAI_BUILD_DATABASE"
"""Names the build database to dbt's profile."""

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


def _last_change() -> float:
    target = DBT_PROJECT / "target"
    files = (file for pattern in _SOURCES for file in DBT_PROJECT.rglob(pattern) if target not in file.parents)
    return max(file.stat().st_mtime for file in files)


if __name__ == "__main__":
    prepare_manifest()
