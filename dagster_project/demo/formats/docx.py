"""Word files by python-docx, with merged cells. The tables are written as XML: cell by cell the library takes a second each."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from ..blocks import PrintedDocument, PrintedTable, Slot, Text

_WRITTEN = datetime(2024, 1, 1)  # noqa: DTZ001 - the library takes it as UTC and wants no zone
_TEXT_WIDTH = 8640
"""Twentieths of a point between the margins."""


def write(document: PrintedDocument, style: str, encoding: str) -> bytes:
    """The file; `style` and `encoding` have no meaning here."""
    file = Document()
    file.core_properties.created = file.core_properties.modified = _WRITTEN
    for block in document.blocks:
        if isinstance(block, PrintedTable):
            file.element.body.insert_element_before(parse_xml(_table(block)), "w:sectPr")
        else:
            _add_line(file, block)
    saved = io.BytesIO()
    file.save(saved)
    return _without_times(saved.getvalue())


def _add_line(file: WordFile, line: Text) -> None:
    paragraph = file.add_paragraph(line.text)
    match line.role:
        case "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.runs[0].bold = True
            paragraph.runs[0].font.size = Pt(18)
        case "heading":
            paragraph.runs[0].bold = True
        case "paragraph":
            paragraph.paragraph_format.first_line_indent = Pt(24)
        case "closing":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _table(table: PrintedTable) -> str:
    rows = table.slots()
    width = max(slots[-1].column + slots[-1].cell.columns for slots in rows)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = f'<w:gridCol w:w="{_TEXT_WIDTH // width}"/>' * width
    body = "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if index < table.heading_rows else ''}"
        f"{''.join(_cell(slot, index, _TEXT_WIDTH // width) for slot in slots)}</w:tr>"
        for index, slots in enumerate(rows)
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>'
    )


def _cell(slot: Slot, row: int, column_width: int) -> str:
    cell = slot.cell
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = ""
    if cell.rows > 1:
        merge = '<w:vMerge w:val="restart"/>' if slot.origin == row else "<w:vMerge/>"
    text = ""
    if slot.origin == row and cell.text:
        lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(cell.text).split("\n"))
        text = f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{column_width * cell.columns}" w:type="dxa"/>{span}{merge}</w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{text}</w:p></w:tc>'
    )


def _without_times(data: bytes) -> bytes:
    """The archive with every member dated alike: a zip keeps the time of writing, and files must not differ by it."""
    dated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name), compresslevel=1)
    return dated.getvalue()
