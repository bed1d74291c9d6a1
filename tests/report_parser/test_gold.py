"""The gold corpus and a generated one against what a human reads from them: the floors of the published accuracy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal

import pytest

from benchmarks.accuracy import GENERATED, GOLD, PAGE, generated_scores, gold_scores, page, total
from benchmarks.scoring import GOLD_SUFFIX, Score, Scores

CORPORA = ("gold", "generated")
_MIN_CELLS_RIGHT = Decimal("99.5")
_MIN_CELLS_RIGHT_IN_PDF = Decimal("98")
_MIN_TOLD_RIGHT = {"year": Decimal("99.5"), "form": Decimal("99.5"), "organ": Decimal("99"), "place": Decimal("98")}
_SHOWN = 20
"""Faults named in a message."""


@pytest.fixture(scope="module")
def corpora() -> Mapping[str, Scores]:
    return {"gold": gold_scores(), "generated": generated_scores(GENERATED)}


def _faults(score: Score, *marks: str) -> str:
    named = [fault for fault in score.faults if not marks or any(mark in fault for mark in marks)]
    more = f"\n… and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return "\n".join(named[:_SHOWN]) + more


@pytest.mark.parametrize("corpus", CORPORA)
def test_no_figure_is_wrong_or_invented(corpora: Mapping[str, Scores], corpus: str) -> None:
    score = total(corpora[corpus])
    assert (score.wrong, score.invented) == (0, 0), _faults(score, ": wrong,", ": invented,")


@pytest.mark.parametrize("corpus", CORPORA)
def test_nearly_every_cell_is_read_in_every_format(corpora: Mapping[str, Scores], corpus: str) -> None:
    by_format: dict[str, Score] = {}
    for truth, score in corpora[corpus]:
        by_format.setdefault(truth.format, Score()).merge(score)
    below = {
        name: f"{score.right} of {score.read}\n{_faults(score, ': abstained,', ': misnamed,', ': wrong,')}"
        for name, score in by_format.items()
        if 100 * score.right < (_MIN_CELLS_RIGHT_IN_PDF if name == "pdf" else _MIN_CELLS_RIGHT) * score.read
    }
    assert not below, "\n".join(f"{name}: {told}" for name, told in below.items())


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("field", _MIN_TOLD_RIGHT)
def test_who_where_and_when_is_right(corpora: Mapping[str, Scores], corpus: str, field: str) -> None:
    score = total(corpora[corpus])
    assert 100 * score.told_right[field] >= _MIN_TOLD_RIGHT[field] * score.told[field], _faults(score, f" {field}: ")


def test_document_without_figures_is_rejected_for_its_reason(corpora: Mapping[str, Scores]) -> None:
    score = total(corpora["gold"])
    assert score.told_right["reason"] == score.told["reason"], _faults(score, " reason: ")


@pytest.mark.parametrize("corpus", CORPORA)
def test_no_claim_is_invented(corpora: Mapping[str, Scores], corpus: str) -> None:
    score = total(corpora[corpus])
    assert score.claims_invented == 0, _faults(score, ": claim invented")


def test_published_accuracy_is_current(corpora: Mapping[str, Scores]) -> None:
    current = page(corpora["gold"], corpora["generated"])
    assert PAGE.read_text(encoding="utf-8") == current, "the parser reads differently now: run `make accuracy`"


def test_every_gold_document_is_scored(corpora: Mapping[str, Scores]) -> None:
    files = (path for path in GOLD.rglob("*.*") if not path.name.endswith((GOLD_SUFFIX, ".meta.json")))
    assert {path.relative_to(GOLD).as_posix() for path in files} == {truth.document for truth, _ in corpora["gold"]}


def test_library_stands_alone() -> None:
    heavy = ("dagster", "duckdb", "pandas", "dash", "pyarrow", "dbt", "lxml", "docx", "pdfplumber", "python_calamine")
    code = (
        f"import sys; import dagster_project.report_parser;print([name for name in {heavy!r} if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
