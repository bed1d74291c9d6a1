"""Writes the docx, pdf, xlsx and zip documents of the gold corpus anew: `python tests/gold/make_binaries.py`.

The figures are those of the gold files, printed as an office prints them; wording, page setting and structure are of this script,
not of the sample generator. What is hard about a document is said where it is made.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from PIL import Image, ImageDraw
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Image as PdfImage
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

sys.path.insert(0, str(Path(__file__).parent))

from statutory_tables import Grid, Printed, application, disclosure, dispute, expand, placed

DOCUMENTS = Path(__file__).parent / "documents"
HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
NUMBERS = "一二三四五六"
_MADE = datetime(2024, 3, 1, tzinfo=UTC)
_FONT = "STSong-Light"


@dataclass(frozen=True)
class Text:
    """The words of a report. `signature` is what stands at its end, a line each."""

    title: str
    overview: Sequence[str]
    problems: Sequence[str]
    other: Sequence[str]
    signature: Sequence[str] = ()
    headings: Sequence[str] = field(default=tuple(f"{n}、{h}" for n, h in zip(NUMBERS, HEADINGS, strict=True)))


def figures(name: str, part: int = 0, as_printed: Mapping[str, Sequence[str]] | None = None) -> tuple[Grid, Grid, Grid]:
    """The three tables of a gold report. `as_printed` gives the rows whose print differs from the value, as "table.row"."""
    gold = json.loads((DOCUMENTS / f"{name}.gold.json").read_text(encoding="utf-8"))["reports"][part]
    rows = expand(gold["form"], gold["cells"])
    printed = {
        table: {row: [{"_": "", "-": "/"}.get(token, token) for token in tokens] for row, tokens in told.items()}
        for table, told in rows.items()
    }
    for place, texts in (as_printed or {}).items():
        table, row = place.split(".")
        printed[table][row] = list(texts)
    return (
        disclosure(gold["form"], printed["disclosure"]),
        application(gold["form"], printed["application"]),
        dispute(printed["dispute"]),
    )


# --- docx ------------------------------------------------------------------------------------------------------------


def _paragraph(document: Any, text: str, *, size: float = 16, align: Any = None, indent: bool = True) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if indent and align is None:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    # Word parts a paragraph into runs wherever the font or the proofing state changes.
    for start in range(0, len(text), 9):
        run = paragraph.add_run(text[start : start + 9])
        run.font.size = Pt(size)
    return paragraph


def _plain_cell(cell: Any, printed: Printed) -> None:
    cell.paragraphs[0].add_run(printed.text).font.size = Pt(9)


def _runs_and_turned(cell: Any, printed: Printed) -> None:
    """Digits parted over two runs; tall labels set from top to bottom."""
    paragraph = cell.paragraphs[0]
    if printed.text.isdigit():
        paragraph.add_run(printed.text[:1])
        paragraph.add_run(printed.text[1:])
        return
    paragraph.add_run(printed.text)
    if printed.rows > 1 and printed.columns == 1:
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), "tbRlV")
        cell._tc.get_or_add_tcPr().append(direction)


def _table(document: Any, grid: Grid, write: Callable[[Any, Printed], None] = _plain_cell) -> None:
    places = placed(grid)
    table = document.add_table(rows=len(grid), cols=max(column + cell.columns for _, column, cell in places))
    table.style = "Table Grid"
    for row, column, printed in places:
        cell = table.cell(row, column)
        if printed.rows > 1 or printed.columns > 1:
            cell = cell.merge(table.cell(row + printed.rows - 1, column + printed.columns - 1))
        write(cell, printed)


def _body(document: Any, text: Text, tables: Sequence[Callable[[], None]], heading: Callable[[str], Any]) -> None:
    heading(text.headings[0])
    for paragraph in text.overview:
        _paragraph(document, paragraph)
    for title, table in zip(text.headings[1:4], tables, strict=True):
        heading(title)
        table()
    heading(text.headings[4])
    for paragraph in text.problems:
        _paragraph(document, paragraph)
    heading(text.headings[5])
    for paragraph in text.other:
        _paragraph(document, paragraph)
    for line in text.signature:
        _paragraph(document, line, align=WD_ALIGN_PARAGRAPH.RIGHT)


def _new_docx() -> Any:
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _MADE
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(2.2)
    return document


def _docx_bytes(document: Any) -> bytes:
    """The file with the times in its zip set to one date, so that it is the same on every run."""
    written, still = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _MADE.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED)
    return still.getvalue()


def _add_plain(document: Any, text: Text, grids: Sequence[Grid]) -> None:
    _paragraph(document, text.title, size=22, align=WD_ALIGN_PARAGRAPH.CENTER)
    _body(
        document,
        text,
        [lambda grid=grid: _table(document, grid) for grid in grids],
        lambda title: _paragraph(document, title),
    )


def merged_cells() -> bytes:
    """A clean Word file; its title stands in two paragraphs, page header and footer hold words and a page number."""
    document = _new_docx()
    document.sections[0].header.paragraphs[0].text = "黔灵镇政务公开"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    _paragraph(document, "贵阳市云岩区黔灵镇人民政府", size=22, align=WD_ALIGN_PARAGRAPH.CENTER)
    text = Text(
        "2022年政府信息公开工作年度报告",
        (
            "2022年，黔灵镇以村务公开促政务公开，把惠农补贴、低保评议、集体资产处置等事项逐笔亮出来。",
            "（一）主动公开。全年通过区政府门户网站公开信息112条，通过微信公众号发布信息75条。",
            "（二）依申请公开。全年未收到政府信息公开申请。",
        ),
        ("存在的问题是栏目划分不细，查找不便。", "下一步将合并重复栏目，增设检索词。"),
        ("2022年未收取信息处理费。",),
        ("贵阳市云岩区黔灵镇人民政府", "2023年1月11日"),
    )
    _add_plain(document, text, figures("merged_cells"))
    return _docx_bytes(document)


def trial_form() -> bytes:
    """The trial form, group labels set vertically, every figure parted over two runs."""
    document = _new_docx()
    text = Text(
        "安阳市汤阴县教育局2020年政府信息公开工作年度报告",
        (
            "2020年，全县教育系统围绕招生入学、教师招聘、学生资助公开办事依据和结果。",
            "全年主动公开政府信息131条，其中县政府网站83条，微信公众号48条。共收到政府信息公开申请7件。",
        ),
        ("学校层面公开不平衡，个别学校只公开收费标准。", "今后把信息公开列入校长述职内容。"),
        ("无其他需要报告的事项。",),
        ("汤阴县教育局", "2021年1月22日"),
    )
    _paragraph(document, text.title, size=22, align=WD_ALIGN_PARAGRAPH.CENTER)
    grids = figures("trial_form")
    _body(
        document,
        text,
        [lambda grid=grid: _table(document, grid, _runs_and_turned) for grid in grids],
        lambda title: _paragraph(document, title),
    )
    return _docx_bytes(document)


def numbered_headings() -> bytes:
    """Section numbers are Word's own, not typed; table 3 is two tables, the second with the head and the outer label again."""
    document = _new_docx()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))

    def heading(title: str) -> None:
        paragraph = _paragraph(document, title)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
        )

    two, three, four = figures("numbered_headings", as_printed={"disclosure.rules": ["—", "—", "—"]})
    cut = next(index for index, row in enumerate(three) if row[0].text.startswith("（四）"))
    height = next(cell.rows for row in three for cell in row if cell.text.startswith("三、"))
    above, below = cut - 5, height - (cut - 5)

    def with_height(rows: Grid, count: int) -> Grid:
        return [[cell._replace(rows=count) if cell.rows == height else cell for cell in row] for row in rows]

    def application_table() -> None:
        _table(document, with_height(three[:cut], above))
        _paragraph(document, "第 3 页 共 4 页", size=9, align=WD_ALIGN_PARAGRAPH.CENTER)
        again = [Printed("三、本年度办理结果", rows=below), *three[cut]]
        _table(document, [*three[:3], again, *three[cut + 1 :]])

    text = Text(
        "嘉善县水利局2023年政府信息公开工作年度报告",
        (
            "2023年，嘉善县水利局公开河湖管护、用水许可、工程招投标等信息，方便群众查询和监督。",
            "通过县政府门户网站公开信息54条。未收到政府信息公开申请。",
        ),
        (
            "一是专业术语多，群众看不懂。二是数据更新靠人工，偶有迟延。",
            "改进：请窗口人员试读后再发布；与监测系统对接，自动更新水情。",
        ),
        ("没有需要报告的其他事项。",),
        ("嘉善县水利局", "2024年1月9日"),
        HEADINGS,
    )
    _paragraph(document, text.title, size=22, align=WD_ALIGN_PARAGRAPH.CENTER)
    _body(document, text, [lambda: _table(document, two), application_table, lambda: _table(document, four)], heading)
    return _docx_bytes(document)


