"""A pure library: bytes of an annual disclosure report in, frozen `Report`s out.

    from dagster_project.report_parser import parse_all
    reports = parse_all(path.read_bytes(), str(path))

It reads files of its own package only and imports nothing of the pipeline, of DuckDB or of the dashboard. How it works:
docs/parser.md.
"""

from .model import Cell, Cells, CellState, Claim, Finding, Hints, Region, Report, Section, Status
from .parse import Given, parse, parse_all, parse_many, parser_version, rejected

__all__ = [
    "Cell",
    "CellState",
    "Cells",
    "Claim",
    "Finding",
    "Given",
    "Hints",
    "Region",
    "Report",
    "Section",
    "Status",
    "parse",
    "parse_all",
    "parse_many",
    "parser_version",
    "rejected",
]
