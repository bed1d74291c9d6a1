"""The prose of a report as the page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from dash import html
from known_release import CITY_2022, TOWN_2021

from dashboard.address import Address
from dashboard.components.prose import claims_panel, text_panel
from dashboard.components.report_header import report_header
from dashboard.data.release import Release
from dashboard.data.report import Report, report
from dashboard.i18n import Translator

ZH, EN = Translator("zh"), Translator("en")


def parts(component: Any) -> Iterator[Any]:
    """The component and everything in it, in order."""
    yield component
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list) else [children]:
        if child is not None:
            yield from parts(child)


def words(component: Any) -> list[str]:
    return [part for part in parts(component) if isinstance(part, str)]


@pytest.fixture
def town(release: Release) -> Report:
    found = report(release, TOWN_2021.key)
    assert found is not None
    return found


def test_a_sentence_stands_once_with_all_its_figures(town: Report) -> None:
    rows = [part for part in parts(claims_panel(ZH, town.claims)) if isinstance(part, html.Tr)][1:]
    assert [words(row) for row in rows] == [
        ["网站32条，公众号200余条。", "第 12 行", "政府网站", "32", "微信公众号", "约 200"],
        ["全年未收取费用。", "第 40 行", "未收取行政事业性收费"],
    ]
    assert "about 200" in words(claims_panel(EN, town.claims))


def test_problems_and_improvement_keep_their_lines(town: Report) -> None:
    (panel,) = text_panel(ZH, town.text)
    assert words(panel)[1:] == ["存在的主要问题", "公开不够及时。", "改进情况", "一是加强培训；\n二是明确专人。"]


def test_a_report_without_prose_has_no_empty_boxes(release: Release) -> None:
    found = report(release, CITY_2022.key)
    assert found is not None
    assert text_panel(ZH, found.text) == []
    assert not [part for part in parts(claims_panel(ZH, found.claims)) if isinstance(part, html.Table)]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "https://host/ x", ""])
def test_only_a_web_address_becomes_a_link(url: str, town: Report) -> None:
    def links(shown: Report) -> list[html.A]:
        return [part for part in parts(report_header(ZH, Address(), shown)) if isinstance(part, html.A)]

    (link,) = links(town)
    assert (link.href, link.rel) == ("https://www.nxlw.gov.cn/xxgk/1.html", "noopener noreferrer")
    assert links(replace(town, header=replace(town.header, url=url))) == []


def test_a_report_of_a_volume_says_which_it_is(town: Report) -> None:
    assert "同一文件 2 份报告中的第 2 份" in words(report_header(ZH, Address(), town))
