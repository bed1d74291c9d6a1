"""A work for reading processes, in a module of its own: they import the module of their work, and so all that it imports."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dagster_project.inbox import InboxFile
from dagster_project.report_parser import Report
from dagster_project.warehouse.record_batches import to_landing


def loaded(files: Sequence[InboxFile], reports: Sequence[Report]) -> tuple[int, set[str]]:
    """How many documents become rows, and the top-level packages that are loaded when they are made."""
    rows = len(to_landing(files, reports)["document"])
    return rows, {name for name in sys.modules if "." not in name}
