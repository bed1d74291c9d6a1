"""Figures and numbers: a missing number is a gap or a dash, never a zero."""

from __future__ import annotations

from decimal import Decimal

import plotly.graph_objects as go
import pytest

from dashboard.components.cards import cards
from dashboard.components.numbers import compact, percent, written
from dashboard.data import overview
from dashboard.data.release import Release
from dashboard.figures import applications, outcomes
from dashboard.i18n import Language, Translator

YEARS = [str(year) for year in range(2019, 2026)]


def _years(release: Release) -> list[overview.ApplicationYear]:
    return [overview.ApplicationYear(**row) for row in overview.APPLICATIONS.rows(release, {})]


def _groups(release: Release) -> list[overview.OutcomeGroupYear]:
    return [overview.OutcomeGroupYear(**row) for row in overview.OUTCOMES.rows(release, {})]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("module", [applications, outcomes])
def test_figures_are_valid_and_have_no_zero_for_null(release: Release, module: object, language: Language) -> None:
    years = _years(release)
    groups = _groups(release)
    figure = module.figure(Translator(language), years, groups, 2022)  # type: ignore[attr-defined]
    go.Figure(figure)  # raises on a property that plotly does not know
    for trace in figure["data"]:
        assert trace["x"] == YEARS
        for unreported in ("2019", "2020", "2023", "2024", "2025"):
            assert trace["y"][YEARS.index(unreported)] is None, trace["name"]


def test_applications_draw_the_sums(release: Release) -> None:
    t = Translator("zh")
    years, groups = _years(release), _groups(release)
    traces = {
        trace["name"]: trace["y"][YEARS.index("2022")] for trace in applications.figure(t, years, groups, None)["data"]
    }
    assert traces == {
        "本年新收": 40, "上年结转": 1, "予以公开": 20, "部分公开": 10, "不予公开": 0, "无法提供": 10, "不予处理": 0,
        "其他处理": 0, "结转下年": 1,
    }  # fmt: skip


def test_outcome_shares_add_up_and_few_cases_are_pale(release: Release) -> None:
    t = Translator("zh")
    years, groups = _years(release), _groups(release)
    figure = outcomes.figure(t, years, groups, None)
    at_2021, at_2022 = YEARS.index("2021"), YEARS.index("2022")
    assert sum(trace["y"][at_2022] for trace in figure["data"]) == pytest.approx(100)
    opacity = figure["data"][0]["marker"]["opacity"]
    assert opacity[at_2022] == 1
    assert opacity[at_2021] < 1
    assert "样本不足" in figure["layout"]["xaxis"]["ticktext"][at_2021]
    assert "无报告" in figure["layout"]["xaxis"]["ticktext"][YEARS.index("2023")]


def test_cards_write_a_dash_where_there_is_no_number(release: Release) -> None:
    t = Translator("zh")
    shown = {
        card.id: card
        for card in cards(
            t, overview.counts(overview.COUNTS.rows(release, {"year": 2024})), None, _years(release), 2024, "/quality"
        )
    }
    figure = {name: card.children[1].children[0].children for name, card in shown.items()}
    assert figure["card-reports"] == "1"
    assert figure["card-received"] == figure["card-processed"] == figure["card-disputes"] == "—"
    assert figure["card-disclosed"] == "样本不足"
    assert "is-grey" in shown["card-disclosed"].className


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "—"),
        (Decimal("0.000000"), "0"),
        (Decimal("1234567.000000"), "1,234,567"),
        (Decimal("976.810000"), "976.81"),
        (Decimal("-35"), "−35"),
        (Decimal("100"), "100"),
    ],
)
def test_numbers_are_written_with_separators_and_without_padding(value: Decimal | None, words: str) -> None:
    assert written(value) == words


def test_percent() -> None:
    assert percent(1, 3) == "33.3%"
    assert percent(Decimal(10), Decimal(40), signed=True) == "+25.0%"
    assert percent(Decimal(-10), Decimal(40), signed=True) == "−25.0%"


def test_large_totals_under_an_axis_are_short() -> None:
    assert compact(Decimal("167656.5"), "zh") == "16.8万"
    assert compact(1_031_234, "zh") == "103万"
    assert compact(167_656, "en") == "168k"
    assert compact(9_999, "zh") == "9,999"
    assert compact(None, "zh") == "—"
