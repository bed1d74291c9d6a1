"""One cell a line behind a tab, an empty line between rows: what saving a word processor's table as text gives."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from dagster_project.report_parser.form import FormVersion

from . import parts

_BREAKS = {"商业企业": "商业\n企业", "科研机构": "科研\n机构"}
_NARROW_RESULTS = {"结果纠正": "结果\n纠正", "其他结果": "其他\n结果", "尚未审结": "尚未\n审结"}


def render(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """Values stand with the spaces that centred them; an empty cell is a line with nothing behind its tab, in blank cells as
    in the cells that a merged one covers."""
    indents = ("", " ", "　") if rng.random() < 0.4 else ("",)
    spaced = {name: text and rng.choice(indents) + text for name, text in texts.items()}
    narrow = rng.random() < 0.5
    return parts.Tables(
        _disclosure(version, spaced),
        _application(version, spaced, _BREAKS if narrow else {}),
        _dispute(spaced, _NARROW_RESULTS if narrow else {}),
    )


def _lines(rows: Iterable[Iterable[str]]) -> list[str]:
    lines = []
    for row in rows:
        lines += [f"\t{cell}" for cell in row]
        lines.append("")
    return lines


def _disclosure(version: FormVersion, texts: parts.Texts) -> list[str]:
    rows: list[list[str]] = []
    for block in parts.disclosure_blocks(version):
        rows.append([block.article])
        rows.append(["信息内容", *block.columns])
        rows += [[label, *(texts[cell] for cell in cells)] for label, cells in block.rows]
    return _lines(rows)


def _application(version: FormVersion, texts: parts.Texts, breaks: dict[str, str]) -> list[str]:
    organisations = [breaks.get(name, name) for name in parts.ORGANISATIONS]
    rows: list[list[str]] = [
        [parts.BALANCE_NOTE, parts.APPLICANT_HEADING],
        ["", parts.NATURAL_PERSON, parts.LEGAL_PERSONS, parts.TOTAL_HEADING],
        ["", "", *organisations, ""],
    ]
    for line in parts.application_lines(version):
        labels = [line.section or "", line.group or "", line.label or ""][: line.depth + 1]
        rows.append(labels + [texts[cell] for cell in line.cells])
    return _lines(rows)


def _dispute(texts: parts.Texts, breaks: dict[str, str]) -> list[str]:
    results = [breaks.get(name, name) for name in parts.RESULTS]
    return _lines(
        [
            [parts.RECONSIDERATION, parts.LITIGATION],
            [*results, parts.DIRECT, parts.AFTER_RECONSIDERATION],
            ["", "", "", "", "", *results, *results],
            [texts[cell] for cell in parts.dispute_cells()],
        ]
    )
