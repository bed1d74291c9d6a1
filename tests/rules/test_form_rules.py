"""S2 to S5 over hand-made reports: what fails, what passes, and what nobody can tell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_release import add_report, asked, made_release, verdicts

ISSUED, REPEALED, IN_FORCE = (
    f"disclosure.normative_documents.{column}" for column in ("issued", "repealed", "in_force")
)


@pytest.mark.parametrize(
    ("issued", "repealed", "in_force", "status"),
    [
        (5, 2, 3, "pass"),
        (5, 2, 2, "fail"),
        (1, 9, 0, "pass"),
        (5, "blank", 2, "not_assessable"),  # three of the five may have been repealed again
        (5, 2, "dash", "not_assessable"),
        ("blank", 2, 0, "pass"),
        (5, 2, "text", "not_assessable"),
        ("blank", "blank", "blank", "not_assessable"),
    ],
)
def test_at_least_what_was_issued_and_not_repealed_is_in_force(
    issued: int | str, repealed: int | str, in_force: int | str, status: str
) -> None:
    said = verdicts("S2", {ISSUED: issued, REPEALED: repealed, IN_FORCE: in_force})
    assert said == ({"disclosure": "pass"} if status == "pass" else {IN_FORCE: status})


def test_the_trial_form_holds_all_that_is_public_against_what_became_so() -> None:
    with made_release() as connection:
        cells = {
            "disclosure.rules.newly_made": 9,  # made, but not public
            "disclosure.normative_documents.newly_disclosed": 4,
            "disclosure.normative_documents.total_disclosed": 3,
        }
        add_report(connection, cells, year=2019, form="2019")
        (failed,) = asked(connection, "S2")
    assert failed[:4] == ("disclosure.normative_documents.total_disclosed", "fail", 3, 4)
    assert failed.cells == [
        "disclosure.normative_documents.newly_disclosed",
        "disclosure.normative_documents.total_disclosed",
    ]


RULES_IN_FORCE = "disclosure.rules.in_force"


@pytest.mark.parametrize(
    ("level", "kind", "city", "status"),
    [
        ("township", "government", "庆阳市", "fail"),
        ("street", "office", "庆阳市", "fail"),
        ("county", "government", "庆阳市", "fail"),
        ("county", "government", None, "fail"),  # a district of 北京市, or 济源市
        ("county", "office", "庆阳市", "fail"),
        ("city", "department", "庆阳市", "fail"),
        ("province", "department", None, "fail"),
        ("city", "government", "塔城地区", "fail"),
        ("city", "government", "兴安盟", "fail"),
        ("province", "office", None, "not_assessable"),  # 办公厅 files for the government
        ("unknown", "department", None, "not_assessable"),  # 国务院部门 make rules
    ],
)
def test_rules_of_who_may_make_none(level: str, kind: str, city: str | None, status: str) -> None:
    said = verdicts("S3", {RULES_IN_FORCE: 2}, organ_level=level, organ_type=kind, city_name=city)
    assert said == {RULES_IN_FORCE: status}


@pytest.mark.parametrize("city", ["庆阳市", "临夏回族自治州", "东莞市", None])
def test_who_makes_rules_is_not_asked(city: str | None) -> None:
    level = "city" if city else "province"
    assert verdicts("S3", {RULES_IN_FORCE: 2}, organ_level=level, organ_type="government", city_name=city) == {}


def test_a_place_that_nobody_knows_leaves_it_open_but_not_for_a_town() -> None:
    assert verdicts("S3", {RULES_IN_FORCE: 2}, region_code=None) == {RULES_IN_FORCE: "not_assessable"}
    assert verdicts("S3", {RULES_IN_FORCE: 2}, region_code=None, organ_level="township") == {RULES_IN_FORCE: "fail"}
    assert verdicts("S3", {}, region_code=None) == {}


def test_no_rules_pass_and_blanks_alone_say_nothing() -> None:
    blanks = dict.fromkeys((f"disclosure.rules.{column}" for column in ("issued", "repealed", "in_force")), "blank")
    assert verdicts("S3") == {"disclosure.rules": "pass"}
    assert verdicts("S3", {RULES_IN_FORCE: "blank"}) == {"disclosure.rules": "pass"}
    assert verdicts("S3", blanks) == {"disclosure.rules": "not_assessable"}
    assert verdicts("S3", {"disclosure": "absent"}) == {"disclosure.rules": "not_assessable"}
    assert verdicts("S3", {RULES_IN_FORCE: 1}, is_current=False) == {}


@pytest.mark.parametrize(
    ("year", "form", "status"),
    [
        (2019, "2019", "pass"),
        (2020, "2019", "pass"),
        (2021, "2019", "fail"),
        (2021, "2021", "pass"),
        (2020, "2021", "fail"),
    ],
)
def test_each_year_has_its_form(year: int, form: str, status: str) -> None:
    assert verdicts("S4", year=year, form=form) == {"form": status}


def test_before_the_notices_no_form_was_prescribed() -> None:
    assert verdicts("S4", year=2018, form="2019") == {}


def test_tables_of_two_versions_are_named() -> None:
    with made_release() as connection:
        add_report(connection, form="mixed", printed_in={"disclosure": "2019", "application": "2021"})
        (result,) = asked(connection, "S4")
    assert result == ("form", "fail", None, 2021, [], "表二为2019版，表三为2021版，应为2021版")


def test_what_is_not_filled_in_is_counted_by_table() -> None:
    with made_release() as connection:
        cells: dict[str, int | str] = {
            "disclosure.rules.issued": "blank",
            "disclosure.fees.amount": "无收费",
            "dispute.reconsideration.upheld": "dash",
        }
        add_report(connection, cells)
        application, disclosure, dispute = asked(connection, "S5")
    assert application[:2] == ("application", "pass")
    assert disclosure[:5] == ("disclosure", "fail", 2, 0, ["disclosure.fees.amount", "disclosure.rules.issued"])
    assert dispute[:5] == ("dispute", "fail", Decimal(1), 0, ["dispute.reconsideration.upheld"])


def test_figures_that_no_reader_can_place_are_no_gap() -> None:
    assert verdicts("S5", {"application.granted.other": "1 0 2"})["application"] == "not_assessable"
    both: dict[str, int | str] = {"application.granted.other": "1 0 2", "application.granted.research": "blank"}
    assert verdicts("S5", both)["application"] == "fail"


def test_a_table_that_is_not_there_is_not_asked_for_its_cells() -> None:
    assert verdicts("S5", {"dispute": "absent"}) == {"application": "pass", "disclosure": "pass"}


def test_a_row_that_is_not_there_is_no_empty_row() -> None:
    assert verdicts("S5", {"dispute.reconsideration.upheld": "absent"})["dispute"] == "pass"
