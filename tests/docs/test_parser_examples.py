"""The examples of the parser's page and of its public functions run."""

from __future__ import annotations

import doctest
import sys
from pathlib import Path

import pytest

import dagster_project.report_parser
import dagster_project.report_parser.formats

_PAGE = Path(__file__).parents[2] / "docs" / "parser.md"
_PACKAGE = dagster_project.report_parser.__name__


def test_examples_of_the_page() -> None:
    outcome = doctest.testfile(str(_PAGE), module_relative=False)
    assert outcome.attempted
    assert not outcome.failed


@pytest.mark.parametrize("module", [f"{_PACKAGE}.parse", f"{_PACKAGE}.formats.dispatch"])
def test_examples_of_public_functions(module: str) -> None:
    # By sys.modules, for the package's name `parse` is the function.
    outcome = doctest.testmod(sys.modules[module])
    assert outcome.attempted
    assert not outcome.failed
