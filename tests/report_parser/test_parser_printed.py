"""A report printed in another format has the same cells: the fixtures, spans and all, as html, docx, pdf and xlsx."""

from __future__ import annotations

import pytest
from documents import LAYOUTS_2021, TABS, TRIAL, distinct_text_of, read, text_of

from dagster_project.demo.formats import print_document
from dagster_project.demo.structure import document_of
from dagster_project.report_parser import Report, parse


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
