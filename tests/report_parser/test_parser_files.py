"""What kind of file it is: encodings that give the same cells, and files that are refused with a reason."""

from __future__ import annotations

import codecs

import pytest
from documents import CELLS, LAYOUTS_2021, PDF, distinct_text_of, text_of

from dagster_project.report_parser import Given, Hints, Status, parse, parse_all, parse_many


@pytest.mark.parametrize("name", LAYOUTS_2021)
@pytest.mark.parametrize(
    ("prefix", "encoding", "newline", "detected"),
    [
        pytest.param(b"", "gb18030", "\n", "gb18030", id="gb18030"),
        pytest.param(codecs.BOM_UTF16_LE, "utf-16-le", "\n", "utf-16-le", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE, "utf-16-be", "\r\n", "utf-16-be", id="utf-16-be"),
        pytest.param(codecs.BOM_UTF8, "utf-8", "\r\n", "utf-8", id="bom_and_crlf"),
        pytest.param(b"", "utf-8", "\r", "utf-8", id="cr"),
    ],
)
def test_copies_read_alike(name: str, prefix: bytes, encoding: str, newline: str, detected: str) -> None:
    text = distinct_text_of(name)
    original = parse(text.encode(), "a.txt")
    copy = parse(prefix + text.replace("\n", newline).encode(encoding), "b.txt")
    assert copy.encoding == detected
    assert (copy.organ, copy.year, copy.region, copy.cells) == (
        original.organ,
        original.year,
        original.region,
        original.cells,
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="no_bytes"),
        pytest.param(b" \r\n\t\r\n", "empty", id="only_white_space"),
        pytest.param(bytes(range(256)) * 40, "binary", id="binary_named_txt"),
        pytest.param(b"\x00" * 100, "binary", id="zero_bytes"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "broken_file", id="cut_pdf"),
        pytest.param(b"PK\x03\x04\x14\x00", "broken_file", id="cut_docx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "unsupported_format", id="doc"),
        pytest.param(b"\n<!DOCTYPE html><html><body>x</body></html>", "not_a_report", id="html"),
        pytest.param("今天多云，最高气温12度，明天小雨。\n".encode() * 30, "not_a_report", id="prose"),
        pytest.param("行政处罚 5 件\n行政许可 3 件\n".encode(), "not_a_report", id="labels_alone"),
    ],
)
def test_refused_with_a_reason(data: bytes, reason: str) -> None:
    report = parse(data, "x.txt")
    assert (report.status, report.reason, len(report.cells)) == (Status.REJECTED, reason, 0)
    assert reason in {finding.code for finding in report.findings}


def test_many_documents_are_read_as_each_is_by_itself() -> None:
    texts = [text_of(name) for name in LAYOUTS_2021]
    documents = [
        Given(texts[0].encode(), "a.txt"),
        Given(b"", "empty.txt"),
        Given("\n".join((texts[1], distinct_text_of(PDF))).encode(), "two.txt", Hints(url="https://example.test/2")),
        Given(b"%PDF-1.7\n%\xe2\xe3", "cut.pdf"),
        *(Given(text.encode("gb18030"), f"庆阳市/{number}.txt") for number, text in enumerate(texts)),
    ]
    read = parse_many(documents)
    assert read == [parse_all(*document) for document in documents]
    assert [len(reports) for reports in read[:4]] == [1, 1, 2, 1]
    assert parse_many([]) == []


def test_report_whose_tables_are_pictures() -> None:
    text = text_of(CELLS)
    without = "\n".join(line for line in text.split("\n") if not line.startswith("\t"))
    report = parse(without.encode(), "x.txt")
    assert (report.status, report.reason) == (Status.REJECTED, "tables_not_found")
    assert (report.organ, report.year) == ("双塔镇人民政府", 2022)


def test_file_cut_inside_a_character_is_still_read() -> None:
    data = text_of(PDF).rstrip().encode()
    assert parse(data[:-1], "x.txt").encoding == "utf-8"


def test_equal_bytes_have_equal_reports() -> None:
    data = text_of(PDF).encode()
    assert parse(data, "x.txt") == parse(data, "x.txt")
