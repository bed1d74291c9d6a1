"""Tabs again, but some are lost and some doubled, pages break inside the tables, and values may slip to the next line.

A row's values always stand together and complete, so that no value's column is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from dagster_project.report_parser.form import FormVersion

from . import parts


def render(version: FormVersion, texts: parts.Texts, rng: Random, has_blanks: bool) -> parts.Tables:
    """Never with blanks: no position here could tell which cell is empty."""
    assert not has_blanks
    page = rng.randint(2, 4)
    return parts.Tables(
        list(_disclosure(version, texts, rng, page)),
        list(_application(version, texts, rng, page + 1)),
        list(_dispute(texts, rng)),
    )


def _page_break(rng: Random, page: int) -> list[str]:
    return [""] if rng.random() < 0.5 else ["", f"第 {page} 页", ""]


def _disclosure(version: FormVersion, texts: parts.Texts, rng: Random, page: int) -> Iterator[str]:
    blocks = parts.disclosure_blocks(version)
    break_in = rng.randrange(len(blocks))
    for index, block in enumerate(blocks):
        # The table's right edge frays after the page break: the trailing empty cells are lost.
        width = 4 if index <= break_in else 0
        yield _padded([block.article], width)
        yield _padded(["信息内容", *block.columns], width)
        if index == break_in:
            yield from _page_break(rng, page)
        for label, cells in block.rows:
            yield _padded([label, *(texts[cell] for cell in cells)], width)


def _padded(cells: list[str], width: int) -> str:
    return "\t".join(cells + [""] * (width - len(cells)))


def _application(version: FormVersion, texts: parts.Texts, rng: Random, page: int) -> Iterator[str]:
    heading = [
        f"\t\t{parts.NATURAL_PERSON}\t{parts.LEGAL_PERSONS}\t\t\t\t\t{parts.TOTAL_HEADING}\t",
        "\t\t\t" + "\t".join(parts.ORGANISATIONS) + "\t\t",
    ]
    yield f"{parts.BALANCE_NOTE}\t\t{parts.APPLICANT_HEADING}\t\t\t\t\t\t"
    yield from heading
    lines = parts.application_lines(version)
    break_before = rng.randrange(6, len(lines) - 2)
    repeats_heading = rng.random() < 0.4
    slips = set(rng.sample(range(len(lines)), 2)) if rng.random() < 0.6 else set()
    for index, line in enumerate(lines):
        if index == break_before:
            yield from _page_break(rng, page)
            if repeats_heading:
                yield from heading
        values = "\t".join(texts[cell] for cell in line.cells)
        if index in slips:
            yield f"{_labels(line, rng)}\t\t\t\t\t\t\t"
            yield f"\t{values}"
        else:
            yield f"{_labels(line, rng)}{rng.choices(_GAPS, (8, 3, 1))[0]}{values}{rng.choices(_ENDS, (3, 1))[0]}"


_GAPS = ("\t", "\t\t", "\t\t\t")
_ENDS = ("", "\t")


def _labels(line: parts.ApplicationLine, rng: Random) -> str:
    """The labels of a line with the tabs before them as they should be, or one short."""
    if line.depth == 0 and rng.random() < 0.3:
        number, text = str(line.section).split("、", 1)
        return f"{number}、\t{text}"
    labels = [line.section or "", line.group or "", line.label or ""][: line.depth + 1]
    if not labels[0] and rng.random() < 0.35:
        labels = labels[1:]
    return "\t".join(labels)


def _dispute(texts: parts.Texts, rng: Random) -> Iterator[str]:
    yield f"{parts.RECONSIDERATION}\t\t\t\t\t{parts.LITIGATION}" + "\t" * 9
    yield "\t".join((*parts.RESULTS, parts.DIRECT)) + "\t" * 5 + parts.AFTER_RECONSIDERATION + "\t" * 4
    yield "\t" * 5 + "\t".join((*parts.RESULTS, *parts.RESULTS))
    if rng.random() < 0.3:
        yield ""
    yield rng.choice(("", "\t")) + "\t".join(texts[cell] for cell in parts.dispute_cells())
