"""Work that ends or stops the process that does it; apart from the tests, for such a process to import little."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

from dagster_project.inbox import InboxFile
from dagster_project.report_parser import Report


def die_or_hang(files: Sequence[InboxFile], reports: Sequence[Report]) -> Sequence[Report]:
    """The reports as they are, but for the files whose names say otherwise."""
    for report in reports:
        if report.reason == "not_a_report":
            match report.source:
                case "dies.txt":
                    os.kill(os.getpid(), signal.SIGKILL)
                case "aborts.txt":
                    os.abort()
                case "sleeps.txt":
                    time.sleep(600)
                case "fails.txt":
                    raise ValueError("a fault")
                case "takes_memory.txt":
                    bytearray(2 << 30)
    return reports
