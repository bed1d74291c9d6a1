"""The saved questions are answered, as the workbench asks them, on a release of the real pipeline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.address import Address
from dashboard.data.questions import FOLDER, Question, questions
from dashboard.data.sandbox import run_sql
from dashboard.pages.workbench import LONGEST_LINK

_COUNTS = re.compile(
    r"^(reports|organs|\w*cells|.*_reports|broken_places|stated|equal|different|due|filed|late|missing|names|days_late)$"
)
_SHARES = re.compile(r"^(share|disclosure|not_held|corrected|filing)_percent$")


def test_there_are_twenty_five() -> None:
    assert [question.name[:2] for question in questions()] == [f"{number:02}" for number in range(1, 26)]
    assert len(list(FOLDER.iterdir())) == 25


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_question_has_a_sensible_answer(question: Question, warehouse: Path) -> None:
    answer = run_sql((warehouse / "current.duckdb").resolve(), question.sql)
    rows = answer.table.to_pylist()
    assert rows
    assert not answer.is_cut
    assert len(answer.table.column_names) >= 2
    # The first column says what the row is about.
    assert all(row[answer.table.column_names[0]] is not None for row in rows)
    for row in rows:
        for name, value in row.items():
            if _COUNTS.match(name) and value is not None:
                assert value >= 0, (name, row)
                assert value == int(value)
            if _SHARES.match(name) and value is not None:
                assert 0 <= value <= 100, (name, row)
            if name == "year":
                assert 2019 <= value <= 2025


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_question_is_told_in_both_languages_and_fits_in_a_link(question: Question) -> None:
    assert re.search(r"[一-鿿]", question.title_zh)
    assert re.search(r"[一-鿿]", question.about_zh)
    assert question.title_en.isascii()
    assert question.about_en.isascii()
    assert question.title_zh.endswith("？")
    assert question.title_en.endswith("?")
    link = Address("/sql", sql=question.sql)
    assert len(link.href) < LONGEST_LINK
    assert Address.parse(link.path, link.search).sql == question.sql
