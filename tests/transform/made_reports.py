"""Reports made by hand, as the parser would return them: every cell of the form, 0 unless the test says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from dagster_project.report_parser.form import FORMS, CellName, FormVersion
from dagster_project.report_parser.gazetteer import default_gazetteer
from dagster_project.report_parser.model import Cell, CellState, Finding, Region, Report, Status

Printed = int | str | CellState
"""A number, or the state of a cell that holds none."""


def make_report(
    name: str,
    organ: str | None,
    year: int | None,
    *,
    region_code: str | None = None,
    form: FormVersion | None = "2021",
    printed: Mapping[CellName, Printed] | None = None,
    **attributes: Any,
) -> Report:
    """A report whose bytes are told apart by `name`. `printed` holds the cells that are not 0."""
    facts: dict[str, Any] = {
        "source": f"{name}.txt",
        "sha256": content_hash(name),
        "media_type": "text/plain",
        "encoding": "utf-8",
        "title": "政府信息公开工作年度报告",
        "organ": organ,
        "year": year,
        "form": form,
        "region": default_gazetteer().region(region_code) if region_code else Region(),
        "period_start": year and date(year, 1, 1),
        "period_end": year and date(year, 12, 31),
        "signed_on": year and date(year + 1, 1, 20),
        "is_sample": False,
        "status": Status.PARSED,
        "reason": None,
        "cells": _cells(form, printed or {}),
        "claims": (),
        "findings": (Finding("made", "info", f"made for a test: {name}"),),
        "sections": (),
    }
    return Report(**facts | attributes)


def content_hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def _cells(form: FormVersion | None, printed: Mapping[CellName, Printed]) -> tuple[Cell, ...]:
    if form is None:
        return ()
    return tuple(_cell(cell, printed.get(cell, 0), line) for line, cell in enumerate(FORMS[form].cells(), start=1))


def _cell(name: CellName, printed: Printed, line: int) -> Cell:
    if isinstance(printed, CellState):
        return Cell(*name, value=None, raw="", state=printed, line=line)
    return Cell(*name, value=Decimal(printed), raw=str(printed), state=CellState.NUMBER, line=line)
