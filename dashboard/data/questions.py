"""The saved questions of the workbench: one file each in dashboard/questions, in the order of their numbers.

A file begins with four comments, `-- title_zh: …`, `title_en`, `about_zh` and `about_en`; the rest is its SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "questions"
_COMMENT = re.compile(r"^-- (title_zh|title_en|about_zh|about_en): (.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """`about` says in a line what the answer holds."""

    name: str
    title_zh: str
    title_en: str
    about_zh: str
    about_en: str
    sql: str


@cache
def questions() -> tuple[Question, ...]:
    """All of them. A file without its four comments is a TypeError."""
    return tuple(_read(file) for file in sorted(FOLDER.glob("*.sql")))


def _read(file: Path) -> Question:
    text = file.read_text(encoding="utf-8")
    return Question(name=file.stem, **dict(_COMMENT.findall(text)), sql=_COMMENT.sub("", text).strip())
