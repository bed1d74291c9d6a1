"""Word and spreadsheet files, written by the usual libraries or by hand where those cannot write what Word does."""

from __future__ import annotations

import datetime
import os
import struct
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
import xlsxwriter
from docx.oxml.ns import nsdecls
from xlsxwriter.format import Format

from dagster_project.report_parser.document import GridCell
from dagster_project.report_parser.formats import Reading, Unreadable, read_document, word97

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def grid(reading: Reading) -> list[tuple[GridCell, ...]]:
    return list(reading.document.grid.values())


def code_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        read_document(data)
    assert "请" in str(error.value)
    return error.value.code


def word(body: str, **parts: str) -> bytes:
    """A docx with this body and further parts of `word/`."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        space = nsdecls("w", "r", "a", "wp")
        package.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {space}>{content}</w:{name}>")
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def saved(document: docx.document.Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_docx_of_the_usual_library() -> None:
    document = docx.Document()
    document.add_heading("西坡镇2022年政府信息公开工作年度报告")
    document.add_paragraph("一、总体情况").add_run("\t42条")
    made = document.add_table(3, 5)
    for row in range(3):
        for column in range(5):
            made.cell(row, column).text = f"{row}{column}"
    made.cell(0, 0).merge(made.cell(1, 1)).text = "申请人\n情况"
    made.cell(0, 2).merge(made.cell(0, 4)).text = "法人"
    made.cell(2, 3).text = ""
    document.add_paragraph("完")
    reading = read_document(saved(document))
    assert reading.document.lines[:2] == ["西坡镇2022年政府信息公开工作年度报告", "一、总体情况\t42条"]
    assert grid(reading) == [
        (GridCell("申请人 情况", 0, 2), GridCell("法人", 2, 3)),
        (GridCell("12", 2), GridCell("13", 3), GridCell("14", 4)),
        (GridCell("20", 0), GridCell("21", 1), GridCell("22", 2), GridCell("", 3), GridCell("24", 4)),
    ]
    assert reading.document.lines[-2] == "完"
    assert not reading.has_images


def test_docx_table_in_a_cell() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "左"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "规章", "5"
    reading = read_document(saved(document))
    assert reading.document.lines[0] == "左"
    assert grid(reading) == [(GridCell("规章", 0), GridCell("5", 1))]


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        pytest.param(run("1") + run("2"), "12", id="a_number_over_two_runs"),
        pytest.param(run("5") + run("1", '<w:vertAlign w:val="superscript"/>'), "5 1", id="note_mark"),
        pytest.param(run("5", "<w:strike/>") + run("6"), "5 6", id="struck_out"),
        pytest.param(run("5", '<w:strike w:val="0"/>') + run("6"), "56", id="not_struck_out"),
        pytest.param(f"<w:del>{run('5')}</w:del><w:ins>{run('6')}</w:ins>", "6", id="tracked_change"),
        pytest.param(run("5", "<w:vanish/>") + run("6"), "6", id="hidden"),
        pytest.param("<w:r><w:t>1</w:t><w:br/><w:t>2</w:t></w:r>", "1 2", id="break"),
        pytest.param("<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r>", "1 2", id="tab"),
        pytest.param(f"<w:hyperlink>{run('7')}</w:hyperlink>", "7", id="link"),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>=1+8</w:instrText></w:r>' + run("9"), "9", id="field"
        ),
        pytest.param(run("\xa03\u200b\xa0"), "3", id="hard_spaces"),
    ],
)
def test_docx_text_of_a_cell(paragraph: str, text: str) -> None:
    made = f"<w:tbl><w:tr>{cell('规章')}<w:tc><w:p>{paragraph}</w:p></w:tc></w:tr></w:tbl>"
    assert grid(read_document(word(made))) == [(GridCell("规章", 0), GridCell(text, 1))]


def test_docx_rows_of_word() -> None:
    reading = read_document(
        word(
            table(
                cell("a", '<w:vMerge w:val="restart"/>')
                + cell("1")
                + cell("b", '<w:hMerge w:val="restart"/>')
                + cell("", '<w:hMerge w:val="continue"/>'),
                cell("", "<w:vMerge/>") + cell("2", "<w:vMerge/>") + cell("3", '<w:gridSpan w:val="2"/>'),
                "<w:trPr><w:del/></w:trPr>" + cell("gone"),
                '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("4"),
            )
        )
    )
    assert grid(reading) == [
        (GridCell("a", 0), GridCell("1", 1), GridCell("b", 2)),
        (GridCell("2", 1), GridCell("3", 2, 2)),
        (GridCell("4", 2),),
    ]


def test_docx_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('2023年1月17日')}</w:p></w:txbxContent>"
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    reading = read_document(word(f"<w:p><w:r>{choice}</w:r>{run('西坡镇')}</w:p>"))
    assert reading.document.text == "2023年1月17日\n西坡镇\n"


def test_docx_automatic_numbers_are_printed() -> None:
    def level(depth: int, number_format: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )

    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCounting", "%1、")}{level(1, "decimal", "%2.")}'
        f'{level(2, "bullet", "*")}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
    )
    styles = '<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'

    def item(text: str, depth: int, number: int = 7) -> str:
        place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        return f"<w:p><w:pPr>{place}</w:pPr>{run(text)}</w:p>"

    body = (
        f'<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>{run("总体情况")}</w:p>'
        + item("国家秘密", 1)
        + item("12", 1)
        + item("主动公开", 0)
        + item("再起", 1)
        + item("点", 2)
        + item("后来", 0, 8)
        + item("无", 0, 0)
    )
    reading = read_document(word(body, numbering=numbering, styles=styles))
    assert reading.document.lines[:-1] == [
        "一、总体情况",
        "1.国家秘密",
        "2. 12",
        "二、主动公开",
        "1.再起",
        "点",
        "十一、后来",
        "无",
    ]


def test_docx_pictures() -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    assert read_document(word(f"<w:p>{run('二、')}{picture}</w:p>")).has_images
    assert code_of(word(f"<w:p>{picture}</w:p>")) == "tables_are_images"
    assert code_of(word("<w:p/>")) == "empty"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<w:document", id="cut"),
        pytest.param("<a><b></a></b>", id="ill_formed"),
        pytest.param("", id="empty"),
        pytest.param("<a xmlns:w='w'><w:tc/></a>", id="cell_without_table"),
    ],
)
def test_docx_with_broken_xml(content: str) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", content)
    assert code_of(file.getvalue()) == "broken_file"


@pytest.mark.parametrize("text", ["&l11;", "1&x;2"])
def test_docx_with_entities_is_refused(text: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("99")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY l0 "ha"><!ENTITY x SYSTEM "{secret.as_uri()}">{laughs}]>'
            f"<w:document {nsdecls('w')}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>",
        )
    start = time.process_time()
    assert code_of(file.getvalue()) == "broken_file"
    assert time.process_time() - start < 1


def test_packages_truncated_or_with_noise_are_refused() -> None:
    data = word(f"<w:p>{run('规章 12' * 50)}</w:p>")
    assert {code_of(data[:end]) for end in range(4, len(data) - 1, 7)} == {"broken_file"}
    codes = set()
    for place in range(0, len(data), 5):
        damaged = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        try:
            assert "规章 12" in read_document(damaged).document.text
        except Unreadable as error:
            codes.add(error.code)
    assert "broken_file" in codes
    assert codes <= {"broken_file", "encrypted", "too_large", "unsupported_format", "binary"}


def test_package_that_unfolds_too_far() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (130 << 20))
    assert code_of(file.getvalue()) == "too_large"


def test_package_that_lies_about_its_size() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (60 << 20))
    data = file.getvalue().replace(struct.pack("<I", 60 << 20), struct.pack("<I", 1000))
    assert code_of(data) == "broken_file"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("ppt/presentation.xml", "unsupported_format"),
        ("OFD.xml", "unsupported_format"),
        ("a.txt", "unsupported_format"),
    ],
)
def test_other_packages(part: str, code: str) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(part, "x")
    assert code_of(file.getvalue()) == code


def workbook(**sheets: list[list[object]]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def test_xlsx_values_read_as_on_the_sheet() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("报告")
        sheet.write_row(2, 1, ["规章", 12.0, 976.81, 0.1 + 0.2, 1e6, -3, "", "1,234"])
        sheet.write_row(4, 1, ["完"])
        sheet.write_datetime(4, 8, datetime.date(2023, 1, 17), book.add_format({"num_format": "yyyy-mm-dd"}))
        book.add_worksheet("藏").hide()
        book.add_worksheet("二").write_row(0, 0, ["x", True])
    assert [[cell.text for cell in row] for row in grid(read_document(file.getvalue()))] == [
        ["规章", "12", "976.81", "0.3", "1000000", "-3", "", "1,234"],
        ["完", "", "", "", "", "", "", "2023年1月17日"],
        ["x", "TRUE"],
    ]


def test_xlsx_shows_what_its_sheet_shows() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:

        def styled(code: str) -> Format:
            return book.add_format({"num_format": code})

        shown = book.add_worksheet("示")
        shown.write_row(0, 0, ["规章", "甲"])
        shown.write_number(0, 2, 0, styled('_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '))
        shown.write_number(0, 3, 12.5, styled("0"))
        shown.write_number(0, 4, 0.5, styled("0%"))
        shown.write_number(0, 5, 3, styled("G/通用格式"))
        shown.write_row(1, 0, ["藏行", 1])
        shown.set_row(1, None, None, {"hidden": True})
        shown.write_row(2, 0, ["件数", 4, 5, 6])
        shown.merge_range(3, 1, 3, 2, "并")
        shown.set_column(1, 1, None, None, {"hidden": True})
        shown.write_formula(2, 6, "=C3+D3")
        blank = book.add_worksheet("零")
        blank.write_row(1, 2, [0, 7])
        blank.hide_zero()
    assert grid(read_document(file.getvalue())) == [
        (
            GridCell("规章", 0),
            *(GridCell(text, column) for column, text in enumerate(["-", "13", "0.5 [0%]", "3", ""], 2)),
        ),
        (GridCell("件数", 0), *(GridCell(text, column) for column, text in enumerate(["5", "6", "", "", "=C3+D3"], 2))),
        (GridCell("", 0), GridCell("并", 1, 2), *(GridCell("", column) for column in range(3, 7))),
        (GridCell("", 0), GridCell("7", 1)),
    ]


def rewritten(data: bytes, part: str, old: str, new: str) -> bytes:
    """A package with a change in one of its parts."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return file.getvalue()


