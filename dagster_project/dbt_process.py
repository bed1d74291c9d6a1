"""dbt as a process of its own that is there when it is wanted.

dbt takes seconds to load before it looks at anything. A process that has loaded it waits for its orders on standard input, and a build starts
one ahead of each of its two dbt steps, on the core that is idle then. If the build dies, its standard input ends and so does the process.

`python -m dagster_project.dbt_process` is that process: it reads one line, `{"arguments": [...], "environment": {...}}`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

_waiting: list[subprocess.Popen[bytes]] = []


def load_ahead() -> None:
    """Have a dbt ready for the next `start`. Costs nothing where one is waiting."""
    if not _waiting:
        _waiting.append(
            subprocess.Popen(
                [sys.executable, "-m", "dagster_project.dbt_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        )


def start(arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """dbt at work with these arguments and, beside those of this process, these variables."""
    load_ahead()
    process = _waiting.pop()
    assert process.stdin is not None
    orders = {"arguments": list(arguments), "environment": dict(environment)}
    process.stdin.write(json.dumps(orders).encode() + b"\n")
    process.stdin.close()
    return process


def _main() -> None:
    from dbt.cli.main import cli

    if line := sys.stdin.readline():
        orders = json.loads(line)
        os.environ.update(orders["environment"])
        cli.main(orders["arguments"], prog_name="dbt")


if __name__ == "__main__":
    _main()
