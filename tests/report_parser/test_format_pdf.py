"""pdf files made by a writing library: ruled tables by their rules, everything else as lines."""

from __future__ import annotations

import time
import zlib
from io import BytesIO

import pytest
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from dagster_project.report_parser.document import GridCell
from dagster_project.report_parser.formats import Reading, Unreadable, read_document

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK")


def pdf(*flowables: Flowable) -> bytes:
    file = BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build(list(flowables))
    return file.getvalue()


def canvas(password: str | None = None, can_copy: int = 1) -> tuple[Canvas, BytesIO]:
    file = BytesIO()
    lock = (
        pdfencrypt.StandardEncryption(password, ownerPassword="o", canCopy=can_copy) if password is not None else None
    )
    drawn = Canvas(file, pagesize=A4, encrypt=lock)
    drawn.setFont(FONT, 12)
    return drawn, file


def table(rows: list[list[object]], *spans: tuple[tuple[int, int], tuple[int, int]], width: int = 60) -> Table:
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT)]
    return Table(rows, colWidths=width, style=TableStyle(style + [("SPAN", *span) for span in spans]), repeatRows=0)


def grid(reading: Reading) -> list[tuple[GridCell, ...]]:
    return list(reading.document.grid.values())


def code_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        read_document(data)
    assert "请" in str(error.value)
    return error.value.code


def test_lines_and_ruled_tables_in_reading_order() -> None:
    made = table(
        [["申请人", "", "法人", ""], ["", "", "商业", "科研"], ["规章", "公开", "12", ""], ["总计", "", "", "7"]],
        ((0, 0), (1, 1)),
        ((2, 0), (3, 0)),
    )
    reading = read_document(pdf(Paragraph("西坡镇2022年年度报告", TEXT), made, Paragraph("五、问题 3 条", TEXT)))
    assert reading.document.lines == ["西坡镇2022年年度报告", *reading.document.lines[1:-2], "五、问题 3 条", ""]
    assert grid(reading) == [
        (GridCell("申请人", 0, 2), GridCell("法人", 2, 2)),
        (GridCell("商业", 2), GridCell("科研", 3)),
        (GridCell("规章", 0), GridCell("公开", 1), GridCell("12", 2), GridCell("", 3)),
        (GridCell("总计", 0), GridCell("", 1), GridCell("", 2), GridCell("7", 3)),
    ]
    assert (reading.media_type, reading.has_images) == ("application/pdf", False)


def test_wrapped_labels_stay_in_their_cell() -> None:
    made = table([[Paragraph("2.其他法律行政法规禁止公开", TEXT), "0", "1"]])
    cells = [cell.text.replace(" ", "") for cell in grid(read_document(pdf(made)))[0]]
    assert cells == ["2.其他法律行政法规禁止公开", "0", "1"]


def test_number_that_runs_over_the_edge_of_its_cell_is_marked() -> None:
    made = table([["规章", "1234567890", ""], ["许可", "12", "98765432109"], ["处罚", "123456", "7"]], width=45)
    rows = [[cell.text for cell in row] for row in grid(read_document(pdf(made)))]
    assert [["\ufffd" in text for text in row] for row in rows] == [
        [False, True, True],
        [False, False, True],
        [False, False, False],
    ]


def test_marks_that_hang_over_the_edge_stay_in_their_cell() -> None:
    drawn, file = canvas()
    made = table([["", "5"], ["", ""]], width=60)
    made.wrapOn(drawn, 400, 400)
    made.drawOn(drawn, 60, 600)
    drawn.setFont(FONT, 12)
    drawn.drawString(71.5, 624, "规章许可，")
    drawn.save()
    assert [cell.text for cell in grid(read_document(file.getvalue()))[0]] == ["规章许可，", "5"]


def test_table_over_two_pages_goes_on() -> None:
    made = table([[f"行{number}", str(number), ""] for number in range(60)])
    rows = grid(read_document(pdf(made)))
    assert rows == [(GridCell(f"行{n}", 0), GridCell(str(n), 1), GridCell("", 2)) for n in range(60)]


def test_parts_of_a_table_over_pages_share_their_columns() -> None:
    label, *values = table([["一、本年新收", "", "1", "2"]], ((0, 0), (1, 0))), table([["三", "公开", "3", ""]])
    reading = read_document(pdf(label, PageBreak(), Paragraph("- 2 -", TEXT), *values))
    assert grid(reading) == [
        (GridCell("一、本年新收", 0, 2), GridCell("1", 2), GridCell("2", 3)),
        (GridCell("三", 0), GridCell("公开", 1), GridCell("3", 2), GridCell("", 3)),
    ]


