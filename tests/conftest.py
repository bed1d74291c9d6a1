"""What all tests share: builds by the real command line, on a sample corpus."""

from __future__ import annotations

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
def sample_corpus(tmp_path_factory: pytest.TempPathFactory, gongkai: Gongkai) -> Path:
    """A sample inbox with its gold file."""
    folder = tmp_path_factory.mktemp("sample") / "inbox"
    gongkai("demo", folder, "--reports", str(_SAMPLE_REPORTS), "--seed", "7")
    return folder


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory, gongkai: Gongkai, sample_corpus: Path) -> Path:
    """A warehouse with a release of the sample corpus, published by the real pipeline. Tests that publish use a copy."""
    folder = tmp_path_factory.mktemp("warehouse")
    gongkai("build", "--inbox", sample_corpus, "--warehouse", folder)
    return folder
