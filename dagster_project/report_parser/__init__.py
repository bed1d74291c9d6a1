"""A pure library: bytes of an annual disclosure report in, a frozen `Report` out.

    from dagster_project.report_parser import parse
    report = parse(path.read_bytes(), str(path))

It reads files of its own package only and imports nothing of the pipeline, of DuckDB or of the dashboard.
"""

from .model import Cell, CellState, Claim, Finding, Region, Report, Section, Status
from .parse import parse, parser_version, rejected

__all__ = [
    "Cell",
    "CellState",
    "Claim",
    "Finding",
    "Region",
    "Report",
    "Section",
    "Status",
    "parse",
    "parser_version",
    "rejected",
]
