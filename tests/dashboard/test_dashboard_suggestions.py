"""What would mend a report, as its page says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dash import html
from known_release import TOWN_2021
from test_dashboard_prose import EN, ZH, parts, words

from dashboard.components.rules import rules_panel
from dashboard.data.release import Release
from dashboard.data.report import Report, Suggestion, report


@pytest.fixture
def town(release: Release) -> Report:
    found = report(release, TOWN_2021.key)
    assert found is not None
    return found


def box(t: Any, town: Report, *suggestions: Suggestion) -> list[str]:
    panel = rules_panel(t, town.results, town.passed, town.cells, suggestions)
    boxes = [part for part in parts(panel) if getattr(part, "className", None) == "suggestions"]
    return [word for found in boxes for word in words(found)]


def test_the_one_change_that_would_do(town: Report) -> None:
    one = replace(town.suggestions[0], rules=("H1", "H2"))
    said = box(ZH, town, one)
    assert said[0] == "更正参考 · 申请"
    assert said[1].startswith("只有这一处最小改动")
    assert said[2] == "一、本年新收政府信息公开申请数量 × 总计：2 → 1，可同时满足 H1、H2"
    assert "说不准是原文还是读取" in said
    assert "New applications × Total: 2 → 1 would satisfy H1, H2" in box(EN, town, one)


def test_none_of_several_is_the_suggestion(town: Report) -> None:
    several = [replace(town.suggestions[0], count=3)] * 3
    assert box(ZH, town, *several)[1].startswith("有 3 种同样小的改动，任取其一")
    assert "只列出 3 种" in box(ZH, town, *(replace(one, count=9) for one in several))[1]


def test_two_cells_exchanged(town: Report) -> None:
    swap = replace(town.suggestions[0], other_cell="application.granted.total")
    assert "一、本年新收政府信息公开申请数量 × 总计（2）与 （一）予以公开 × 总计（1）互换，可同时满足 H1" in box(
        ZH, town, swap
    )


def test_a_suggestion_stands_in_no_cell(town: Report) -> None:
    panel = rules_panel(ZH, town.results, town.passed, town.cells, town.suggestions)
    inside = [part for part in parts(panel) if isinstance(part, html.Td) and any("→" in word for word in words(part))]
    assert inside == []


def test_a_report_without_suggestions_has_no_empty_box(town: Report) -> None:
    assert box(ZH, town) == []
