"""A report printed in another format has the same cells: the fixtures, spans and all, as html, docx, pdf and xlsx."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from documents import CELLS, LAYOUTS_2021, TABS, TRIAL, distinct_text_of, read, text_of

from dagster_project.demo.formats import print_document
from dagster_project.demo.structure import document_of
from dagster_project.report_parser import CellState, Report, Status, parse


def _printed(report: Report, form: str) -> bytes:
    texts = {(cell.table, cell.row, cell.column): cell.raw or "" for cell in report.cells}
    sections = {section.code: section.text.split("\n") for section in report.sections}
    assert report.form == "2019" or report.form == "2021"
    document = document_of([f"{report.organ}{report.year}年政府信息公开工作年度报告"], sections, report.form, texts)
    return print_document(document, form)


@pytest.mark.parametrize("form", ["html", "mhtml", "docx", "pdf", "xlsx", "md"])
@pytest.mark.parametrize("name", [*LAYOUTS_2021, TRIAL])
def test_same_cells_in_another_format(name: str, form: str) -> None:
    report = read(text_of(name) if name in (TRIAL, TABS) else distinct_text_of(name))
    copy = parse(_printed(report, form), f"copy.{form}")
    assert (copy.organ, copy.year, copy.form) == (report.organ, report.year, report.form)
    differing = [
        (cell, other)
        for cell, other in zip(report.cells, copy.cells, strict=True)
        if cell[:4] != other[:4] or cell.state is not other.state
    ]
    assert differing == []


def _with_totals_as_formulas(workbook: bytes) -> bytes:
    """As a program writes them that computes nothing: the last of the seven figures of each row of table 3, with 0 for a result."""
    number = re.compile(r'(<c r="([A-Z]+)(\d+)"(?: s="\d+")?>)<v>[\d.]+</v>')

    def changed(row: re.Match[str]) -> str:
        cells = list(number.finditer(row[0]))
        if len(cells) != 7:
            return row[0]
        first, last = cells[0], cells[-1]
        formula = f"SUM({first[2]}{first[3]}:{cells[-2][2]}{first[3]})"
        return row[0].replace(last[0], f"{last[1]}<f>{formula}</f><v>0</v>")

    file = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub("<row .*?</row>", changed, part.decode(), flags=re.DOTALL).encode()
            after.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize("name", [CELLS, TRIAL])
def test_totals_that_nobody_computed_are_no_numbers(name: str) -> None:
    whole = _printed(read(text_of(name) if name == TRIAL else distinct_text_of(name)), "xlsx")
    report, bent = parse(whole, "whole.xlsx"), parse(_with_totals_as_formulas(whole), "bent.xlsx")
    pairs = [pair for pair in zip(report.cells, bent.cells, strict=True) if pair[0][:6] != pair[1][:6]]
    assert {(cell.table, cell.column) for cell, _ in pairs} == {("application", "total")}
    assert {(other.state, (other.raw or "")[:5]) for _, other in pairs} == {(CellState.TEXT, "=SUM(")}
    # A 0 is one, where nothing but zeros is added up.
    totals = [cell.value for cell in report.cells if (cell.table, cell.column) == ("application", "total")]
    assert {cell.value for cell, _ in pairs} == set(totals) - {0}
    assert len(pairs) == len(totals) - totals.count(Decimal(0))
    assert report.status is Status.PARSED
    assert bent.status is Status.PARTIAL
    assert f"有 {len(pairs)} 个单元格" in bent.findings[0].message