def test_xlsx_formulas_without_a_result_are_no_blanks() -> None:
    computed = rewritten(workbook(a=[["规章", 1, 2, "=B1+C1", '=""']]), "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    sheet = "xl/worksheets/sheet1.xml"
    reading = read_document(rewritten(computed, sheet, "<f>B1+C1</f><v>0</v>", "<f>B1+C1</f><v>3</v>"))
    assert grid(reading)[0][3] == GridCell("3", 3)
    assert reading.findings == ()
    for result in ("", "<v/>", "<v></v>"):
        data = rewritten(computed, sheet, "<f>B1+C1</f><v>0</v>", f"<f>B1+C1</f>{result}")
        reading = read_document(data)
        assert grid(reading)[0][3] == GridCell("=B1+C1", 3)
        assert [finding.code for finding in reading.findings] == ["formulas_not_computed"]
    text = rewritten(computed, sheet, '<c r="E1"><f>""</f><v>0</v>', '<c r="E1" t="str"><f>""</f><v></v>')
    assert grid(read_document(text))[0][4] == GridCell("", 4)


def test_zero_of_a_formula_in_a_workbook_that_was_never_computed() -> None:
    """Unless it is given a result, the library writes 0."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [0, "", 0, 2, 3])
        for row, (formula, result) in enumerate(
            [
                ("=SUM(A1:C1)", 0),
                ("=A1+C1-$C$1", 0),
                ("=SUM(A1:E1)", 0),
                ("=SUM(D1,E1)", 5),
                ("=D1", 0),
                ("=SUM(A2:A3,A5)", 0),
                ("=SUM(A2:A3)", 0),
                ("=COUNTA(A1:C1)", 0),
                ("=SUM(other!A1)", 0),
                ("=A7+A8", 0),
            ],
            1,
        ):
            sheet.write_formula(row, 0, formula, None, result)
    asking = file.getvalue()
    assert [row[0].text for row in grid(read_document(asking))[1:]] == [
        "0",
        "0",
        "=SUM(A1:E1)",
        "5",
        "=D1",
        "=SUM(A2:A3,A5)",
        "0",
        "=COUNTA(A1:C1)",
        "=SUM(other!A1)",
        "=A7+A8",
    ]
    reading = read_document(rewritten(asking, "xl/workbook.xml", ' fullCalcOnLoad="1"', ""))
    assert {row[0].text for row in grid(reading)[1:]} == {"0", "5"}


def test_xlsx_places_may_go_without_saying() -> None:
    data = workbook(a=[["规章", "", 0], ["x"]])
    sheet = "xl/worksheets/sheet1.xml"
    data = rewritten(data, sheet, 'tabSelected="1"', 'showZeros="false"')
    for said in (' r="A1"', ' r="A2"'):
        data = rewritten(data, sheet, said, "")
    assert grid(read_document(data)) == [
        (GridCell("规章", 0), GridCell("", 1), GridCell("", 2)),
        (GridCell("x", 0), GridCell("", 1), GridCell("", 2)),
    ]


def test_xlsx_merged_ranges() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 1, "申请人\n情况")
        sheet.merge_range(0, 2, 0, 4, "法人")
        sheet.write_row(1, 2, [1, "", 3])
        sheet.write_row(2, 0, ["a", "b", 4, 5, 6])
    assert grid(read_document(file.getvalue())) == [
        (GridCell("申请人 情况", 0, 2), GridCell("法人", 2, 3)),
        (GridCell("1", 2), GridCell("", 3), GridCell("3", 4)),
        (GridCell("a", 0), GridCell("b", 1), GridCell("4", 2), GridCell("5", 3), GridCell("6", 4)),
    ]


def test_xlsx_running_text_is_lines() -> None:
    reading = read_document(workbook(a=[["西坡镇" * 100, ""], ["规章", 1]]))
    assert reading.document.lines[0] == "西坡镇" * 100
    assert grid(reading) == [(GridCell("规章", 0), GridCell("1", 1))]


def test_xlsx_of_hostile_extent() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 1)
    assert code_of(file.getvalue()) == "too_large"


def test_xlsx_truncated_or_with_noise() -> None:
    data = workbook(a=[["规章", 12]])
    assert {code_of(data[:end]) for end in range(4, len(data) - 1, 97)} == {"broken_file"}
    codes = set()
    for place in range(0, len(data), 41):
        damaged = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        try:
            assert grid(read_document(damaged)) == [(GridCell("规章", 0), GridCell("12", 1))]
        except Unreadable as error:
            codes.add(error.code)
    assert "broken_file" in codes
    assert codes <= {"broken_file", "encrypted", "too_large", "unsupported_format", "binary", "empty"}


def test_ods() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    rows = (
        '<t:table-row><t:table-cell t:number-columns-spanned="2" t:number-rows-spanned="2"><x:p>申请人</x:p>'
        '<x:p>情况</x:p></t:table-cell><t:covered-table-cell/><t:table-cell t:number-columns-repeated="2"><x:p>0</x:p>'
        '</t:table-cell><t:table-cell t:number-columns-repeated="16380"/></t:table-row>'
        '<t:table-row><t:covered-table-cell t:number-columns-repeated="2"/><t:table-cell/>'
        "<t:table-cell><o:annotation><x:p>注</x:p></o:annotation><x:p>1<x:s/>2</x:p></t:table-cell></t:table-row>"
        '<t:table-row t:number-rows-repeated="1048573"><t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f'<c xmlns:t="{space}:table:1.0" xmlns:x="{space}:text:1.0" xmlns:o="{space}:office:1.0">'
            f"<t:table>{rows}</t:table></c>",
        )
    assert grid(read_document(file.getvalue())) == [
        (GridCell("申请人 情况", 0, 2), GridCell("0", 2), GridCell("0", 3)),
        (GridCell("", 2), GridCell("1 2", 3)),
    ]


def ole(stream: str, content: bytes = b"") -> bytes:
    """The least of an OLE file: a header, the stream in its first sector, and the stream's directory entry."""
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<HB", len(name) + 2, 2) + bytes(49) + struct.pack("<I", 0) + bytes(8)
    header = OLE + bytes(22) + struct.pack("<H", 9) + bytes(480)
    return header + content.ljust(512, b"\0") + entry


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(ole("EncryptedPackage"), "encrypted", id="docx_with_password"),
        pytest.param(ole("WordDocument", b"\xec\xa5" + bytes(9) + b"\x01"), "encrypted", id="doc_with_password"),
        pytest.param(ole("Workbook"), "broken_file", id="xls_cut"),
        pytest.param(ole("Else"), "unsupported_format", id="other"),
        pytest.param(OLE, "unsupported_format", id="only_the_signature"),
    ],
)
def test_ole_files(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_doc_without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="LibreOffice") as error:
        read_document(ole("WordDocument"))
    assert (error.value.code, error.value.media_type) == ("unsupported_format", "application/msword")


