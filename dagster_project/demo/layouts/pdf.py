"""Spaces between values, long labels wrapped in their narrow columns, an empty line after each: text drawn from a PDF."""

from __future__ import annotations

from random import Random

from dagster_project.report_parser.form import FormVersion

from . import parts
from .wrap import wrap


def render(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """Never with blanks: an empty cell leaves no trace in such text."""
    assert not has_blanks
    width = rng.choice((22, 28, 34))
    values_apart = rng.random() < 0.5
    return parts.Tables(
        _spaced(_disclosure(version, texts)),
        _spaced(_application(version, texts, width, values_apart)),
        _spaced(_dispute(texts)),
    )


def _spaced(lines: list[str]) -> list[str]:
    return [spaced for line in lines for spaced in (line, "")]


def _disclosure(version: FormVersion, texts: parts.Texts) -> list[str]:
    lines = []
    for block in parts.disclosure_blocks(version):
        lines.append(block.article)
        lines.append(" ".join(["信息内容", *block.columns]))
        lines += [" ".join([label, *(texts[cell] for cell in cells)]) for label, cells in block.rows]
    return lines


def _application(version: FormVersion, texts: parts.Texts, width: int, values_apart: bool) -> list[str]:
    """`values_apart`: the values of a wrapped label stand on a line of their own, else behind its last part."""
    first, second, third, fourth, last = parts.ORGANISATIONS
    lines = [
        parts.BALANCE_NOTE,
        parts.APPLICANT_HEADING,
        parts.NATURAL_PERSON,
        parts.LEGAL_PERSONS,
        parts.TOTAL_HEADING,
        f"{first} {second}\n{third[:4]}\n\n{third[4:]}\n\n{fourth[:4]}\n\n{fourth[4:]}\n{last}",
    ]
    for line in parts.application_lines(version):
        merged = [line.section, line.group][: line.depth]
        for label in merged:
            if label:
                lines += wrap(label, 7 if label is line.section else 5)
        own = (line.section, line.group, line.label)[line.depth] or ""
        values = " ".join(texts[cell] for cell in line.cells)
        *head, tail = wrap(own, width)
        lines += head
        lines.append(f"{tail}\n{values}" if head and values_apart else f"{tail} {values}")
    return lines


def _dispute(texts: parts.Texts) -> list[str]:
    return [
        f"{parts.RECONSIDERATION} {parts.LITIGATION}",
        " ".join(parts.RESULTS),
        f"{parts.DIRECT} {parts.AFTER_RECONSIDERATION}",
        " ".join(parts.RESULTS * 2),
        " ".join(texts[cell] for cell in parts.dispute_cells()),
    ]
