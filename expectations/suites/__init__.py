"""The suites: what is expected of the landing tables, of the marts, and of what the rules found.

A failed expectation that is critical is structural and stops the release. One that only warns, and a rule that a report breaks, are shown:
the report is published as printed, and flagged.
"""

from great_expectations.expectations.metadata_types import FailureSeverity as Severity

from .landing import LANDING
from .marts import MARTS
from .rules import FINDINGS, RESULTS, SUGGESTIONS
from .suite import Suite

__all__ = ["FINDINGS", "LANDING", "MARTS", "RESULTS", "SUGGESTIONS", "Severity", "Suite"]
