"""The printed parts of the three tables, before any layout: which labels open a block and which cells a line holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from dagster_project.report_parser.form import (
    APPLICANTS,
    DISPUTE_RESULTS,
    DISPUTE_TRACKS,
    FORMS,
    OUTCOME_GROUPS,
    TOTAL,
    CellName,
    FormVersion,
)

Texts = Mapping[CellName, str]
"""The printed text of every cell."""

BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANT_HEADING = "申请人情况"
LEGAL_PERSONS = "法人或其他组织"
NATURAL_PERSON = APPLICANTS[0].zh
ORGANISATIONS = tuple(column.zh for column in APPLICANTS[1:])
TOTAL_HEADING = TOTAL.zh
RESULTS = (*(column.zh for column in DISPUTE_RESULTS), TOTAL.zh)
RECONSIDERATION, DIRECT, AFTER_RECONSIDERATION = (track.zh for track in DISPUTE_TRACKS)
LITIGATION = "行政诉讼"
_OUTCOME_SECTION = "三、本年度办理结果"


@dataclass(frozen=True)
class Tables:
    """The lines of the three tables, ready to be put under their headings."""

    disclosure: list[str]
    application: list[str]
    dispute: list[str]


@dataclass(frozen=True)
class DisclosureBlock:
    """The rows of table 2 under one item of 第二十条. `columns` are headings, `rows` labels with their cells."""

    article: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[CellName, ...]], ...]


@dataclass(frozen=True)
class ApplicationLine:
    """One row of table 3. A label is None where no label stands or where the merged cell above goes on.

    `section` is the first label column (一、 to 四、), `group` the second (（一） to （七）), `label` the third (1. 2. …).
    """

    section: str | None
    group: str | None
    label: str | None
    cells: tuple[CellName, ...]

    @property
    def depth(self) -> int:
        """The label column in which the line's own label stands: 0, 1 or 2."""
        return 2 if self.label else 1 if self.group else 0


@cache
def disclosure_blocks(version: FormVersion) -> tuple[DisclosureBlock, ...]:
    table = FORMS[version].by_code["disclosure"]
    blocks = []
    for article, rows in groupby(table.rows, key=lambda row: row.article or ""):
        group = tuple(rows)
        columns = tuple(
            f"{column.zh}（单位：万元）" if column.unit == "万元" else column.zh for column in group[0].columns
        )
        cells = tuple((row.zh, tuple((table.code, row.code, column.code) for column in row.columns)) for row in group)
        blocks.append(DisclosureBlock(article, columns, cells))
    return tuple(blocks)


@cache
def application_lines(version: FormVersion) -> tuple[ApplicationLine, ...]:
    table = FORMS[version].by_code["application"]
    groups = {group.code: group.zh for group in OUTCOME_GROUPS}
    lines: list[ApplicationLine] = []
    section_open = False
    open_group = None
    for row in table.rows:
        cells = tuple((table.code, row.code, column.code) for column in row.columns)
        if row.group is None and row.code != "processed_total":
            lines.append(ApplicationLine(row.zh, None, None, cells))
            continue
        section = None if section_open else _OUTCOME_SECTION
        section_open = True
        # A group of one row is its own label: （一）予以公开 has no 1. below it.
        if row.group is None or row.group == row.code:
            lines.append(ApplicationLine(section, row.zh, None, cells))
        else:
            lines.append(
                ApplicationLine(section, None if row.group == open_group else groups[row.group], row.zh, cells)
            )
        open_group = row.group
    return tuple(lines)


@cache
def dispute_cells() -> tuple[CellName, ...]:
    """The fifteen cells of table 4, which is printed as one row."""
    table = FORMS["2021"].by_code["dispute"]
    return tuple((table.code, row.code, column.code) for row in table.rows for column in row.columns)