def two_towns() -> bytes:
    """Two issuers' reports pasted into one file."""
    document = _new_docx()
    first = Text(
        "嘉善县西塘镇人民政府2022年政府信息公开工作年度报告",
        ("2022年，西塘镇通过县政府网站公开信息64条。本年度没有收到政府信息公开申请。",),
        ("旅游旺季信息发布滞后。", "建立节假日值守发布机制。"),
        ("无。",),
        ("嘉善县西塘镇人民政府", "2023年1月16日"),
    )
    second = Text(
        "黄山市徽州区呈坎镇人民政府2022年政府信息公开工作年度报告",
        ("2022年，呈坎镇通过微信公众号发布信息82条。收到政府信息公开申请2件。",),
        ("公开形式不多。", "增加图解和短片。"),
        ("无。",),
        ("黄山市徽州区呈坎镇人民政府", "2023年1月18日"),
    )
    _add_plain(document, first, figures("two_towns"))
    document.add_page_break()
    _add_plain(document, second, figures("two_towns", 1))
    return _docx_bytes(document)


def tracked_changes() -> bytes:
    """Every seventh figure was corrected with changes tracked: the old one is still in the file, struck out."""
    document = _new_docx()
    text = Text(
        "巴马瑶族自治县巴马镇人民政府2022年政府信息公开工作年度报告",
        ("2022年，巴马镇通过县政府网站公开信息29条。未收到政府信息公开申请。",),
        ("更新不勤。", "每周更新。"),
        ("无。",),
        ("巴马瑶族自治县巴马镇人民政府", "2023年1月10日"),
    )

    def write(cell: Any, printed: Printed) -> None:
        if not printed.text.isdigit() or int(printed.text) % 7:
            _plain_cell(cell, printed)
            return
        who = f'{nsdecls("w")} w:id="1" w:author="经办人" w:date="2023-01-09T10:00:00Z"'
        for change in (
            f"<w:del {who}><w:r><w:delText>9{printed.text}</w:delText></w:r></w:del>",
            f"<w:ins {who}><w:r><w:t>{printed.text}</w:t></w:r></w:ins>",
        ):
            cell.paragraphs[0]._p.append(parse_xml(change))

    grids = figures("tracked_changes")
    _paragraph(document, text.title, size=22, align=WD_ALIGN_PARAGRAPH.CENTER)
    _body(
        document,
        text,
        [lambda grid=grid: _table(document, grid, write) for grid in grids],
        lambda title: _paragraph(document, title),
    )
    return _docx_bytes(document)


