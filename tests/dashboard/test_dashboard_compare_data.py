"""Sides and years against one another: terms of the mart, one scope a side, no totals among the moves."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.data import compare
from dashboard.data.release import Parameter, Release, Warehouse
from dashboard.data.selection import Selection
from dashboard.figures import compare as figures
from dashboard.i18n import Translator

_YEAR = 2023


@pytest.fixture(scope="module")
def built(warehouse: Path) -> Release:
    return Warehouse(warehouse).current()


@pytest.fixture(scope="module")
def province(built: Release) -> str:
    """Whose government's report is here."""
    (row,) = built.rows(
        "select min(region_code) as code from mart_indicator where level = 'province' and scope = 'consolidated' and denominator > 0"
    )
    return str(row["code"])


@pytest.fixture(scope="module")
def organ(built: Release) -> str:
    """With reports on 2022 and 2023, both of them with tables and text."""
    (row,) = built.rows("""
        select organ_key from mart_report where year in (2022, 2023) and new_received > 0
        group by organ_key having count(*) = 2 order by organ_key limit 1
    """)
    return str(row["organ_key"])


def _given(
    year: int | None = _YEAR, filters: dict[str, str] | None = None, **options: Parameter
) -> dict[str, Parameter]:
    return Selection(None, year, filters or {}, options).parameters()


def test_a_side_is_told_in_one_scope(built: Release, province: str, organ: str) -> None:
    sides = {row["letter"]: row for row in compare.CHOSEN.rows(built, _given(a=province, c=organ, d="nobody"))}
    assert set(sides) == {"a", "c"}
    assert (sides["a"]["kind"], sides["a"]["scope"]) == ("place", "consolidated")
    assert sides["c"]["kind"] == "organ"
    (own,) = compare.CHOSEN.rows(built, _given(a=province, filters={"scope": "own"}))
    assert own["scope"] == "own"
    rows = compare.BY_YEAR.rows(built, _given(a=province))
    assert {row["scope"] for row in rows} == {"consolidated", "all"}
    assert len({(row["indicator_code"], row["year"]) for row in rows}) == len(rows)


def test_terms_are_those_of_the_mart(built: Release, province: str) -> None:
    table = {row["indicator_code"]: row for row in compare.IN_ONE_YEAR.rows(built, _given(b=province))}
    stated = built.rows(
        "select * from mart_indicator where region_code = $code and year = $year and scope in ('consolidated', 'all')",
        code=province,
        year=_YEAR,
    )
    assert len(table) == 19
    for row in stated:
        shown = table[row["indicator_code"]]
        assert (shown["numerator_b"], shown["denominator_b"]) == (row["numerator"], row["denominator"])
        assert shown["numerator_a"] is None


def test_too_few_cases_are_no_part_of_the_line(built: Release) -> None:
    rows = [
        compare.IndicatorYear(**row)
        for row in compare.BY_YEAR.rows(
            built, _given(**dict(zip("ab", compare.proposed(built, _given()), strict=False)))
        )
    ]
    codes = ["disclosure_rate", "reconsideration_correction_rate"]
    figure = figures.multiples(Translator("zh"), rows, codes, dict.fromkeys(codes, "名"), [2022, 2023])
    go.Figure(figure)
    drawn = {
        (each.indicator_code, each.year): float(100 * each.value)
        for each in rows
        if each.side == "a" and each.value is not None and each.rating_status == "rated"
    }
    line = figure["data"][0]
    assert line["y"] == [drawn.get(("disclosure_rate", year)) for year in (2022, 2023)]


def test_two_years_of_an_organ(built: Release, organ: str) -> None:
    years = compare.YEARS.rows(built, _given(organ=organ))
    assert [row["year"] for row in years if row["is_newer"]] == [_YEAR]
    assert [row["year"] for row in years if row["is_older"]] == [_YEAR - 1]
    # The first side that is an organ, where none is chosen; a year that it has not is not believed.
    again = compare.YEARS.rows(built, _given(a="62", b=organ, older="1999", newer="2022"))
    assert [row["year"] for row in again if row["is_newer"]] == [2022]
    texts = compare.TEXTS.rows(built, _given(organ=organ))
    assert [row["section_code"] for row in texts] == [
        "overview", "disclosure", "application", "dispute", "problems", "other",
    ]  # fmt: skip
    assert texts[0]["older_text"] != texts[0]["newer_text"]


def test_moves_are_printed_leaves(built: Release, organ: str) -> None:
    keys = {row["year"]: row["report_key"] for row in compare.YEARS.rows(built, _given(organ=organ))}
    moves = compare.MOVES.rows(built, _given(organ=organ))
    assert moves
    assert all(row["column_zh"] != "总计" for row in moves)
    assert [row["move"] for row in moves] == sorted((row["move"] for row in moves), reverse=True)
    (stated,) = built.rows(
        """
        select count(*) as moved from report_cell was join report_cell now using (table_code, row_code, column_code)
        where was.report_key = $was and now.report_key = $now and was.value <> now.value
            and column_code <> 'total' and row_code <> 'processed_total'
        """,
        was=keys[_YEAR - 1],
        now=keys[_YEAR],
    )
    assert len(moves) == stated["moved"]


def test_searching_takes_words_as_they_are(built: Release, organ: str) -> None:
    (row,) = built.rows("select organ_name from dim_organ where organ_key = $key", key=organ)
    found = compare.choices(built, row["organ_name"], places=False)
    assert organ in {choice.code for choice in found}
    assert all(row["organ_name"] in choice.label for choice in found), "a select that filters by itself keeps them"
    assert compare.choices(built, "%", places=True) == ()
    first = compare.choices(built, "", places=True, limit=3)
    assert [len(choice.code) for choice in first] == [2, 2, 2], "provinces come first"
    assert compare.label(built, "nobody") is None
    assert compare.label(built, organ) in {choice.label for choice in found}
