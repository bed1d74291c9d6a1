"""H7, H8 and S11 over hand-made reports: what fails, what passes, and what nobody can tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from made_release import add_filing, add_report, asked, made_release, verdicts

from dagster_project.report_parser import parse_all
from dagster_project.report_parser.form import SECTIONS

ALL = {code: "" for code, _ in SECTIONS}
GOLD = Path(__file__).parents[1] / "gold" / "documents"


def without(*codes: str) -> dict[str, str]:
    return {code: text for code, text in ALL.items() if code not in codes}


def test_a_whole_report_passes_once() -> None:
    assert verdicts("H7") == {"report": "pass"}


def test_each_missing_part_is_named() -> None:
    said = verdicts("H7", {"dispute": "absent"}, without("dispute", "other"))
    assert said == {"section.dispute": "fail", "section.other": "fail", "dispute": "fail"}


def test_a_table_without_its_heading_may_have_a_heading_that_no_reader_knows() -> None:
    assert verdicts("H7", sections=without("dispute")) == {"section.dispute": "not_assessable"}


def test_a_file_that_was_cut_off_is_not_blamed_on_the_publisher() -> None:
    said = verdicts("H7", {"dispute": "absent"}, without("dispute", "problems", "other"), findings=("cut_short",))
    assert set(said.values()) == {"not_assessable"}
    assert set(said) == {"section.dispute", "section.problems", "section.other", "dispute"}


def test_tables_alone_are_an_annex() -> None:
    assert verdicts("H7", {"dispute": "absent"}, sections={}) == {"report": "not_assessable"}


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("某县财政局2021年政府信息公开工作年度报告", 2021),
        ("某县财政局二〇二一年政府信息公开工作年度报告", 2021),
        ("某县财政局政府信息公开工作年度报告（2021年度）", 2021),
        ("某县财政局二〇二二年政府信息公开工作年度报告", None),
        ("某县财政局政府信息公开工作年度报告", None),
        ("某县财政局2021—2022年政府信息公开工作年度报告", None),
        (None, None),
    ],
)
def test_the_title_and_the_period_name_one_year(title: str | None, left: int | None) -> None:
    with made_release() as connection:
        add_report(connection, title=title)
        (complete,) = asked(connection, "H7")
        stale = asked(connection, "S11")
    if left:
        assert complete[:4] == ("title", "fail", left, 2022)
        assert [result[:4] for result in stale] == [("title", "fail", left, 2022)]
    else:
        assert complete[:2] == ("report", "pass")
        assert [result.status for result in stale] in (["pass"], [])


@pytest.mark.parametrize("path", sorted(GOLD.rglob("*.txt")), ids=lambda path: path.stem)
def test_the_year_of_a_title_is_read_as_the_parser_reads_it(path: Path) -> None:
    for report in parse_all(path.read_bytes(), path.name):
        if report.year is None or report.title is None:
            continue
        says = verdicts("H7", year=report.year, title=report.title, period_start=report.period_start)
        conflicts = any(finding.code == "year_conflict" for finding in report.findings)
        assert says == {"title": "fail"} if conflicts else says == {"report": "pass"}


def test_a_signature_that_agrees_with_the_title_puts_the_period_in_doubt() -> None:
    said = verdicts("S11", title="某局2023年政府信息公开工作年度报告", signed_on=date(2024, 1, 5))
    assert said == {"title": "not_assessable"}


def on_time(due_on: date, published_on: date | None, published_by: str, **told: object) -> tuple[object, ...]:
    with made_release() as connection:
        add_report(connection, **told)  # type: ignore[arg-type]
        add_filing(connection, due_on, published_on, published_by)
        (result,) = asked(connection, "H8")
    assert result.place == "published_on"
    return (result.status, result.left, result.right, result.detail)


DUE = date(2023, 1, 31)


def test_the_last_day_is_in_time_and_the_next_is_late() -> None:
    assert on_time(DUE, DUE, "published") == ("pass", 31, 31, None)
    late = "公布日期2023年2月3日，限期2023年1月31日，逾期3天"
    assert on_time(DUE, date(2023, 2, 3), "published") == ("fail", 34, 31, late)


def test_a_sign_off_date_stands_in_and_says_so() -> None:
    told = "落款日期2023年1月20日（公布日期不详，以落款日期计）"
    assert on_time(DUE, date(2023, 1, 20), "signed") == ("pass", 20, 31, told)
    late = "落款日期2023年2月3日（公布日期不详，以落款日期计），限期2023年1月31日，逾期3天"
    assert on_time(DUE, date(2023, 2, 3), "signed") == ("fail", 34, 31, late)


def test_without_a_day_nobody_can_tell() -> None:
    assert on_time(DUE, None, "signed")[0] == "not_assessable"


def test_a_day_years_later_is_a_slip_of_the_pen() -> None:
    assert on_time(DUE, date(2032, 1, 20), "signed")[0] == "not_assessable"


def test_a_site_that_moved_shows_the_day_of_its_move() -> None:
    assert on_time(DUE, date(2024, 6, 1), "published")[0] == "not_assessable"
    assert on_time(DUE, date(2024, 6, 1), "published", signed_on=date(2024, 5, 20))[0] == "fail"
    assert on_time(DUE, date(2023, 6, 1), "published")[0] == "fail"


def test_towns_and_streets_are_only_warned(warehouse: Path) -> None:
    with duckdb.connect(str((warehouse / "current.duckdb").resolve()), read_only=True) as connection:
        rows = connection.sql(
            "select distinct organ_level in ('township', 'street'), severity from fct_rule_result"
            " inner join dim_organ using (organ_key) where rule_id = 'H8'"
        ).fetchall()
    assert set(rows) == {(True, "warning"), (False, "error")}


STALE = [
    "2021年，我镇高度重视政府信息公开工作",
    "2021年度我镇共收到申请3件，较上年增加1件",
    "（一）主动公开。2021年，我镇通过网站公开信息30条",
    "（一）主动公开情况\n2021年，我镇通过网站公开信息30条",
    "2021 年，全县公开信息30条",
    "2021\n年，本单位没有因政府信息公开被申请行政复议",
    "2023年，我镇主动公开信息30条",
    "2021年，我镇依申请提供政府信息未收取任何费用。2022年，我镇培训两次",
]
LEGITIMATE = [
    "2022年，我镇收到申请3件，较2021年增加1件",
    "2021年，我镇收到申请3件，2022年收到5件",
    "2021年以来，我镇持续公开信息",
    "2021年12月，我镇召开会议",
    "根据国办公开办函〔2021〕30号，我镇公开信息",
    "按照《2021年政务公开工作要点》，我镇公开信息",
    "2021年，国务院办公厅印发政务公开工作要点",
    "2021年，我镇荣获政务公开先进单位",
    "2023年，我镇将进一步做好政务公开",
    "自2019年起，我镇公开信息",
    "2005年，我镇开通政府信息公开专栏",
    "全年公开信息2021条",
]
OPEN = [
    "2021年，我镇收到申请3件。2022年，我镇收到申请5件",
    "2021年，我镇收到申请3件，今年收到5件",
]


@pytest.mark.parametrize("text", STALE)
def test_another_year_where_a_sentence_tells_its_own(text: str) -> None:
    assert verdicts("S11", sections={**ALL, "overview": f"本镇概况。\n{text}。"}) == {"section.overview": "fail"}


@pytest.mark.parametrize("text", LEGITIMATE)
def test_other_years_have_their_place(text: str) -> None:
    assert verdicts("S11", sections={**ALL, "overview": f"本镇概况。\n{text}。"}) == {"report": "pass"}


@pytest.mark.parametrize("text", OPEN)
def test_what_may_be_a_comparison_is_left_open(text: str) -> None:
    said = verdicts("S11", sections={**ALL, "overview": f"本镇概况。\n{text}。"})
    assert said == {"section.overview": "not_assessable"}


def test_plans_and_last_years_problems_belong_to_section_five() -> None:
    assert verdicts("S11", sections={**ALL, "problems": "2021年，我镇公开信息不及时。2023年，我镇将改进。"}) == {
        "report": "pass"
    }


def test_the_sentence_is_quoted_once_a_section() -> None:
    with made_release() as connection:
        add_report(connection, sections={**ALL, "application": "2021年，我局收到申请3件。2021年，我局全部答复申请。"})
        (result,) = asked(connection, "S11")
    assert result == ("section.application", "fail", 2021, 2022, [], "2021年，我局收到申请3件")


def test_prose_that_agrees_with_the_title_against_the_period_is_not_accused() -> None:
    told = {
        "title": "某局2021年政府信息公开工作年度报告",
        "sections": {**ALL, "overview": "2021年，我局公开信息30条。"},
    }
    assert verdicts("S11", **told) == {"title": "fail", "section.overview": "not_assessable"}  # type: ignore[arg-type]


def test_where_prose_and_signature_agree_the_title_is_the_odd_one() -> None:
    """The parser has nothing but the title to tell the year by."""
    told = {"period_start": None, "signed_on": date(2024, 1, 9)}
    with made_release() as connection:
        add_report(connection, sections={**ALL, "overview": "2023年，我局主动公开信息30条。"}, **told)
        (result,) = asked(connection, "S11")
    assert result[:4] == ("title", "fail", 2022, 2023)
    assert result.detail == "标题为2022年，落款和正文为2023年：2023年，我局主动公开信息30条"
