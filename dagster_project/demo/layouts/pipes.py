"""Pipes between cells, a rule below the heading: the tables of a page converted to markdown."""

from __future__ import annotations

from random import Random

from dagster_project.report_parser.form import FormVersion

from . import parts


def render(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """Every row is complete, so a blank cell needs no care; a merged cell's label stands once, or in every row it covers."""
    repeats = rng.random() < 0.3
    return parts.Tables(_disclosure(version, texts), _application(version, texts, repeats), _dispute(texts))


def _table(rows: list[list[str]]) -> list[str]:
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join(["---"] * width) + " |")
    return lines


def _disclosure(version: FormVersion, texts: parts.Texts) -> list[str]:
    rows: list[list[str]] = []
    for block in parts.disclosure_blocks(version):
        rows.append([block.article])
        rows.append(["信息内容", *block.columns])
        rows += [[label, *(texts[cell] for cell in cells)] for label, cells in block.rows]
    return _table(rows)


def _application(version: FormVersion, texts: parts.Texts, repeats: bool) -> list[str]:
    rows = [
        [parts.BALANCE_NOTE, "", "", parts.APPLICANT_HEADING],
        ["", "", "", parts.NATURAL_PERSON, parts.LEGAL_PERSONS, "", "", "", "", parts.TOTAL_HEADING],
        ["", "", "", "", *parts.ORGANISATIONS, ""],
    ]
    above = ["", ""]
    for line in parts.application_lines(version):
        merged = [line.section or "", line.group or ""]
        if repeats and line.depth:
            merged = [merged[0] or above[0], merged[1] or above[1]]
        above = merged
        rows.append([*merged, line.label or "", *(texts[cell] for cell in line.cells)])
    return _table(rows)


def _dispute(texts: parts.Texts) -> list[str]:
    return _table(
        [
            [parts.RECONSIDERATION, "", "", "", "", parts.LITIGATION],
            [*parts.RESULTS, parts.DIRECT, "", "", "", "", parts.AFTER_RECONSIDERATION],
            ["", "", "", "", "", *parts.RESULTS, *parts.RESULTS],
            [texts[cell] for cell in parts.dispute_cells()],
        ]
    )
