"""The five layouts and the trial form, each a report of its own under fixtures/: who, when, where, and every cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from documents import BELOW, CELLS, LAYOUTS_2021, PDF, SHIFTED, TABS, TRIAL, distinct_text_of, figures, read, text_of

from dagster_project.report_parser import CellState, Region, Report, Status
from dagster_project.report_parser.form import FORMS, CellName

_YEAR_2021 = (date(2021, 1, 1), date(2021, 12, 31))
_YEAR_2023 = (date(2023, 1, 1), date(2023, 12, 31))
_NO_PERIOD = (None, None)
_ONE_CASE = {
    ("disclosure", "penalties", "decisions"): 6,
    **{
        ("application", row, column): 1
        for row in ("new_received", "denied_prohibited_by_law", "processed_total")
        for column in ("other", "total")
    },
}
_TRIAL_FIGURES = {
    "rules": ("0", "0", "0"),
    "normative_documents": ("2", "2", "1018"),
    "licences": ("41", "-35", "2160"),
    "other_services": ("7", "0", "18"),
    "penalties": ("96", "4", "27"),
    "coercive_measures": ("5", "0", "0"),
    "fees": ("3", "-1"),
    "procurement": ("6", "976.8142"),
}


@pytest.mark.parametrize(
    ("name", "organ", "year", "region", "signed_on", "period"),
    [
        pytest.param(
            CELLS,
            "双塔镇人民政府",
            2022,
            Region("河南省", "商丘市", "民权县", "双塔镇", "411421110"),
            date(2023, 1, 11),
            _NO_PERIOD,
            id="covering_letter_first_and_county_only_in_prose",
        ),
        pytest.param(
            TABS,
            "肥城市石横镇人民政府",
            2023,
            Region("山东省", "泰安市", "肥城市", "石横镇", "370983106"),
            None,
            _YEAR_2023,
            id="spaces_in_title",
        ),
        pytest.param(
            PDF,
            "司竹镇人民政府",
            2022,
            Region("陕西省", "西安市", "周至县", "司竹镇", "610124115"),
            None,
            _NO_PERIOD,
            id="heading_before_title",
        ),
        pytest.param(
            SHIFTED,
            "密山市富源乡人民政府",
            2021,
            Region("黑龙江省", "鸡西市", "密山市", "富源乡", "230382212"),
            None,
            _YEAR_2021,
            id="title_names_only_the_place",
        ),
        pytest.param(
            BELOW,
            "兴国县南坑乡人民政府",
            2022,
            Region("江西省", "赣州市", "兴国县", "南坑乡", "360732213"),
            None,
            _NO_PERIOD,
            id="year_only_in_title",
        ),
        pytest.param(
            TRIAL,
            "吉水县农业农村局",
            2019,
            Region("江西省", "吉安市", "吉水县", None, "360822"),
            date(2020, 1, 20),
            (date(2019, 1, 1), date(2019, 12, 31)),
            id="department_signed_in_words",
        ),
    ],
)
def test_identity(
    name: str,
    organ: str,
    year: int,
    region: Region,
    signed_on: date | None,
    period: tuple[date | None, date | None],
) -> None:
    report = read(text_of(name))
    assert (report.organ, report.year, report.region) == (organ, year, region)
    assert (report.signed_on, report.period_start, report.period_end) == (signed_on, *period)
    assert report.status is Status.PARSED
    assert report.findings == ()


@pytest.mark.parametrize(
    ("name", "not_zero"),
    [
        pytest.param(CELLS, {}, id="cell_a_line"),
        pytest.param(TABS, _ONE_CASE, id="row_that_lost_its_tab"),
        pytest.param(PDF, {}, id="wrapped_labels"),
        pytest.param(SHIFTED, {("disclosure", "penalties", "decisions"): 1}, id="page_breaks"),
        pytest.param(BELOW, {}, id="granted_on_the_line_below"),
    ],
)
def test_every_cell(name: str, not_zero: dict[CellName, int]) -> None:
    report = read(text_of(name))
    blanks = {cell for cell in FORMS["2021"].cells() if name == TABS and cell[1] == "reconsideration"}
    assert report.form == "2021"
    assert len(report.cells) == 200
    assert _values_and_states(report) == {
        cell: (None, CellState.BLANK) if cell in blanks else (Decimal(not_zero.get(cell, 0)), CellState.NUMBER)
        for cell in FORMS["2021"].cells()
    }


@pytest.mark.parametrize("name", LAYOUTS_2021)
def test_no_value_stands_in_a_neighbours_place(name: str) -> None:
    """With a different figure in every cell, each is read from its own."""
    read_figures = figures(read(distinct_text_of(name)))
    printed = [
        cell for cell in FORMS["2021"].cells() if not (name == TABS and cell[:2] == ("dispute", "reconsideration"))
    ]
    assert read_figures == {cell: Decimal(101 + index) for index, cell in enumerate(printed)}


def test_every_cell_of_the_trial_form() -> None:
    report = read(text_of(TRIAL))
    expected = {cell: Decimal(0) for cell in FORMS["2019"].cells()}
    for row in FORMS["2019"].by_code["disclosure"].rows:
        for column, printed in zip(row.columns, _TRIAL_FIGURES[row.code], strict=True):
            expected["disclosure", row.code, column.code] = Decimal(printed)
    applicants = ("natural_person", "commercial", "other", "total")
    for row_code, counts in {
        "new_received": (12, 3, 1, 16),
        "carried_in": (1, 0, 0, 1),
        "granted": (8, 2, 1, 11),
        "partially_granted": (1, 0, 0, 1),
        "unavailable_not_held": (2, 1, 0, 3),
        "rejected_repeated": (1, 0, 0, 1),
        "processed_total": (12, 3, 1, 16),
        "carried_forward": (1, 0, 0, 1),
    }.items():
        expected |= {("application", row_code, applicants[index]): Decimal(count) for index, count in enumerate(counts)}
    expected |= {
        ("dispute", "reconsideration", "upheld"): Decimal(1),
        ("dispute", "reconsideration", "pending"): Decimal(1),
        ("dispute", "reconsideration", "total"): Decimal(2),
        ("dispute", "litigation_after_reconsideration", "corrected"): Decimal(1),
        ("dispute", "litigation_after_reconsideration", "total"): Decimal(1),
    }
    assert report.form == "2019"
    assert len(report.cells) == 198
    assert _values_and_states(report) == {cell: (value, CellState.NUMBER) for cell, value in expected.items()}


def test_cell_keeps_raw_text_and_line() -> None:
    text = text_of(TRIAL)
    change = next(cell for cell in read(text).cells if cell.column == "change" and cell.row == "licences")
    assert change.raw == "−35"
    assert change.line is not None
    assert text.split("\n")[change.line - 1].startswith("行政许可\t41\t−35")


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        (CELLS, [("wechat", 145, False), ("website", 38, False)]),
        (TABS, [("website", 58, False), ("wechat", 149, False)]),
        (SHIFTED, [("website", 47, False), ("weibo", 100, True), ("wechat", 61, False)]),
        (TRIAL, [("website", 1204, False)]),
    ],
)
def test_channel_figures_in_prose(name: str, claims: list[tuple[str, int, bool]]) -> None:
    channels = [claim for claim in read(text_of(name)).claims if claim.kind == "channel" and claim.code != "all"]
    assert [(claim.code, claim.value, claim.is_approximate) for claim in channels] == claims


def _values_and_states(report: Report) -> dict[CellName, tuple[Decimal | None, CellState]]:
    return {(cell.table, cell.row, cell.column): (cell.value, cell.state) for cell in report.cells}
