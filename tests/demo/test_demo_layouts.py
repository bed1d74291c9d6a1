"""Every layout prints every cell, in the order of the form."""

from __future__ import annotations

import re
from random import Random

import pytest

from dagster_project.demo.layouts.labels import LABEL_HABITS
from dagster_project.demo.layouts.lines import glued
from dagster_project.demo.layouts.registry import TEXT_LAYOUTS, TextLayout
from dagster_project.demo.layouts.wrap import wrap
from dagster_project.report_parser.form import FORMS, FormVersion

_NUMBER = re.compile(r"\d{4,}")


@pytest.mark.parametrize("version", ["2019", "2021"])
@pytest.mark.parametrize("layout", TEXT_LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("seed", range(6))
def test_prints_every_cell_in_the_order_of_the_form(layout: TextLayout, version: FormVersion, seed: int) -> None:
    numbers = {name: str(1000 + index) for index, name in enumerate(FORMS[version].cells())}
    tables = layout.render(version, numbers, Random(seed), False)
    for table, lines in (
        ("disclosure", tables.disclosure),
        ("application", tables.application),
        ("dispute", tables.dispute),
    ):
        for habit in LABEL_HABITS:
            found = _NUMBER.findall("\n".join(map(habit, lines)))
            assert found == [number for name, number in numbers.items() if name[0] == table]


@pytest.mark.parametrize(
    "layout", [layout for layout in TEXT_LAYOUTS if layout.blanks_are_certain], ids=lambda x: x.name
)
def test_blank_cells_keep_their_place(layout: TextLayout) -> None:
    """With all of a table blank, as many lines and separators stand there as with all of it filled."""
    texts = dict.fromkeys(FORMS["2021"].cells(), "0")
    blanks = dict.fromkeys(texts, "")
    filled = layout.render("2021", texts, Random(1), True)
    empty = layout.render("2021", blanks, Random(1), True)
    for full, bare in zip(filled.application, empty.application, strict=True):
        assert full.count("\t") == bare.count("\t")
        assert full.count("|") == bare.count("|")


def test_values_are_not_taken_for_labels() -> None:
    assert [habit("行政事业性收费\t12.5\t1.5") for habit in LABEL_HABITS] == ["行政事业性收费\t12.5\t1.5"] * len(
        LABEL_HABITS
    )


def test_digits_run_on_from_a_label_only_where_they_can_be_told_apart() -> None:
    texts = {name: "12" if name[1] == "licences" else "0" for name in FORMS["2021"].cells()}
    printed = glued("2021", texts, Random(1), False).disclosure
    assert "规章000" in printed
    assert "行政许可 12" in printed


def test_wrapping_breaks_neither_a_number_nor_before_a_closing_mark() -> None:
    assert wrap("公开信息12345条，其中", 6) == ["公开信息12345", "条，其中"]
    assert wrap("一二三，四五", 3) == ["一二三，", "四五"]
