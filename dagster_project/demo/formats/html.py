"""Web pages: tables with row and column spans, in the ways that editors and office programs write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from ..blocks import PrintedDocument, PrintedTable, TableCell, Text
from .text import encoded

_CHARSETS = {"gb18030": "gb2312"}
"""What a page declares, where that is not its encoding's own name: nearly all Chinese pages say gb2312 of GBK and GB18030."""

_ASCII_RUN = re.compile(r"[!-~]+(?: [!-~]+)*")
_LONG_NUMBER = re.compile(r"(\d)([\d,.]+)")


def _plain(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _split_spans(text: str) -> str:
    """Every number of more than one digit over two spans, as an editor leaves it after a correction."""
    return _LONG_NUMBER.sub(r"<span>\1</span><span>\2</span>", _plain(text))


def _nested_spans(text: str) -> str:
    return (
        f'<p><span style="font-size:14px"><span style="font-family:仿宋"><span>{_plain(text)}</span></span></span></p>'
    )


def _nbsp(text: str) -> str:
    """Hard spaces around the text and for every space in it; an empty cell holds one, so that browsers draw its border."""
    return f"&nbsp;{_plain(text).replace(' ', '&nbsp;')}&nbsp;" if text else "&nbsp;"


def _word(text: str, align: str = "center") -> str:
    """As Word exports a paragraph: a span for each change between Chinese and other characters."""
    spans = []
    start = 0
    for run in _ASCII_RUN.finditer(text):
        spans += [
            (text[start : run.start()], "style='font-family:宋体'"),
            (run[0], "lang=EN-US style='font-family:宋体'"),
        ]
        start = run.end()
    spans.append((text[start:], "style='font-family:宋体'"))
    inner = "".join(f"<span {attributes}>{_plain(part)}</span>" for part, attributes in spans if part)
    return f"<p class=MsoNormal align={align} style='text-align:{align}'>{inner}<span lang=EN-US><o:p></o:p></span></p>"


STYLES: dict[str, Callable[[str], str]] = {
    "plain": _plain,
    "split_spans": _split_spans,
    "nested_spans": _nested_spans,
    "nbsp": _nbsp,
    "word": _word,
    "layout_table": _plain,
}
"""How a cell's text is marked up."""

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{charset}">
<title>{title}</title>
<style>
body {{ font-family: SimSun, "Noto Serif CJK SC", serif; max-width: 860px; margin: 2em auto; line-height: 1.8; }}
h1 {{ text-align: center; font-size: 22px; }} h2 {{ font-size: 17px; }} p {{ text-indent: 2em; margin: 0.4em 0; }}
table {{ border-collapse: collapse; width: 100%; font-size: 13px; }} td {{ border: 1px solid #000; padding: 2px 4px; text-align: center; }}
td p {{ text-indent: 0; margin: 0; }} .closing {{ text-align: right; }} .nav {{ color: #666; font-size: 12px; }}
</style>
</head>
<body>
"""
_WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset={charset}">
<meta name=Generator content="Microsoft Word 15">
<title>{title}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style>
<!--
@font-face {{font-family:宋体; panose-1:2 1 6 0 3 1 1 1 1 1;}}
p.MsoNormal {{margin:0cm; text-align:justify; font-size:10.5pt; font-family:"Calibri","sans-serif";}}
-->
</style>
</head>
<body lang=ZH-CN style='tab-interval:21.0pt'>
"""
_TAGS = {
    "title": "<h1>{}</h1>",
    "heading": "<h2>{}</h2>",
    "paragraph": "<p>{}</p>",
    "closing": '<p class="closing">{}</p>',
    "navigation": '<div class="nav">{}</div>',
    "notice": "<p>{}</p>",
}


def write(document: PrintedDocument, style: str, encoding: str) -> bytes:
    """The page in `encoding`, which it declares; characters that the encoding lacks are written as references."""
    page = page_of(document, style, _CHARSETS.get(encoding, encoding))
    if encoding == "utf-16":
        return encoded(page, encoding)
    return page.encode(encoding, "xmlcharrefreplace")


def page_of(document: PrintedDocument, style: str, charset: str) -> str:
    """The page as text; it declares `charset`."""
    head = _WORD_HEAD if style == "word" else _HEAD
    parts = [head.format(charset=charset, title=escape(document.title or "政府信息公开"))]
    body = [_line(block, style) if isinstance(block, Text) else _table(block, style) for block in document.blocks]
    if style == "layout_table":
        links = "<br>".join(("机构职能", "政策文件", "年度报告"))
        body = [
            f'<table border="0"><tr><td width="80" valign="top">{links}</td><td style="text-align:left">',
            *body,
            "</td></tr></table>",
        ]
    return "\n".join([*parts, *body, "</body>", "</html>", ""])


def _line(line: Text, style: str) -> str:
    if style == "word":
        return _word(line.text, {"title": "center", "closing": "right"}.get(line.role, "left"))
    if style == "nbsp" and line.role == "paragraph":
        return f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{_plain(line.text)}</p>"
    return _TAGS[line.role].format(_plain(line.text))


def _table(table: PrintedTable, style: str) -> str:
    mark_up = STYLES[style]
    lines = ["<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0>" if style == "word" else "<table>"]
    for row in table.rows:
        lines.append("<tr>" + "".join(_cell(cell, mark_up) for cell in row) + "</tr>")
    lines.append("</table>")
    return "\n".join(lines)


def _cell(cell: TableCell, mark_up: Callable[[str], str]) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<td{rows}{columns}>{mark_up(cell.text)}</td>"
