"""The sample corpus against its gold file, and the library by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dagster_project.report_parser import parse

_MIN_SHARE_RIGHT = 0.999
_IDENTITY = ("organ", "year", "form", "region", "signed_on")

Pair = tuple[dict[str, Any], dict[str, Any]]


@pytest.fixture(scope="module")
def pairs(sample_corpus: Path) -> list[Pair]:
    """For each document what its gold line says and what the parser reads."""
    lines = (sample_corpus / "_gold.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [json.loads(line) for line in lines]
    return [(gold, parse((sample_corpus / gold["source"]).read_bytes(), gold["source"]).as_dict()) for gold in golds]


def _cells(report: dict[str, Any]) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(cell["table"], cell["row"], cell["column"]): cell for cell in report["cells"]}


def test_identity_is_right(pairs: list[Pair]) -> None:
    differing = [
        (gold["source"], key, gold[key], report[key])
        for gold, report in pairs
        for key in _IDENTITY
        if gold[key] != report[key]
    ]
    assert differing == []


def test_no_figure_is_wrong_or_invented(pairs: list[Pair]) -> None:
    wrong = []
    for gold, report in pairs:
        true = _cells(gold)
        wrong += [
            (gold["source"], name, cell["value"])
            for name, cell in _cells(report).items()
            if cell["state"] == "number" and (true[name]["state"], true[name]["value"]) != ("number", cell["value"])
        ]
    assert wrong == []


def test_nearly_every_cell_is_read(pairs: list[Pair]) -> None:
    missed, count = [], 0
    for gold, report in pairs:
        read = _cells(report)
        for name, cell in _cells(gold).items():
            count += 1
            if (read[name]["state"], read[name]["value"]) != (cell["state"], cell["value"]):
                missed.append((gold["source"], gold["layout"], name))
    assert 1 - len(missed) / count >= _MIN_SHARE_RIGHT, missed[:20]


def test_library_stands_alone() -> None:
    code = (
        "import sys; import dagster_project.report_parser;"
        "print([name for name in ('dagster', 'duckdb', 'pandas', 'dash', 'pyarrow', 'dbt') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
