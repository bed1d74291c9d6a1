"""Reports made by hand, as the parser would return them: every cell of the form, 0 unless the test says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from dagster_project.report_parser.form import FORMS, CellName, FormVersion
from dagster_project.report_parser.gazetteer import default_gazetteer
from dagster_project.report_parser.model import Cells, CellState, Finding, Region, Report, Status

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
        "part": 1,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "title": "政府信息公开工作年度报告",
        "organ": organ,
        "organ_level": "county" if region_code and len(region_code) == 6 else "township",
        "organ_type": "government" if organ and organ.endswith("政府") else "department",
        "year": year,
        "form": form,
        "region": default_gazetteer().region(region_code) if region_code else Region(),
        "candidates": (),
        "period_start": year and date(year, 1, 1),
        "period_end": year and date(year, 12, 31),
        "signed_on": year and date(year + 1, 1, 20),
        "published_on": None,
        "url": None,
        "is_sample": False,
        "status": Status.PARSED,
        "reason": None,
        "cells": _cells(form, printed or {}),
        "claims": (),
        "findings": (Finding("made", "info", f"made for a test: {name}"),),
        "sections": (),
        "problems": None,
        "measures": None,
        "processing_fee": None,
        "metadata": (),
    }
    return Report(**facts | attributes)


def content_hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def _cells(form: FormVersion | None, printed: Mapping[CellName, Printed]) -> Cells:
    if form is None:
        return Cells()
    names = tuple(FORMS[form].cells())
    contents = [printed.get(name, 0) for name in names]
    return Cells(
        names=names,
        values=tuple(None if isinstance(content, CellState) else Decimal(content) for content in contents),
        raws=tuple("" if isinstance(content, CellState) else str(content) for content in contents),
        states=tuple(content if isinstance(content, CellState) else CellState.NUMBER for content in contents),
        lines=tuple(range(1, len(names) + 1)),
    )