def test_table_without_rules_is_lines() -> None:
    drawn, file = canvas()
    drawn.drawString(60, 700, "行政许可")
    drawn.drawString(200, 700, "12")
    drawn.drawString(260, 700, "3")
    drawn.save()
    reading = read_document(file.getvalue())
    assert (reading.document.text, grid(reading)) == ("行政许可 12 3\n", [])


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    drawn, file = canvas()
    for shift in (0, 0.4):
        drawn.drawString(60 + shift, 700, "规章 11 件")
    drawn.save()
    assert read_document(file.getvalue()).document.text == "规章 11 件\n"


def test_raised_note_marks_do_not_become_digits() -> None:
    drawn, file = canvas()
    drawn.drawString(60, 700, "5")
    drawn.setFont(FONT, 7)
    drawn.drawString(66.2, 704, "1")
    drawn.save()
    assert read_document(file.getvalue()).document.text == "5 1\n"


def test_watermarks_do_not_get_into_cells() -> None:
    drawn, file = canvas()
    made = table([["规章", "5"], ["行政许可", "6"]])
    made.wrapOn(drawn, 400, 400)
    made.drawOn(drawn, 60, 600)
    drawn.translate(80, 590)
    drawn.rotate(40)
    drawn.setFont(FONT, 12)
    drawn.drawString(0, 0, "99999999")
    drawn.save()
    reading = read_document(file.getvalue())
    assert [[cell.text for cell in row] for row in grid(reading)] == [["规章", "5"], ["行政许可", "6"]]
    assert reading.document.lines[-2] == "99999999"


def test_locked_by_a_password() -> None:
    drawn, file = canvas(password="secret")
    drawn.drawString(60, 700, "规章")
    drawn.save()
    assert code_of(file.getvalue()) == "encrypted"


def test_locked_against_copying_only_is_read() -> None:
    drawn, file = canvas(password="", can_copy=0)
    drawn.setFont("Helvetica", 12)  # of a locked file, the writing library leaves the names of Chinese fonts unlocked
    drawn.drawString(60, 700, "2022")
    drawn.save()
    assert read_document(file.getvalue()).document.text == "2022\n"


def test_pages_without_text_are_pictures() -> None:
    drawn, file = canvas()
    drawn.rect(60, 60, 300, 300, fill=1)
    drawn.showPage()
    drawn.save()
    assert code_of(file.getvalue()) == "tables_are_images"


def test_figures_in_a_font_that_names_no_characters_are_no_numbers() -> None:
    data = minimal(b"BT /F1 12 Tf 60 700 Td <00110012> Tj ET")
    assert code_of(data) == "tables_are_images"


