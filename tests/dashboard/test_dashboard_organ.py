"""One organ: its years, its peers' medians, and the sentences that a search finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import plotly.graph_objects as go
import pytest
from dash import html

from dashboard.address import Address
from dashboard.components import organ as parts
from dashboard.data import organ
from dashboard.data.release import Release, Warehouse
from dashboard.figures import organ as figures
from dashboard.i18n import Language, Translator
from dashboard.view import View


@pytest.fixture(scope="module")
def published(warehouse: Path) -> Release:
    return Warehouse(warehouse).current()


@pytest.fixture(scope="module")
def key(published: Release) -> str:
    """The organ with the most peers that report every year."""
    (row,) = published.rows("""
        select organ_key from mart_report
        group by organ_key, province_code, organ_level, organ_type
        order by count(*) over (partition by province_code, organ_level, organ_type) desc, count(*) desc, organ_key
        limit 1
    """)
    return str(row["organ_key"])


@pytest.fixture(scope="module")
def view(published: Release, key: str) -> View:
    return View.of(published, Address.parse(f"/organ/{key}", ""))


def test_the_path_names_the_organ(view: View, key: str) -> None:
    assert view.selection.parameters()["organ"] == key
    assert Address.parse("/organ", "").named == {}
    assert Address.parse("/report/abc", "").named == {}


def test_its_years_are_those_it_reported_or_should_have(published: Release, view: View, key: str) -> None:
    years = [organ.Year(**row) for row in view.rows(organ.YEARS)]
    due = {row["year"] for row in published.rows("select year from mart_filing where organ_key = $organ", organ=key)}
    reported = {
        row["year"]: row["new_received"]
        for row in published.rows("select year, new_received from mart_report where organ_key = $organ", organ=key)
    }
    assert [each.year for each in years] == sorted(due | reported.keys(), reverse=True)
    for each in years:
        assert each.received == reported.get(each.year)
        assert (each.report_key is None) == (each.year not in reported)


def test_the_median_is_that_of_the_others(published: Release, view: View, key: str) -> None:
    rows = published.rows(
        """
        select r.year, r.new_received
        from mart_report r
        join dim_organ o using (organ_key)
        join dim_organ own on own.organ_key = $organ and own.organ_level = o.organ_level and own.organ_type = o.organ_type
            and own.province_code = o.province_code
        where r.organ_key <> $organ and r.new_received is not null
        """,
        organ=key,
    )
    years = [organ.ApplicationYear(**row) for row in view.rows(organ.APPLICATIONS)]
    assert sum(each.peers for each in years) == len(rows) > 10
    for each in years:
        stated = [row["new_received"] for row in rows if row["year"] == each.year]
        assert each.peers == len(stated)
        assert each.peer_median == (median(stated) if stated else None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_figures_are_valid_and_a_missing_year_is_a_gap(view: View, language: Language) -> None:
    t = Translator(language)
    applications = [organ.ApplicationYear(**row) for row in view.rows(organ.APPLICATIONS)]
    indicator = [organ.IndicatorYear(**row) for row in view.rows(organ.INDICATOR)]
    bars, lines = figures.applications(t, applications), figures.indicator(t, indicator)
    for figure in (bars, lines):
        go.Figure(figure)  # raises on a property that plotly does not know
    assert [value is None for value in bars["data"][0]["y"]] == [each.received is None for each in applications]
    rated, few = (trace["y"] for trace in lines["data"][:2])
    for each, line, hollow in zip(indicator, rated, few, strict=True):
        assert (line is not None) is (each.rating_status == "rated")
        assert [line, hollow].count(None) == (2 if each.value is None else 1)


def test_peers_are_of_one_kind_and_the_organ_comes_first(published: Release, view: View, key: str) -> None:
    peers = view.rows(organ.PEERS)
    assert peers[0]["organ_key"] == key
    kinds = {
        (row["organ_level"], row["organ_type"], row["province_code"])
        for peer in peers
        for row in published.rows("select * from dim_organ where organ_key = $organ", organ=peer["organ_key"])
    }
    assert len(kinds) == 1


def test_a_search_finds_the_sections_with_every_word(published: Release, view: View) -> None:
    years = tuple(organ.Year(**row) for row in view.rows(organ.YEARS))
    found = organ.passages(published, years, ("公开", "信息"))
    assert found
    assert all("公开" in passage.text and "信息" in passage.text for passage in found)
    assert organ.passages(published, years, ("公开", "没有这个词")) == []


def _texts(component: Any) -> Iterator[tuple[str, bool]]:
    """The words of a component, and whether each is marked."""
    children = getattr(component, "children", component)
    for child in children if isinstance(children, (list, tuple)) else [children]:
        if isinstance(child, str):
            yield child, isinstance(component, html.Mark)
        elif child is not None:
            yield from _texts(child)


def test_words_are_marked_and_text_stays_text(view: View) -> None:
    passage = organ.Passage("k", 2024, "一、总体情况", "无关。<b>政策(解读)</b>有 3 件；其他。政策 a.c 不是 abc。")
    told = list(_texts(html.Div(parts.hits(view, [passage], ("政策", "a.c")))))
    assert [words for words, is_marked in told if is_marked] == ["政策", "政策", "a.c"]
    words = "".join(words for words, _ in told)
    assert "<b>政策(解读)</b>有 3 件；" in words
    assert "无关" not in words


def test_an_organ_is_found_by_a_former_name_and_by_place(published: Release) -> None:
    (row,) = published.rows(
        "select organ_name, county_name from dim_organ where county_name is not null order by organ_key limit 1"
    )
    view = View.of(published, Address.parse("/organ", f"?name={row['county_name']} {row['organ_name']}"))
    assert row["organ_name"] in {each["organ_name"] for each in view.rows(organ.ORGANS)}
    assert View.of(published, Address.parse("/organ", "?name=没有这个单位")).rows(organ.ORGANS) == ()
