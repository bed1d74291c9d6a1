"""Tabs between cells, merged cells left blank: what copying a table from a web page gives."""

from __future__ import annotations

from random import Random

from dagster_project.report_parser.form import FormVersion

from . import parts


def render(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """Every row has as many cells as the table has columns. With blanks in the table the rows end at their last column; else
    some exports add an empty one, or fold the label columns of a line into one."""
    tail = 0 if has_blanks else rng.choice((0, 0, 1))
    folds = not has_blanks and rng.random() < 0.5
    return parts.Tables(_disclosure(version, texts), _application(version, texts, tail, folds), _dispute(texts))


def _row(cells: list[str], width: int) -> str:
    return "\t".join(cells + [""] * (width - len(cells)))


def _disclosure(version: FormVersion, texts: parts.Texts) -> list[str]:
    lines = []
    for block in parts.disclosure_blocks(version):
        lines.append(_row([block.article], 4))
        lines.append(_row(["信息内容", *block.columns], 4))
        lines += [_row([label, *(texts[cell] for cell in cells)], 4) for label, cells in block.rows]
    return lines


def _application(version: FormVersion, texts: parts.Texts, tail: int, folds: bool) -> list[str]:
    width = 10 + tail
    lines = [
        _row([parts.BALANCE_NOTE, "", "", parts.APPLICANT_HEADING], width),
        _row(["", "", "", parts.NATURAL_PERSON, parts.LEGAL_PERSONS, "", "", "", "", parts.TOTAL_HEADING], width),
        _row(["", "", "", "", *parts.ORGANISATIONS, ""], width),
    ]
    for line in parts.application_lines(version):
        labels = [line.section or "", line.group or "", line.label or ""]
        # Folded: the columns right of the line's own label are gone, and come back as empty cells at the end.
        labels = labels[: line.depth + 1] if folds else labels
        lines.append(_row(labels + [texts[cell] for cell in line.cells], width))
    return lines


def _dispute(texts: parts.Texts) -> list[str]:
    return [
        _row([parts.RECONSIDERATION, "", "", "", "", parts.LITIGATION], 15),
        _row([*parts.RESULTS, parts.DIRECT, "", "", "", "", parts.AFTER_RECONSIDERATION], 15),
        _row(["", "", "", "", "", *parts.RESULTS, *parts.RESULTS], 15),
        "\t".join(texts[cell] for cell in parts.dispute_cells()),
    ]
