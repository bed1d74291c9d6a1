"""One notice: from a report in a release to a file with a safe name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

import duckdb

from .letter import Terms, addressee, write_letter
from .matter import Matter, read_matters
from .pdf import print_pdf
from .word import print_word

Format = Literal["docx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
_LONGEST_NAME = 60
"""Characters of an organ's name in a file name: 255 bytes are all that a file system takes."""


class NothingToCorrectError(Exception):
    """There is no notice to write; the message says why, for the user."""


@dataclass(frozen=True)
class Issued:
    """A file that is ready to be sent: one notice, or a zip of several, and what each is about. `file_name` holds letters, digits and - only,
    besides its ending."""

    file_name: str
    content: bytes
    matters: tuple[Matter, ...]


def notice(
    connection: duckdb.DuckDBPyConnection,
    report_key: str,
    terms: Terms,
    form: Format,
    dismissed: Collection[str] = (),
) -> Issued:
    """The notice on this report. `dismissed` are the fingerprints of findings that people have dismissed: they are left out.

    Raises:
        NothingToCorrectError: when the release has no such report, or it is outdated, or nothing in it is to be corrected.
    """
    matters = read_matters(connection, [report_key], dismissed)
    if not matters:
        raise NothingToCorrectError(f"已发布的版本里没有报告 {report_key}；请在看板的报告页或 dim_report 中核对编号。")
    if not matters[0].is_current:
        raise NothingToCorrectError(f"报告 {report_key} 已有更新的版本，请就现行版本通知整改；各版本见看板的报告页。")
    if not matters[0].errors:
        raise NothingToCorrectError(
            f"{matters[0].organ_name}{matters[0].year}年的报告没有不成立的硬性规则，无需通知整改。"
        )
    return print_notice(matters[0], terms, form)


def print_notice(matter: Matter, terms: Terms, form: Format) -> Issued:
    letter = write_letter(matter, terms)
    title = f"{addressee(matter)}{matter.year}年政府信息公开工作年度报告整改通知书"
    content = print_word(letter, title) if form == "docx" else print_pdf(letter, title)
    return Issued(f"整改通知书-{safe_name(addressee(matter))}-{matter.year}.{form}", content, (matter,))


def safe_name(name: str) -> str:
    """`name` as a part of a file name: no way to another folder, no sign that a shell or a spreadsheet takes for its own."""
    return "".join(char if char.isalnum() else "-" for char in name)[:_LONGEST_NAME].strip("-")


def current_report(connection: duckdb.DuckDBPyConnection, organ_key: str, year: int) -> str:
    """Key of the organ's current report on the year.

    Raises:
        NothingToCorrectError: when there is none.
    """
    found = connection.execute(
        "select report_key from dim_report where organ_key = ? and year = ? and is_current", [organ_key, year]
    ).fetchone()
    if found is None:
        raise NothingToCorrectError(f"已发布的版本里没有机关 {organ_key} 在 {year} 年的报告；机关编号见 dim_organ。")
    return str(found[0])
