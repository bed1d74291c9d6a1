"""Reading the three statutory tables of a report, and which version of the form they are.

The version is told by the labels, table by table; a report whose tables disagree is "mixed". What does not belong here: where the
tables stand (`locate.py`), how they are read (`plan.py`), and their cells (`cells.py`).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from .cells import Block, absent, cells_of, fill
from .document import Document
from .form import FORMS, FormVersion
from .locate import Span, find_tables
from .memo import Memo
from .model import Cells, Finding
from .plan import Grid
from .skeleton import FIGURE_MARK, Skeleton

_DISCLOSURE_2019 = re.compile(r"本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|采购项目数量")
_DISCLOSURE_2021 = re.compile(r"本年制发件数|本年废止件数|现行有效件|本年处理决定数量")
_APPLICATION_2019 = re.compile(r"\(六\)其他处理")
_APPLICATION_2021 = re.compile(r"逾期不补正|逾期未按收费通知")
_CODES = ("disclosure", "application", "dispute")


class Tables(NamedTuple):
    """`cells` lists every cell of the detected form in printed order; `places` says where the tables stand in the text."""

    form: FormVersion | Literal["mixed"] | None
    cells: Cells
    findings: tuple[Finding, ...]
    places: tuple[Span, ...]


def read_tables(document: Document) -> Tables:
    """The cells of the statutory tables in `document`, which holds one report."""
    places = find_tables(document)
    spans = (places.disclosure, places.application, places.dispute)
    found = [span for span in spans if span]
    firsts = iter(document.lines_at([span.start for span in found]))
    blocks = [_block(document, span, next(firsts)) if span else None for span in spans]
    disclosure = _disclosure_versions[blocks[0].skeleton.text] if blocks[0] else None
    application = _application_versions[blocks[1].skeleton.text] if blocks[1] else None
    version = disclosure or application
    if not version:
        return Tables(None, Cells(), (), ())
    versions: tuple[FormVersion, ...] = (disclosure or version, application or version, "2021")
    filled = []
    for code, printed_in, block in zip(_CODES, versions, blocks, strict=True):
        table = FORMS[printed_in].by_code[code]
        filled.append(fill(table, block) if block else absent(table))
    form = version if versions[0] == versions[1] else "mixed"
    findings = tuple([finding for table in filled for finding in table.findings])
    return Tables(form, cells_of(filled), findings, tuple(found))


def _block(document: Document, span: Span, first: int) -> Block:
    grid: Grid = ()
    if document.grid:
        last = document.line_at(max(span.start, span.end - 1))
        rows = [(line, document.grid[line]) for line in range(first, last + 1) if line in document.grid]
        grid = tuple((line - first, tuple((cell.column, cell.span) for cell in cells)) for line, cells in rows)
    skeleton = Skeleton.of(document.folded[span.start : span.end], document.text[span.start : span.end])
    is_cut = span.end == len(document.text) and not document.text.endswith("\n")
    return Block(skeleton, grid, first, is_cut, document.is_plain)


def _squeezed(skeleton: str) -> str:
    """The labels of a skeleton, however they are wrapped."""
    return "".join(skeleton.replace("|", " ").replace(FIGURE_MARK, " ").split())


def _disclosure_version(skeleton: str) -> FormVersion | None:
    """The version that most headings of table 2 belong to."""
    text = _squeezed(skeleton)
    old, new = len(_DISCLOSURE_2019.findall(text)), len(_DISCLOSURE_2021.findall(text))
    if old == new == 0:
        return None
    return "2021" if new >= old else "2019"


def _application_version(skeleton: str) -> FormVersion | None:
    """（六）其他处理 is a row of its own in 2019; in 2021 it heads three rows, whose labels tell."""
    text = _squeezed(skeleton)
    if _APPLICATION_2021.search(text):
        return "2021"
    return "2019" if _APPLICATION_2019.search(text) else None


_disclosure_versions = Memo(_disclosure_version, most=1024, longest=20_000)
_application_versions = Memo(_application_version, most=1024, longest=20_000)
