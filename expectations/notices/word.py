"""A letter as a Word file by python-docx, with the margins, faces and sizes of official documents (GB/T 9704)."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.document import Document as WordFile
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .letter import Letter, Line, Role, Table

_TEXT_WIDTH = Mm(156)
_BODY = 16
"""3号, in points."""
_LEADING = Pt(28)
_SONG, _FANGSONG, _HEI, _KAI = "宋体", "仿宋", "黑体", "楷体"
"""Faces that Windows and WPS have; where one is missing, the program that opens the file takes another."""
_FACES: dict[Role, str] = {
    "mark": _HEI,
    "title": _SONG,
    "heading": _HEI,
    "subheading": _KAI,
    "attachment": _HEI,
    "attachment_title": _SONG,
}
_SIZES: dict[Role, int] = {"title": 22, "attachment_title": 22, "note": 12}
_BOLD = frozenset({"title", "attachment_title"})
_CENTRED = frozenset({"mark", "number", "title", "attachment_title"})
_INDENTED = frozenset({"paragraph", "heading", "subheading", "closing"})
_DATE_INDENT = 4 * _BODY
"""The date stands four characters from the right edge, the office centred above it."""


def print_word(letter: Letter, title: str) -> bytes:
    """The file; `title` is the one in its properties."""
    file = Document()
    file.core_properties.title, file.core_properties.author = title, ""
    _lay_out(file)
    signed = {part.role: part.text for part in letter if isinstance(part, Line)}
    for part in letter:
        if isinstance(part, Table):
            _add_table(file, part)
        else:
            _add_line(file, part, signed)
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


def _lay_out(file: WordFile) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    file.settings.odd_and_even_pages_header_footer = True
    # The number stands on the outer side, one character from the edge.
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        _page_number(paragraph)
    normal: Any = file.styles["Normal"]
    normal.paragraph_format.space_after = Pt(0)
    _dress(normal, _FANGSONG, _BODY)


def _page_number(paragraph: Paragraph) -> None:
    for kind, text in (("text", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("text", " —")):
        run = paragraph.add_run(text if kind == "text" else "")
        _dress(run, _SONG, 14)
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _dress(worded: Any, face: str, size: int) -> None:
    """Give a run or a style its face, Chinese characters included: the library sets the one for Latin only."""
    worded.font.size = Pt(size)
    worded.font.name = face
    fonts = worded.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
    # Quotation marks and dashes are Chinese here.
    fonts.set(qn("w:hint"), "eastAsia")


def _add_line(file: WordFile, line: Line, signed: dict[Role, str]) -> None:
    paragraph = file.add_paragraph()
    run = paragraph.add_run(line.text)
    size = _SIZES.get(line.role, _BODY)
    _dress(run, _FACES.get(line.role, _FANGSONG), size)
    run.bold = line.role in _BOLD
    style = paragraph.paragraph_format
    style.page_break_before = line.role == "attachment"
    style.line_spacing_rule, style.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(36) if size > _BODY else _LEADING
    if line.role in _CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if line.role == "attachment_title":
            style.space_after = Pt(14)
    elif line.role == "note":
        style.space_after, style.line_spacing = Pt(6), Pt(18)
    elif line.role == "addressee":
        style.space_before = _LEADING
    elif line.role in _INDENTED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        style.first_line_indent = Pt(2 * _BODY)
        style.keep_with_next = line.role != "paragraph"
    elif line.role in ("office", "date"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        style.right_indent = Pt(indents(signed["office"], signed["date"])[line.role])
        style.space_before = _LEADING if line.role == "office" else Pt(0)
        style.keep_with_next = line.role == "office"


def indents(office: str, day: str) -> dict[str, float]:
    """How far from the right edge the two end, so that the shorter is centred on the longer."""
    longer = width_of(office) - width_of(day)
    if longer <= 0:
        return {"date": _DATE_INDENT, "office": _DATE_INDENT - longer * _BODY / 2}
    return {"office": 2 * _BODY, "date": 2 * _BODY + longer * _BODY / 2}


def width_of(text: str) -> float:
    """The width of `text` in characters, Latin letters and digits taking half of one."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _add_table(file: WordFile, table: Table) -> None:
    made = file.add_table(rows=1, cols=len(table.heading), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    repeated = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
    for column, share in zip(made.columns, table.shares, strict=True):
        column.width = _TEXT_WIDTH * share // sum(table.shares)
    _fill(made.rows[0], table.heading, table.shares, _HEI)
    for cells in table.rows:
        _fill(made.add_row(), cells, table.shares, _FANGSONG)


def _fill(row: Any, texts: tuple[str, ...], shares: tuple[int, ...], face: str) -> None:
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for index, (cell, text, share) in enumerate(zip(row.cells, texts, shares, strict=True)):
        cell.width = _TEXT_WIDTH * share // sum(shares)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        if index != 1 or face == _HEI:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run: Run = paragraph.add_run(text)
        _dress(run, face, 12)
