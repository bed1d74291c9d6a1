"""S14: a summary and what it sums up."""

from __future__ import annotations

from made_years import MadeYears, Printed

PENALTIES = "disclosure.penalties.decisions"
RECEIVED = "application.new_received.total"
SUMS_UP = {"overview": "本报告由县政府办公室汇总各部门、各乡镇报送的数据编制。"}
OWN_ONLY = {"overview": "本报告为县政府办公室数据，不含各乡镇、各部门，未作汇总编制（各部门另行公布）。"}


def county(
    government: dict[str, Printed], *below: dict[str, Printed], sections: dict[str, str] | None = None, year: int = 2022
) -> MadeYears:
    """A county's government, and towns below it."""
    made = MadeYears()
    add_year(made, government, *below, sections=sections, year=year, is_new=True)
    return made


def add_year(
    made: MadeYears,
    government: dict[str, Printed],
    *below: dict[str, Printed],
    sections: dict[str, str] | None = None,
    year: int,
    is_new: bool = False,
) -> None:
    if is_new:
        made.add_organ("县政府", "621025", "county")
    made.add_report("县政府", year, government, sections)
    for number, cells in enumerate(below):
        if is_new:
            made.add_organ(f"镇{number}", f"62102510{number}")
        made.add_report(f"镇{number}", year, cells)


def test_a_summary_is_not_less_than_a_town() -> None:
    made = county({PENALTIES: 5, RECEIVED: 9}, {PENALTIES: 6, RECEIVED: 9}, {PENALTIES: 4}, sections=SUMS_UP)
    assert [(r.place, r.status, r.left, r.right, r.other, r.detail) for r in made.ask("S14")["县政府/2022"]] == [
        (PENALTIES, "fail", 5, 6, "镇0/2022", "小于一个下级机关的数值；报告称已汇总下级数据")
    ]


def test_a_summary_that_covers_them_passes_also_below_their_sum() -> None:
    made = county({PENALTIES: 6}, {PENALTIES: 6}, {PENALTIES: 4}, sections=SUMS_UP)
    assert [(r.place, r.status) for r in made.ask("S14")["县政府/2022"]] == [("report", "pass")]


def register(made: MadeYears, *statuses: str, expected_by: str = "register") -> None:
    for number, status in enumerate(statuses):
        made.connection.execute(
            "insert into mart_filing values (?, 'township', 'government', ?, 2022, true, ?, ?)",
            [f"镇{number}", f"62102510{number}", expected_by, status],
        )


def test_the_sum_counts_when_all_are_in() -> None:
    made = county({PENALTIES: 6}, {PENALTIES: 6}, {PENALTIES: 4}, sections=SUMS_UP)
    register(made, "filed", "late")
    assert [(r.place, r.status, r.right, r.detail) for r in made.ask("S14")["县政府/2022"]] == [
        (PENALTIES, "fail", 10, "小于下级 2 份报告之和；报告称已汇总下级数据")
    ]


def test_not_all_are_in_where_one_is_missing_or_only_the_gazetteer_knows_them() -> None:
    for statuses, expected_by in ((("filed", "filed", "missing"), "register"), (("filed", "filed"), "gazetteer")):
        made = county({PENALTIES: 6}, {PENALTIES: 6}, {PENALTIES: 4}, sections=SUMS_UP)
        register(made, *statuses, expected_by=expected_by)
        assert [r.status for r in made.ask("S14")["县政府/2022"]] == ["pass"]


def test_who_reports_for_its_own_office_is_not_accused() -> None:
    for sections in (None, OWN_ONLY):
        made = county({PENALTIES: 0}, {PENALTIES: 6}, sections=sections)
        assert [(r.place, r.status) for r in made.ask("S14")["县政府/2022"]] == [("report", "not_assessable")]


def test_years_of_covering_them_are_proof_enough() -> None:
    town: dict[str, Printed] = {
        PENALTIES: 6,
        RECEIVED: 5,
        "application.processed_total.total": 5,
        "disclosure.licences.decisions": 70,
    }
    whole: dict[str, Printed] = {cell: 3 * int(value) for cell, value in town.items()}
    made = county(whole, town, town, year=2021)
    for year in (2022, 2023, 2024):
        add_year(made, whole, town, town, year=year)
    add_year(made, {**whole, RECEIVED: 4}, town, town, year=2025)
    said = made.ask("S14")
    assert [(r.place, r.status, r.detail) for r in said["县政府/2025"]] == [
        (RECEIVED, "fail", "小于一个下级机关的数值；其他年度各项均不小于下级之和")
    ]


def test_a_blank_and_a_government_without_anyone_below_say_nothing() -> None:
    made = county({PENALTIES: "blank", RECEIVED: 1}, {PENALTIES: 6, RECEIVED: 1}, sections=SUMS_UP)
    made.add_organ("邻县政府", "621026", "county")
    made.add_report("邻县政府", 2022, {}, SUMS_UP)
    said = made.ask("S14")
    assert list(said) == ["县政府/2022"]
    assert [r.status for r in said["县政府/2022"]] == ["pass"]


def test_a_city_covers_its_counties_governments_and_not_their_towns() -> None:
    made = county({PENALTIES: 50}, {PENALTIES: 900})
    made.add_organ("市政府", "6210", "city")
    made.add_report("市政府", 2022, {PENALTIES: 40}, {"overview": "本报告汇总了各县区政府、市政府各部门的数据。"})
    assert [(r.place, r.status, r.right, r.other) for r in made.ask("S14")["市政府/2022"]] == [
        (PENALTIES, "fail", 50, "县政府/2022")
    ]
