"""dbt as a process of its own that is there when it is wanted.

dbt takes seconds to load, and seconds to read its project, before it looks at any data. A process that has done both waits for its orders on
standard input, and a build starts one ahead of each of its two dbt steps, on the core that is idle then. If the build dies, its standard
input ends and so does the process.

`python -m dagster_project.dbt_process` is that process: it reads one line, the arguments as a JSON list.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

_USAGE = 2
"""dbt's exit code where it could not do what it was told; 1 where it did and something failed."""
_waiting: list[tuple[dict[str, str], subprocess.Popen[bytes]]] = []


def load_ahead(environment: Mapping[str, str]) -> None:
    """Have a dbt ready for the next `start` with these variables beside those of this process. Costs nothing where one is waiting."""
    wanted = dict(environment)
    if [variables for variables, _ in _waiting] == [wanted]:
        return
    while _waiting:
        # Of a build that never came to it.
        _waiting.pop()[1].communicate()
    process = subprocess.Popen(
        [sys.executable, "-m", "dagster_project.dbt_process"],
        env={**os.environ, **wanted},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    _waiting.append((wanted, process))


def start(arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """dbt at work with these arguments and, beside those of this process, these variables."""
    load_ahead(environment)
    _, process = _waiting.pop()
    assert process.stdin is not None
    process.stdin.write(json.dumps(list(arguments)).encode() + b"\n")
    process.stdin.close()
    return process


def _main() -> int:
    # What is loaded here stays: to look through it for garbage, now and once more at the end, takes a second.
    gc.disable()
    from dbt.cli.main import dbtRunner

    # A project that does not parse is told of by the run itself, which then parses it again.
    parsed = dbtRunner().invoke(["--quiet", "parse", "--no-write-json"])
    gc.freeze()
    gc.enable()
    if not (line := sys.stdin.readline()):
        return 0
    done = dbtRunner(manifest=parsed.result if parsed.success else None).invoke(json.loads(line))
    gc.freeze()
    if done.exception:
        print(done.exception, flush=True)
        return _USAGE
    return 0 if done.success else 1


if __name__ == "__main__":
    sys.exit(_main())