def _picture(width: int, height: int) -> io.BytesIO:
    """A drawing of an empty table: what a scan of the form looks like to a program."""
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for line in range(0, height, 24):
        draw.line((0, line, width, line), fill=0)
    for line in range(0, width, 60):
        draw.line((line, 0, line, height), fill=0)
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True)
    data.seek(0)
    return data


def scanned_tables() -> bytes:
    """The prose is text, the three tables are pictures."""
    document = _new_docx()
    text = Text(
        "宁强县青木川镇人民政府2023年政府信息公开工作年度报告",
        ("2023年，青木川镇按要求公开古镇保护、防汛救灾和乡村建设信息。",),
        ("专职人员不足。", "配齐信息员。"),
        ("无。",),
    )
    _paragraph(document, text.title, size=22, align=WD_ALIGN_PARAGRAPH.CENTER)
    pictures = [lambda height=height: document.add_picture(_picture(600, height), Cm(15)) for height in (340, 640, 120)]
    _body(document, text, pictures, lambda title: _paragraph(document, title))
    return _docx_bytes(document)


# --- pdf -------------------------------------------------------------------------------------------------------------


def _style(size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(f"s{size}", fontName=_FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", **more)


def _ruled_table(grid: Grid, widths: Sequence[float], *, repeat: int = 0) -> Table:
    """A table with all its lines; text wraps inside the cells."""
    places = placed(grid)
    data: list[list[Any]] = [[""] * len(widths) for _ in grid]
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *[(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")],
    ]
    for row, column, cell in places:
        data[row][column] = Paragraph(cell.text, _style(8, alignment=1))
        if cell.rows > 1 or cell.columns > 1:
            style.append(("SPAN", (column, row), (column + cell.columns - 1, row + cell.rows - 1)))
    return Table(data, colWidths=widths, style=TableStyle(style), repeatRows=repeat)


def _numbered_page(canvas: Canvas, document: Any) -> None:
    canvas.setFont(_FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 12 * mm, f"- {document.page} -")


def _ruled(text: Text, grids: Sequence[Grid], *, breaks_after: int | None = None) -> bytes:
    """A report with ruled tables. `breaks_after`: table 3 goes on over the page after so many rows, its head printed again."""
    data = io.BytesIO()
    document = SimpleDocTemplate(
        data, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=22 * mm, bottomMargin=22 * mm, invariant=1
    )
    prose, heading = _style(12, firstLineIndent=24), _style(13, firstLineIndent=26)
    two, three, four = grids
    wide = [14 * mm, 18 * mm, 40 * mm, *([14 * mm] * 7)]
    if breaks_after is None:
        parts: list[Any] = [_ruled_table(three, wide)]
    else:
        parts = [*_broken(three, wide, breaks_after)]
    tables = ([_ruled_table(two, [50 * mm, 40 * mm, 40 * mm, 40 * mm])], parts, [_ruled_table(four, [11.3 * mm] * 15)])
    story: list[Any] = [Paragraph(text.title, _style(18, alignment=1)), Spacer(1, 6 * mm)]
    story += [Paragraph(text.headings[0], heading), *(Paragraph(line, prose) for line in text.overview)]
    for title, table in zip(text.headings[1:4], tables, strict=True):
        story += [Paragraph(title, heading), Spacer(1, 2 * mm), *table, Spacer(1, 3 * mm)]
    story += [Paragraph(text.headings[4], heading), *(Paragraph(line, prose) for line in text.problems)]
    story += [Paragraph(text.headings[5], heading), *(Paragraph(line, prose) for line in text.other)]
    story += [Paragraph(line, _style(12, alignment=2)) for line in text.signature]
    document.build(story, onFirstPage=_numbered_page, onLaterPages=_numbered_page)
    return data.getvalue()


def _broken(grid: Grid, widths: Sequence[float], after: int) -> Iterable[Any]:
    """Table 3 over two pages as Word prints it: merged labels end with the page and are not printed again on the next."""
    upper, lower = grid[:after], grid[after:]
    over = [(row, column, cell) for row, column, cell in placed(upper) if row + cell.rows > after]
    upper = [[cell._replace(rows=min(cell.rows, after - row)) for cell in cells] for row, cells in enumerate(upper)]
    rests = [Printed("", cell.columns, row + cell.rows - after) for row, _, cell in over]
    yield _ruled_table(upper, widths)
    yield PageBreak()
    yield _ruled_table([*grid[:3], [*rests, *lower[0]], *lower[1:]], widths)


def ruled() -> bytes:
    """Every line of the tables is drawn; table 3 breaks inside a group, the head is repeated, pages are numbered."""
    text = Text(
        "江门市新会区崖门镇人民政府2023年政府信息公开工作年度报告",
        (
            "2023年，崖门镇公开渔港管理、耕地保护、工程招标等信息，方便群众对照监督。",
            "通过区政府门户网站公开信息201条，通过微信公众号发布信息87条。全年未收到政府信息公开申请。",
        ),
        ("存在问题：村级公开材料格式不统一。", "改进措施：印发统一样式，逐村核对。"),
        ("2023年未收取信息处理费。",),
        ("江门市新会区崖门镇人民政府", "2024年1月17日"),
    )
    return _ruled(text, figures("ruled"), breaks_after=11)


def ruled_trial_form() -> bytes:
    """A decrease is printed with the true minus sign."""
    text = Text(
        "漠河市人民政府办公室2020年政府信息公开工作年度报告",
        ("2020年，漠河市以冰雪旅游、边境防疫为重点，通过市政府门户网站公开信息931条。未收到政府信息公开申请。",),
        ("部门报送不及时。", "按月通报报送情况。"),
        ("无其他事项。",),
        ("漠河市人民政府办公室", "2021年3月12日"),
    )
    as_printed = {
        "disclosure.licences": ["117", "+2", "119"],
        "disclosure.other_services": ["120", "−6", "122"],
        "disclosure.procurement": ["131", "1,205.5"],
    }
    return _ruled(text, figures("ruled_trial_form", as_printed=as_printed), breaks_after=15)


def ruled_blanks() -> bytes:
    text = Text(
        "汕尾市城区东涌镇人民政府2022年政府信息公开工作年度报告",
        ("2022年，东涌镇以村居公告栏为主阵地，公告栏张贴公开信息40条。未收到政府信息公开申请。",),
        ("线上公开少。", "开通专栏。"),
        ("无。",),
        ("汕尾市城区东涌镇人民政府", "2023年1月6日"),
    )
    as_printed = {"dispute.litigation_after_reconsideration": ["—"] * 5}
    return _ruled(text, figures("ruled_blanks", as_printed=as_printed))


class _Page:
    """A page that is filled from above; a new one begins where the old one is full."""

    def __init__(self, *, is_numbered: bool) -> None:
        self.data = io.BytesIO()
        self._canvas = Canvas(self.data, pagesize=A4, invariant=1)
        self._is_numbered = is_numbered
        self._number = 1
        self.y = 270 * mm

    def put(self, x: float, text: str, size: float = 9, *, centred: bool = False) -> None:
        self._canvas.setFont(_FONT, size)
        (self._canvas.drawCentredString if centred else self._canvas.drawString)(x * mm, self.y, text)

    def down(self, step: float) -> None:
        self.y -= step * mm
        if self.y < 25 * mm:
            self._end_page()
            self._canvas.showPage()
            self._number += 1
            self.y = 270 * mm

    def _end_page(self) -> None:
        if self._is_numbered:
            self._canvas.setFont(_FONT, 9)
            self._canvas.drawCentredString(A4[0] / 2, 14 * mm, str(self._number))

    def close(self) -> bytes:
        self._end_page()
        self._canvas.save()
        return self.data.getvalue()


def _unruled(text: Text, grids: Sequence[Grid], *, is_numbered: bool) -> bytes:
    """No lines at all: figures stand under their headings, labels are wrapped, and a row is as high as its label."""
    page = _Page(is_numbered=is_numbered)
    page.put(105, text.title, 15, centred=True)
    page.down(12)
    _unruled_prose(page, [text.headings[0], *text.overview])
    two, three, four = grids
    page.put(20, text.headings[1], 12)
    page.down(7)
    _unruled_rows(page, two, [(0, 22, 10), *((n, 70 + 40 * (n - 1), 12) for n in (1, 2, 3))])
    page.put(20, text.headings[2], 12)
    page.down(7)
    _unruled_rows(
        page, three, [(0, 20, 5), (1, 38, 6), (2, 60, 10), *((n, 102 + 14 * (n - 3), 4) for n in range(3, 10))]
    )
    page.put(20, text.headings[3], 12)
    page.down(7)
    _unruled_rows(page, four, [(n, 20 + 12 * n, 2) for n in range(15)])
    _unruled_prose(page, [text.headings[4], *text.problems, text.headings[5], *text.other, *text.signature])
    return page.close()


def _unruled_prose(page: _Page, paragraphs: Iterable[str]) -> None:
    for paragraph in paragraphs:
        for start in range(0, len(paragraph), 38):
            page.put(20, paragraph[start : start + 38], 11)
            page.down(6.5)


def _unruled_rows(page: _Page, grid: Grid, columns: Sequence[tuple[int, float, int]]) -> None:
    """`columns`: number, left edge in mm, and how many characters of a label fit there."""
    edges = {number: (left, fits) for number, left, fits in columns}
    by_row: dict[int, list[tuple[float, list[str]]]] = {}
    for row, column, cell in placed(grid):
        left, fits = edges[column]
        if cell.columns > 1:
            last_left, last_fits = edges[column + cell.columns - 1]
            fits = int((last_left - left) / 3.4) + last_fits
        lines = (
            [cell.text] if cell.text.isdigit() else [cell.text[n : n + fits] for n in range(0, len(cell.text), fits)]
        )
        by_row.setdefault(row, []).append((left, lines))
    for _, cells in sorted(by_row.items()):
        height = max(len(lines) for _, lines in cells)
        if page.y - height * 4.2 * mm < 25 * mm:
            page.down(page.y / mm)
        top = page.y
        for left, lines in cells:
            page.y = top - (height - len(lines)) * 2.1 * mm
            for line in lines:
                page.put(left, line)
                page.y -= 4.2 * mm
        page.y = top
        page.down(height * 4.2 + 1.5)


def unruled() -> bytes:
    text = Text(
        "莆田市秀屿区住房和城乡建设局2022年政府信息公开工作年度报告",
        ("2022年，区住建局通过区政府门户网站公开信息143条，收到政府信息公开申请21件，以征收补偿和物业管理为主。",),
        ("答复文书说理不够。", "请法律顾问逐件审核答复文书。"),
        ("无。",),
        ("莆田市秀屿区住房和城乡建设局", "2023年1月19日"),
    )
    return _unruled(text, figures("unruled"), is_numbered=False)


def unruled_distinct() -> bytes:
    """As `unruled`, with page numbers that look like figures."""
    text = Text(
        "保山市腾冲市和顺镇人民政府2021年政府信息公开工作年度报告",
        ("2021年，和顺镇通过市政府网站公开信息38条，通过微信公众号发布信息95条。未收到政府信息公开申请。",),
        ("公开内容偏少。", "逐月补齐。"),
        ("无。",),
    )
    return _unruled(text, figures("unruled_distinct"), is_numbered=True)


def unruled_blanks() -> bytes:
    """Empty cells told by nothing but the headings above them."""
    text = Text(
        "枣庄市台儿庄区马兰屯镇人民政府2022年政府信息公开工作年度报告",
        ("2022年，马兰屯镇通过微信公众号发布信息58条。未收到政府信息公开申请。",),
        ("解读不多。", "多做图解。"),
        ("无。",),
    )
    return _unruled(text, figures("unruled_blanks"), is_numbered=False)


def pictures_between_prose() -> bytes:
    """The prose is text, the tables are pictures of tables."""
    data = io.BytesIO()
    document = SimpleDocTemplate(data, pagesize=A4, invariant=1)
    prose = _style(12, firstLineIndent=24)
    story: list[Any] = [Paragraph("北海市海城区涠洲镇人民政府2022年政府信息公开工作年度报告", _style(18, alignment=1))]
    for number, title in enumerate(HEADINGS):
        story.append(Paragraph(f"{NUMBERS[number]}、{title}", prose))
        if 1 <= number <= 3:
            story.append(PdfImage(_picture(500, 300), 150 * mm, 90 * mm))
        else:
            story.append(Paragraph("2022年，涠洲镇按照要求开展政府信息公开，各项工作平稳有序，群众反映良好。", prose))
    document.build(story)
    return data.getvalue()


def scanned_pages() -> bytes:
    """Pages that are pictures from edge to edge: there is no text to read."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=1)
    for number in range(2):
        picture = Image.open(_picture(420, 594 - number))
        canvas.drawInlineImage(picture, 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


# --- xlsx ------------------------------------------------------------------------------------------------------------


def _workbook() -> tuple[io.BytesIO, Any, Any]:
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True})
    workbook.set_properties({"created": _MADE.replace(tzinfo=None)})
    return data, workbook, workbook.add_format({"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})


def _put_grid(sheet: Any, grid: Grid, top: int, style: Any, write: Callable[[Any, int, int, str, Any], None]) -> int:
    """Writes a table from row `top` on; the row below it."""
    for row, column, cell in placed(grid):
        if cell.rows > 1 or cell.columns > 1:
            bottom, right = top + row + cell.rows - 1, column + cell.columns - 1
            sheet.merge_range(top + row, column, bottom, right, "", style)
        write(sheet, top + row, column, cell.text, style)
    return top + len(grid)


def _as_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    sheet.write_string(row, column, text, style)


def _as_number(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    if text.isdigit():
        sheet.write_number(row, column, int(text), style)
    else:
        sheet.write_string(row, column, text, style)


def _one_sheet(text: Text, grids: Sequence[Grid], write: Callable[[Any, int, int, str, Any], None]) -> bytes:
    data, workbook, style = _workbook()
    _fill_sheet(workbook.add_worksheet("年报"), text, grids, write, style)
    workbook.close()
    return data.getvalue()


def _fill_sheet(
    sheet: Any, text: Text, grids: Sequence[Grid], write: Callable[[Any, int, int, str, Any], None], style: Any
) -> None:
    sheet.merge_range(0, 0, 0, 9, text.title)
    row = 1
    for line in [text.headings[0], *text.overview]:
        sheet.write_string(row, 0, line)
        row += 1
    for title, grid in zip(text.headings[1:4], grids, strict=True):
        sheet.write_string(row, 0, title)
        row = _put_grid(sheet, grid, row + 1, style, write) + 1
    for line in [text.headings[4], *text.problems, text.headings[5], *text.other]:
        sheet.write_string(row, 0, line)
        row += 1


def hidden_sheet() -> bytes:
    """Last year's report is still in the workbook, on a sheet that is hidden."""
    data, workbook, style = _workbook()
    text = Text(
        "五大连池市五大连池镇人民政府2023年政府信息公开工作年度报告",
        ("2023年，五大连池镇通过市政府网站公开信息31条。未收到政府信息公开申请。",),
        ("人手不足。", "增加人手。"),
        ("无。",),
    )
    _fill_sheet(workbook.add_worksheet("2023年"), text, figures("hidden_sheet"), _as_number, style)
    last_year = workbook.add_worksheet("2022年")
    _fill_sheet(
        last_year,
        replace(text, title=text.title.replace("2023", "2022"), overview=("2022年，五大连池镇公开信息28条。",)),
        figures("one_sheet"),
        _as_number,
        style,
    )
    last_year.hide()
    workbook.close()
    return data.getvalue()


def one_sheet() -> bytes:
    text = Text(
        "上林县大丰镇人民政府2023年政府信息公开工作年度报告",
        ("2023年，大丰镇通过县政府网站公开信息27条。未收到政府信息公开申请。",),
        ("力量薄弱。", "充实人员。"),
        ("无。",),
    )
    return _one_sheet(text, figures("one_sheet"), _as_number)


def trial_form_sheet() -> bytes:
    """Figures typed as text, which is how they arrive from a form that was filled in a browser."""
    text = Text(
        "满洲里市商务局2019年政府信息公开工作年度报告",
        ("2019年，满洲里市商务局通过市政府网站公开信息45条。",),
        ("公开不够及时。", "明确时限。"),
        ("无。",),
    )
    as_printed = {
        "disclosure.licences": ["147", "+(0) -(8)", "149"],
        "disclosure.penalties": ["153", "+(3) -(0)", "155"],
    }
    return _one_sheet(text, figures("trial_form_sheet", as_printed=as_printed), _as_text)


def sheet_per_table() -> bytes:
    """A sheet for the words and one for each table; large figures by number format, the totals of table 3 by formula."""
    data, workbook, style = _workbook()
    grouped = workbook.add_format({"border": 1, "num_format": "#,##0", "align": "center"})
    money = workbook.add_format({"border": 1, "num_format": "#,##0.00", "align": "center"})
    two, three, four = figures("sheet_per_table")

    def write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        if text.isdigit() and sheet.name == "表二" and column == 9:
            first, last = (xlsxwriter.utility.xl_rowcol_to_cell(row, place) for place in (3, 8))
            sheet.write_formula(row, column, f"=SUM({first}:{last})", grouped, int(text))
        elif text.isdigit():
            sheet.write_number(row, column, int(text), grouped)
        elif text == "1976.81":
            sheet.write_number(row, column, float(text), money)
        else:
            sheet.write_string(row, column, text, style)

    words = workbook.add_worksheet("正文")
    lines = (
        "泉州市人民政府2022年政府信息公开工作年度报告",
        "一、总体情况",
        "2022年，全市主动公开政府信息18652条；共收到政府信息公开申请55件，上年结转4件。",
        "二、主动公开政府信息情况",
        "（见表一）",
        "三、收到和处理政府信息公开申请情况",
        "（见表二）",
        "四、政府信息公开行政复议、行政诉讼情况",
        "（见表三）",
        "五、存在的主要问题及改进情况",
        "县区之间不平衡；将开展结对帮扶。",
        "六、其他需要报告的事项",
        "无。",
        "泉州市人民政府",
        "2023年3月24日",
    )
    for row, line in enumerate(lines):
        words.write_string(row, 0, line)
    for name, grid in (("表一", two), ("表二", three), ("表三", four)):
        _put_grid(workbook.add_worksheet(name), grid, 0, style, write)
    workbook.close()
    return data.getvalue()


# --- zip -------------------------------------------------------------------------------------------------------------


def _page(text: Text, grids: Sequence[Grid]) -> bytes:
    def table(grid: Grid) -> str:
        rows = (
            "".join(f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{cell.text}</td>' for cell in row)
            for row in grid
        )
        return "<table border='1'>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"

    parts = [f"<h3>{text.title}</h3>", f"<p>{text.headings[0]}</p>", *(f"<p>{line}</p>" for line in text.overview)]
    for title, grid in zip(text.headings[1:4], grids, strict=True):
        parts += [f"<p>{title}</p>", table(grid)]
    parts += [f"<p>{line}</p>" for line in (text.headings[4], *text.problems, text.headings[5], *text.other)]
    return ("<html><head><meta charset='utf-8'></head><body>" + "\n".join(parts) + "</body></html>").encode()


def _tabbed(text: Text, grids: Sequence[Grid]) -> bytes:
    lines = [text.title, text.headings[0], *text.overview]
    for title, grid in zip(text.headings[1:4], grids, strict=True):
        places = placed(grid)
        width = max(column + cell.columns for _, column, cell in places)
        rows = [[""] * width for _ in grid]
        for row, column, cell in places:
            rows[row][column] = cell.text
        lines += [title, *("\t".join(row) for row in rows)]
    return "\n".join([*lines, text.headings[4], *text.problems, text.headings[5], *text.other, ""]).encode()


def _zip(members: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(zipfile.ZipInfo(name, _MADE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def bundle() -> bytes:
    """Folders name the places that the reports do not; a sidecar names an organ; one province is a zip within the zip."""
    none, words = ("无。",), ("公开不及时。", "改进。")
    river = Text(
        "河口镇人民政府2023年政府信息公开工作年度报告",
        ("2023年，河口镇通过上级政府网站公开信息18条。",),
        words,
        none,
    )
    bridge = Text(
        "双桥镇人民政府2023年政府信息公开工作年度报告",
        ("2023年，双桥镇未收到政府信息公开申请。",),
        words,
        none,
    )
    bureau = Text("2023年政府信息公开工作年度报告", ("2023年，我局通过微信公众号发布信息26条。",), words, none)
    document = _new_docx()
    _add_plain(document, river, figures("bundle"))
    sidecar = {
        "organ": "大悟县统计局",
        "published_on": "2024-01-23",
        "url": "http://www.example.gov.cn/tjj/2024/1.html",
    }
    inner = _zip({"淮南市/寿县/双桥镇.txt": _tabbed(bridge, figures("bundle", 2))})
    return _zip(
        {
            "湖北省/孝感市/大悟县/河口镇.docx": _docx_bytes(document),
            "湖北省/孝感市/大悟县/tjj.html": _page(bureau, figures("bundle", 1)),
            "湖北省/孝感市/大悟县/tjj.html.meta.json": json.dumps(sidecar, ensure_ascii=False).encode(),
            "安徽省.zip": inner,
        }
    )


MADE: Mapping[str, Sequence[Callable[[], bytes]]] = {
    "docx": (merged_cells, trial_form, numbered_headings, two_towns, tracked_changes, scanned_tables),
    "pdf": (
        ruled,
        ruled_trial_form,
        ruled_blanks,
        unruled,
        unruled_distinct,
        unruled_blanks,
        scanned_pages,
        pictures_between_prose,
    ),
    "xlsx": (one_sheet, trial_form_sheet, sheet_per_table, hidden_sheet),
    "zip": (bundle,),
}


def main() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    for ending, makers in MADE.items():
        for make in makers:
            (DOCUMENTS / f"{make.__name__}.{ending}").write_bytes(make())


if __name__ == "__main__":
    main()
