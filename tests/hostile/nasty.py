"""Documents that are hostile by design: bombs, loops, traps of one format, and texts made to be slow.

What does not belong here: chance damage (`damage.py`), or what is odd about files rather than bytes (`odd_files.py`).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dagster_project.report_parser.form import FORMS, SECTIONS

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_LAUGHS = "<!DOCTYPE x [<!ENTITY a0 '哈哈'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
_STEALS = "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'>%p;]>"

_REPEATED = (
    *(" ", "-", "0", "9", "\t", "\n", "0 ", "0\t", "1,", "|", "（", "一、", "(一)", "第", "年", "年1月1日", "20"),
    *(
        "2023",
        "2023年",
        "2023年1月1日",
        "1,1,",
        "1.1",
        "&nbsp;",
        "&",
        "<br>",
        "省",
        "市",
        "正宁县",
        "甘肃省",
        "镇",
        "镇人民政府",
    ),
    *(
        "政府",
        "关于",
        "报告",
        "政府信息公开工作年度报告",
        "2022年政府信息公开工作年度报告\n",
        "发布机构：\n",
        "索引号 ",
    ),
    *(
        "第二十条第（一）项\n",
        "信息内容\n",
        "本年收费金额（万元）",
        "网站1条，",
        "微信公众号",
        "未收到申请。",
        "收到申请1件，",
        "申请",
    ),
    *(
        "存在问题",
        "针对",
        "复议",
        "总计",
        "其他",
        "其他 ",
        "合计\t0\t",
        "統計",
        "統計開",
        "\u200b",
        "\ufeff",
        "。",
        "；",
        "!",
        "？",
    ),
)
"""Beside them every label and heading of the form."""


def texts(size: int) -> Iterator[tuple[str, bytes]]:
    """Every string above, label and heading over and over until `size` bytes are full."""
    labels = {row.zh for form in FORMS.values() for table in form.tables for row in table.rows}
    labels |= {
        column.zh for form in FORMS.values() for table in form.tables for row in table.rows for column in row.columns
    }
    for number, piece in enumerate([*_REPEATED, *(heading for _, heading in SECTIONS), *sorted(labels)]):
        yield from repeated(piece, size, f"repeated_{number}")


def repeated(piece: str, size: int, name: str) -> Iterator[tuple[str, bytes]]:
    """The piece until `size` bytes are full: alone, in the middle of the tables of a report, and there on lines of its own."""
    filling = piece * (size // len(piece.encode()))
    yield f"{name}.txt", filling.encode()
    yield f"{name}_within.txt", _report(filling).encode()
    yield f"{name}_lines.txt", _report(f"{piece}\n" * (size // len(f"{piece}\n".encode()))).encode()


def _report(inside: str = "", organ: str = "双塔镇人民政府") -> str:
    """A short report with something inside its tables."""
    rows = "".join(
        f"{name}\t0\t0\t0\t0\t0\t0\t0\n"
        for name in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")
    )
    return (
        f"{organ}2022年政府信息公开工作年度报告\n一、总体情况\n主动公开12条。\n二、主动公开政府信息情况\n第二十条第（一）项\n"
        f"三、收到和处理政府信息公开申请情况\n{rows}{inside}\n四、政府信息公开行政复议、行政诉讼情况\n0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
        "五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。\n"
    )


def pages(count: int) -> Iterator[tuple[str, bytes]]:
    """Web pages and mails: `count` is how deep or how often."""
    for tag in (
        "div",
        "table",
        "table><tr><td",
        "span",
        "ul><li",
        "font",
        "pre",
        "sup",
        "a",
        "select",
        "svg",
        "p",
        "b><i",
    ):
        yield f"deep_{tag.replace('><', '_')}.html", f"<html><body>{f'<{tag}>' * count}{_report()}".encode()
    row = "<td>0</td>" * 50
    for name, page in {
        "wide": f"<table><tr>{'<td colspan=99999 rowspan=99999>0</td>' * count}</tr></table>",
        "tall": "<table>" + "<tr><td rowspan=0>0<td rowspan=99999>1</tr>" * count + "</table>",
        "cells": f"<table>{f'<tr>{row}</tr>' * (count // 10)}</table>",
        "attributes": f"<p {'a=1 ' * count}>{_report()}</p>",
        "long_attribute": f"<p style='{'display: ' * count}'>{_report()}</p>",
        "styles": f"<p style='display{' ' * 9}:{' ' * 9}no'>x</p>" * count,
        "open_comment": f"{_report()}<!--{'-' * count}",
        "comments": f"{_report()}{'<!-- x -->' * count}",
        "script": f"<script>{'<' * count}</script>{_report()}",
        "laughs": f"{_LAUGHS}<html><body>&a9;{_report()}</body></html>",
        "steals": f"{_STEALS}<html><body>&a9;{_report()}</body></html>",
        "frames": f"<iframe src='file:///etc/passwd'></iframe><object data='/etc/passwd'></object>{_report()}",
        "characters": f"<p>{'&#xD800;&#0;&#1114112;&#99999999999999999999;' * count}</p>{_report()}",
        "hidden": f"<tr height=0>{'<td>' * count}{_report()}",
    }.items():
        yield f"{name}.html", f"<html><body>{page}</body></html>".encode()
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary={0}\n\n--{0}\n"
    nested = "".join(head.format(f"b{number}") for number in range(count))
    yield "nested.mhtml", (nested + "Content-Type: text/html\n\n<html>" + _report()).encode()
    yield "headers.mhtml", ("A: b\n" * count + " c\n" * count + "MIME-Version: 1.0\n\n<html>").encode()
    yield "parts.mhtml", (head.format("b") + "Content-Type: image/png\n\nx\n--b\n" * count).encode()
    yield (
        "base64.mhtml",
        ("MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + "=A" * count).encode(),
    )
    yield (
        "quoted.mhtml",
        (
            'MIME-Version: 1.0\nContent-Type: text/html; charset="nothing"\nContent-Transfer-Encoding: quoted-printable\n\n'
            + "=\n=E6" * count
        ).encode(),
    )


def encodings() -> Iterator[tuple[str, bytes]]:
    report = _report()
    for organ in (
        "<script>alert(1)</script>镇人民政府",
        "双塔镇'; drop table dim_report; --人民政府",
        "[/red]双塔镇\x1b[31m人民政府",
    ):
        name = f"organ_{len(organ)}"
        yield f"{name}.txt", _report(organ=organ).encode()
        yield f"{name}.html", f"<html><p>{_report(organ=organ)}</p></html>".encode()
    yield "odd_utf16.txt", b"\xff\xfe" + report.encode("utf-16-le")[:-1]
    yield "lone_surrogates.txt", b"\xff\xfe" + report.encode("utf-16-le") + b"\x00\xd8" * 100
    yield "invalid_utf8.txt", report.encode() + b"\xed\xa0\x80\xc0\x80\xf8"
    yield "four_bytes_gb18030.txt", report.encode("gb18030") + b"\x81\x30\x81\x30" * 1000
    yield "mark_only.txt", b"\xef\xbb\xbf"
    yield "zeros_within.txt", report.encode().replace(b"\n", b"\0\n")
    yield "beyond_the_plane.txt", _report("\U0010ffff" * 1000).encode()
    yield "combining.txt", _report("0" + "\u0301" * 100_000).encode()
    yield "other_digits.txt", _report("٣\t३\t𝟛\t³\t①\t" * 1000).encode()
    yield (
        "long_numbers.txt",
        _report("一、本年新收政府信息公开申请数量\t" + "9" * 40 + "\t1e9\t0x1F\t1_000\tNaN\tInfinity\n").encode(),
    )
    yield "xml.xml", f"<?xml version='1.0'?>{_LAUGHS}<x>&a9;</x>".encode()


def packages(count: int, size: int) -> Iterator[tuple[str, bytes]]:
    """Word files and workbooks: `count` is how deep or how often, `size` in bytes how much one part unfolds to."""
    for name, body in {
        "deep_tables": "<w:tbl><w:tr><w:tc>" * count + "</w:tc></w:tr></w:tbl>" * count,
        "deep_text": "<w:sdt>" * count + "<w:p/>" + "</w:sdt>" * count,
        "unclosed": "<w:p>" * count,
        "laughs": "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>",
        "cells_alone": "<w:tc><w:p/></w:tc>" * count,
        "rows_alone": "<w:tr/>" * count,
        "empty_tables": "<w:tbl/>" * count,
        "wide_cells": "<w:tbl><w:tr>"
        + '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr></w:tc>' * count
        + "</w:tr></w:tbl>",
        "wide_before": '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999"/></w:trPr><w:tc/></w:tr></w:tbl>' * 50,
        "long_run": f"<w:p><w:r><w:t>{'0 ' * size}</w:t></w:r></w:p>",
        "paragraphs": "<w:p><w:r><w:t>0</w:t></w:r></w:p>" * count,
    }.items():
        for prefix in ("", _LAUGHS, _STEALS) if name == "laughs" else ("",):
            document = f"{prefix}<w:document {_WORD}><w:body>{body}</w:body></w:document>"
            yield f"{name}_{len(prefix)}.docx", zipped({"word/document.xml": document.encode()})
    yield (
        "numbering_loop.docx",
        zipped(
            {
                "word/document.xml": f'<w:document {_WORD}><w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p></w:document>'.encode(),
                "word/styles.xml": (
                    f'<w:styles {_WORD}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
                    '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
                ).encode(),
            }
        ),
    )
    yield "no_body.docx", zipped({"word/document.xml": b""})
    yield "huge_part.docx", zipped({"word/document.xml": b" " * size})
    yield (
        "huge_spaces.docx",
        zipped(
            {
                "word/document.xml": f"<w:document {_WORD}><w:p><w:r><w:t>{' ' * size}</w:t></w:r></w:p></w:document>".encode()
            }
        ),
    )
    yield "many_parts.docx", zipped({"word/document.xml": b"<x/>", **{f"word/{n}.xml": b"" for n in range(count)}})
    yield "locked.docx", _ole("EncryptedPackage")
    yield "locked.doc", _ole("WordDocument", b"\xec\xa5" + bytes(9) + b"\x01")
    yield "empty.doc", _ole("WordDocument")
    yield "empty.xls", _ole("Workbook")
    yield "groups.rtf", b"{\\rtf1 " + b"{\\b " * count + b"x"
    for name, sheet in {
        "far_cell": '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        "far_dimension": '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        "far_name": '<sheetData><row r="99999999999"><c r="ZZZZZZZ99999999999"><v>1</v></c></row></sheetData>',
        "corners": '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        "merged": '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
        + '<mergeCell ref="A1:XFD1048576"/>' * count
        + "</mergeCells>",
        "numbers": "<sheetData><row>"
        + "<c><v>1e308</v></c><c><v>NaN</v></c><c><v>-0</v></c>" * 100
        + "</row></sheetData>",
        "strings": "<sheetData><row>" + '<c t="s"><v>99999999</v></c>' * count + "</row></sheetData>",
        "rows": "<sheetData>" + "<row><c><v>0</v></c></row>" * count + "</sheetData>",
        "laughs": '<sheetData><row><c t="str"><v>&a9;</v></c></row></sheetData>',
    }.items():
        prefix = _LAUGHS if name == "laughs" else ""
        yield f"{name}.xlsx", _workbook(f"{prefix}<worksheet {_SHEET}>{sheet}</worksheet>".encode())
    yield "huge_sheet.xlsx", _workbook(f"<worksheet {_SHEET}>{' ' * size}</worksheet>".encode())
    cells = '<c t="s"><v>0</v></c>' * count
    yield (
        "shared_strings.xlsx",
        _workbook(
            f"<worksheet {_SHEET}><sheetData><row>{cells}</row></sheetData></worksheet>".encode(),
            {"xl/sharedStrings.xml": f"<sst {_SHEET}><si><t>{'报' * (size // 300)}</t></si></sst>".encode()},
        ),
    )
    for name, repeats in {
        "rows": "table-row table:number-rows-repeated",
        "cells": "table-cell table:number-columns-repeated",
    }.items():
        element = repeats.split()[0]
        inner = (
            "<table:table-cell><text:p>0</text:p></table:table-cell>"
            if element == "table-row"
            else "<text:p>0</text:p>"
        )
        table = f'<table:{repeats}="999999999">{inner}</table:{element}>'
        table = table if element == "table-row" else f"<table:table-row>{table}</table:table-row>"
        content = f"<office:document-content {_ODS}><table:table>{table * 200}</table:table></office:document-content>"
        yield (
            f"repeated_{name}.ods",
            zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}),
        )


def _workbook(sheet: bytes, more: dict[str, bytes] | None = None) -> bytes:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "xl/workbook.xml": (
                f'<workbook {_SHEET} xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{package}">'
                f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
            ).encode(),
            "xl/worksheets/sheet1.xml": sheet,
            **(more or {}),
        }
    )


def _ole(stream: str, content: bytes = b"") -> bytes:
    """The header, one directory sector that names `stream`, and one sector of content."""
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, 2, 1)
    entry = (entry.ljust(116, b"\0") + struct.pack("<II", 1, 4096)).ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    return header.ljust(512, b"\xff") + entry + content.ljust(4096, b"\0")


def zipped(files: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def archives(count: int, size: int) -> Iterator[tuple[str, bytes]]:
    """Zips of files: `count` is how many members, `size` in bytes how much one unfolds to."""
    report = _report().encode()
    ways_out = (
        "../../evil.txt",
        "/tmp/evil.txt",
        "C:\\evil.txt",
        "..\\..\\evil.txt",
        "a/../../../evil.txt",
        "a\n.txt",
        "/",
    )
    yield "ways_out.zip", zipped({**dict.fromkeys(ways_out, report), "x" * 60_000: report, "<script>.txt": report})
    yield "bomb.zip", zipped({"bomb.txt": b"0" * size, "good.txt": report})
    yield "bombs.zip", zipped({f"{number}.txt": b" " * (size // count) for number in range(count)})
    yield "many.zip", zipped({f"{number}.txt": b"" for number in range(count)})
    nested = zipped({"bomb.txt": b"0" * size})
    for number in range(10):
        nested = zipped({f"{copy}.zip": nested for copy in range(2)} | {f"{number}.txt": report})
    yield "nested.zip", nested
    # Deflated ten times over: each zip is a good one that is larger than the one around it.
    data = b"0" * size
    for _ in range(3):
        data = zipped({"a.zip": data})
    yield "nested_bomb.zip", data
    honest = zipped({"a.txt": b"0" * (1 << 20), "b.txt": report})
    yield "says_less.zip", honest.replace(struct.pack("<I", 1 << 20), struct.pack("<I", 1000))
    yield "says_more.zip", honest.replace(struct.pack("<I", 1 << 20), struct.pack("<I", 0xFFFFFFF0))
    yield "locked.zip", honest.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    yield "wrong_sums.zip", honest.replace(struct.pack("<I", zlib.crc32(report)), b"\0\0\0\0")
    yield "cut.zip", honest[: len(honest) // 2]
    yield "doubled.zip", honest + honest
    yield "overlapping.zip", _overlapping(count, min(size, 3 << 20))
    yield "directory_only.zip", b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, 0xFFFFFFFF, 0, 0)


def _overlapping(count: int, size: int) -> bytes:
    """A zip whose every member is the same compressed bytes."""
    whole = zipped({"0000000.txt": b"0" * size})
    start = whole.rindex(b"PK\x01\x02")
    end = whole.rindex(b"PK\x05\x06")
    entries = b"".join(whole[start:end].replace(b"0000000", f"{number:07}".encode()) for number in range(count))
    record = struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entries), start, 0)
    return whole[:start] + entries + b"PK\x05\x06" + record


_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_TEXT = b"BT /F1 12 Tf 72 720 Td (1 2 3) Tj ET "
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"


def _pdf_with(content: bytes | None = None, **changes: bytes) -> bytes:
    """A file of one page with this content, some of its objects changed."""
    content = _stream(_TEXT) if content is None else content
    objects = {"catalog": _CATALOG, "pages": _PAGES, "page": _PAGE, "content": content, "font": _FONT}
    return _pdf([*({**objects, "form": _stream(_TEXT, _FORM)} | changes).values()])


def endless_pdfs() -> Iterator[tuple[str, bytes]]:
    """PDF files that the libraries never finish: one hangs in Python, one in C."""
    loop = _FORM + b"/Resources<</XObject<</X 6 0 R>>>>"
    yield "reference_loop.pdf", _pdf_with(b"4 0 R")
    yield "cyclic_form.pdf", _pdf_with(_stream(b"/X Do "), form=_stream(b"/X Do /X Do ", loop))


def pdfs(count: int, size: int) -> Iterator[tuple[str, bytes]]:
    """PDF files: `count` is how often or how deep, `size` in bytes how much one stream unfolds to."""
    page = _PAGE
    made = _pdf_with
    box = page.replace(b"0 0 600 800", b"%s")
    for name, data in {
        "plain": made(),
        "cyclic_pages": made(pages=b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>"),
        "own_parent": made(page=page.replace(b"/Parent 2 0 R", b"/Parent 3 0 R")),
        "many_pages": made(pages=b"<</Type/Pages/Kids[" + b"3 0 R " * count + b"]/Count %d>>" % count),
        "false_count": made(pages=b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"),
        "forms": made(_stream(b"/X Do " * count)),
        "own_length": made(b"<</Length 4 0 R>>\nstream\n" + _TEXT + b"\nendstream"),
        "false_length": made(b"<</Length 999999999>>\nstream\n" + _TEXT + b"\nendstream"),
        "negative_length": made(b"<</Length -5>>\nstream\n" + _TEXT + b"\nendstream"),
        "deep_array": made(_stream(_TEXT), font=b"[" * count + b"]" * count),
        "deep_dictionary": made(page=page.replace(b"5 0 R", b"<</A" * count + b" 1 " + b">>" * count)),
        "deep_operands": made(_stream(b"[" * count)),
        "huge_box": made(page=box % b"0 0 1e30 1e30"),
        "no_box": made(page=box % b"0 0 0 0"),
        "odd_box": made(page=box % b"/A (x) null 7"),
        "lines": made(
            _stream(b"".join(b"%d %d m %d %d l S " % (n % 600, n % 800, n % 599, n % 790) for n in range(count)))
        ),
        "grid": made(
            _stream(
                b"".join(
                    b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % ((n % 600,) * 2 + (n % 800,) * 2) for n in range(1500)
                )
            )
        ),
        "boxes": made(_stream(b"".join(b"%d %d 3 3 re S " % (n % 150 * 4, n // 150 * 4) for n in range(20_000)))),
        "tiny_boxes": made(_stream(b"".join(b"%d %d 0.1 0.1 re f " % (n % 600, n % 800) for n in range(count)))),
        "one_place": made(_stream(b"BT /F1 12 Tf 72 720 Td " + b"(0000000000) Tj 0 0 Td " * count + b"ET")),
        "characters": made(_stream(_TEXT * count)),
        "saves": made(_stream(b"q " * count + _TEXT)),
        "long_string": made(_stream(b"BT /F1 12 Tf (" + b"0" * (count * 10) + b") Tj ET")),
        "bomb": made(_stream(b" " * size)),
        "twice_deflated": made(
            _stream(zlib.compress(b" " * size), b"/Filter[/FlateDecode/FlateDecode]", deflated=True)
        ),
        "lzw_and_hex": made(
            _stream(b"80" * count, b"/Filter[/ASCIIHexDecode/LZWDecode/RunLengthDecode]", deflated=False)
        ),
        "predictor": made(
            _stream(b"\2" * count, b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns %d>>" % size, deflated=True)
        ),
        "inline_image": made(_stream(b"BI /W 99999 /H 99999 /BPC 8 ID " + b"x" * count)),
        "many_objects": _pdf(
            [_CATALOG, _PAGES, _PAGE, _stream(_TEXT), _FONT, _stream(_TEXT, _FORM), *[b"<<>>"] * count]
        ),
        "previous_is_itself": made().replace(b"/Root", b"/Prev 9/Root"),
        "no_table": made().replace(b"startxref", b"startxxxx"),
        "half_table": made().replace(b" 00000 n", b" 99999 n"),
        "xref_many": made().replace(b"xref\n0 7", b"xref\n0 999999999"),
        "font_loop": made(font=b"<</Type/Font/Subtype/Type0/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"),
        "map_bomb": made(
            font=b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
            b"/W[0 999999999 500]>>]/ToUnicode 6 0 R>>",
            form=_stream(
                b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange "
            ),
        ),
        "named_map": made(
            font=b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/..#2F..#2Fetc#2Fpasswd/DescendantFonts[]>>"
        ),
    }.items():
        yield f"{name}.pdf", data
    yield "locked.pdf", _locked_pdf()


def _stream(content: bytes, entries: bytes = b"", deflated: bool | None = None) -> bytes:
    """A stream object, deflated and said so unless `deflated` says otherwise, when `entries` name the filters."""
    if deflated is not False:
        content = zlib.compress(content)
    if deflated is None:
        entries += b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def _pdf(objects: list[bytes]) -> bytes:
    """A PDF file with these objects, numbered from 1; the first is the catalog."""
    pieces, places = [b"%PDF-1.7\n"], []
    end = len(pieces[0])
    for number, content in enumerate(objects, start=1):
        places.append(end)
        pieces.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        end += len(pieces[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    pieces.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    pieces.append(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, end))
    return b"".join(pieces)


def _locked_pdf() -> bytes:
    file = BytesIO()
    canvas = Canvas(file, A4, encrypt="secret", invariant=True)
    canvas.drawString(72, 720, "2022")
    canvas.save()
    return file.getvalue()
