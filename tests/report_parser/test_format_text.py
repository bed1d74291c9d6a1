"""Text files: the encoding is told by the bytes, and damage stays visible."""

from __future__ import annotations

import codecs
import time

import pytest

from dagster_project.report_parser.formats import MAX_BYTES, Unreadable, read_document

SIMPLIFIED = "西坡镇2022年政府信息公开工作年度报告\n一、总体情况\n行政处罚\t12\n"
TRADITIONAL = "西坡鎮2022年政府信息公開工作年度報告\n一、總體情況\n行政處罰\t12\n"


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        read_document(data)
    assert "请" in str(error.value)
    return error.value.code


@pytest.mark.parametrize(
    ("prefix", "encoding", "text"),
    [
        pytest.param(b"", "utf-8", SIMPLIFIED, id="utf-8"),
        pytest.param(codecs.BOM_UTF8, "utf-8", SIMPLIFIED, id="utf-8_bom"),
        pytest.param(codecs.BOM_UTF16_LE, "utf-16-le", SIMPLIFIED, id="utf-16-le_bom"),
        pytest.param(codecs.BOM_UTF16_BE, "utf-16-be", SIMPLIFIED, id="utf-16-be_bom"),
        pytest.param(b"", "utf-16-le", SIMPLIFIED, id="utf-16-le"),
        pytest.param(b"", "utf-16-be", SIMPLIFIED, id="utf-16-be"),
        pytest.param(b"", "gb18030", SIMPLIFIED, id="gb18030"),
        pytest.param(b"", "gb18030", TRADITIONAL, id="gb18030_traditional"),
        pytest.param(b"", "big5", TRADITIONAL, id="big5"),
    ],
)
def test_encodings(prefix: bytes, encoding: str, text: str) -> None:
    reading = read_document(prefix + text.encode(encoding))
    assert (reading.document.text, reading.encoding, reading.media_type) == (text, encoding, "text/plain")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le"])
def test_cut_inside_a_character(encoding: str) -> None:
    data = (TRADITIONAL * 20 + "報告").encode(encoding)[:-1]
    reading = read_document(data)
    assert reading.encoding == encoding
    assert reading.document.text.startswith(TRADITIONAL)


def test_a_damaged_byte_stays_visible() -> None:
    data = (SIMPLIFIED * 20).encode()
    damaged = data.replace(b"\t12", b"\t\xff2", 1).replace(b"\t12", b"\t1\x002", 1)
    assert read_document(damaged).document.lines[2::3][:2] == ["行政处罚\t\ufffd2", "行政处罚\t1\ufffd2"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_line_ends_and_invisible_marks(encoding: str) -> None:
    text = "\ufeff政府\u200b信息公开\r\n年度\u00ad报告\r行政\n"
    assert read_document(text.encode(encoding)).document.text == "政府信息公开\n年度报告\n行政\n"


def test_markdown_keeps_its_lines() -> None:
    reading = read_document("| 规章 | 1<br/>2 |&nbsp;3 |\n| --- | --- |\n".encode())
    assert reading.document.text == "| 规章 | 1 2 | 3 |\n| --- | --- |\n"
    assert not reading.document.grid


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty", id="no_bytes"),
        pytest.param(b"\xef\xbb\xbf \r\n\t", "empty", id="white_space"),
        pytest.param(b" " * 50_000_000, "empty", id="spaces"),
        pytest.param(b"x" * (MAX_BYTES + 1), "too_large", id="too_large"),
        pytest.param(b"\x00" * 100, "binary", id="zeros"),
        pytest.param(bytes(range(256)) * 40, "binary", id="every_byte"),
        pytest.param("天气".encode("utf-16-le") + b"\x00\x01" * 9, "binary", id="no_word_of_a_report"),
        pytest.param(b"Rar!\x1a\x07\x00", "unsupported_format", id="rar"),
        pytest.param(b"<?xml version='1.0'?><wordDocument>1</wordDocument>", "unsupported_format", id="xml"),
        pytest.param(b"\xff\xd8\xff\xe0", "tables_are_images", id="jpeg"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "tables_are_images", id="png"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b" " * 20_000_000 + b"x", id="spaces"),
        pytest.param(b"7" * 20_000_000, id="digits"),
        pytest.param("行政处罚".encode("gb18030") * 1_000_000, id="a_label"),
        pytest.param(b"a:" * 10_000_000, id="colons"),
        pytest.param(b"a: b\n" * 4_000_000, id="mail_headers"),
        pytest.param(b"<" * 20_000_000, id="angles"),
    ],
)
def test_monotony_is_read_in_time(data: bytes) -> None:
    start = time.process_time()
    assert read_document(data).document.text
    assert time.process_time() - start < 3
