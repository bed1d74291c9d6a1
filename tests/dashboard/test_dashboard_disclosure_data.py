"""The page on proactive disclosure: its questions on a release known by heart, and what its figures make of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import plotly.graph_objects as go
import pytest
from known_release import CITY, TOWN
from release_builder import BLANK, Report, number, write_release

from dashboard.components.numbers import money
from dashboard.data import disclosure as data
from dashboard.data.query import Query
from dashboard.data.release import Release, Row, Warehouse
from dashboard.data.selection import Selection
from dashboard.figures import channels, documents, theme, year_rows
from dashboard.i18n import Language, Translator

ZH = Translator("zh")
YEARS = range(2019, 2026)


def _table(**items: int) -> dict[tuple[str, str, str], tuple[Decimal | None, str | None, str]]:
    """`licences__decisions=3` is a cell of table 2."""
    return {("disclosure", *name.split("__")): number(value) for name, value in items.items()}  # type: ignore[misc]


CITY_2020 = Report(CITY, 2020, _table(licences__decisions=100, normative_documents__total_disclosed=90))
CITY_2021 = Report(CITY, 2021, _table(licences__decisions=110, normative_documents__in_force=50, fees__amount=7))
CITY_2022 = Report(
    CITY,
    2022,
    _table(
        licences__decisions=120,
        normative_documents__issued=5,
        normative_documents__repealed=2,
        normative_documents__in_force=54,
        fees__amount=80000,
    ),
    claims=(
        ("channel", "website", Decimal(30), False, "网站30条。", 3),
        ("channel", "website", Decimal(12), False, "网站政策12条。", 4),
    ),
)
TOWN_2022 = Report(
    TOWN,
    2022,
    {**_table(licences__decisions=8), ("disclosure", "fees", "amount"): BLANK},
    claims=(
        ("channel", "website", Decimal(20), False, "网站20条。", 3),
        ("channel", "wechat", Decimal(200), True, "公众号200余条。", 4),
    ),
)


@pytest.fixture(scope="module")
def disclosed(tmp_path_factory: pytest.TempPathFactory) -> Release:
    root = tmp_path_factory.mktemp("disclosed")
    out_of_line = (CITY_2022.key, "S13", "disclosure.fees.amount", Decimal(80000), Decimal(7), [], "fail")
    write_release(root, "run-1", (CITY_2020, CITY_2021, CITY_2022, TOWN_2022), [out_of_line])
    return Warehouse(root).current()


def asked(release: Release, query: Query, region: str | None = None, year: int | None = None) -> tuple[Row, ...]:
    return query.rows(release, Selection(region, year).parameters())


def _values(rows: Iterable[Row], *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_decisions_of_both_forms_stand_in_one_line(disclosed: Release) -> None:
    rows = [row for row in asked(disclosed, data.DECISIONS) if row["item_code"] == "licences"]
    assert _values(rows, "year", "value", "stated", "unknown") == [
        (2020, 100, 1, 0),
        (2021, 110, 1, 0),
        (2022, 128, 2, 0),
    ]


def test_what_one_form_asks_is_no_line_with_the_other(disclosed: Release) -> None:
    in_force = [row for row in asked(disclosed, data.DOCUMENTS) if row["measure_code"] == "in_force"]
    assert {row["year"] for row in in_force} == {2021, 2022}
    assert {row["year"] for row in asked(disclosed, data.TRIAL_DOCUMENTS)} == {2020}


def test_a_blank_fee_is_unknown_and_one_out_of_line_is_told_apart(disclosed: Release) -> None:
    rows = asked(disclosed, data.FEES)
    assert _values(rows, "year", "value", "flagged", "stated", "unknown") == [
        (2021, 7, None, 1, 0),
        (2022, 80000, 80000, 1, 1),
    ]
    (outlier,) = asked(disclosed, data.OUTLIERS, year=2022)
    assert _values([outlier], "report_key", "item_zh", "value", "median") == [
        (CITY_2022.key, "行政事业性收费", 80000, 7)
    ]


def test_every_figure_of_the_forms_in_use_is_added_up(disclosed: Release) -> None:
    assert len(asked(disclosed, data.ITEMS, year=2022)) == 10
    assert len(asked(disclosed, data.ITEMS, year=2020)) == 22
    found = {(row["item_code"], row["measure_code"]): row for row in asked(disclosed, data.ITEMS, year=2022)}
    assert _values([found["licences", "decisions"], found["fees", "amount"]], "value", "stated", "unknown") == [
        (128, 2, 0),
        (80000, 1, 1),
    ]


def test_the_stock_is_held_against_the_flow_of_the_same_organs(disclosed: Release) -> None:
    rows = [row for row in asked(disclosed, data.STOCK) if row["item_code"] == "normative_documents"]
    names = ("year", "organs", "in_force_before", "issued", "repealed", "expected", "in_force", "difference", "unequal")
    assert _values(rows, *names) == [(2022, 1, 50, 5, 2, 53, 54, 1, 1)]


def test_a_channel_named_twice_in_a_report_counts_and_adds_nothing(disclosed: Release) -> None:
    rows = asked(disclosed, data.CHANNELS, year=2022)
    names = ("channel_code", "reports", "exact", "approximate", "approximate_reports", "several_figures")
    assert _values(rows, *names) == [("wechat", 1, None, 200, 1, 0), ("website", 2, 20, None, 0, 1)]
    assert _values(asked(disclosed, data.SENTENCES, "6401", 2022), "value", "is_approximate", "sentence") == [
        (200, True, "公众号200余条。"),
        (30, False, "网站30条。"),
        (20, False, "网站20条。"),
        (12, False, "网站政策12条。"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_figures_are_valid_and_leave_gaps(disclosed: Release, language: Language) -> None:
    t = Translator(language)
    in_force = documents.figure(
        t, YEARS, [row for row in asked(disclosed, data.DOCUMENTS) if row["item_code"] == "normative_documents"], 2022
    )
    go.Figure(in_force)  # raises on a property that plotly does not know
    assert in_force["data"][0]["y"] == [None, None, 50, 54, None, None, None]
    assert in_force["data"][2]["y"][3] == -2, "what was repealed hangs down"
    assert t("disclosure.not_asked") in in_force["layout"]["xaxis"]["ticktext"][1]
    go.Figure(channels.figure(t, asked(disclosed, data.CHANNELS, year=2022)))
    series = [year_rows.Series("fees", theme.FEES, asked(disclosed, data.FEES))]
    fees = year_rows.figure(t, YEARS, series, 2022, "万元", money)
    go.Figure(fees)
    plain, flagged, words = fees["data"]
    assert (plain["y"][2:4], flagged["y"][2:4], words["y"][2:4]) == ([7, 0], [None, 80000], [7, 80000])


@pytest.mark.parametrize(
    ("amount", "zh", "en"), [(976, "976", "9.8m"), (12345, "1.2亿", "123.4m"), (1234567, "123.5亿", "12.3bn")]
)
def test_amounts_are_short_and_keep_their_unit(amount: int, zh: str, en: str) -> None:
    assert (money(Decimal(amount), "zh"), money(Decimal(amount), "en")) == (zh, en)


def test_a_place_without_a_form_of_2019_has_none(disclosed: Release, tmp_path: Path) -> None:
    write_release(tmp_path, "run-1", [replace(CITY_2022, claims=())])
    other = Warehouse(tmp_path).current()
    assert asked(other, data.TRIAL_DOCUMENTS) == ()
    assert asked(other, data.CHANNELS, year=2022) == ()
    assert asked(disclosed, data.TRIAL_DOCUMENTS) != ()
