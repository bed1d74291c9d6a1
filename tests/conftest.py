"""What all tests share: builds by the real command line, on a sample corpus."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Gongkai = Callable[..., subprocess.CompletedProcess[str]]
_SAMPLE_REPORTS = 600


@pytest.fixture(scope="session")
def gongkai() -> Gongkai:
    """Runs the command line as a user does: `gongkai("build", "--inbox", folder)`. A non-zero exit fails unless `check=False`."""
    executable = Path(sys.executable).parent / "gongkai"

    def run(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        outcome = subprocess.run([executable, *arguments], capture_output=True, text=True, check=False)
        assert outcome.returncode == 0 or not check, outcome.stdout + outcome.stderr
        return outcome

    return run


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, gongkai: Gongkai) -> Path:
    """An inbox of samples with its gold file, and a warehouse with a release of it: made once, by the first test process that asks."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "sample"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "warehouse" / "current.duckdb").exists():
            gongkai("demo", folder / "inbox", "--reports", str(_SAMPLE_REPORTS), "--seed", "7")
            gongkai("build", "--inbox", folder / "inbox", "--warehouse", folder / "warehouse")
    return folder


@pytest.fixture(scope="session")
def sample_corpus(sample: Path) -> Path:
    """A sample inbox with its gold file, to be read only."""
    return sample / "inbox"


@pytest.fixture(scope="session")
def warehouse(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with a release of the sample corpus, published by the real pipeline. Tests that publish use a copy."""
    folder = tmp_path_factory.mktemp("sample") / "warehouse"
    return Path(shutil.copytree(sample / "warehouse", folder, symlinks=True))
