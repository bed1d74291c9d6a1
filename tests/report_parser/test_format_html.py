"""Web pages: what they print, cell by cell, whatever their tags."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest

from dagster_project.report_parser.document import GridCell
from dagster_project.report_parser.formats import Reading, Unreadable, read_document


def page(body: str, head: str = "") -> Reading:
    return read_document(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def grid(reading: Reading) -> list[tuple[GridCell, ...]]:
    return list(reading.document.grid.values())


def test_spans_place_the_cells() -> None:
    reading = page(
        "<table><thead><tr><th rowspan=2 colspan=3>申请人情况</th><th>自然人</th><th colspan=2>法人</th></tr>"
        "<tr><td>a</td><td>商业</td><td>科研</td></tr></thead>"
        "<tbody><tr><td rowspan=0>三</td><td colspan=2>公开</td><td>1</td><td></td><td>3</td></tr>"
        "<tr><td>不予</td><td>秘密</td><td>4</td><td>5</td><td>6</td></tr></tbody>"
        "<tr><td colspan=3>总计</td><td>7</td></tr></table>"
    )
    assert grid(reading) == [
        (GridCell("申请人情况", 0, 3), GridCell("自然人", 3), GridCell("法人", 4, 2)),
        (GridCell("a", 3), GridCell("商业", 4), GridCell("科研", 5)),
        (GridCell("三", 0), GridCell("公开", 1, 2), GridCell("1", 3), GridCell("", 4), GridCell("3", 5)),
        (GridCell("不予", 1), GridCell("秘密", 2), GridCell("4", 3), GridCell("5", 4), GridCell("6", 5)),
        (GridCell("总计", 0, 3), GridCell("7", 3)),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param("<span>1</span><span\nlang=EN-US>2</span>", "12", id="a_number_over_two_spans"),
        pytest.param("<span><span><b>1</b></span></span>", "1", id="nested_spans"),
        pytest.param("<p class=MsoNormal><span>&nbsp;0&nbsp;</span><o:p></o:p></p>", "0", id="word_paragraph"),
        pytest.param("&nbsp;", "", id="only_a_hard_space"),
        pytest.param("0&nbsp;0 0<br>0", "0 0 0 0", id="several_numbers_stay_parted"),
        pytest.param("<p>1</p><p>2</p>", "1 2", id="paragraphs"),
        pytest.param("5<sup>1</sup>", "5 1", id="note_mark"),
        pytest.param("<s>5</s>6", "5 6", id="struck_out"),
        pytest.param("<span style='TEXT-DECORATION: line-through'>5</span>6", "5 6", id="struck_out_by_style"),
        pytest.param("5<span style='font-size:8px;vertical-align: super'>1</span>", "5 1", id="note_mark_by_style"),
        pytest.param("<span style='font-size: 0'>9</span>5<b style='font-size:0.8em'>6</b>", "56", id="no_size"),
        pytest.param("<del>5</del>6", "6", id="tracked_deletion"),
        pytest.param(
            "9<script>8</script><span style='DISPLAY: none'>7</span><!-- 6 --><i hidden>5</i>", "9", id="unseen"
        ),
        pytest.param("规\n 章", "规章", id="a_break_in_the_source"),
        pytest.param("1\n2", "1 2", id="a_break_between_figures"),
        pytest.param("1\u200b2&#8203;3", "123", id="invisible_marks"),
        pytest.param("<![if !supportEmptyParas]>4<![endif]>", "4", id="word_condition"),
    ],
)
def test_text_of_a_cell(cell: str, text: str) -> None:
    reading = page(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>")
    assert grid(reading) == [(GridCell("规章", 0), GridCell(text, 1))]


def test_layout_tables_and_tables_in_cells() -> None:
    prose = "<p>2022年，西坡镇公开信息42条。</p>" * 12
    reading = page(
        f"<table><tr><td>首页</td><td><h1>年度报告</h1>{prose}"
        "<table><tr><td>规章</td><td>1</td></tr></table>以上</td></tr></table>"
    )
    assert reading.document.lines[:3] == ["首页", "年度报告", "2022年，西坡镇公开信息42条。"]
    assert grid(reading) == [(GridCell("规章", 0), GridCell("1", 1))]
    assert reading.document.lines[-2] == "以上"


def test_table_of_one_column_is_lines() -> None:
    reading = page("<table><tr><td>西坡镇</td></tr><tr><td>年度报告<br>2022</td></tr></table>")
    assert (reading.document.lines[:3], grid(reading)) == (["西坡镇", "年度报告", "2022"], [])


def test_rows_that_only_set_widths_are_left_out() -> None:
    reading = page("<table><tr><td>a</td><td></td></tr><tr height=0><td width=5></td><td width=5></td></tr></table>")
    assert grid(reading) == [(GridCell("a", 0), GridCell("", 1))]


def test_blocks_break_lines_and_words_do_not() -> None:
    reading = page("<h2>一、总体情况</h2><div>政府<b>信息</b>公开&nbsp;42&nbsp;条<br/>第二行</div>尾<pre>a\tb\nc</pre>")
    assert reading.document.text == "一、总体情况\n政府信息公开 42 条\n第二行\n尾\na\tb\nc\n"


def test_stray_and_unclosed_tags() -> None:
    reading = read_document(b"<div><td>1</td></tr></table><table><tr><td>a<td>2<tr><td>b<td>3")
    assert [[cell.text for cell in row] for row in grid(reading)] == [["a", "2"], ["b", "3"]]
    assert reading.document.lines[0] == "1"
    assert not reading.document.text.endswith("\n")


def test_tables_in_markdown_leave_its_lines_alone() -> None:
    reading = read_document("# 报告\n\n第一行\n第二行\n<table><tr><td>规\n章</td><td>1</td></tr></table>\n".encode())
    assert reading.document.lines[:4] == ["# 报告", "第一行", "第二行", "规章\t1"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "big5"])
def test_encoding_is_that_of_the_bytes_not_the_declared_one(encoding: str) -> None:
    text = '<html><head><meta charset="iso-8859-1"></head><body>政府信息公開年度報告</body></html>'
    reading = read_document(text.encode(encoding))
    assert (reading.document.text, reading.encoding) == ("政府信息公開年度報告\n", encoding)


def test_xhtml_with_a_declaration_and_namespaced_tags() -> None:
    text = (
        '<?xml version="1.0" encoding="GBK"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>政府</p></body></html>'
    )
    assert read_document(text.encode("gb18030")).document.text == "政府\n"


def test_images() -> None:
    assert page("<p>二、主动公开</p><img src=a.png>").has_images
    assert not page("<p>二、主动公开</p>").has_images
    with pytest.raises(Unreadable) as error:
        page("<img src=a.png>")
    assert error.value.code == "tables_are_images"


def test_web_archive() -> None:
    archive = EmailMessage()
    archive["Subject"] = "report"
    archive.set_content("plain twin")
    archive.add_alternative("<html><body><table><tr><td>规章</td><td>3</td></tr></table></body></html>", subtype="html")
    reading = read_document(archive.as_bytes())
    assert reading.media_type == "multipart/related"
    assert grid(reading) == [(GridCell("规章", 0), GridCell("3", 1))]


def test_web_archive_without_a_page() -> None:
    with pytest.raises(Unreadable) as error:
        read_document(b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n")
    assert error.value.code == "empty"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 100_000 + "x", id="deep"),
        pytest.param("<table><tr><td>" * 100_000 + "5", id="deep_tables"),
        pytest.param("<p>" + " " * 20_000_000 + "x", id="spaces"),
        pytest.param("<p>公" + "\n" * 5_000_000 + "开", id="line_ends"),
        pytest.param("<td>" * 2_000_000, id="tags"),
        pytest.param("<table>" + "<tr><td colspan=99999 rowspan=99999>1" * 50_000, id="spans"),
        pytest.param("<table><tr>" + "<td rowspan=65534>1" * 250 + "<tr><td>2" * 50_000, id="long_spans"),
        pytest.param('<p style="display' + " " * 5_000_000 + '">x', id="style"),
        pytest.param("<!" * 2_000_000, id="declarations"),
    ],
)
def test_monstrous_pages_end_in_time(body: str) -> None:
    codes = set()
    start = time.process_time()
    try:
        page(body)
    except Unreadable as error:
        codes.add(error.code)
    assert time.process_time() - start < 5
    assert codes <= {"too_large", "empty"}


def test_every_truncation_is_read_or_refused() -> None:
    codes = set()
    text = "<html><body><p>年度报告</p><table><tr><td rowspan=2>规章<td>12<tr><td>34</table>&nbsp;</body></html>"
    for end in range(len(text)):
        try:
            read_document(text[:end].encode())
        except Unreadable as error:
            codes.add(error.code)
    assert codes == {"empty"}