def minimal(content: bytes, filters: bytes = b"") -> bytes:
    """A page with this content, whose font is encoded by a table that nobody has."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Own) /Ordering (Own)"
        b" /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Own /Flags 4 >> >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size 7 >>\n"


@pytest.mark.parametrize("depth", [1, 2])
def test_stream_that_unfolds_too_far(depth: int) -> None:
    content = b" " * (80 << 20)
    for _ in range(depth):
        content = zlib.compress(content, 9)
    filters = b"/Filter [" + b"/FlateDecode " * depth + b"]"
    assert code_of(minimal(content, filters)) == "too_large"


def test_too_many_pages() -> None:
    assert code_of(pdf(*(each for _ in range(101) for each in (Paragraph("页", TEXT), PageBreak())))) == "too_large"


def test_truncated_or_with_noise() -> None:
    data = pdf(Paragraph("西坡镇2022年年度报告", TEXT), table([["规章", "12"], ["行政许可", "34"]]))
    whole = grid(read_document(data))
    codes = set()
    for place in range(10, len(data), 61):
        for damaged in (data[:place], data[:place] + b"\x00\xff<<" + data[place + 4 :]):
            try:
                assert [row for row in grid(read_document(damaged)) if row not in whole] == []
            except Unreadable as error:
                codes.add(error.code)
    assert codes <= {"broken_file", "tables_are_images", "encrypted"}


def test_drawing_of_many_lines_ends_in_time() -> None:
    drawn, file = canvas()
    for number in range(700):
        drawn.line(20 + number * 0.8, 20, 20 + number * 0.8, 800)
        drawn.line(20, 20 + number, 580, 20 + number * 1.1)
        drawn.line(20, 20 + number * 3.7, 580, 20 + number * 3.7)
        drawn.line(20 + number * 3.7, 20, 20 + number * 3.7, 800)
    drawn.drawString(60, 700, "规章")
    drawn.save()
    start = time.process_time()
    assert "规章" in read_document(file.getvalue()).document.text
    assert time.process_time() - start < 5


def test_characters_that_the_code_tables_lack_are_read() -> None:
    drawn, file = canvas()
    printed = ["上年增减 −40 件", "编号 12‑3", "编号 45‒6", "马家·堡", "\ue000 44 件", "\U00020000 48 件"]
    for number, text in enumerate(printed):
        drawn.drawString(60, 700 - 30 * number, text)
    drawn.save()
    assert read_document(file.getvalue()).document.lines == [*printed, ""]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_characters_that_the_code_tables_lack_stand_in_their_cells(angle: int) -> None:
    drawn, file = canvas()
    drawn.setPageRotation(angle)
    if angle:  # so that the lines run across the page as it is shown
        drawn.translate(*{90: (600, 0), 180: (600, 800), 270: (0, 600)}[angle])
        drawn.rotate(angle)
    made = table([["规章", "−40", "6"], ["行政许可", "7", "−8"]])
    made.wrapOn(drawn, 400, 400)
    made.drawOn(drawn, 60, 300)
    drawn.save()
    rows = [[cell.text for cell in row] for row in grid(read_document(file.getvalue()))]
    assert rows == [["规章", "−40", "6"], ["行政许可", "7", "−8"]]


LABELS = [
    "一、本年新收",
    "1.属于国家秘密",
    "2.其他法律行政法规\n禁止公开",
    "3.三安全\n一稳定",
    "（七）总计",
    "四、结转",
]


def unruled(figures: list[list[str]], labels: list[str] = LABELS, step: float = 36, lines_apart: float = 14) -> bytes:
    """Labels of one or two lines around the middle of their rows, and figures in columns, without any rules."""
    drawn, file = canvas()
    for row, (label, values) in enumerate(zip(labels, figures, strict=True)):
        middle = 700 - step * row
        lines = label.split("\n")
        for number, line in enumerate(lines):
            drawn.drawString(60, middle + lines_apart * ((len(lines) - 1) / 2 - number), line)
        for column, value in enumerate(values):
            drawn.drawCentredString(240 + 40 * column, middle, value)
    drawn.save()
    return file.getvalue()


def test_table_without_rules_whose_columns_stand_apart() -> None:
    figures = [[str(10 * row + column) for column in range(7)] for row in range(1, 7)]
    figures[0][3] = figures[2][0] = figures[3][6] = ""
    figures[1] = [""] * 7
    reading = read_document(unruled(figures))
    assert grid(reading) == [
        (GridCell(label.replace("\n", ""), 0), *(GridCell(text, column) for column, text in enumerate(values, start=1)))
        for label, values in zip(LABELS, figures, strict=True)
        if any(values)
    ]
    assert reading.document.lines[1] == LABELS[1]


def test_number_of_a_label_set_apart_from_its_words() -> None:
    labels = [label.replace(".", ". ").replace("、", "、 ") for label in LABELS]
    rows = grid(read_document(unruled([["1", "2", "3", "4", "5"]] * 6, labels)))
    assert [row[0].text for row in rows] == [label.replace("\n", "") for label in LABELS]


@pytest.mark.parametrize(
    "data",
    [
        unruled([["1", "2", "3", "4", "5"]] * 6, step=28),  # the lines of a label as far apart as the rows
        unruled([["1", "2", "3", "4", "12345678901"], ["1", "2", "3", "12345678901", "5"]] * 3),  # columns that overlap
        unruled([["1", "2", "3", "4", "5"]] * 4, LABELS[:4]),  # too few rows
        unruled(
            [["1", "2", "3", "4", "5"]] * 6, ["1.属于", "2.其他", "", "4.保护", "5.信息", "6.其他"]
        ),  # whose figures?
    ],
)
def test_table_without_rules_that_leaves_a_doubt_is_lines(data: bytes) -> None:
    assert grid(read_document(data)) == []


def test_rows_with_gaps_of_a_doubtful_table_are_marked() -> None:
    figures = [["1", "2", "3", "4", "5"]] * 4 + [["6", "7", "8"], ["1", "2", "3", "4", "12345678901"]]
    figures[0] = ["1", "2", "3", "12345678901", "5"]
    lines = read_document(unruled(figures)).document.lines
    assert [line for line in lines if "\ufffd" in line] == ["（七）总计 6 7 8\ufffd"]