def soffice(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of this name on the path: the real one is too large to be installed for a test."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@pytest.mark.parametrize("data", [ole("WordDocument"), b"{\\rtf1 }"])
def test_doc_is_read_as_libreoffice_converts_it(data: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(word(table(cell("规章") + cell("5"))))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = f'test -f "$8" && test "$5 $6" = "docx --outdir" && cp {tmp_path}/made.docx "$7/report.docx"'
    soffice(tmp_path, script, monkeypatch)
    reading = read_document(data)
    assert grid(reading) == [(GridCell("规章", 0), GridCell("5", 1))]
    assert reading.media_type in ("application/msword", "application/rtf")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["made.docx", "soffice"]


def test_doc_that_libreoffice_hangs_on_or_refuses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(word97, "TIMEOUT_SECONDS", 0.2)
    for script in ("sleep 30", "exit 1"):
        soffice(tmp_path, script, monkeypatch)
        start = time.monotonic()
        assert code_of(ole("WordDocument")) == "broken_file"
        assert time.monotonic() - start < 5


def test_xlsx_with_broken_xml_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(a=[["规章", 12]]))) as whole, zipfile.ZipFile(file, "w") as package:
        for name in whole.namelist():
            package.writestr(name, whole.read(name).replace(b"</c>", b""))
    assert code_of(file.getvalue()) == "broken_file"
