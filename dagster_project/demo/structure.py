"""Putting a report together as a `PrintedDocument`: its lines in order, and the three tables with their merged cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from dagster_project.report_parser.form import SECTIONS, FormVersion

from .blocks import Block, PrintedDocument, PrintedTable, TableCell, Text
from .layouts import parts

NUMERALS = "一二三四五六"

_OUTCOME_LABELS = 3
"""The label columns of table 3."""


def document_of(
    title: Sequence[str],
    sections: Mapping[str, Sequence[str]],
    version: FormVersion,
    texts: parts.Texts,
    *,
    opening: Iterable[str] = (),
    closing: Iterable[str] = (),
    notice: str | None = None,
    left_out: Collection[str] = (),
) -> PrintedDocument:
    """A report in the form of `version`.

    `sections` has the paragraphs by section code (those of `form.SECTIONS`; a section without any still has its heading and
    table), `texts` the printed text of every cell of the form, `title` its lines, `closing` the signature and the date. Sections (`section.other`) and tables (`dispute`) that are `left_out` are not there.
    """
    tables = statutory_tables(version, texts)
    blocks: list[Block] = [Text("title", line) for line in title]
    blocks += [Text("paragraph", line) for line in opening]
    for numeral, (code, heading) in zip(NUMERALS, SECTIONS, strict=True):
        if f"section.{code}" in left_out:
            continue
        blocks.append(Text("heading", f"{numeral}、{heading}"))
        blocks += [Text("paragraph", line) for line in sections.get(code, ())]
        if code in tables and code not in left_out:
            blocks.append(tables[code])
    blocks += [Text("closing", line) for line in closing]
    if notice is not None:
        blocks.append(Text("notice", notice))
    return PrintedDocument(tuple(blocks))


def statutory_tables(version: FormVersion, texts: parts.Texts) -> dict[str, PrintedTable]:
    """The three tables by the code of their section."""
    return {
        "disclosure": _disclosure(version, texts),
        "application": _application(version, texts),
        "dispute": _dispute(texts),
    }


def _disclosure(version: FormVersion, texts: parts.Texts) -> PrintedTable:
    width = 4
    rows: list[tuple[TableCell, ...]] = []
    for block in parts.disclosure_blocks(version):
        # The last column reaches to the table's edge.
        last = width - len(block.columns)
        spans = (*[1] * (len(block.columns) - 1), last)
        rows.append((TableCell(block.article, columns=width),))
        rows.append(
            (
                TableCell("信息内容"),
                *(TableCell(text, 1, span) for text, span in zip(block.columns, spans, strict=True)),
            )
        )
        for label, cells in block.rows:
            values = (TableCell(texts[cell], 1, span, cell) for cell, span in zip(cells, spans, strict=True))
            rows.append((TableCell(label), *values))
    return PrintedTable("disclosure", tuple(rows))


def _application(version: FormVersion, texts: parts.Texts) -> PrintedTable:
    lines = parts.application_lines(version)
    rows: list[tuple[TableCell, ...]] = [
        (TableCell(parts.BALANCE_NOTE, 3, _OUTCOME_LABELS), TableCell(parts.APPLICANT_HEADING, 1, 7)),
        (
            TableCell(parts.NATURAL_PERSON, 2),
            TableCell(parts.LEGAL_PERSONS, 1, len(parts.ORGANISATIONS)),
            TableCell(parts.TOTAL_HEADING, 2),
        ),
        tuple(map(TableCell, parts.ORGANISATIONS)),
    ]
    for index, line in enumerate(lines):
        labels = []
        for depth, text in enumerate((line.section, line.group, line.label)[: line.depth + 1]):
            if text is not None:
                covered = _OUTCOME_LABELS - depth if depth == line.depth else 1
                labels.append(TableCell(text, _rows_below(lines, index, depth), covered))
        rows.append((*labels, *(TableCell(texts[cell], name=cell) for cell in line.cells)))
    return PrintedTable("application", tuple(rows), heading_rows=3)


def _rows_below(lines: Sequence[parts.ApplicationLine], index: int, depth: int) -> int:
    """How many rows the label at `depth` of line `index` covers: to the next label of that depth or of a higher one."""
    if depth == lines[index].depth:
        return 1
    count = 1
    for line in lines[index + 1 :]:
        if line.depth <= depth or (line.section, line.group)[depth] is not None:
            break
        count += 1
    return count


def _dispute(texts: parts.Texts) -> PrintedTable:
    results = tuple(map(TableCell, parts.RESULTS))
    return PrintedTable(
        "dispute",
        (
            (TableCell(parts.RECONSIDERATION, 1, 5), TableCell(parts.LITIGATION, 1, 10)),
            (
                *(TableCell(name, 2) for name in parts.RESULTS),
                TableCell(parts.DIRECT, 1, 5),
                TableCell(parts.AFTER_RECONSIDERATION, 1, 5),
            ),
            (*results, *results),
            tuple(TableCell(texts[cell], name=cell) for cell in parts.dispute_cells()),
        ),
        heading_rows=3,
    )
