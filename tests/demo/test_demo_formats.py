"""Every layout prints every cell in every format that can show it, and the same bytes each time."""

from __future__ import annotations

import email
import io
import re
import zipfile
from datetime import date
from random import Random

import docx
import lxml.html
import pdfplumber
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from dagster_project.demo.blocks import PrintedDocument, PrintedTable, TableCell
from dagster_project.demo.formats import FORMATS, print_document
from dagster_project.demo.layouts.mirrors import mirrored
from dagster_project.demo.layouts.registry import DOCUMENT_LAYOUTS, DocumentLayout
from dagster_project.demo.structure import document_of
from dagster_project.report_parser.form import FORMS, FormVersion
from dagster_project.report_parser.sample import SAMPLE_NOTICE

SHOWN = [(layout, form) for layout in DOCUMENT_LAYOUTS for form in layout.formats]


def report(version: FormVersion = "2021", start: int = 10_000) -> PrintedDocument:
    """A report whose cells hold numbers that stand nowhere else, from `start` on."""
    texts = {name: str(start + place) for place, name in enumerate(FORMS[version].cells())}
    return document_of(
        ["安宁县青石镇人民政府", "2023年政府信息公开工作年度报告"],
        {"overview": ["2023年，我镇公开信息34条。"] * 3, "other": ["无。"]},
        version,
        texts,
        opening=["现公布《安宁县青石镇人民政府2023年政府信息公开工作年度报告》。"],
        closing=["安宁县青石镇人民政府", "2024年1月9日"],
        notice=SAMPLE_NOTICE,
    )


def laid_out(layout: DocumentLayout) -> PrintedDocument:
    document = report()
    if layout.has_portal:
        document = mirrored(document, Random(2), "安宁县青石镇人民政府", date(2024, 1, 12))
    return layout.change(document, Random(2)) if layout.change else document


def cells(document: PrintedDocument) -> list[TableCell]:
    return [cell for table in document.blocks if isinstance(table, PrintedTable) for row in table.rows for cell in row]


def text_of(data: bytes, form: str, encoding: str) -> str:
    """The text of a file by the plainest use of a reader of its format, without white space."""
    match form:
        case "html":
            text = lxml.html.fromstring(data.decode(encoding).encode(), parser=_UTF8).text_content()
        case "mhtml":
            (page,) = [part for part in email.message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
            text = lxml.html.fromstring(bytes(page.get_payload(decode=True)), parser=_UTF8).text_content()
        case "docx":
            body = docx.Document(io.BytesIO(data)).element.body
            text = "".join(node.text or "" for node in body.iter("{*}t"))
        case "pdf":
            pages = pypdfium2.PdfDocument(data)
            text = "".join(page.get_textpage().get_text_range() for page in pages)
        case "xlsx":
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
            text = "".join(_number(value) if isinstance(value, float) else str(value) for row in rows for value in row)
        case _:
            text = data.decode(encoding)
    return re.sub(r"\s|<br>", "", text)


_LONG_NUMBER = re.compile(r"\d[\d,，]{3,}")
_UTF8 = lxml.html.HTMLParser(encoding="utf-8")


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)


@pytest.mark.parametrize(("layout", "form"), SHOWN, ids=lambda value: getattr(value, "name", value))
def test_prints_every_cell_in_the_order_of_the_form(layout: DocumentLayout, form: str) -> None:
    document = laid_out(layout)
    data = print_document(document, form, style=layout.style, encoding=layout.encoding)
    text = text_of(data, form, layout.encoding)
    place = 0
    for cell in cells(document):
        # Where a label takes several lines, a reader of PDF mixes them with those of the next cell.
        if form == "pdf" and not _LONG_NUMBER.search(cell.text):
            continue
        wanted = re.sub(r"\s", "", cell.text)
        place = text.find(wanted, place)
        assert place >= 0, f"{wanted} is missing or out of order"
    assert SAMPLE_NOTICE.replace(" ", "") in text or layout.encoding == "big5"


@pytest.mark.parametrize("layout", DOCUMENT_LAYOUTS, ids=lambda layout: layout.name)
def test_keeps_every_value_of_the_form(layout: DocumentLayout) -> None:
    """Whatever a layout changes, each cell is still one cell with its number."""
    values = {cell.name: cell.text for cell in cells(laid_out(layout)) if cell.name}
    plain = {name: re.sub(r"[,，]|\s*(?:件|项|万元)$", "", text) for name, text in values.items()}
    assert {name: int(text) for name, text in plain.items()} == {
        name: 10_000 + place for place, name in enumerate(FORMS["2021"].cells())
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("version", ["2019", "2021"])
def test_the_same_document_gives_the_same_bytes(form: str, version: FormVersion) -> None:
    assert print_document(report(version), form) == print_document(report(version), form)


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_archives_do_not_keep_the_time_of_writing(form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(print_document(report(), form))) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
        assert "2024-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_a_long_table_goes_on_over_pages_below_its_heading() -> None:
    with pdfplumber.open(io.BytesIO(print_document(report(), "pdf"))) as pages:
        tables = [table for page in pages.pages for table in page.extract_tables()]
    with_applicants = [table for table in tables if "自然人" in str(table)]
    assert len(with_applicants) == 2
    values = [text for table in tables for row in table for text in row if text and re.fullmatch(r"10\d{3}", text)]
    assert values == [str(10_000 + place) for place in range(200)]
    printed = {re.sub(r"\s", "", text) for table in tables for row in table for text in row if text}
    assert {cell.text for cell in cells(report())} <= printed


def test_an_unruled_table_has_no_lines() -> None:
    with pdfplumber.open(io.BytesIO(print_document(report(), "pdf", style="unruled"))) as pages:
        assert not any(page.rects or page.lines for page in pages.pages)


def test_a_merged_cell_covers_its_places() -> None:
    page = lxml.html.fromstring(print_document(report(), "html"), parser=_UTF8)
    (outcomes,) = [cell for cell in page.iter("td") if cell.text_content() == "三、本年度办理结果"]
    assert outcomes.get("rowspan") == "22"
    table = docx.Document(io.BytesIO(print_document(report(), "docx"))).tables[1]
    assert {cell.text for cell in table.columns[0].cells[5:27]} == {"三、本年度办理结果"}
    assert len(table.columns) == 10


def test_html_escapes_what_an_encoding_lacks_and_text_refuses() -> None:
    document = report()
    page = print_document(document, "html", encoding="big5")
    assert "政府信息公开" in lxml.html.fromstring(page).text_content()
    with pytest.raises(UnicodeEncodeError):
        print_document(document, "txt", encoding="big5")


def test_markup_in_a_text_stays_text() -> None:
    document = document_of(["<b>甲</b>&"], {}, "2021", dict.fromkeys(FORMS["2021"].cells(), "<i>"))
    for form in ("html", "mhtml", "docx"):
        assert "<b>甲</b>&" in text_of(print_document(document, form), form, "utf-8")
